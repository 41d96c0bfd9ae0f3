const nanoseconds: Readonly<Record<string, number>> = { ns: 1, us: 1e3, µs: 1e3, μs: 1e3, ms: 1e6, s: 1e9, m: 60e9, h: 3_600e9 };

const duration = /^([-+]?)((?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/;

/** A duration as Go's programs read it (`1s`, `500ms`, `1h30m`, `-1.5s`, `0`) in nanoseconds; undefined for anything else. */
export function parseGoDuration(text: string): number | undefined {
  if (/^[-+]?0$/.test(text)) return 0;
  const [, sign, terms] = duration.exec(text) ?? [];
  if (terms === undefined) return undefined;
  const total = Math.round(
    [...terms.matchAll(/([\d.]+)([^\d.]+)/g)].reduce((sum, [, count, unit = '']) => sum + Number(count) * (nanoseconds[unit] ?? 0), 0),
  );
  return total < 2 ** 63 ? total * (sign === '-' ? -1 : 1) + 0 : undefined;
}
