import { describe, expect, it } from '@jest/globals';
import {
  agreement,
  all,
  any,
  completion,
  course,
  elective,
  input,
  named,
  needsCourse,
  needsElectives,
  needsSubject,
  programme,
  requires,
  rule,
} from '../../../test/support/oracle/builders.js';
import type { AgreementTerms } from '../../agreements/domain/index.js';
import type { Requirement } from '../../programmes/domain/index.js';
import { anyMember, type Rule, type Selector, type Source } from '../../rules/domain/index.js';
import type { Completion, EvaluationInput } from './input.js';
import type { Change } from './result.js';
import { runEvaluation } from './run.js';

const letters = (value: string) => ({ scale: 'letters', value });
const select = (selector: Selector): Source => ({ kind: 'course', select: selector });

interface Setting {
  readonly terms?: Partial<AgreementTerms>;
  readonly of?: readonly Requirement[];
  readonly rest?: Partial<EvaluationInput>;
}

/** What is suggested to whoever holds these, in a programme of free electives unless it says otherwise. */
function suggested(
  held: readonly Completion[],
  rules: readonly Rule[],
  { terms = {}, of = [needsElectives('e', 30)], rest = {} }: Setting = {},
): readonly (readonly Change[])[] {
  const asked = input(held, [agreement('g', rules, terms)], programme(requires(...of)), rest);
  return (runEvaluation({ input: asked, effort: 'interactive', suggestions: true }).improvements ?? []).map(({ changes }) => changes);
}

const add = (selector: string, rest: object = {}): Change => ({ kind: 'addCompletion', provider: 'A', selector, ...rest });
const a = completion('a', 'MA 101', 3);
const requiresOne = (...of: readonly Requirement[]): Requirement => ({ id: 'one', kind: 'atLeast', count: 1, of });

describe('what a completion is short of', () => {
  it('is a better grade', () => {
    const rules = [rule('r', course('MA 101', { minimumGrade: letters('B') }), [elective('MA', 3)])];
    expect(suggested([{ ...a, grade: letters('C') }], rules)).toEqual([[{ kind: 'raiseGrade', completion: 'a', grade: letters('B') }]]);
    // The programme's own demand is mended in the same way.
    const strict = programme(requires(needsElectives('e', 30)), { minimumGrades: [letters('B')] });
    expect(suggested([{ ...a, grade: letters('C') }], rules, { rest: { programme: strict } })).toEqual([
      [{ kind: 'raiseGrade', completion: 'a', grade: letters('B') }],
    ]);
  });

  it('is evidence, every piece of it; hours and forged transcripts cannot be mended', () => {
    const demanding = (evidence: NonNullable<Rule['conditions']>['evidence']) => [
      rule('r', course('MA 101'), [elective('MA', 3)], { conditions: { evidence: evidence ?? {} } }),
    ];
    const bare = { ...a, evidence: { identityVerified: false, proctored: false, verification: 'unverified' } as const };
    expect(suggested([bare], demanding({ identityVerified: true, proctored: true, verifiedTranscript: true }))).toEqual([
      [
        { kind: 'addEvidence', completion: 'a', evidence: 'identityVerified' },
        { kind: 'addEvidence', completion: 'a', evidence: 'proctored' },
        { kind: 'addEvidence', completion: 'a', evidence: 'verifiedTranscript' },
      ],
    ]);
    expect(suggested([{ ...a, hours: 10 }], demanding({ minimumHours: 20 }))).toEqual([]);
  });

  it('is the rest of a set, in the order of the rule', () => {
    const set = all(course('MA 101'), course('MA 102', { minimumGrade: letters('C') }), course('MA 103'));
    expect(suggested([a], [rule('r', set, [elective('MA', 9)])])).toEqual([[add('MA 102', { grade: letters('C') }), add('MA 103')]]);
  });

  it('is not told where it would take more than a handful of courses', () => {
    const many = all(...Array.from({ length: 6 }, (_, index) => course(`MA 10${String(index + 1)}`)));
    expect(suggested([a], [rule('r', many, [elective('MA', 18)])])).toEqual([]);
  });

  it('is credits, by any course that may bring them', () => {
    const of = (credits: number, ...codes: readonly string[]) =>
      suggested([a], [rule('r', { kind: 'atLeast', credits, of: codes.map((code) => course(code)) }, [elective('MA', 9)])]);
    // 3 are held, and a course of this student usually carries 3: one more makes 6, two make 9.
    expect(of(6, 'MA 101', 'MA 102', 'PH 202')).toEqual([[add('MA 102', { minimumCredits: 3 })], [add('PH 202', { minimumCredits: 3 })]]);
    expect(of(9, 'MA 101', 'MA 102', 'PH 202')).toEqual([[add('MA 102', { minimumCredits: 3 }), add('PH 202', { minimumCredits: 3 })]]);
    // The last one carries the rest: 9 - 3 = 6, and 5 - 3 = 2.
    expect(of(9, 'MA 101', 'MA 102')).toEqual([[add('MA 102', { minimumCredits: 6 })]]);
    expect(of(5, 'MA 101', 'MA 102')).toEqual([[add('MA 102', { minimumCredits: 2 })]]);
    expect(of(9, 'MA 101')).toEqual([]);
  });

  it('is what must only be held beside it', () => {
    const beside = (alsoHolds: Source) => [rule('r', course('MA 101'), [elective('MA', 3)], { conditions: { alsoHolds } })];
    expect(suggested([a], beside(course('MA 102')))).toEqual([[add('MA 102')]]);
    expect(suggested([a], beside(any(course('MA 102', { minimumGrade: letters('C') }), course('MA 103'))))).toEqual([
      [add('MA 102', { grade: letters('C') })],
    ]);
    const low = completion('b', 'MA 102', 3, { grade: letters('D') });
    expect(suggested([a, low], beside(course('MA 102', { minimumGrade: letters('C') })))).toEqual([
      [{ kind: 'raiseGrade', completion: 'b', grade: letters('C') }],
    ]);
    // Too few credits cannot be mended.
    expect(suggested([a, low], beside(course('MA 102', { minimumCredits: 4 })))).toEqual([]);
  });

  it('is a course of the programme’s own, where that must be held', () => {
    const own = select({ kind: 'code', code: 'HI 1', provider: 'H' });
    const rules = [rule('r', course('MA 101'), [named('MA 9', 3)], { conditions: { alsoHolds: own } })];
    expect(suggested([a], rules, { of: [needsCourse('m', 'MA 9', 3)] })).toEqual([[add('HI 1', { provider: 'H' })]]);
  });

  it('is never a course that is held', () => {
    const b = completion('b', 'MA 102', 3, { hours: 90 });
    const both = rule('r', all(course('MA 101'), course('MA 102')), [elective('MA', 6)], {
      conditions: { evidence: { minimumHours: 90 } },
    });
    expect(suggested([{ ...a, hours: 10 }, b], [both])).toEqual([]);
    // By pattern, subject and field another one is.
    for (const selector of [
      { kind: 'pattern', pattern: 'MA 10#' },
      { kind: 'subject', subject: 'MA' },
      { kind: 'subject', subject: 'MA', level: 100 },
    ] as const) {
      const held = [completion('c', 'MA 100', 3), a];
      const two = rule('r', { kind: 'atLeast', courses: 3, of: [select(selector)] }, [elective('MA', 9)]);
      expect(suggested(held, [two])).toHaveLength(1);
    }
  });

  it('is a better grade together with the rest of a set', () => {
    const low = { ...a, grade: letters('D') };
    const b = completion('b', 'MA 102', 3);
    const graded = course('MA 101', { minimumGrade: letters('C') });
    const raise: Change = { kind: 'raiseGrade', completion: 'a', grade: letters('C') };
    expect(suggested([low, b], [rule('r', all(graded, course('MA 102')), [elective('MA', 6)])])).toEqual([[raise]]);
    expect(suggested([low, b], [rule('r', all(graded, course('MA 102'), course('MA 103')), [elective('MA', 9)])])).toEqual([
      [raise, add('MA 103')],
    ]);
  });

  it('is nothing where the reason cannot be mended, or mending earns nothing', () => {
    const past = rule('r', course('MA 101'), [elective('MA', 3)], { governedBy: 'completion', validity: { until: '2020-12-31' } });
    expect(suggested([a], [past], { of: [needsCourse('x', 'XX 1', 3)] })).toEqual([]);
    const limits = [{ id: 'none', over: { kind: 'everything' }, maximumCredits: 0 }] as const;
    const graded = rule('r', course('MA 101', { minimumGrade: letters('B') }), [elective('MA', 3)]);
    expect(suggested([{ ...a, grade: letters('C') }], [graded], { terms: { limits } })).toEqual([]);
  });

  it('is one alternative of several that are as small, no more than three', () => {
    const pairs = ['MA 102', 'MA 103', 'MA 104', 'MA 105'].map((code) =>
      rule(`with ${code}`, all(course('MA 101'), course(code)), [elective('MA', 6)]),
    );
    expect(suggested([a], pairs)).toEqual([[add('MA 102')], [add('MA 103')], [add('MA 104')]]);
  });
});

describe('a course not taken yet', () => {
  it('is suggested where it would fill an open requirement', () => {
    const rules = [
      rule('elsewhere', course('BI 1'), [named('BI 9', 3)], { to: 'A' }),
      rule('useless', course('BI 2'), [named('BI 9', 3)]),
      rule('refused', course('BI 3'), [], { outcome: { kind: 'noCredit', reason: 'level' } }),
      rule('useful', course('BI 4'), [named('XX 1', 3)]),
    ];
    expect(suggested([], rules, { of: [needsCourse('x', 'XX 1', 3)] })).toEqual([[add('BI 4')]]);
    expect(suggested([completion('d', 'BI 4', 3)], rules, { of: [needsCourse('x', 'XX 1', 3)] })).toEqual([]);
  });

  it.each<[string, Selector, Partial<Rule>, Change]>([
    ['by pattern', { kind: 'pattern', pattern: 'MA 1##' }, {}, add('MA 1##')],
    ['by subject', { kind: 'subject', subject: 'MA' }, {}, add('MA')],
    ['by subject and level', { kind: 'subject', subject: 'MA', level: 200 }, {}, add('MA 200')],
    ['by field', { kind: 'field', isced: '0541' }, {}, add('ISCED 0541')],
    ['by field and level', { kind: 'field', isced: '0541', minimumEqf: 7 }, {}, add('ISCED 0541 EQF 7')],
    ['of a provider', { kind: 'code', code: 'MA 101', provider: 'B' }, { from: 'P' }, add('MA 101', { provider: 'B' })],
    ['on a platform', { kind: 'code', code: 'MA 101', platform: 'P' }, {}, add('MA 101', { platform: 'P' })],
    ['of any member', { kind: 'code', code: 'MA 101' }, { from: anyMember }, add('MA 101')],
  ])('is told %s', (_, selector, rest, change) => {
    const found = suggested([], [rule('r', select(selector), [elective('MA', 3)], rest)], { terms: { parties: ['H', 'A', 'B', 'P'] } });
    // A rule from the platform takes what is taught by somebody else only where it runs there.
    expect(found).toEqual(rest.from === 'P' ? [] : [[change]]);
  });

  it('is suggested with its first way: one of several, all of several, so many of several', () => {
    const of = (source: Source) => suggested([], [rule('r', source, [elective('MA', 3)])]);
    expect(of(any(course('MA 101'), course('MA 102')))).toEqual([[add('MA 101')]]);
    expect(of(all(course('MA 101'), any(course('MA 102'), course('MA 103'))))).toEqual([[add('MA 101'), add('MA 102')]]);
    expect(of({ kind: 'atLeast', courses: 2, of: [course('MA 101'), course('MA 102'), course('MA 103')] })).toEqual([
      [add('MA 101'), add('MA 102')],
    ]);
    expect(of({ kind: 'atLeast', credits: 4, of: [course('MA 101')] })).toEqual([[add('MA 101', { minimumCredits: 4 })]]);
    expect(of(all(course('MA 101'), { kind: 'atLeast', credits: 3, of: [course('MA 102')] }))).toEqual([
      [add('MA 101'), add('MA 102', { minimumCredits: 3 })],
    ]);
    const pattern = select({ kind: 'pattern', pattern: 'MA 1##' });
    expect(of({ kind: 'atLeast', courses: 2, of: [pattern] })).toEqual([[add('MA 1##'), add('MA 1##')]]);
    expect(of({ kind: 'atLeast', courses: 5, of: [pattern] })).toEqual([]);
    expect(of(all(...Array.from({ length: 5 }, (_, index) => course(`MA ${String(index)}`))))).toEqual([]);
  });

  it('is completed in time, with what the rule demands', () => {
    const source = course('MA 101', { minimumGrade: letters('C'), minimumCredits: 4 });
    const demanding = rule('r', source, [{ ...elective('MA', 0), credits: { kind: 'converted' } }], {
      governedBy: 'completion',
      validity: { until: '2025-06-30' },
      conditions: { evidence: { proctored: true, minimumHours: 100 } },
    });
    expect(suggested([], [demanding])).toEqual([[add('MA 101', { minimumCredits: 4, grade: letters('C') })]]);
  });

  it('is not one of those that are held, and comes with what must only be held', () => {
    const rules = (source: Source, alsoHolds?: Source) => [
      rule('r', source, [named('XX 1', 3)], alsoHolds === undefined ? {} : { conditions: { alsoHolds } }),
    ];
    const of = [needsCourse('x', 'XX 1', 3)];
    const failed = completion('f', 'MA 101', 3, { outcome: 'failed' });
    expect(suggested([failed], rules(any(course('MA 101'), course('MA 102'))), { of })).toEqual([[add('MA 102')]]);
    expect(suggested([], rules(course('MA 101'), course('MA 102')), { of })).toEqual([[add('MA 101'), add('MA 102')]]);
    // The condition is met already.
    expect(suggested([completion('b', 'MA 102', 3)], rules(course('MA 101'), course('MA 102')), { of })).toEqual([[add('MA 101')]]);
  });

  it('is not suggested for an alternative that was not taken', () => {
    const of = [requiresOne(needsCourse('x', 'XX 1', 3), needsCourse('y', 'YY 1', 3))];
    const rules = [rule('r', course('MA 101'), [named('XX 1', 3)]), rule('s', course('MA 102'), [named('YY 1', 3)])];
    expect(suggested([a], rules, { of })).toEqual([]);
  });

  it('is told with what the catalogue knows of it, and proven with that', () => {
    const rules = [rule('r', course('MA 102'), [{ ...elective('MA', 0), credits: { kind: 'converted' } }])];
    const asked = input([a], [agreement('g', rules)], programme(requires(needsElectives('e', 30))));
    const known = { provider: 'A', code: 'ma102', title: { en: 'Algebra' }, credits: 7, creditSystem: 'H' };
    const run = (course: typeof known) =>
      runEvaluation({ input: asked, effort: 'interactive', suggestions: true, offered: [[], [course]] }).improvements;
    expect(run(known)).toMatchObject([
      { changes: [add('MA 102', { title: { en: 'Algebra' }, credits: 7, creditSystem: 'H' })], objective: { recognisedCredits: 7 } },
    ]);
    // Open online courses count as such, and have their own hours.
    const strict = programme(requires(needsElectives('e', 30)), { maximumMoocCredits: 2 });
    const hours = [rule('r', course('MA 102'), [elective('MA', 5)], { conditions: { evidence: { minimumHours: 90 } } })];
    const online = (rest: object) =>
      runEvaluation({
        input: { ...asked, programme: strict, agreements: [agreement('g', hours)] },
        effort: 'interactive',
        suggestions: true,
        offered: [[{ ...known, mooc: true, ...rest }]],
      }).improvements;
    expect(online({})).toMatchObject([{ objective: { recognisedCredits: 2 } }]);
    expect(online({ hours: 90 })).toHaveLength(1);
    expect(online({ hours: 89 })).toEqual([]);
    // In a system that the input does not know its credits say nothing: 3, as the student's others.
    expect(run({ ...known, creditSystem: 'elsewhere' })).toMatchObject([{ objective: { recognisedCredits: 3 } }]);
    // Credits that are counted are those of the catalogue: 7 + 3 = 10.
    const counted = [rule('r', { kind: 'atLeast', credits: 10, of: [course('MA 101'), course('MA 102')] }, [elective('MA', 9)])];
    expect(
      runEvaluation({
        input: { ...asked, agreements: [agreement('g', counted)] },
        effort: 'interactive',
        suggestions: true,
        offered: [[known]],
      }).improvements,
    ).toMatchObject([{ changes: [add('MA 102', { credits: 7 })] }]);
  });

  it('is not suggested where nothing is open', () => {
    const rules = [rule('r', course('MA 101'), [elective('MA', 3)]), rule('s', course('MA 102'), [elective('MA', 3)])];
    expect(suggested([a], rules, { of: [needsSubject('m', 'MA', 3)] })).toEqual([]);
  });
});

it('a requirement that is completed is more, with as much left to study', () => {
  // The second of two requirements needs nothing but a course without credits.
  const rules = [rule('r', course('MA 101', { minimumGrade: letters('B') }), [named('SEM 1', 0, { effect: 'exemption' })])];
  const of = [needsCourse('seminar', 'SEM 1', 0), needsElectives('e', 30)];
  expect(suggested([{ ...a, grade: letters('C') }], rules, { of })).toEqual([
    [{ kind: 'raiseGrade', completion: 'a', grade: letters('B') }],
  ]);
});
