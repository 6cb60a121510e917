import { describe, expect, it } from '@jest/globals';
import { applied, completion, granted, homeCourse, input, rejections, result, revision } from '../../../../test/support/check-fixtures.js';
import { all, code, course, credit, elective, exempt, rule } from '../../../../test/support/rule-builders.js';
import type { AgreementTerms, Conversion } from '../../../agreements/domain/index.js';
import type { Award, Rule } from '../../../rules/domain/index.js';
import type { Completion, EvaluationInput, RevisionInForce } from '../input.js';
import type { ApplicationResult, AwardResult, ConversionResult } from '../result.js';
import type { ViolationCode } from './index.js';

const codes: readonly ViolationCode[] = ['conversion', 'convertedCredits', 'awards', 'awardCredits', 'grade', 'mooc', 'notGranted'];
const converted = (target: Award, maximum?: number): Award => ({
  ...target,
  credits: { kind: 'converted', ...(maximum === undefined ? {} : { maximum }) },
});
const oneAward = credit(elective('MATH', 100, 'MATH 1st', 0));

describe('conversion of credits', () => {
  /** What c1, c2, … of MATH 101, MATH 102, … bring in under some conversions, as codes that reject what is stated. */
  function judged(
    completions: readonly Partial<Completion>[],
    conversions: readonly Conversion[],
    stated: Partial<ApplicationResult>,
    rest: Partial<EvaluationInput> = {},
  ): readonly ViolationCode[] {
    const held = completions.map((one, index) => completion(`c${String(index + 1)}`, `MATH ${String(101 + index)}`, one));
    const source = all(...held.map(({ code: text }) => code(text)));
    const given = input(held, [revision('a', [rule('r', source, oneAward)], { conversions })], rest);
    const own = applied(
      'r',
      held.map(({ id }) => id),
      { awards: [granted(elective('MATH', 100, 'MATH 1st', 0))], ...stated },
    );
    return rejections(given, result({ applications: [own] }), codes);
  }

  /** One completion, with the conversion stated for it. */
  function one(
    held: Partial<Completion>,
    conversions: readonly Conversion[],
    stated: Partial<ConversionResult>,
    credits: number,
    rest: Partial<EvaluationInput> = {},
  ): readonly ViolationCode[] {
    const { credits: sent = 3, creditSystem = 'us-semester' } = held;
    const conversion: ConversionResult = { completion: 'c1', credits: sent, creditSystem, method: 'none', converted: '0', ...stated };
    return judged([held], conversions, { conversions: [conversion], convertedCredits: credits }, rest);
  }

  const ects = { credits: 5, creditSystem: 'ects' };
  const between = { from: 'ects', to: 'us-semester' };

  it('is the same between equal systems', () => {
    expect(one({}, [], { method: 'same', factor: '1', converted: '3' }, 3)).toEqual([]);
    expect(one({}, [], { method: 'same', factor: '1', converted: '3' }, 4)).toEqual(['convertedCredits']);
    expect(one({}, [], { method: 'hours', factor: '1', converted: '3' }, 3)).toEqual(['conversion']);
  });

  it('is by the agreement’s entry, pinned before table before year share before hours', () => {
    const rows = [
      { atLeast: 0, credits: 1 },
      { atLeast: 4, credits: 2.5 },
      { atLeast: 8, credits: 4 },
    ];
    const entries: readonly Conversion[] = [
      { ...between, method: 'hours' },
      { ...between, method: 'yearShare' },
      { ...between, method: 'table', unit: 'credits', rows },
      { ...between, method: 'pinned', factor: '2/3' },
    ];
    // 5 · 2/3 = 10/3 = 3.333…; the row at 4 gives 2.5; 5 · 30/60 = 5/2; 5 · 27.5/45 = 55/18 = 3.0555…
    expect(one(ects, entries, { method: 'pinned', factor: '2/3', converted: '10/3' }, 3.333)).toEqual([]);
    expect(one(ects, entries.slice(0, 3), { method: 'table', converted: '5/2' }, 2.5)).toEqual([]);
    expect(one(ects, entries.slice(0, 2), { method: 'yearShare', factor: '1/2', converted: '5/2' }, 2.5)).toEqual([]);
    expect(one(ects, entries.slice(0, 1), { method: 'hours', factor: '11/18', converted: '55/18' }, 3.056)).toEqual([]);
    expect(
      one(
        ects,
        [{ ...between, to: 'uvic-unit', method: 'pinned', factor: '1' }],
        { method: 'yearShare', factor: '1/2', converted: '5/2' },
        2.5,
      ),
    ).toEqual([]);
  });

  it('passes over what cannot be computed', () => {
    const rows = [{ atLeast: 4, credits: 1 }];
    const table: Conversion = { ...between, method: 'table', unit: 'weeks', rows };
    expect(one({ ...ects, weeks: 4 }, [table], { method: 'table', converted: '1' }, 1)).toEqual([]);
    expect(one({ ...ects, weeks: 3 }, [table], { method: 'table', converted: '0' }, 0)).toEqual([]);
    expect(one(ects, [table], { method: 'yearShare', factor: '1/2', converted: '5/2' }, 2.5)).toEqual([]);
    expect(
      one(ects, [{ ...between, method: 'pinned', factor: 'x' }], { method: 'yearShare', factor: '1/2', converted: '5/2' }, 2.5),
    ).toEqual([]);
  });

  it('is by hours without a year share, those stated first, and none at last', () => {
    const chinese = { credits: 2, creditSystem: 'cn-credit' };
    // 2 · 16/45 = 32/45 = 0.7111…; 90/45 = 2 for 2 credits; 90/45 = 2 for none.
    expect(one(chinese, [], { method: 'hours', factor: '16/45', converted: '32/45' }, 0.711)).toEqual([]);
    expect(one({ ...chinese, hours: 90 }, [], { method: 'hours', factor: '1', converted: '2' }, 2)).toEqual([]);
    expect(one({ ...chinese, credits: 0, hours: 90 }, [], { method: 'hours', converted: '2' }, 2)).toEqual([]);
    expect(one({ credits: 2, creditSystem: 'uvic-unit', hours: 90 }, [], { method: 'yearShare', factor: '2', converted: '4' }, 4)).toEqual(
      [],
    );
    expect(one({ credits: 2, creditSystem: 'unknown' }, [], {}, 0)).toEqual([]);
    expect(one(chinese, [], {}, 0, { creditSystems: [] })).toEqual([]);
    const empty = [{ id: 'us-semester', name: '', source: '', hoursPerCredit: { minimum: 0, maximum: 0 } }];
    expect(one(chinese, [], {}, 0, { creditSystems: empty })).toEqual([]);
  });

  it('is rounded once, by the first entry that rounds', () => {
    const pinned = (rounding?: Conversion['rounding']): readonly Conversion[] => [
      { ...between, method: 'pinned', factor: '2/3', ...(rounding === undefined ? {} : { rounding }) },
    ];
    const each = { credits: 5, creditSystem: 'ects', method: 'pinned', factor: '2/3', converted: '10/3' } as const;
    const stated = [
      { completion: 'c1', ...each },
      { completion: 'c2', ...each },
    ];
    const rounded = (rounding: Conversion['rounding'], credits: number): readonly ViolationCode[] =>
      judged([ects, ects], pinned(rounding), { conversions: stated, convertedCredits: credits });
    // 10/3 + 10/3 = 20/3 = 6.666…
    expect(rounded(undefined, 6.667)).toEqual([]);
    expect(rounded({ mode: 'none', step: 1 }, 6.667)).toEqual([]);
    expect(rounded({ mode: 'down', step: 0.5 }, 6.5)).toEqual([]);
    expect(rounded({ mode: 'halfUp', step: 0.5 }, 6.5)).toEqual([]);
    expect(rounded({ mode: 'halfUp', step: 1 }, 7)).toEqual([]);
    expect(rounded({ mode: 'down' }, 6.666)).toEqual([]);
    expect(rounded({ mode: 'down', step: 0.5 }, 6.667)).toEqual(['convertedCredits']);
  });
});

describe('credits of awards', () => {
  /** Six converted credits over some awards, each carrying what is stated. */
  function shared(
    awards: readonly Award[],
    credits: readonly number[],
    receivingCourses: RevisionInForce['receivingCourses'] = [],
  ): readonly ViolationCode[] {
    const given = input(
      [completion('c1', 'MATH 101', { credits: 6 })],
      [revision('a', [rule('r', code('MATH 101'), credit(...awards))], {}, { receivingCourses })],
    );
    const results = awards.map((award, index) => granted(award, [], { credits: credits[index] ?? 0, counted: 0 }));
    return rejections(given, result({ applications: [applied('r', ['c1'], { awards: results })] }), ['awards', 'awardCredits']);
  }
  const [x, y, z] = [converted(course('X 1', 0)), converted(course('Y 1', 0)), converted(elective('Z', 100, 'Z', 0))];

  it('are fixed, or what is left of the converted sum in equal shares', () => {
    expect(shared([course('X 1', 4), y], [4, 2])).toEqual([]);
    expect(shared([course('X 1', 7), y], [7, 0])).toEqual([]);
    expect(shared([x, y], [3, 3])).toEqual([]);
    expect(shared([x, y, z], [2, 2, 2])).toEqual([]);
    expect(shared([x, y], [4, 2])).toEqual(['awardCredits']);
    expect(shared([x], [6, 1])).toEqual([]);
    expect(shared([x, y], [3])).toEqual(['awardCredits']);
  });

  it('are weighted by the courses’ own credits where all are known', () => {
    const own = [
      { code: 'x1', credits: 4 },
      { code: 'Y 1', credits: 3 },
    ];
    // 6 · 4/7 = 3.428|57…, 6 · 3/7 = 2.571|42…: the larger remainder takes the last thousandth.
    expect(shared([x, y], [3.429, 2.571], own)).toEqual([]);
    expect(shared([x, y], [3, 3], own.slice(1))).toEqual([]);
    expect(shared([x, z], [3, 3], own)).toEqual([]);
  });

  it('are cut to their maximum, and nothing for exemptions and waivers', () => {
    expect(shared([converted(course('X 1', 0), 1), y], [1, 3])).toEqual([]);
    expect(shared([exempt('X 1'), y], [0, 6])).toEqual([]);
    expect(
      shared(
        [
          { ...course('X 1', 3), effect: 'waiver' },
          { ...y, effect: 'exemption' },
        ],
        [0, 0],
      ),
    ).toEqual([]);
  });

  it('are split in steps of the rounding', () => {
    const conversions: readonly Conversion[] = [
      { from: 'ects', to: 'us-semester', method: 'pinned', factor: '1', rounding: { mode: 'down', step: 0.5 } },
    ];
    const given = input(
      [completion('c1', 'MATH 101', { credits: 2.7, creditSystem: 'ects' })],
      [revision('a', [rule('r', code('MATH 101'), credit(x, y))], { conversions })],
    );
    const own = (...credits: number[]): ApplicationResult =>
      applied('r', ['c1'], { awards: credits.map((amount, index) => granted(index === 0 ? x : y, [], { credits: amount, counted: 0 })) });
    // 2.7 down to 2.5: five halves over two awards, three and two.
    expect(rejections(given, result({ applications: [own(1.5, 1)] }), ['awardCredits'])).toEqual([]);
    expect(rejections(given, result({ applications: [own(1.25, 1.25)] }), ['awardCredits'])).toEqual(['awardCredits']);
  });
});

describe('what is granted', () => {
  const rules: readonly Rule[] = [
    rule('r', code('MATH 101'), credit(course('X 100', 3), course('Y 100', 3))),
    rule('s', code('MATH 102'), credit(course('x100', 3), elective('X', 100, 'X 1XX', 3))),
  ];
  const held = [completion('c1', 'MATH 101'), completion('c2', 'MATH 102', { mooc: true })];
  const [first, second, third, fourth] = [course('X 100', 3), course('Y 100', 3), course('x100', 3), elective('X', 100, 'X 1XX', 3)];

  function judged(
    own: readonly AwardResult[],
    other: readonly AwardResult[],
    terms: Partial<AgreementTerms> = {},
    rest: Partial<EvaluationInput> = {},
  ): readonly ViolationCode[] {
    const given = input(held, [revision('a', rules, terms)], rest);
    const applications = [applied('r', ['c1'], { awards: own }), applied('s', ['c2'], { awards: other })];
    return rejections(given, result({ applications }), ['awardedTwice', 'onHomeRecord', 'limit', 'notGranted', 'mooc']);
  }
  const mooc = { mooc: true };
  const not = { granted: false, counted: 0 };
  const four = [
    [granted(first), granted(second)],
    [granted(third, [], { ...mooc, ...not }), granted(fourth, [], mooc)],
  ] as const;

  it('is a named course once, and never one on the home record', () => {
    expect(judged(...four)).toEqual([]);
    expect(judged(four[0], [granted(third, [], mooc), granted(fourth, [], mooc)])).toEqual(['awardedTwice']);
    expect(judged(...four, {}, { homeRecord: [homeCourse('h1', 'x 100', { status: 'underWay' })] })).toEqual(['onHomeRecord']);
    expect(judged(four[0], [granted(third, [], { ...mooc, granted: false }), granted(fourth, [], mooc)])).toEqual(['notGranted']);
    expect(judged(four[0], [granted(third, [], { ...not }), granted(fourth, [], mooc)])).toEqual(['mooc']);
  });

  // Granted under the agreement: X 100 and Y 100 of c1, an elective of c2; 3 credits each.
  it.each<[string, AgreementTerms['limits'][number]['over'], number, number]>([
    ['sending courses', { kind: 'sendingCourses', select: [{ kind: 'subject', subject: 'MATH' }] }, 2, 9],
    ['one sending course', { kind: 'sendingCourses', select: [{ kind: 'code', code: 'MATH 101' }] }, 1, 6],
    ['no sending course', { kind: 'sendingCourses', select: [{ kind: 'code', code: 'MATH 101', provider: 'sfu' }] }, 0, 0],
    ['receiving courses', { kind: 'receivingCourses', codes: ['X 1##', 'y 100'] }, 2, 6],
    ['one receiving course', { kind: 'receivingCourses', codes: ['X 100'] }, 1, 3],
    ['rules', { kind: 'rules', rules: ['s'] }, 1, 3],
    ['everything', { kind: 'everything' }, 3, 9],
  ])('keeps to limits over %s', (_, over, number, credits) => {
    const within = (limit: { maximumCourses?: number; maximumCredits?: number }): readonly ViolationCode[] =>
      judged(...four, { limits: [{ id: 'l', over, ...limit }] });
    expect(within({ maximumCourses: number, maximumCredits: credits })).toEqual([]);
    if (number > 0) expect(within({ maximumCourses: number - 1 })).toEqual(['limit']);
    if (credits > 0) expect(within({ maximumCredits: credits - 0.001 })).toEqual(['limit']);
    expect(within({})).toEqual([]);
  });
});
