import type { ErrorCode, Fault } from '../../errors.js';
import { quote } from '../../model/name.js';

/** Where something stands in a file. */
export interface Place {
  readonly path: string;
  /** The offset in the text. */
  readonly at: number;
}

/** Collects what is wrong with one file. */
export class Report {
  readonly text: string;
  readonly #name: string;
  readonly #faults: { readonly at: number; readonly fault: Fault }[] = [];

  /** `name` is the file's as the operator wrote it. */
  constructor(name: string, text: string) {
    this.#name = name;
    this.text = text;
  }

  /** In the order of the lines. */
  get faults(): readonly Fault[] {
    return [...this.#faults].sort((a, b) => a.at - b.at).map(({ fault }) => fault);
  }

  fault(place: Place, what: string, mend: string, code: ErrorCode = 'INVALID_WEB_CONFIG'): void {
    this.add(place, { code, where: this.where(place), what, mend });
  }

  add({ at }: Place, fault: Fault): void {
    this.#faults.push({ at, fault });
  }

  /** `web.yml:7:3: tls_server_config.cert_file`; the column counts characters. */
  where({ at, path }: Place): string {
    const lines = this.text.slice(0, at).split('\n');
    const place = `${this.#name}:${lines.length}:${Array.from(lines.at(-1) ?? '').length + 1}`;
    return path === '' ? place : `${place}: ${path}`;
  }
}

/** Names a key below another; one that could be a secret at the wrong place is not shown. */
export function pathOf(parent: string, key: string): string {
  const name = key === '' ? '""' : isShowable(key) ? key : '…';
  return parent === '' ? name : `${parent}.${name}`;
}

/** Names a value in a message; one that could be a secret at the wrong place is not shown. */
export function show(value: string): string {
  return isShowable(value) ? quote(value) : 'the value';
}

/** What is longer than any name, begins as a hash does, or is a part of a key in PEM form. */
function isShowable(text: string): boolean {
  return text.length <= 48 && !/^\s*\$\d|-----|[\p{Cc}\p{Zl}\p{Zp}]/u.test(text);
}
