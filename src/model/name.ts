/** Splits camelCase, acronyms, hyphens and blanks into lower-case words; digits stay with the word before them. */
function words(name: string): string[] {
  return name
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

/** `HTTPRequests` → `http_requests`, `load1` → `load1`, `weather-exporter` → `weather_exporter`. */
export function toSnakeCase(name: string): string {
  return words(name).join('_');
}

/** `maxAge` → `max-age`. */
export function toKebabCase(name: string): string {
  return words(name).join('-');
}

/** `max-age` → `maxAge`. */
export function toCamelCase(name: string): string {
  return words(name)
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');
}

/** The variable of an option: `EXP`, `max-age` → `EXP_MAX_AGE`. */
export function toVariable(envPrefix: string, optionName: string): string {
  return `${envPrefix}_${optionName.replaceAll(/[-.]/g, '_').toUpperCase()}`;
}

/** Puts each part in front or behind unless the name has it already. */
export function withPrefix(name: string, prefix: string | undefined): string {
  return prefix === undefined || name.startsWith(`${prefix}_`) ? name : `${prefix}_${name}`;
}

export function withSuffix(name: string, suffix: string | undefined): string {
  return suffix === undefined || name.endsWith(`_${suffix}`) ? name : `${name}_${suffix}`;
}

export function withoutSuffix(name: string, suffix: string): string {
  return name.endsWith(`_${suffix}`) ? name.slice(0, -suffix.length - 1) : name;
}

/** How a metric or label name reads to those who know letters, digits and underscores only. */
export function withUnderscores(name: string): string {
  return name.replace(/^\d|[^A-Za-z0-9_]/gu, '_');
}

/** Whether a text has a surrogate without its other half: UTF-8 writes all of them alike, so that two texts would be one. */
export function hasHalfACharacter(text: string): boolean {
  return /\p{Surrogate}/u.test(text);
}

/** Which text is good for what, and the words that say so. */
export const namePatterns = {
  exporter: { pattern: /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, rule: 'Use lower-case words joined by hyphens, such as weather-exporter' },
  option: { pattern: /^[a-z][a-z0-9]*(?:[-.][a-z0-9]+)*$/, rule: 'Use lower-case words joined by hyphens, such as max-age' },
  short: { pattern: /^[A-Za-z0-9]$/, rule: 'Use one letter or digit' },
  variable: { pattern: /^[A-Z][A-Z0-9_]*$/, rule: 'Use capitals, digits and underscores, such as WEATHER_CITY' },
  envPrefix: { pattern: /^[A-Z](?:[A-Z0-9_]*[A-Z0-9])?$/, rule: 'Use capitals, digits and underscores, such as WEATHER' },
  namespace: {
    pattern: /^[a-zA-Z_](?:[a-zA-Z0-9_]*[a-zA-Z0-9])?$/,
    rule: 'Use letters, digits and underscores, such as weather; one underscore is added',
  },
  // Prometheus data model, metric names and labels; colons are for recording rules.
  metric: { pattern: /^[a-zA-Z_][a-zA-Z0-9_]*$/, rule: 'Use letters, digits and underscores, such as http_requests' },
  label: {
    pattern: /^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/,
    rule: 'Use letters, digits and underscores, with fewer than two underscores in front',
  },
  // Metrics and labels with any characters; what begins with two underscores is Prometheus's own, however it is written.
  utf8: { pattern: /^(?!__)(?!.*\p{Surrogate}).+$/su, rule: 'Use well-formed Unicode, with fewer than two underscores in front' },
  collector: { pattern: /^[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*$/, rule: 'Use lower-case words joined by underscores' },
  metricsPath: { pattern: /^\/[^\s?#{}*:()]*$/, rule: 'Use a path such as /metrics' },
} satisfies Readonly<Record<string, { readonly pattern: RegExp; readonly rule: string }>>;

/** Names any value in a message. */
export function quote(value: unknown): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return 'a function';
  try {
    return JSON.stringify(value) ?? String(value);
  } catch {
    // It refers to itself.
    return 'an object';
  }
}
