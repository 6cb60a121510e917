import { describe, expect, it } from '@jest/globals';
import { all, code, course, credit, elective, rule } from '../../../test/support/rule-builders.js';
import {
  applied,
  atHome,
  completion,
  edited,
  electives,
  fill,
  granted,
  homeCourse,
  input,
  named,
  ofSubject,
  pointersOf,
  programme,
  requires,
  result,
  revision,
} from '../../../test/support/check-fixtures.js';
import { check, violationCodes, type ViolationCode } from './check/index.js';
import { inputDigest } from './digest.js';
import { evaluate } from './evaluate.js';
import type { EvaluationInput, EvaluationResult, RequirementResult } from './index.js';

const calculus = course('MATH 100', 0, { credits: { kind: 'converted' }, grade: { kind: 'converted', combine: 'lowest' } });
const biology = course('BIOL 111', 4, { attributes: ['Lab'] });
const moreBiology = elective('BIOL', 200, 'BIOL 2nd', 2);

const student: EvaluationInput = input(
  [
    completion('c1', 'MATH 1171', { credits: 4, grade: { scale: 'letters', value: 'A' } }),
    completion('c2', 'BIOL 1115'),
    completion('c3', 'BIOL 1215'),
    completion('c4', 'PHYS 1101', { outcome: 'failed' }),
    completion('c5', 'ARTS 1000'),
    completion('c6', 'CHEM 1120', { outcome: 'inProgress' }),
  ],
  [
    revision(
      'a',
      [
        rule('biol', all(code('BIOL 1115'), code('BIOL 1215')), credit(biology, moreBiology)),
        rule('math', code('MATH 1171'), credit(calculus)),
      ],
      {
        statements: [{ target: 'STAT 200', kind: 'takeAfterTransfer' }],
        limits: [{ id: 'most', over: { kind: 'everything' }, maximumCredits: 30 }],
      },
      { attestedBy: 'ubcv' },
    ),
  ],
  {
    homeRecord: [homeCourse('h1', 'ENGL 112'), homeCourse('h2', 'CHEM 121', { credits: 4, passFail: true })],
    programme: programme(
      requires(
        named('calculus', 'MATH 100'),
        ofSubject('science', 'BIOL', 6),
        named('writing', 'ENGL 112'),
        {
          id: 'choice',
          kind: 'atLeast',
          count: 1,
          of: [named('stats', 'STAT 200'), { id: 'chem', kind: 'credits', credits: 4, from: [{ kind: 'code', pattern: 'CHEM 1##' }] }],
        },
        electives('free', 6),
      ),
      { maximumTransferredCredits: 12, passFail: { maximumCredits: 12, maximumHomeCourses: 1 }, surplusToElectives: true },
    ),
  },
);

const standing = (requirement: string, remaining: number, complete: boolean, rest: Partial<RequirementResult> = {}): RequirementResult => ({
  requirement,
  remaining,
  complete,
  completeAsOffered: complete,
  statements: [],
  ...rest,
});

const three = { credits: 3, creditSystem: 'us-semester', method: 'same', factor: '1', converted: '3' } as const;

/** By hand; credits are equal in both systems, so factors are 1. */
const stated: EvaluationResult = result({
  inputDigest: inputDigest(student),
  // Remaining: 0 + 0 + 0 + min(3, 0) + (6 - 1) = 5. Complete: calculus, science, writing, choice, chem.
  // Recognised: 4 + 4 + 2 = 10. Consumed: 1 + 2. Lost: (4 - 4) + (6 - 6).
  objective: { remainingStudy: 5, requirementsCompleted: 5, recognisedCredits: 10, completionsConsumed: 3, loss: 0 },
  attested: ['a'],
  applications: [
    applied('biol', ['c2', 'c3'], {
      conversions: [
        { completion: 'c2', ...three },
        { completion: 'c3', ...three },
      ],
      // 3 + 3 = 6, whatever the awards carry.
      convertedCredits: 6,
      // 4 + 2 fill the 6 of science.
      awards: [granted(biology, [fill('science', 4)]), granted(moreBiology, [fill('science', 2)])],
    }),
    applied('math', ['c1'], {
      conversions: [
        {
          completion: 'c1',
          credits: 4,
          creditSystem: 'us-semester',
          method: 'same',
          factor: '1',
          converted: '4',
          originalGrade: { scale: 'letters', value: 'A' },
        },
      ],
      convertedCredits: 4,
      // MATH 100 needs 3 of the 4; 4 - 3 = 1 is surplus.
      awards: [
        granted(calculus, [fill('calculus', 3), fill('free', 1, true)], {
          credits: 4,
          counted: 4,
          grade: { kind: 'converted', scale: 'letters', value: 'A' },
        }),
      ],
    }),
  ],
  homeCourses: [atHome('h1', 3, [fill('writing', 3)]), atHome('h2', 4, [fill('chem', 4)])],
  requirements: [
    standing('calculus', 0, true, { offered: true, open: false }),
    standing('chem', 0, true, { offered: false, open: false }),
    standing('choice', 0, true),
    standing('free', 5, false, { offered: true, open: true }),
    standing('root', 5, false),
    standing('science', 0, true, { offered: true, open: false }),
    standing('stats', 3, false, {
      offered: false,
      // The choice is complete without it.
      open: false,
      completeAsOffered: true,
      statements: [{ agreement: 'a', target: 'STAT 200', kind: 'takeAfterTransfer' }],
    }),
    standing('writing', 0, true, { offered: false, open: false }),
  ],
  totals: { recognised: 10, unplaced: 0, capped: 0, wasted: 0 },
  completions: (['used', 'used', 'used', 'failed', 'notEvaluated', 'inProgress'] as const).map((status, index) => ({
    completion: `c${String(index + 1)}`,
    provider: 'langara',
    code: student.completions[index]?.code ?? '',
    status,
    otherRules: [],
  })),
});

/** One changed figure, and a code with which it has to be rejected. */
const changes: readonly (readonly [pointer: string, code: ViolationCode, to: unknown])[] = [
  ['/inputDigest', 'inputDigest', 'sha-256:other'],
  ['/applications/0/agreement', 'unknownRule', 'b'],
  ['/applications/0/revision', 'unknownRule', 2],
  ['/applications/0/rule', 'unknownRule', 'chemistry'],
  ['/applications/0/completions/1', 'unknownCompletion', 'c9'],
  ['/applications/0/completions', 'unknownCompletion', []],
  ['/applications/0/completions', 'order', ['c3', 'c2']],
  ['/applications/0/completions', 'order', ['c2', 'c2']],
  ['/applications/0/completions', 'notASet', ['c2', 'c5']],
  ['/applications/0/completions', 'consumedTwice', ['c1', 'c2', 'c3']],
  ['/applications', 'order', [...stated.applications].reverse()],
  ['/applications/0/choice', 'choice', { option: 0, made: false }],
  ['/applications/0/conversions', 'conversion', []],
  ['/applications/0/conversions/0/completion', 'conversion', 'c1'],
  ['/applications/0/conversions/0/credits', 'conversion', 4],
  ['/applications/0/conversions/0/creditSystem', 'conversion', 'ects'],
  ['/applications/0/conversions/0/method', 'conversion', 'pinned'],
  ['/applications/0/conversions/0/factor', 'conversion', '2'],
  ['/applications/0/conversions/0/converted', 'conversion', '6/2'],
  ['/applications/1/conversions/0/originalGrade', 'conversion', undefined],
  ['/applications/0/convertedCredits', 'convertedCredits', 7],
  ['/applications/0/awards/2', 'awards', granted(biology)],
  ['/applications/0/awards/0/target', 'awards', { kind: 'course', code: 'BIOL 112' }],
  ['/applications/0/awards/0/effect', 'awards', 'waiver'],
  ['/applications/0/awards/0/attributes', 'awards', []],
  ['/applications/0/awards/0/credits', 'awardCredits', 5],
  ['/applications/1/awards/0/grade', 'grade', undefined],
  ['/applications/1/awards/0/grade/value', 'grade', 'B'],
  ['/applications/0/awards/0/grade', 'grade', { kind: 'notConvertible', reason: 'noGrade' }],
  ['/applications/0/awards/0/mooc', 'mooc', true],
  ['/applications/0/awards/0/granted', 'notGranted', false],
  ['/applications/0/awards/0/counted', 'counted', 5],
  ['/applications/0/awards/0/fills/0/requirement', 'unknownRequirement', 'physics'],
  ['/applications/0/awards/0/fills/0/requirement', 'unknownRequirement', 'choice'],
  ['/applications/0/awards/0/fills/0/requirement', 'fill', 'chem'],
  ['/applications/0/awards/0/fills/0/credits', 'fillCredits', 5],
  ['/applications/0/awards/0/fills/0/credits', 'overfilled', 5],
  ['/applications/1/awards/0/fills/0/credits', 'fillCredits', 4],
  ['/applications/1/awards/0/fills/1/credits', 'surplus', 2],
  ['/applications/1/awards/0/fills', 'order', [fill('free', 1, true), fill('calculus', 3)]],
  ['/applications/0/loss', 'objective', 1],
  ['/homeCourses/0', 'malformed', undefined],
  ['/homeCourses', 'homeCourse', [stated.homeCourses[0]]],
  ['/homeCourses', 'homeCourse', [...stated.homeCourses, atHome('h3', 0)]],
  ['/homeCourses', 'order', [...stated.homeCourses].reverse()],
  ['/homeCourses/0/counted', 'counted', 4],
  ['/requirements', 'requirements', stated.requirements.slice(1)],
  ['/requirements/0/requirement', 'requirements', 'algebra'],
  ['/requirements', 'order', [...stated.requirements].reverse()],
  ['/requirements/3/remaining', 'remaining', 4],
  ['/requirements/3/complete', 'complete', true],
  ['/requirements/3/offered', 'offered', false],
  ['/requirements/3/completeAsOffered', 'offered', true],
  ['/requirements/3/open', 'complete', false],
  ['/requirements/6/open', 'complete', true],
  ['/requirements/2/open', 'complete', false],
  ['/requirements/6/statements', 'statements', []],
  ['/requirements/6/statements/0/kind', 'statements', 'noArticulation'],
  ['/objective/remainingStudy', 'objective', 4],
  ['/objective/requirementsCompleted', 'objective', 6],
  ['/objective/recognisedCredits', 'objective', 11],
  ['/objective/completionsConsumed', 'objective', 2],
  ['/objective/loss', 'objective', 1],
  ['/totals/recognised', 'totals', 11],
  ['/totals/unplaced', 'totals', 1],
  ['/totals/capped', 'totals', 1],
  ['/totals/wasted', 'totals', 1],
  ['/provisional', 'provisional', true],
  ['/whatIf', 'whatIf', true],
  ['/attested', 'attested', []],
  ['/attested', 'attested', ['a', 'a']],
  ['/completions', 'completionStatus', stated.completions.slice(1)],
  ['/completions', 'order', [...stated.completions].reverse()],
  ['/completions/0/status', 'completionStatus', 'notNeeded'],
  ['/completions/0/code', 'completionStatus', 'MATH 1172'],
  ['/completions/0/completion', 'completionStatus', 'c0'],
  ['/completions/0/because', 'completionStatus', { agreement: 'a', rule: 'biol', status: 'used', parameters: {} }],
  ['/completions/3/status', 'completionStatus', 'notEvaluated'],
  ['/completions/4/status', 'completionStatus', 'used'],
  ['/completions/4/status', 'completionStatus', 'failed'],
  ['/completions/4/status', 'completionStatus', 'inProgress'],
  ['/completions/5/status', 'completionStatus', 'failed'],
  ['/completions/4/otherRules', 'completionStatus', [{ agreement: 'a', rule: 'none', status: 'outranked', parameters: {} }]],
  ['/conflicts', 'conflict', [{ agreement: 'a', rules: ['biol', 'math'], completions: ['c1'] }]],
  ['/binding', 'binding', [{ kind: 'maximumTransferredCredits' }]],
];

describe('check', () => {
  it('accepts a result that is right in everything', () => {
    expect(check(student, stated)).toEqual([]);
  });

  it('accepts what the engine finds for it, whatever that explains', () => {
    expect(check(student, evaluate(student))).toEqual([]);
  });

  it('accepts statuses that name a rule of the input, or none', () => {
    const used = { agreement: 'a', rule: 'math', status: 'used', parameters: {} };
    expect(check(student, edited(stated, '/completions/0/because', used))).toEqual([]);
    expect(check(student, edited(stated, '/completions/3/because', { status: 'failed', parameters: {} }))).toEqual([]);
  });

  it.each(changes)('rejects a change at %s as %s', (pointer, expected, to) => {
    expect(check(student, edited(stated, pointer, to)).map(({ code: found }) => found)).toContain(expected);
  });

  it('answers with the place of what is wrong', () => {
    expect(check(student, edited(stated, '/applications/0/awards/0/mooc', true))).toEqual([
      { code: 'mooc', detail: 'a MOOC: false', path: '/applications/0/awards/0/mooc' },
    ]);
  });

  it('rejects as malformed whatever has a field of another shape, and does not throw', () => {
    const odd = [undefined, null, -1, -0, Number.NaN, Infinity, 0.0001, 'x', [], {}, { kind: 'other' }, [null]];
    for (const pointer of pointersOf(stated)) {
      for (const value of odd) expect(() => check(student, edited(stated, pointer, value))).not.toThrow();
      if (/\/(parameters|target|statements|choice|bound|factor|offered|originalGrade|grade)\b/.test(pointer)) continue;
      const codes = check(student, edited(stated, pointer, null)).map(({ code: found }) => found);
      expect(codes).toContain('malformed');
    }
  });

  it('names every malformed field', () => {
    const faulty = edited(
      edited(edited(stated, '/totals/capped', -1), '/applications/0/awards/0/fills/0/credits', 0.0001),
      '/whatIf',
      'no',
    );
    expect(check(student, faulty).map(({ path }) => path)).toEqual([
      '/whatIf',
      '/applications/0/awards/0/fills/0/credits',
      '/totals/capped',
    ]);
  });

  it('has a code for each of the sentences, each once', () => {
    expect(new Set(violationCodes).size).toBe(violationCodes.length);
  });
});

describe('what a result says of its proof', () => {
  const unproven = (rest: Partial<EvaluationResult>): readonly ViolationCode[] =>
    check(student, { ...stated, optimal: false, provenLevels: 2, ...rest }).map(({ code: found }) => found);

  it('is consistent', () => {
    expect(unproven({ bound: { level: 'recognisedCredits', value: 12 } })).toEqual([]);
    expect(unproven({ provenLevels: 0, bound: { level: 'remainingStudy', value: 4 } })).toEqual([]);
    expect(unproven({ provenLevels: 5, bound: { level: 'order', value: 0 } })).toEqual([]);
    expect(unproven({})).toEqual([]);
  });

  it('has the bound of the first level that is not proven, and none that the result beats', () => {
    expect(unproven({ optimal: true })).toEqual(['proof']);
    expect(unproven({ provenLevels: 7 })).toEqual(['proof']);
    expect(unproven({ bound: { level: 'loss', value: 0 } })).toEqual(['proof']);
    expect(unproven({ bound: { level: 'recognisedCredits', value: 9 } })).toEqual(['proof']);
    expect(unproven({ provenLevels: 0, bound: { level: 'remainingStudy', value: 6 } })).toEqual(['proof']);
    expect(unproven({ provenLevels: 6, optimal: true, bound: { level: 'loss', value: 0 } })).toEqual(['proof']);
  });
});
