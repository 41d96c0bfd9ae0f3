const trues = /^(?:y|Y|yes|Yes|YES|on|On|ON|true|True|TRUE)$/;
const falses = /^(?:n|N|no|No|NO|off|Off|OFF|false|False|FALSE)$/;

/** A boolean as YAML 1.1 writes it; undefined for anything else. */
export function parseYamlBoolean(text: string): boolean | undefined {
  return trues.test(text) ? true : falses.test(text) ? false : undefined;
}

const decimal = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?$/i;
const radix = /^([-+]?)(0b[01]+|0x[\da-f]+|0o?[0-7]+)$/i;

/** A whole number as YAML 1.1 writes it: `10`, `1_000`, `0x1f`, `0b11`, `017`, `1e3`; undefined for anything else. */
export function parseYamlInteger(text: string): number | undefined {
  const digits = text.replaceAll('_', '');
  const [, sign, prefixed] = radix.exec(digits) ?? [];
  const value =
    prefixed !== undefined
      ? Number(prefixed.replace(/^0(?=[0-7])/, '0o')) * (sign === '-' ? -1 : 1)
      : decimal.test(digits)
        ? Number(digits)
        : Number.NaN;
  // The sum turns -0 into 0.
  return Number.isInteger(value) && Math.abs(value) < 2 ** 63 ? value + 0 : undefined;
}
