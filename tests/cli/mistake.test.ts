import { messageForOperator } from '../../src/cli/mistake.js';
import { ConfigError } from '../../src/errors.js';

test('a wrong value is introduced as one', () => {
  const fault = { code: 'INVALID_VALUE', where: '--port', what: '"x" is no integer', mend: 'Use 5' } as const;
  expect(messageForOperator(new ConfigError(fault))).toBe('Invalid value for --port: "x" is no integer. Use 5.');
});

test("an author's message keeps its lines, and loses what commands a terminal", () => {
  expect(messageForOperator(new ConfigError('one\n two\u001b[31m\r\u009b'))).toBe('one\n two\\u001b[31m\\r\\u009b');
});
