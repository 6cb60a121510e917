import { isQuick, type EvaluationInput } from '../src/evaluation/domain/index.js';
import type { Rule, Source } from '../src/rules/domain/index.js';
import { randomInstance, sizes } from './instances.js';
import type { Kind } from './kinds.js';

/** Rules whose sources all want the same completions, as many as an evaluation on the event loop may have. */
export function hostileKinds(): readonly Kind[] {
  return completionCounts.flatMap((count) =>
    Object.entries(shapes).map(([name, shape]) => ({
      name: `${String(count)} courses, ${name}`,
      inputs: () => precedences.map((precedence) => largestQuick((rules) => instance(count, rules, shape, precedence))),
    })),
  );
}

const completionCounts = [10, 40, 80] as const;
const precedences = ['bestForStudent', 'mostSpecific'] as const;

type Precedence = (typeof precedences)[number];

/** The source of a rule, by its number and the codes of all courses. */
type Shape = (rule: number, codes: readonly string[]) => Source;

const ofCode = (code: string): Source => ({ kind: 'course', select: { kind: 'code', code } });
const ofSubject: Source = { kind: 'course', select: { kind: 'subject', subject: 'MATH' } };
const atLeast = (courses: number, ...of: readonly Source[]): Source => ({ kind: 'atLeast', courses, of });

const shapes: Readonly<Record<string, Shape>> = {
  'any of them': (_, codes) => ({ kind: 'any', of: codes.map(ofCode) }),
  'all of them': (_, codes) => ({ kind: 'all', of: codes.map(ofCode) }),
  'one to four': (rule, codes) => atLeast(1 + (rule % 4), ...codes.map(ofCode)),
  'three of subject': () => atLeast(3, ofSubject),
  'two twice': (_, codes) => atLeast(4, atLeast(2, ...codes.slice(1).map(ofCode)), atLeast(2, ...codes.slice(0, 1).map(ofCode), ofSubject)),
};

function instance(completions: number, rules: number, shape: Shape, precedence: Precedence): EvaluationInput {
  const base = randomInstance(sizes.small, 1, false, 1);
  const [completion] = base.completions;
  const [revision] = base.agreements;
  const [rule] = revision?.terms.rules ?? [];
  if (completion === undefined || revision === undefined || rule === undefined) throw new Error('an instance without anything');
  const codes = Array.from({ length: completions }, (_, index) => `MATH ${String(1000 + index)}`);
  const ofShape = Array.from({ length: rules }, (_, index): Rule => ({ ...rule, id: `r${String(index)}`, source: shape(index, codes) }));
  return {
    ...base,
    completions: codes.map((code) => ({ ...completion, id: code, code })),
    agreements: [{ ...revision, terms: { ...revision.terms, precedence, rules: ofShape } }],
  };
}

/** By doubling and halving. */
function largestQuick(make: (rules: number) => EvaluationInput): EvaluationInput {
  let [fits, fails] = [1, 2];
  while (isQuick(make(fails))) [fits, fails] = [fails, 2 * fails];
  while (fails - fits > 1) {
    const middle = Math.floor((fits + fails) / 2);
    if (isQuick(make(middle))) fits = middle;
    else fails = middle;
  }
  return make(fits);
}
