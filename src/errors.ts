/** What is wrong, where, and how to mend it; the parts of an {@link ExporterError}. */
export interface Fault {
  readonly code: ErrorCode;
  /** A place that can be searched for: `WeatherExporter.city`, `--port`, `WEATHER_PORT`. */
  readonly where: string;
  /** What is wrong, without a full stop. */
  readonly what: string;
  /** How to mend it, without a full stop; a question has its mark. */
  readonly mend: string;
}

/** Every code an {@link ExporterError} can carry. Explained in docs/reference/errors.md. */
export const errorCodes = [
  'CONFIG',
  'CONFLICTING_OPTIONS',
  'CONSTRUCTOR_FAILED',
  'DUPLICATE_NAME',
  'INVALID_DECLARATION',
  'INVALID_DEFAULT',
  'INVALID_LABEL',
  'INVALID_LABELS',
  'INVALID_MEMBER',
  'INVALID_NAME',
  'INVALID_TLS',
  'INVALID_UPDATE',
  'INVALID_VALUE',
  'INVALID_WEB_CONFIG',
  'LISTEN_FAILED',
  'LOST_PROTECTION',
  'MISSING_COMMAND',
  'MISSING_OPTION',
  'MISSING_VALUE',
  'NOT_AN_EXPORTER',
  'NOT_RUNNING',
  'NO_SYSTEMD_SOCKET',
  'RESERVED_NAME',
  'STUCK_HOOK',
  'UNCONVENTIONAL_METRIC',
  'UNEXPECTED_ARGUMENT',
  'UNEXPECTED_VALUE',
  'UNKNOWN_COMMAND',
  'UNKNOWN_KEY',
  'UNKNOWN_MEMBER',
  'UNKNOWN_OPTION',
  'UNKNOWN_TYPE',
  'UNREADABLE_FILE',
  'UNTYPED_OPTION',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** The root of all errors of this package: `<where>: <what is wrong>. <how to mend it>`. */
export class ExporterError extends Error {
  override readonly name: string = 'ExporterError';
  readonly code: ErrorCode;
  /** The place of the fault, empty where the author's own message says it all. */
  readonly where: string;

  constructor(fault: Fault, options?: ErrorOptions) {
    super(describeFault(fault), options);
    this.code = fault.code;
    this.where = fault.where;
  }
}

/** The author of the exporter must act. Thrown when the class is read, with all mistakes at once. */
export class DeclarationError extends ExporterError {
  override readonly name = 'DeclarationError';
  readonly faults: readonly Fault[];

  constructor(faults: readonly [Fault, ...Fault[]]) {
    super(faults[0]);
    this.faults = faults;
    if (faults.length > 1) this.message = listFaults(faults);
  }
}

/**
 * The operator must act: the program ends with exit code 2 and this message, without a stack.
 *
 * @example throw new ConfigError('targets.yml: names no target. Add one under "targets:".')
 */
export class ConfigError extends ExporterError {
  override readonly name = 'ConfigError';
  /** All that is wrong, the first of which gives the error its code and place; empty for a message of the author's own. */
  readonly faults: readonly Fault[];

  constructor(fault: Fault | readonly [Fault, ...Fault[]] | string, options?: ErrorOptions) {
    const faults = typeof fault === 'string' ? [] : [fault].flat();
    super(faults[0] ?? { code: 'CONFIG', where: '', what: '', mend: '' }, options);
    this.faults = faults;
    if (typeof fault === 'string') this.message = fault;
    if (faults.length > 1) this.message = listFaults(faults);
  }
}

/** Something failed while the exporter runs: a wrong metric update, an update handler, a socket. */
export class ScrapeError extends ExporterError {
  override readonly name = 'ScrapeError';
}

/**
 * Thrown by a hook to end the program before it serves, as a `--check-only` option does.
 *
 * @example throw new ExitExporter(0, 'The configuration is good.')
 */
export class ExitExporter extends Error {
  override readonly name = 'ExitExporter';
  readonly exitCode: number;

  /**
   * The message, where there is one, is printed: on stdout for exit code 0, else on stderr. Throws a RangeError for what
   * is no exit code.
   */
  constructor(exitCode: number, message = '') {
    super(message);
    if (!(Number.isInteger(exitCode) && exitCode >= 0 && exitCode <= 255)) {
      throw new RangeError(`ExitExporter: ${String(exitCode)} is no exit code. Give a whole number in the range 0..255.`);
    }
    this.exitCode = exitCode;
  }
}

/**
 * Thrown by an update handler that finds nothing to tell: its series are gone and it counts as unsuccessful, but nothing has
 * failed.
 *
 * @example throw new NoData('no battery')
 */
export class NoData extends Error {
  override readonly name = 'NoData';
}

/** Tells the message of anything that was thrown, on one line at most as long as the thrower made it. */
export function messageOf(thrown: unknown): string {
  try {
    return thrown instanceof Error ? String(thrown.message) || String(thrown.name) : String(thrown);
  } catch {
    // Anything can be thrown, also what cannot become a string.
    return 'a value without a message';
  }
}

/** Throws a {@link DeclarationError} with all the faults, if there are any. */
export function throwDeclarationFaults(faults: readonly Fault[]): void {
  const [first, ...rest] = faults;
  if (first) throw new DeclarationError([first, ...rest]);
}

function listFaults(faults: readonly Fault[]): string {
  return [`${faults.length} mistakes:`, ...faults.map(describeFault)].join('\n  ');
}

/** One fault as a message: where, what and how to mend it. */
export function describeFault(fault: Fault): string {
  return `${fault.where}: ${fault.what}. ${fault.mend}${fault.mend.endsWith('?') ? '' : '.'}`;
}
