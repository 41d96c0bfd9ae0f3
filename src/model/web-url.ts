/** The URL under which the exporter is seen from outside, without slashes at its end; throws for what is none. */
export function parseExternalUrl(text: string): string {
  const given = /^https?:\/\//i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (given === undefined) throw new Error('is no URL. Give one, such as https://example.org/weather');
  if (given.username !== '' || given.password !== '') throw new Error('has a user or a password. Leave them out');
  if (given.search !== '' || given.hash !== '' || /[?#]/.test(text)) throw new Error('has more than a path. End it before ? or #');
  if (!isPath(given.pathname)) throw new Error('has a path with empty parts. Leave out slashes that stand side by side');
  return given.href.replace(/\/+$/, '');
}

/** `/weather/` → `/weather`; `/` → the empty prefix; throws for what is no path. */
export function parseRoutePrefix(text: string): string {
  const path = text.startsWith('/') ? text : `/${text}`;
  // Percent signs, dots and the like would make two spellings of one path.
  if (!/^[\w./~-]+$/.test(path) || !isPath(path) || /\/\.{1,2}(?:\/|$)/.test(path)) {
    throw new Error('is no path. Use letters, digits and -._~ between slashes, such as /weather');
  }
  return path.replace(/\/+$/, '');
}

/** The prefix of all routes: as given, else the path of the external URL; empty for none. */
export function routePrefixOf({ routePrefix, externalUrl }: WebPlace): string {
  return routePrefix ?? externalPathOf(externalUrl);
}

/** What operators say of where the exporter is seen. */
export interface WebPlace {
  readonly routePrefix?: string | undefined;
  readonly externalUrl?: string | undefined;
}

/** `https://example.org/weather` → `/weather`; empty for no URL. */
export function externalPathOf(externalUrl: string | undefined): string {
  return externalUrl === undefined ? '' : new URL(externalUrl).pathname.replace(/\/+$/, '');
}

function isPath(path: string): boolean {
  return !path.includes('//');
}
