import { completionStatuses, programmeCaps } from '../reasons.js';
import { objectiveLevels } from '../result.js';
import type { Report } from './violation.js';

/**
 * The shape of a result, looked at before anything else: everything after it may rely on the declared types, whatever the result's
 * origin. A shape answers with faults, their paths relative to the value, or with nothing: the good case allocates nothing.
 */
type Shape = (value: unknown) => readonly Fault[] | undefined;

interface Fault {
  readonly path: string;
  readonly wanted: string;
}

function where(wanted: string, holds: (value: unknown) => boolean): Shape {
  const faults = [{ path: '', wanted }];
  return (value) => (holds(value) ? undefined : faults);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Sums of credits may exceed what one amount may be; whole thousandths below 2^53 they are in any case. */
function isAmount(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 1e12 && !Object.is(value, -0) && Math.round(value * 1000) / 1000 === value;
}

const text = where('a text', (value) => typeof value === 'string' && value !== '');
const flag = where('true or false', (value) => typeof value === 'boolean');
const amount = where('an amount of credit', isAmount);
const count = where('a count', (value) => Number.isSafeInteger(value) && Number(value) >= 0 && !Object.is(value, -0));
const figure = where('a number', (value) => Number.isFinite(value));
const anything = where('an object', isRecord);

function oneOf(...texts: readonly string[]): Shape {
  return where(`one of ${texts.join(', ')}`, (value) => typeof value === 'string' && texts.includes(value));
}

function optional(shape: Shape): Shape {
  return (value) => (value === undefined ? undefined : shape(value));
}

function under(key: string, faults: readonly Fault[]): readonly Fault[] {
  return faults.map(({ path, wanted }) => ({ path: `/${key}${path}`, wanted }));
}

function listOf(item: Shape): Shape {
  return (value) => {
    if (!Array.isArray(value)) return [{ path: '', wanted: 'a list' }];
    const list: readonly unknown[] = value;
    let faults: Fault[] | undefined;
    for (let index = 0; index < list.length; index += 1) {
      const found = item(list[index]);
      if (found !== undefined) (faults ??= []).push(...under(String(index), found));
    }
    return faults;
  };
}

function object(fields: Readonly<Record<string, Shape>>): Shape {
  const entries = Object.entries(fields);
  return (value) => {
    if (!isRecord(value)) return [{ path: '', wanted: 'an object' }];
    let faults: Fault[] | undefined;
    for (const [key, shape] of entries) {
      const found = shape(value[key]);
      if (found !== undefined) (faults ??= []).push(...under(key, found));
    }
    return faults;
  };
}

/** The shape that the value's `kind` names. */
function byKind(shapes: Readonly<Record<string, Shape>>): Shape {
  const kinds = new Map(Object.entries(shapes));
  const faults = [{ path: '/kind', wanted: `one of ${[...kinds.keys()].join(', ')}` }];
  return (value) => {
    if (!isRecord(value)) return [{ path: '', wanted: 'an object' }];
    const shape = typeof value['kind'] === 'string' ? kinds.get(value['kind']) : undefined;
    return shape === undefined ? faults : shape(value);
  };
}

const fills = listOf(object({ requirement: text, credits: amount, surplus: flag }));

const conversion = object({
  completion: text,
  credits: amount,
  creditSystem: text,
  method: oneOf('same', 'pinned', 'table', 'yearShare', 'hours', 'none'),
  factor: optional(text),
  converted: text,
  originalGrade: optional(object({ scale: text, value: text })),
});

const award = object({
  target: anything,
  effect: oneOf('credit', 'exemption', 'waiver'),
  granted: flag,
  credits: amount,
  counted: amount,
  grade: optional(
    byKind({
      converted: object({ scale: text, value: text, mean: optional(text) }),
      notConvertible: object({ reason: oneOf('noTable', 'noPoints', 'noGrade') }),
    }),
  ),
  attributes: listOf(text),
  mooc: flag,
  fills,
});

const application = object({
  agreement: text,
  revision: count,
  rule: text,
  completions: listOf(text),
  choice: optional(object({ option: count, made: flag })),
  conversions: listOf(conversion),
  convertedCredits: amount,
  awards: listOf(award),
  loss: amount,
});

const requirement = object({
  requirement: text,
  remaining: amount,
  complete: flag,
  completeAsOffered: flag,
  offered: optional(flag),
  open: optional(flag),
  statements: listOf(object({ agreement: text, target: text, kind: text, reason: optional(anything) })),
});

const ruleOutcome = object({ agreement: text, rule: text, status: oneOf(...completionStatuses), parameters: anything });

const completion = object({
  completion: text,
  provider: text,
  code: text,
  status: oneOf(...completionStatuses),
  because: optional(
    object({ agreement: optional(text), rule: optional(text), status: oneOf(...completionStatuses), parameters: anything }),
  ),
  otherRules: listOf(ruleOutcome),
});

const result = object({
  engineVersion: text,
  inputDigest: text,
  optimal: flag,
  provenLevels: count,
  bound: optional(object({ level: oneOf(...objectiveLevels), value: figure })),
  work: object({ spent: count, budget: count }),
  objective: object({
    remainingStudy: amount,
    requirementsCompleted: count,
    recognisedCredits: amount,
    completionsConsumed: count,
    loss: amount,
  }),
  provisional: flag,
  whatIf: flag,
  attested: listOf(text),
  applications: listOf(application),
  homeCourses: listOf(object({ homeCourse: text, counted: amount, fills })),
  requirements: listOf(requirement),
  totals: object({ recognised: amount, unplaced: amount, capped: amount, wasted: amount }),
  binding: listOf(
    object({
      kind: oneOf(...programmeCaps, 'limit'),
      id: optional(text),
      agreement: optional(text),
    }),
  ),
  completions: listOf(completion),
  conflicts: listOf(object({ agreement: text, rules: listOf(text), completions: listOf(text) })),
});

/** True when a value has the shape of a result; every fault is reported. */
export function hasShape(value: unknown, report: Report): boolean {
  const faults = result(value) ?? [];
  for (const { path, wanted } of faults) report('malformed', `${wanted} is wanted`, path);
  return faults.length === 0;
}
