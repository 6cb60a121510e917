import { describe, expect, it } from '@jest/globals';
import {
  applied,
  completion,
  electives,
  granted,
  input,
  programme,
  rejections,
  result,
  revision,
  scales,
} from '../../../../test/support/check-fixtures.js';
import { all, code, course, credit, rule } from '../../../../test/support/rule-builders.js';
import type { AgreementTerms } from '../../../agreements/domain/index.js';
import type { Grade } from '../../../kernel/index.js';
import type { Award } from '../../../rules/domain/index.js';
import type { EvaluationInput } from '../input.js';
import type { AwardResult, GradeResult } from '../result.js';

describe('grades of awards', () => {
  const graded = (combine: 'lowest' | 'creditWeightedMean'): Award => ({ ...course('X 1', 3), grade: { kind: 'converted', combine } });
  const tables: Partial<AgreementTerms> = {
    gradeTables: [
      { from: 'words', to: 'letters', method: 'pairs', pairs: [{ from: 'good', to: 'B' }] },
      { from: 'marks', to: 'letters', method: 'pairs', pairs: [{ from: '90', to: 'A' }] },
    ],
  };

  interface Graded {
    readonly award?: Award;
    readonly terms?: Partial<AgreementTerms>;
    readonly input?: Partial<EvaluationInput>;
    readonly credits?: readonly number[];
    readonly mooc?: boolean;
  }

  /** Whether a grade may be stated over completions with some grades. */
  function accepts(grades: readonly (Grade | undefined)[], stated: GradeResult | undefined, rest: Graded = {}): boolean {
    const { award = graded('lowest'), terms = tables, credits = [], mooc = false } = rest;
    const held = grades.map((grade, index) =>
      completion(`c${String(index + 1)}`, `MATH ${String(101 + index)}`, {
        credits: credits[index] ?? 3,
        mooc,
        ...(grade === undefined ? {} : { grade }),
      }),
    );
    const given = input(held, [revision('a', [rule('r', all(...held.map((one) => code(one.code))), credit(award))], terms)], rest.input);
    const own: AwardResult = granted(award, [], stated === undefined ? { mooc } : { mooc, grade: stated });
    return (
      rejections(
        given,
        result({
          applications: [
            applied(
              'r',
              held.map(({ id }) => id),
              { awards: [own] },
            ),
          ],
        }),
        ['grade'],
      ).length === 0
    );
  }

  const letter = (value: string): Grade => ({ scale: 'letters', value });
  const is = (value: string, mean?: string, scale = 'letters'): GradeResult => ({
    kind: 'converted',
    scale,
    value,
    ...(mean === undefined ? {} : { mean }),
  });
  const not = (reason: 'noGrade' | 'noTable' | 'noPoints'): GradeResult => ({ kind: 'notConvertible', reason });

  it('are none where the rule gives none, or the policy none to MOOCs', () => {
    const policy: Partial<EvaluationInput> = { programme: programme(electives('root', 3), { moocWithoutGrade: true }) };
    expect(accepts([letter('A')], undefined, { award: course('X 1', 3) })).toBe(true);
    expect(accepts([letter('A')], is('A'), { award: course('X 1', 3) })).toBe(false);
    expect(accepts([letter('A')], undefined, { mooc: true, input: policy })).toBe(true);
    expect(accepts([letter('A')], is('A'), { mooc: true, input: policy })).toBe(false);
    expect(accepts([letter('A')], is('A'), { input: policy })).toBe(true);
    expect(accepts([letter('A')], is('A'), { mooc: true })).toBe(true);
    expect(accepts([letter('A')], undefined)).toBe(false);
  });

  it('are the lowest of the set, each by its table', () => {
    expect(accepts([letter('A')], is('A'))).toBe(true);
    expect(accepts([letter('A'), { scale: 'words', value: 'good' }], is('B'))).toBe(true);
    expect(accepts([letter('A'), letter('C')], is('A'))).toBe(false);
    expect(accepts([letter('A')], is('A', undefined, 'words'))).toBe(false);
    expect(accepts([letter('A')], is('A', '4'))).toBe(false);
    // 90.0 is the mark 90 of the table.
    expect(accepts([{ scale: 'marks', value: '90.0' }], is('A'))).toBe(true);
  });

  it('are not convertible where one of the set is not', () => {
    expect(accepts([letter('A'), undefined], not('noGrade'))).toBe(true);
    expect(accepts([letter('A'), undefined], not('noTable'))).toBe(false);
    expect(accepts([letter('A'), undefined], is('A'))).toBe(false);
    expect(accepts([{ scale: 'words', value: 'fair' }], not('noTable'))).toBe(true);
    expect(accepts([letter('Z')], not('noTable'))).toBe(true);
    expect(accepts([letter('A')], not('noTable'))).toBe(false);
    const { receivingScale: _, ...noScale } = input(
      [completion('c1', 'MATH 101', { grade: letter('A') })],
      [revision('a', [rule('r', code('MATH 101'), credit(graded('lowest')))])],
    );
    const own = applied('r', ['c1'], { awards: [granted(graded('lowest'), [], { grade: not('noTable') })] });
    expect(rejections(noScale, result({ applications: [own] }), ['grade'])).toEqual([]);
  });

  const mean = { award: graded('creditWeightedMean') };

  it('are the mean of points weighted by credits, as the nearest grade', () => {
    // (4 · 3 + 3 · 3) / 6 = 7/2: A and B are equally near, the higher counts. (4 · 1 + 3 · 3) / 4 = 13/4.
    expect(accepts([letter('A'), letter('B')], is('A', '7/2'), mean)).toBe(true);
    expect(accepts([letter('A'), letter('B')], is('B', '13/4'), { ...mean, credits: [1, 3] })).toBe(true);
    expect(accepts([letter('A'), letter('B')], is('B', '7/2'), mean)).toBe(false);
    expect(accepts([letter('A'), letter('B')], is('A', '7/2'), { ...mean, credits: [0, 0] })).toBe(true);
    expect(accepts([letter('C'), letter('F')], is('C', '1'), mean)).toBe(true);
  });

  it('are a decimal on a numeric scale, as precise as the grades', () => {
    const marks = (...values: string[]): readonly Grade[] => values.map((value) => ({ scale: 'marks', value }));
    const on = { ...mean, input: { receivingScale: 'marks' } };
    // (73 + 74) / 2 = 147/2; (7.5 + 8) / 2 = 31/4 = 7.75; (0.1 + 0) / 2 = 1/20 = 0.05.
    expect(accepts(marks('73', '74'), is('74', '147/2', 'marks'), on)).toBe(true);
    expect(accepts(marks('7.5', '8'), is('7.8', '31/4', 'marks'), on)).toBe(true);
    expect(accepts(marks('0.1', '0'), is('0.1', '1/20', 'marks'), on)).toBe(true);
    expect(accepts(marks('73', '74'), is('73', '147/2', 'marks'), on)).toBe(false);
  });

  it('have no mean without points', () => {
    const on = { ...mean, input: { receivingScale: 'words' } };
    expect(accepts([{ scale: 'words', value: 'good' }], not('noPoints'), on)).toBe(true);
    expect(accepts([{ scale: 'words', value: 'good' }], is('good', undefined, 'words'), { input: { receivingScale: 'words' } })).toBe(true);
    const partly = [
      { ...scales[1], id: 'partly', name: '', passMark: '', source: '', grades: [{ value: 'low' }, { value: 'high', points: '2' }] },
    ];
    const own = { ...mean, input: { receivingScale: 'partly', gradingScales: partly } };
    expect(accepts([{ scale: 'partly', value: 'high' }], is('high', '2', 'partly'), own)).toBe(true);
  });

  it.each<['minimum' | 'mean' | 'maximum', string, string | undefined]>([
    // excellent is the best tenth, A the best fifth.
    ['minimum', 'excellent', 'A'],
    // good is 0.1 to 0.5; A reaches to 0.2, B to 0.5; the middle is 0.3.
    ['maximum', 'good', 'A'],
    ['minimum', 'good', 'B'],
    ['mean', 'good', 'B'],
    // fair is 0.5 to 1, just as C; at 0.5 B and C touch in a point.
    ['maximum', 'fair', 'C'],
    ['mean', 'fair', 'C'],
    ['mean', 'poor', undefined],
  ])('convert by distribution, the %s, %s to %s', (choose, value, letterGrade) => {
    const terms: Partial<AgreementTerms> = { gradeTables: [{ from: 'words', to: 'letters', method: 'distribution', choose }] };
    expect(accepts([{ scale: 'words', value }], letterGrade === undefined ? not('noTable') : is(letterGrade), { terms })).toBe(true);
  });

  it('have no distribution to go by on a scale without one', () => {
    const gradeTables: AgreementTerms['gradeTables'] = [
      { from: 'marks', to: 'letters', method: 'distribution', choose: 'mean' },
      { from: 'unknown', to: 'letters', method: 'distribution', choose: 'mean' },
      { from: 'unknown', to: 'letters', method: 'pairs', pairs: [{ from: 'A', to: 'A' }] },
    ];
    expect(accepts([{ scale: 'marks', value: '90' }], not('noTable'), { terms: { gradeTables } })).toBe(true);
    expect(accepts([{ scale: 'unknown', value: 'A' }], is('A'), { terms: { gradeTables } })).toBe(true);
    expect(accepts([{ scale: 'unknown', value: 'a' }], not('noTable'), { terms: { gradeTables } })).toBe(true);
    const shares = [
      { value: 'excellent', share: '0' },
      { value: 'good', share: 'some' },
      { value: 'gone', share: '1' },
    ];
    const without = scales.map((scale) => (scale.id === 'words' ? { ...scale, distribution: shares } : scale));
    const terms: Partial<AgreementTerms> = { gradeTables: [{ from: 'words', to: 'letters', method: 'distribution', choose: 'mean' }] };
    for (const value of ['excellent', 'good', 'gone']) {
      expect(accepts([{ scale: 'words', value }], not('noTable'), { terms, input: { gradingScales: without } })).toBe(true);
    }
  });
});
