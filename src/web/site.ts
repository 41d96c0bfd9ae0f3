/** What the pages and headers say about an exporter. */
export interface Site {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  /** Begins with a slash. */
  readonly metricsPath: string;
  /** What all paths of its own server begin with, without a slash at the end. Default: nothing. */
  readonly routePrefix?: string;
  /** The path under which it is seen from outside, without a slash at the end; undefined where nobody has said it. */
  readonly externalPath?: string | undefined;
}

/** The `Server` header: `weather-exporter/1.2.3`. */
export function serverHeader({ name, version }: Pick<Site, 'name' | 'version'>): string {
  return toHeaderValue(`${name}/${version}`);
}

/** Replaces what a header may not hold, since a version may be any text and Node throws at each answer. */
export function toHeaderValue(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, '_');
}
