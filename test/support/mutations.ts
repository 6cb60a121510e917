import fc from 'fast-check';

/** One change to a JSON value, made at a JSON Pointer. */
export interface Mutation {
  readonly at: string;
  readonly change: string;
  readonly value: unknown;
}

function isContainer(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** Fields that every object which has them needs, whatever its kind. */
const alwaysNeeded = new Set([
  'kind',
  'method',
  'of',
  'select',
  'source',
  'outcome',
  'validity',
  'governedBy',
  'awards',
  'options',
  'target',
  'effect',
  'isced',
  'pattern',
  'over',
  'factor',
  'rows',
  'pairs',
  'mode',
  'codes',
  'duration',
  'before',
  'parties',
  'precedence',
  'statements',
  'conversions',
  'gradeTables',
  'redemption',
]);

function wrongType(value: unknown): unknown {
  if (typeof value === 'string') return 7;
  return isContainer(value) && !Array.isArray(value) ? [] : 'not of this type';
}

/** A change not yet made. */
interface Change extends Omit<Mutation, 'value'> {
  readonly to: unknown;
}

/** Every single change that makes a value of a closed shape one of no shape: a field too many, a field too few, null, another type, an empty text. */
function* changesOf(value: unknown, at = ''): Generator<Change> {
  if (typeof value === 'string') yield { at, change: 'empty', to: '' };
  yield { at, change: 'null', to: null };
  yield { at, change: 'another type', to: wrongType(value) };
  if (!isContainer(value)) return;
  if (!Array.isArray(value)) yield { at: `${at}/unknown-field`, change: 'added', to: 'x' };
  for (const [key, child] of Object.entries(value)) {
    if (!Array.isArray(value) && alwaysNeeded.has(key)) yield { at: `${at}/${key}`, change: 'removed', to: undefined };
    yield* changesOf(child, `${at}/${key}`);
  }
}

/** A copy of a value in which another stands at a pointer; undefined removes the field. */
function changed(root: unknown, at: string, value: unknown): unknown {
  if (at === '') return value;
  const copy: unknown = structuredClone(root);
  const keys = at.slice(1).split('/');
  const last = keys.pop() ?? '';
  const parent = keys.reduce<unknown>((here, key) => (isContainer(here) ? here[key] : undefined), copy);
  if (!isContainer(parent)) throw new Error(`nothing is at ${at}`);
  if (value === undefined) Reflect.deleteProperty(parent, last);
  else parent[last] = value;
  return copy;
}

/** Values with one of their mutations. */
export function mutated<T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<Mutation> {
  return arbitrary.chain((original) => {
    const value: unknown = JSON.parse(JSON.stringify(original));
    return fc.constantFrom(...changesOf(value)).map(({ at, change, to }) => ({ at, change, value: changed(value, at, to) }));
  });
}
