import fc from 'fast-check';

/** Bodies that are right but for one value, which is as odd as JSON can be. */

type Step = string | number;

/** Every place in a JSON value, the value itself included. */
function placesIn(value: unknown, here: readonly Step[] = []): readonly (readonly Step[])[] {
  if (Array.isArray(value)) return [here, ...value.flatMap((part, index) => placesIn(part, [...here, index]))];
  if (typeof value !== 'object' || value === null) return [here];
  return [here, ...Object.entries(value).flatMap(([name, part]) => placesIn(part, [...here, name]))];
}

function replaced(value: unknown, [step, ...rest]: readonly Step[], odd: unknown): unknown {
  if (step === undefined) return odd;
  if (Array.isArray(value)) return value.map((part: unknown, index) => (index === step ? replaced(part, rest, odd) : part));
  return Object.fromEntries(
    Object.entries(value as object).map(([name, part]: [string, unknown]) => [name, name === step ? replaced(part, rest, odd) : part]),
  );
}

function nested(levels: number): unknown {
  return Array.from({ length: levels }).reduce<unknown>((inside) => ({ kind: 'all', of: [inside] }), null);
}

/** What nobody expects in any place of a form. */
const oddValues: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  -0.0001,
  1e308,
  1.23456789,
  2 ** 53,
  '',
  ' ',
  '\u0000',
  'x'.repeat(5000),
  '9999-12-31',
  '0000-01-01',
  '2024-02-30',
  '0190d7a0-0000-7000-8000-000000000000',
  'anyMember',
  '1/0',
  '999999999999/1',
  '*'.repeat(40),
  '#*#*#*#*',
  '\ud83d',
  '../../etc/passwd',
  "'; DROP TABLE agreements; --",
  [],
  [[]],
  [null],
  {},
  { kind: 'all', of: [] },
  { kind: 'nothing' },
  nested(12),
  nested(60),
];

/** A JSON value with one odd value somewhere inside, or one field too many. */
export function oddly(value: unknown): fc.Arbitrary<unknown> {
  return fc.tuple(fc.constantFrom(...placesIn(value)), fc.constantFrom(...oddValues)).map(([place, odd]) => replaced(value, place, odd));
}

/** The same as the text of a body, some of it as only text can be: numbers beyond all bounds, names that every object has. */
export function oddText(value: unknown): fc.Arbitrary<string> {
  const numbers = fc.constantFrom('1e400', '-1e400', '1e-400', `1${'0'.repeat(400)}`, `0.${'3'.repeat(400)}`);
  const withNumber = fc
    .tuple(fc.constantFrom(...placesIn(value)), numbers)
    .map(([place, number]) => JSON.stringify(replaced(value, place, '@number@')).replace('"@number@"', number));
  const withName = fc
    .constantFrom('__proto__', 'constructor', 'hasOwnProperty', 'toString')
    .map((name) => JSON.stringify(value).replace(/^\{/, `{"${name}": {"a": 1},`));
  return fc.oneof({ weight: 6, arbitrary: oddly(value).map((odd) => JSON.stringify(odd)) }, { weight: 2, arbitrary: withNumber }, withName);
}
