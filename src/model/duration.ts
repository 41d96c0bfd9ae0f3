const units = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 } as const;

const pattern = /^(?=\d)(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?)s)?(?:(\d+)ms)?$/;

/** The longest time for setTimeout in milliseconds, which fires at once above it. */
export const longestTimer = 2 ** 31 - 1;

/** `30s`, `1h30m`, `500ms`, `0` → milliseconds; undefined for anything else. Units: d, h, m, s, ms, in this order. */
export function parseDuration(text: string): number | undefined {
  if (text === '0') return 0;
  const parts = pattern.exec(text);
  if (!parts) return undefined;
  const total = Object.values(units).reduce((sum, unit, index) => sum + Number(parts[index + 1] ?? 0) * unit, 0);
  return Math.round(total);
}

/** Milliseconds → the text that parses to them: 90,000 → `1m30s`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds === 0) return '0s';
  let rest = milliseconds;
  let text = '';
  for (const [name, unit] of Object.entries(units)) {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    if (count > 0) text += `${count}${name}`;
  }
  return text;
}
