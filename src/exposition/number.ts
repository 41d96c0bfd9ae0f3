/** Writes a sample's value: the shortest decimal that reads back as the same number. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'NaN';
  if (value === Infinity) return '+Inf';
  if (value === -Infinity) return '-Inf';
  return Object.is(value, -0) ? '-0' : String(value);
}

/**
 * Writes the value of a `le` or `quantile` label, which must be the same text whoever writes it: as Go's `%g`, with `.0`
 * where there is neither point nor exponent (OpenMetrics 1.0, Canonical Numbers).
 */
export function formatCanonicalNumber(value: number): string {
  if (!Number.isFinite(value)) return formatNumber(value);
  const magnitude = Math.abs(value);
  if (magnitude === 0 || (magnitude >= 1e-4 && magnitude < 1e6)) {
    const text = String(value);
    return text.includes('.') ? text : `${text}.0`;
  }
  // Go writes at least two digits of the exponent.
  return value.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
}
