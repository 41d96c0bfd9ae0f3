/** What stands behind the whole part of a number with so many thousandths. */
const fractions = Array.from({ length: 1_000 }, (_, thousandths) => String(thousandths / 1_000).slice(1));
/** Thousandths of what is less fit into 32 bits. */
const fastLimit = 2_000_000;

/** Writes a sample's value: the shortest decimal that reads back as the same number. */
export function formatNumber(value: number): string {
  if (value > 0 && value < fastLimit) {
    // With so few digits there is no shorter decimal, and most numbers have few.
    const thousandths = Math.round(value * 1_000);
    if (thousandths / 1_000 === value) {
      const whole = Math.floor(thousandths / 1_000);
      return whole + fractions[thousandths - whole * 1_000]!;
    }
    return String(value);
  }
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
