import {
  ConfigError,
  DeclarationError,
  ExitExporter,
  ExporterError,
  messageOf,
  ScrapeError,
  throwDeclarationFaults,
} from '../src/errors.js';

const fault = { code: 'INVALID_VALUE', where: '--port', what: '"abc" is no whole number', mend: 'Give one, such as 9090' } as const;

test('an error says where, what and how to mend it', () => {
  const error = new ConfigError(fault);
  expect(error.message).toBe('--port: "abc" is no whole number. Give one, such as 9090.');
  expect(error).toMatchObject({ name: 'ConfigError', code: 'INVALID_VALUE', where: '--port' });
  expect(error).toBeInstanceOf(ExporterError);
});

test("an author's ConfigError says what its author wrote", () => {
  const cause = new Error('ENOENT');
  expect(new ConfigError('no targets', { cause })).toMatchObject({ message: 'no targets', code: 'CONFIG', where: '', cause });
});

test('several declaration mistakes are told in one message', () => {
  expect(() => throwDeclarationFaults([])).not.toThrow();
  expect(new DeclarationError([fault]).message).toBe('--port: "abc" is no whole number. Give one, such as 9090.');
  expect(() => throwDeclarationFaults([fault, { ...fault, where: 'X.y' }])).toThrow(
    '2 mistakes:\n  --port: "abc" is no whole number. Give one, such as 9090.\n  X.y: "abc" is no whole number. Give one, such as 9090.',
  );
});

test('an ExitExporter carries a code', () => {
  expect(new ExitExporter(3)).toMatchObject({ name: 'ExitExporter', exitCode: 3, message: '' });
  expect(() => new ExitExporter(3.5)).toThrow('ExitExporter: 3.5 is no exit code. Give a whole number in the range 0..255.');
});

test.each([
  [new Error('text'), 'text'],
  [new ScrapeError(fault), '--port: "abc" is no whole number. Give one, such as 9090.'],
  [new TypeError(''), 'TypeError'],
  ['a text', 'a text'],
  [undefined, 'undefined'],
  [Object.create(null), 'a value without a message'],
])('the message of %p is told', (thrown, message) => {
  expect(messageOf(thrown)).toBe(message);
});
