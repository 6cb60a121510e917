import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  agreement,
  code,
  course,
  credit,
  creditSystems,
  institutions,
  letterGrade,
  noCredit,
  rule,
} from '../../../test/support/example-rules.js';
import type { GradingScale } from '../../kernel/index.js';
import type { AgreementTerms } from '../../agreements/domain/index.js';
import { findConflicts, type ConflictExample, type ExampleCompletion, type Rule, type Source } from '../../rules/domain/index.js';
import { findCandidates } from './candidates.js';
import type { Completion, EvaluationInput } from './input.js';

/**
 * What the search for conflicts says of rules that name codes, held against the evaluation of every record that such rules can tell
 * apart: each conflict is one, and none is left out.
 */

const letters = ['C', 'A'] as const;
/** No other grades than the records have. */
const gradingScales: readonly GradingScale[] = [
  { id: 'langara-letter', name: 'Letters', grades: letters.map((value) => ({ value })), passMark: 'C', source: 'test' },
];

const courseSource = fc
  .record(
    { name: fc.constantFrom('A 1', 'B 1', 'C 1'), least: fc.constantFrom(...letters), most: fc.constantFrom(...letters) },
    { requiredKeys: ['name'] },
  )
  .map(({ name, least, most }) =>
    code(name, {
      ...(least !== undefined && { minimumGrade: letterGrade(least) }),
      ...(most !== undefined && { maximumGrade: letterGrade(most) }),
    }),
  );

const source: fc.Arbitrary<Source> = fc.letrec<{ source: Source }>((tie) => ({
  source: fc.oneof(
    { depthSize: 'xsmall', maxDepth: 2 },
    courseSource,
    fc.record({ kind: fc.constantFrom('all' as const, 'any' as const), of: fc.array(tie('source'), { minLength: 1, maxLength: 2 }) }),
    fc.record({
      kind: fc.constant('atLeast' as const),
      courses: fc.integer({ min: 1, max: 2 }),
      of: fc.array(tie('source'), { minLength: 1, maxLength: 3 }),
    }),
  ),
})).source;

const conditions = fc.record(
  {
    programmes: fc.record(
      { only: fc.constantFrom(['BSC'], ['BSC', 'BA']), except: fc.constantFrom(['BSC'], ['BA']) },
      { requiredKeys: [] },
    ),
    alsoHolds: courseSource,
    doesNotHold: courseSource,
  },
  { requiredKeys: [] },
);

const validity = fc.constantFrom({}, {}, { until: '2019-12-31' }, { from: '2020-01-01' }, { from: '2021-01-01', until: '2020-01-01' });

const outcome = fc.constantFrom(credit(course('X 1', 3)), credit(course('Y 1', 3)), noCredit());

const ruleWith = (id: string): fc.Arbitrary<Rule> =>
  fc
    .record({ source, outcome, conditions, validity }, { requiredKeys: ['source', 'outcome', 'validity'] })
    .map(({ source: of, outcome: earns, ...rest }) => rule(id, of, earns, rest));

const terms: fc.Arbitrary<AgreementTerms> = fc
  .tuple(ruleWith('r0'), ruleWith('r1'), fc.constantFrom('mostSpecific' as const, 'bestForStudent' as const))
  .map(([one, other, precedence]) => agreement([one, other], { precedence }));

function completion(example: ExampleCompletion, index: number, completedOn: string): Completion {
  return {
    credits: 3,
    ...example,
    id: `c${String(index)}`,
    creditSystem: 'us-semester',
    outcome: 'achieved',
    completedOn,
    enrolledOn: completedOn,
    evidence: { identityVerified: true, proctored: true, verification: 'verified' },
    mooc: false,
    repeatable: false,
  };
}

function inputOf(of: AgreementTerms, programme: string, completions: readonly Completion[]): EvaluationInput {
  return {
    policyDate: '2025-01-01',
    requestDate: '2025-01-01',
    admissionDate: '2025-01-01',
    programme: {
      id: 'p',
      institution: institutions.ubc,
      code: programme,
      catalogueYear: 2025,
      title: { en: 'Programme' },
      creditSystem: 'us-semester',
      totalCredits: 120,
      requirements: { kind: 'freeElectives', id: 'free', credits: 120 },
      policy: {},
    },
    agreements: [{ agreement: 'a', revision: 1, digest: 'd', terms: of, receivingCourses: [] }],
    completions,
    homeRecord: [],
    redemptions: [],
    choices: [],
    exceptions: [],
    creditSystems,
    gradingScales,
    whatIf: false,
  };
}

/** The records of one attempt at each course, or two at the first, without a grade, with a C or with an A. */
const records: readonly (readonly ExampleCompletion[])[] = ['A 1', 'B 1', 'C 1'].reduce<readonly (readonly ExampleCompletion[])[]>(
  (sofar, name) => {
    const attempts = [undefined, ...letters].map((value): ExampleCompletion => ({
      provider: institutions.langara,
      code: name,
      ...(value !== undefined && { grade: letterGrade(value) }),
    }));
    const held = [
      [],
      ...attempts.map((attempt) => [attempt]),
      ...attempts.flatMap((one, at) => attempts.slice(at).map((two) => [one, two])),
    ];
    return sofar.flatMap((record) => held.map((more) => [...record, ...more]));
  },
  [[]],
);

/** What the evaluations of all records in all programmes on all dates find: whether the rules conflict, and which of them ever fire. */
function evaluateAll(of: AgreementTerms): { readonly conflict: boolean; readonly firing: ReadonlySet<string> } {
  const firing = new Set<string>();
  let conflict = false;
  const named = of.rules.some(({ conditions: each }) => each?.programmes !== undefined);
  const dated = of.rules.some(({ validity: { from, until } }) => from !== undefined || until !== undefined);
  for (const programme of named ? ['BSC', 'BA', 'MA'] : ['MA']) {
    for (const date of dated ? ['2019-06-01', '2020-06-01'] : ['2020-06-01']) {
      for (const record of records) {
        const found = findCandidates(
          inputOf(
            of,
            programme,
            record.map((example, index) => completion(example, index, date)),
          ),
        );
        conflict ||= found.conflicts.length > 0;
        for (const { rule: taken } of found.applications) firing.add(taken.id);
      }
    }
  }
  return { conflict, firing };
}

function candidatesOn(of: AgreementTerms, { consumed, held, programme, dates }: ConflictExample): ReturnType<typeof findCandidates> {
  const all = [...consumed, ...held].map((example, index) => completion(example, index, dates.completion ?? '2020-06-01'));
  return findCandidates(inputOf(of, programme ?? 'MA', all));
}

describe('findConflicts and the evaluation', () => {
  it('agree on rules that name codes', () => {
    fc.assert(
      fc.property(terms, (of) => {
        const { conflicts, complete } = findConflicts(of, gradingScales);
        const { conflict, firing } = evaluateAll(of);
        expect(complete).toBe(true);
        const refusing = new Set(of.rules.filter(({ outcome: { kind } }) => kind !== 'credit').map(({ id }) => id));
        expect(conflicts.some(({ kind }) => kind === 'differentOutcomes' || kind === 'overlappingGradeBands')).toBe(conflict);
        for (const each of conflicts) {
          const [first = ''] = each.rules;
          if (each.kind === 'neverFires' || each.kind === 'alwaysRefused') expect([...firing]).not.toContain(first);
          else if (!refusing.has(first)) expect(candidatesOn(of, each.example).conflicts).toHaveLength(1);
        }
      }),
      { numRuns: Number(process.env['CONFLICT_RUNS'] ?? 40) },
    );
  });
});
