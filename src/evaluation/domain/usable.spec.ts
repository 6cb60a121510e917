import { describe, expect, it } from '@jest/globals';
import { applied, found, refusal, refusalsOf, settled, type Setup } from '../../../test/support/candidates.js';
import { all, completion, course, elective, rule } from '../../../test/support/oracle/builders.js';
import type { Completion, Exception, Redemption } from './input.js';

/** docs/evaluation.md §1, sentence by sentence. The policy date and the request are on 2026-03-01. */

const x = [elective('X', 3)];
const single = rule('r', course('MA 101'), x);
const letter = (value: string): Pick<Completion, 'grade'> => ({ grade: { scale: 'letters', value } });
const of = (id: string, rest: Partial<Completion> = {}): Completion => completion(id, 'MA 101', 3, rest);

const takes = (completions: readonly Completion[], setup: Setup = {}): readonly string[] => applied(found(completions, [single], setup));

describe('a completion counts', () => {
  const outcomes = ['achieved', 'failed', 'inProgress', 'planned'] as const;

  it('when its outcome is achieved, or in a what-if also inProgress or planned', () => {
    const counting = (whatIf: boolean): readonly boolean[] =>
      outcomes.map((outcome) => takes([of('a', { outcome })], { rest: { whatIf } }).length > 0);
    expect(counting(false)).toEqual([true, false, false, false]);
    expect(counting(true)).toEqual([true, false, true, true]);
  });

  it('others get the status failed or inProgress and play no further part', () => {
    const status = (whatIf: boolean): readonly unknown[] =>
      outcomes.map((outcome) => {
        const candidates = found([of('a', { outcome })], [rule('r', all(course('MA 101'), course('MA 102')), x)], { rest: { whatIf } });
        return [settled(candidates, 'a')?.status, settled(candidates, 'a')?.parameters, refusalsOf(candidates, 'a').length];
      });
    const counts = [undefined, undefined, 1];
    expect(status(false)).toEqual([
      counts,
      ['failed', { outcome: 'failed' }, 0],
      ['inProgress', { outcome: 'inProgress' }, 0],
      ['inProgress', { outcome: 'planned' }, 0],
    ]);
    expect(status(true)).toEqual([counts, ['failed', { outcome: 'failed' }, 0], counts, counts]);
  });
});

describe('of several attempts', () => {
  const cases: readonly [sentence: string, attempts: readonly Completion[], best: string][] = [
    ['the best grade', [of('a', letter('C')), of('b', letter('B')), of('c', letter('D'))], 'b'],
    ['no grade is worst', [of('a'), of('b', letter('F')), of('c')], 'b'],
    ['a smaller number is better where the scale says so', ['1', '2'].map((value) => of(value, { grade: { scale: 'marks', value } })), '1'],
    [
      'the latest date where not all compare on one scale',
      [
        of('a', { ...letter('A'), completedOn: '2024-01-01' }),
        of('b', { grade: { scale: 'marks', value: '1' }, completedOn: '2024-01-02' }),
      ],
      'b',
    ],
    [
      'the latest date where a value is not on its scale',
      [of('a', { ...letter('A'), completedOn: '2024-01-01' }), of('b', { ...letter('Z'), completedOn: '2024-01-02' })],
      'b',
    ],
    [
      'the latest date of equal grades',
      [of('a', { ...letter('B'), completedOn: '2024-01-02' }), of('b', { ...letter('B'), completedOn: '2024-01-01' })],
      'a',
    ],
    ['the smallest id of equal dates', [of('c'), of('b'), of('d')], 'b'],
  ];

  it.each(cases)('%s is the representative', (_, attempts, best) => {
    expect(takes(attempts)).toEqual([`r: ${best}`]);
  });

  it('no date is the earliest', () => {
    const { completedOn: _, ...undated } = of('a');
    const [byRequest, source] = ['request' as const, course('MA 101')];
    expect(applied(found([undated, of('b', { completedOn: '1990-01-01' })], [rule('r', source, x, { governedBy: byRequest })]))).toEqual([
      'r: b',
    ]);
  });

  it('the others are usable only by a rule that names their code at least twice', () => {
    const attempts = [of('a', letter('B')), completion('b', 'ma101', 3, letter('C'))];
    const twice = rule('twice', all(course('MA 101'), course('ma 101')), x);
    const candidates = found(attempts, [single, twice], { terms: { precedence: 'bestForStudent' } });
    expect(applied(candidates)).toEqual(['r: a', 'twice: a+b']);
    expect(refusalsOf(candidates, 'b')).toEqual([{ agreement: 'g', rule: 'r', status: 'outranked', parameters: { betterAttempt: 'a' } }]);
  });

  it('only completions of the same provider, that count and are not repeatable, are attempts', () => {
    const [best, other] = [of('a', letter('A')), of('b', letter('C'))];
    const both = ['r: a', 'r: b'];
    expect(takes([best, other])).toEqual(['r: a']);
    expect(takes([best, { ...other, repeatable: true }])).toEqual(both);
    expect(takes([{ ...best, repeatable: true }, other])).toEqual(both);
    expect(takes([best, { ...other, provider: 'B', platform: 'A' }])).toEqual(both);
    expect(takes([{ ...best, outcome: 'failed' }, other])).toEqual(['r: b']);
  });
});

describe('programme policy: not usable by any rule', () => {
  const strict: Setup = { policy: { minimumGrades: [{ scale: 'letters', value: 'C' }], maximumAge: 'P5Y' } }; // on or after 2021-03-01
  const waived = (clause: 'minimumGrade' | 'maximumAge'): Exception => ({
    kind: 'policyWaived',
    reason: 'illness',
    completion: 'a',
    clause,
  });
  const verdict = (rest: Partial<Completion>, exceptions: readonly Exception[] = []): unknown => {
    const candidates = found([of('a', rest)], [rule('r', course('MA 101'), x)], { ...strict, rest: { exceptions } });
    const status = settled(candidates, 'a');
    // What settles a completion is told of every rule that mentions it.
    expect(refusalsOf(candidates, 'a')).toEqual(status === undefined ? [] : [{ agreement: 'g', rule: 'r', ...status }]);
    expect(applied(candidates)).toEqual(status === undefined ? ['r: a'] : []);
    return status;
  };

  it('a grade below minimumGrades on its scale – gradeTooLow', () => {
    const parameters = { scale: 'letters', minimum: 'C', gradeScale: 'letters', grade: 'D', comparable: true, policy: true };
    expect(verdict(letter('D'))).toEqual({ status: 'gradeTooLow', parameters });
    expect(verdict(letter('C'))).toBeUndefined();
  });

  it('no grade, or a scale not listed, or a value not on it: not compared', () => {
    expect([verdict({}), verdict({ grade: { scale: 'marks', value: '5' } }), verdict(letter('Z'))]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('completed before requestDate − maximumAge – tooOld', () => {
    const parameters = { date: '2021-02-28', earliest: '2021-03-01', duration: 'P5Y', before: 'request', policy: true };
    expect(verdict({ completedOn: '2021-02-28' })).toEqual({ status: 'tooOld', parameters });
    expect(verdict({ completedOn: '2021-03-01' })).toBeUndefined();
  });

  it('no completion date – dateMissing', () => {
    const { completedOn: _, ...undated } = of('a');
    const candidates = found([undated], [single], strict);
    expect(settled(candidates, 'a')).toEqual({ status: 'dateMissing', parameters: { which: 'completion', policy: true } });
  });

  it('unless an exception waives the clause', () => {
    const bad = { ...letter('D'), completedOn: '2021-02-28' };
    expect(verdict(bad)).toMatchObject({ status: 'gradeTooLow' });
    expect(verdict(bad, [waived('minimumGrade')])).toMatchObject({ status: 'tooOld' });
    expect(verdict(bad, [waived('maximumAge')])).toMatchObject({ status: 'gradeTooLow' });
    expect(verdict(bad, [waived('minimumGrade'), waived('maximumAge')])).toBeUndefined();
    expect(verdict(bad, [{ kind: 'requirementWaived', reason: 'illness', requirement: 'e' }])).toMatchObject({ status: 'gradeTooLow' });
  });

  it('a completion whose transcript failed verification is never usable – evidenceMissing', () => {
    const evidence = { identityVerified: true, proctored: true, verification: 'failed' as const };
    const exceptions: Exception[] = [
      waived('minimumGrade'),
      { kind: 'conditionWaived', reason: 'illness', completion: 'a', condition: 'evidence' },
    ];
    expect(verdict({ evidence }, exceptions)).toEqual({
      status: 'evidenceMissing',
      parameters: { evidence: ['verifiedTranscript'], verification: 'failed' },
    });
  });
});

describe('redemption: not usable by rules of an agreement whose policy forbids it', () => {
  const entry = (institution: string, programme: string): Redemption => ({ completion: 'a', institution, programme });
  const [here, elsewhere, otherwise] = [entry('H', 'BSC'), entry('Z', 'BSC'), entry('H', 'OTHER')];
  const cases: readonly [redemption: 'oncePerProgramme' | 'oncePerInstitution' | 'once', entry: Redemption, usable: boolean][] = [
    ['oncePerProgramme', here, false],
    ['oncePerProgramme', otherwise, true],
    ['oncePerProgramme', elsewhere, true],
    ['oncePerInstitution', otherwise, false],
    ['oncePerInstitution', elsewhere, true],
    ['once', elsewhere, false],
  ];

  it.each(cases)('%s, redeemed as %j: usable %j', (redemption, redeemed, usable) => {
    const candidates = found([of('a')], [single], { terms: { redemption }, rest: { redemptions: [redeemed] } });
    expect(applied(candidates)).toEqual(usable ? ['r: a'] : []);
    const { institution, programme } = redeemed;
    const told = { status: 'alreadyRedeemed', parameters: { redemption, institution, programme } };
    expect(refusal(candidates, 'a')).toEqual(usable ? undefined : told);
    expect(settled(candidates, 'a')).toBeUndefined();
  });

  it('the first of several entries that forbid it is named, whatever their order; other completions stay usable', () => {
    for (const redemptions of [
      [otherwise, elsewhere, here],
      [here, elsewhere, otherwise],
    ]) {
      const candidates = found([of('a'), completion('b', 'MA 101', 3, { repeatable: true })], [single], {
        terms: { redemption: 'once' },
        rest: { redemptions },
      });
      expect(applied(candidates)).toEqual(['r: b']);
      expect(refusal(candidates, 'a')?.parameters).toEqual({ redemption: 'once', institution: 'H', programme: 'BSC' });
    }
  });

  it('goes before what settles a completion', () => {
    const candidates = found([of('a', letter('D'))], [single], {
      policy: { minimumGrades: [{ scale: 'letters', value: 'C' }] },
      rest: { redemptions: [here] },
    });
    expect(refusal(candidates, 'a')?.status).toBe('alreadyRedeemed');
    expect(settled(candidates, 'a')?.status).toBe('gradeTooLow');
  });
});
