import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Texts by the paths of their modules, such as `docs/guide/options/1.ts`. */
export type Modules = Readonly<Record<string, string>>;

const compilerOptions = { target: 'es2022', module: 'nodenext', types: ['node'], strict: true, noEmit: true, skipLibCheck: true };

/** Type-checks modules as a user's project would, against the built package; resolves to what the compiler says of them. */
export function typeCheck(root: string, modules: Modules, dialect: 'legacy' | 'standard'): string {
  const work = mkdtempSync(join(root, 'node_modules/.docs-'));
  try {
    mkdirSync(join(work, 'node_modules'));
    symlinkSync(root, join(work, 'node_modules/expositor'));
    for (const [path, text] of Object.entries(modules)) {
      mkdirSync(dirname(join(work, path)), { recursive: true });
      writeFileSync(join(work, path), text);
    }
    const experimentalDecorators = dialect === 'legacy';
    writeFileSync(join(work, 'package.json'), '{ "type": "commonjs" }');
    writeFileSync(join(work, 'tsconfig.json'), JSON.stringify({ compilerOptions: { ...compilerOptions, experimentalDecorators } }));
    return runCompiler(join(root, 'node_modules/.bin/tsc'), work);
  } finally {
    rmSync(work, { recursive: true });
  }
}

function runCompiler(compiler: string, work: string): string {
  try {
    return execFileSync(compiler, ['-p', '.'], { cwd: work, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    return String((error as { readonly stdout: unknown }).stdout);
  }
}
