import { formatDuration } from '../model/duration.js';
import type { OptionSpec } from '../model/spec.js';

/** `port to run the web server on  [env var: EXP_PORT; default: 9400]` */
export function describeOption(option: OptionSpec): string {
  const initial = option.secret ? undefined : renderDefault(option.default, option);
  const hints = [
    ...(option.env === undefined ? [] : [`env var: ${option.env}`]),
    ...(initial === undefined ? [] : [`default: ${initial}`]),
    ...(option.required ? ['required'] : []),
  ];
  return hints.length === 0 ? option.description : `${option.description}  [${hints.join('; ')}]`;
}

/** Undefined for a default that says nothing on one line: none, an empty list, an object. */
function renderDefault(value: unknown, option: OptionSpec): string | undefined {
  if (Array.isArray(value)) {
    const parts = value.map((one) => renderDefault(one, option));
    return parts.length === 0 || parts.includes(undefined) ? undefined : parts.join(', ');
  }
  if (typeof value === 'string') return value === '' ? '""' : value;
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  // As the operator would write them.
  if (value instanceof RegExp) return value.source;
  if (value instanceof URL) return value.href;
  if (typeof value !== 'number') return undefined;
  return option.type === 'duration' && option.parse === undefined && Number.isInteger(value) ? formatDuration(value) : String(value);
}
