/** @jest-config-loader esbuild-register */
import { readdirSync, readFileSync } from 'node:fs';
import type { Config } from 'jest';

/** One project a decorator dialect; what knows no decorators runs in the first only. */
function project(displayName: string, transform: object, testMatch: string[]): NonNullable<Config['projects']>[number] {
  return {
    displayName,
    testMatch,
    testEnvironment: 'node',
    moduleNameMapper: {
      '^(\\.{1,2}/.*)\\.js$': '$1',
      '^expositor$': '<rootDir>/src/index.ts',
      '^expositor/testing$': '<rootDir>/src/testing/index.ts',
    },
    transform: {
      '\\.ts$': [
        '@swc/jest',
        { jsc: { target: 'es2022', parser: { syntax: 'typescript', decorators: true }, transform }, module: { type: 'commonjs' } },
      ],
    },
  };
}

/** What holds types only never runs, which v8 would count as not covered. */
function holdsCode(file: string): boolean {
  return /^(?:export )?(?:async function|function|const|class|abstract class)\b|^export \{|^void /m.test(readFileSync(file, 'utf8'));
}

const sources = ['src', 'samples'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => `${folder}/${file}`)
    .filter((file) => file.endsWith('.ts')),
);

const legacy = { legacyDecorator: true, decoratorMetadata: true };

const config: Config = {
  projects: [
    project('legacy', legacy, ['<rootDir>/tests/!(long|faults|compilers|package)/**/*.test.ts', '<rootDir>/tests/*.test.ts']),
    project('standard', { decoratorVersion: '2022-03' }, ['<rootDir>/tests/{decorators,features,samples}/**/*.test.ts']),
    // What takes so long that `npm run test:long` has it to itself.
    project('long', legacy, ['<rootDir>/tests/{long,faults,compilers,package}/**/*.test.ts']),
  ],
  // Nothing asserts on time, and machines may be busy: only what hangs takes so long.
  testTimeout: 120_000,
  coverageProvider: 'v8',
  collectCoverageFrom: sources.filter(holdsCode),
  coverageThreshold: { global: { lines: 95, branches: 95 } },
};

export default config;
