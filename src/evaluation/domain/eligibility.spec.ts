import { describe, expect, it } from '@jest/globals';
import { applied, found, refusal, type Setup } from '../../../test/support/candidates.js';
import { all, any, completion, course, elective, rule } from '../../../test/support/oracle/builders.js';
import { anyMember, type CourseSource, type Rule } from '../../rules/domain/index.js';
import type { Completion, Exception } from './input.js';
import type { Reason } from './reasons.js';

/** docs/evaluation.md §2: when a completion is eligible for a course source of a rule, and what is said when it is not. */

const x = [elective('X', 3)];
const of = (rest: Partial<Completion> = {}): Completion => completion('a', 'MA 101', 3, rest);
const byRule = (rest: Partial<Rule> = {}, source: Partial<CourseSource> = {}): Rule => rule('r', course('MA 101', source), x, rest);
const waive = (condition: Extract<Exception, { kind: 'conditionWaived' }>['condition']): Setup => ({
  rest: { exceptions: [{ kind: 'conditionWaived', reason: 'illness', completion: 'a', condition }] },
});

/** Undefined when the completion is eligible, else the reason. */
function obstacle(held: Completion, of_: Rule, setup: Setup = {}): Reason | undefined {
  const candidates = found([held], [of_], setup);
  expect(applied(candidates)).toEqual(refusal(candidates, 'a') === undefined ? ['r: a'] : []);
  return refusal(candidates, 'a');
}

describe('only rules into the programme’s institution take part', () => {
  const takesPart = (to: string, parties: readonly string[]): boolean =>
    applied(found([of()], [byRule({ to })], { terms: { parties } })).length > 0;

  it('`to` is that institution, or anyMember while it is a party', () => {
    expect(takesPart('H', ['A', 'H'])).toBe(true);
    expect(takesPart('H', ['A'])).toBe(true);
    expect(takesPart('B', ['A', 'B', 'H'])).toBe(false);
    expect(takesPart(anyMember, ['A', 'H'])).toBe(true);
    expect(takesPart(anyMember, ['A', 'B'])).toBe(false);
  });

  it('all of the revisions given, whatever their period', () => {
    expect(applied(found([of()], [byRule()], { terms: { period: { until: '1999-12-31' } } }))).toEqual(['r: a']);
  });
});

describe('from: its provider or its platform', () => {
  const sent = (from: string, held: Partial<Completion>, parties: readonly string[] = ['A', 'H']): boolean => {
    const candidates = found([of(held)], [byRule({ from })], { terms: { parties } });
    expect(refusal(candidates, 'a')).toBeUndefined(); // what comes from elsewhere is not mentioned
    return applied(candidates).length > 0;
  };

  it('is the rule’s from', () => {
    expect([sent('A', {}), sent('P', { platform: 'P' }), sent('B', { platform: 'P' }), sent('B', {})]).toEqual([true, true, false, false]);
  });

  it('with anyMember is one of the agreement’s parties', () => {
    expect(sent(anyMember, {})).toBe(true);
    expect(sent(anyMember, { platform: 'P' }, ['P', 'H'])).toBe(true);
    expect(sent(anyMember, {}, ['B', 'H'])).toBe(false);
    expect(sent(anyMember, { provider: 'H' })).toBe(true);
  });
});

describe('grade', () => {
  const letters = (value: string): { readonly scale: string; readonly value: string } => ({ scale: 'letters', value });
  const marks = (value: string): { readonly scale: string; readonly value: string } => ({ scale: 'marks', value });
  const atLeastC = byRule({}, { minimumGrade: letters('C') });
  const tooLow = (stated: object, comparable: boolean): Reason => ({
    status: 'gradeTooLow',
    parameters: { scale: 'letters', minimum: 'C', ...stated, comparable },
  });

  it('at least minimumGrade', () => {
    expect(obstacle(of({ grade: letters('C') }), atLeastC)).toBeUndefined();
    expect(obstacle(of({ grade: letters('D') }), atLeastC)).toEqual(tooLow({ gradeScale: 'letters', grade: 'D' }, true));
  });

  it('at most maximumGrade; a rule does not speak of better grades', () => {
    const atMostC = byRule({}, { maximumGrade: letters('C') });
    expect(obstacle(of({ grade: letters('C') }), atMostC)).toBeUndefined();
    expect(obstacle(of({ grade: letters('B') }), atMostC)).toEqual({
      status: 'notEvaluated',
      parameters: { scale: 'letters', maximum: 'C', gradeScale: 'letters', grade: 'B', comparable: true },
    });
    expect(obstacle(of(), atMostC)?.parameters).toEqual({ scale: 'letters', maximum: 'C', comparable: false });
  });

  it('no grade: not met', () => {
    expect(obstacle(of(), atLeastC)).toEqual(tooLow({}, false));
  });

  it('another scale is first converted by the agreement’s table; no table: not met', () => {
    const held = (value: string): Completion => of({ grade: marks(value) });
    expect(obstacle(held('1'), atLeastC)).toEqual(tooLow({ gradeScale: 'marks', grade: '1' }, false));
    const table = {
      from: 'marks',
      to: 'letters',
      method: 'pairs' as const,
      pairs: [
        { from: '1', to: 'A' },
        { from: '3', to: 'D' },
      ],
    };
    const setup: Setup = { terms: { gradeTables: [table] } };
    expect(obstacle(held('1'), atLeastC, setup)).toBeUndefined();
    expect(obstacle(held('3'), atLeastC, setup)).toEqual(tooLow({ gradeScale: 'marks', grade: '3' }, true)); // 3 → D
    expect(obstacle(held('2'), atLeastC, setup)).toEqual(tooLow({ gradeScale: 'marks', grade: '2' }, false)); // no pair
  });

  it('exception minimumGrade waives the minimum, not the maximum', () => {
    expect(obstacle(of({ grade: letters('D') }), atLeastC, waive('minimumGrade'))).toBeUndefined();
    expect(obstacle(of(), atLeastC, waive('minimumGrade'))).toBeUndefined();
    const band = byRule({}, { minimumGrade: letters('D'), maximumGrade: letters('C') });
    expect(obstacle(of({ grade: letters('F') }), band, waive('minimumGrade'))).toBeUndefined();
    expect(obstacle(of({ grade: letters('A') }), band, waive('minimumGrade'))?.status).toBe('notEvaluated');
  });

  it('of two course sources the lower demand is told', () => {
    const bands = (...minima: readonly string[]): Rule =>
      rule('r', any(...minima.map((value) => course('MA 101', { minimumGrade: letters(value) }))), x);
    const held = of({ grade: letters('F') });
    expect(obstacle(held, bands('B', 'D', 'C'))?.parameters).toMatchObject({ minimum: 'D' });
    expect(obstacle(held, bands('D', 'B'))?.parameters).toMatchObject({ minimum: 'D' });
    const other = rule('r', any(course('MA 101', { minimumGrade: letters('B') }), course('MA 101', { minimumGrade: marks('1') })), x);
    expect(obstacle(held, other)?.parameters).toMatchObject({ scale: 'letters', minimum: 'B' });
    const unlike = [course('MA 101', { minimumCredits: 9 }), course('MA 101', { minimumGrade: letters('B') })];
    expect(obstacle(held, rule('r', any(...unlike), x))?.status).toBe('gradeTooLow');
    expect(obstacle(held, rule('r', any(...unlike.reverse()), x))?.status).toBe('gradeTooLow');
  });
});

describe('minimumCredits, in its own system', () => {
  it('are met exactly, or the rule does not speak of the completion', () => {
    const demanding = (minimumCredits: number): Rule => byRule({}, { minimumCredits });
    expect(obstacle(of({ creditSystem: 'S' }), demanding(3))).toBeUndefined();
    expect(obstacle(of(), demanding(3.001))).toEqual({ status: 'notEvaluated', parameters: { minimumCredits: 3.001, credits: 3 } });
  });
});

describe('evidence', () => {
  const bare = { identityVerified: false, proctored: false, verification: 'unverified' as const };
  const demanding = (evidence: NonNullable<NonNullable<Rule['conditions']>['evidence']>): Rule => byRule({ conditions: { evidence } });

  it('identityVerified, proctored; verifiedTranscript wants verified or attested', () => {
    const everything = demanding({ identityVerified: true, proctored: true, verifiedTranscript: true });
    expect(obstacle(of(), everything)).toBeUndefined();
    expect(
      obstacle(of({ evidence: { ...bare, identityVerified: true, proctored: true, verification: 'attested' } }), everything),
    ).toBeUndefined();
    expect(obstacle(of({ evidence: bare }), everything)).toEqual({
      status: 'evidenceMissing',
      parameters: { evidence: ['identityVerified', 'proctored', 'verifiedTranscript'] },
    });
    expect(
      obstacle(of({ evidence: bare }), demanding({ identityVerified: false, proctored: false, verifiedTranscript: false })),
    ).toBeUndefined();
  });

  it('minimumHours wants stated hours of at least so many', () => {
    const hours = demanding({ minimumHours: 40 });
    expect(obstacle(of({ hours: 40 }), hours)).toBeUndefined();
    expect(obstacle(of({ hours: 39.5 }), hours)?.parameters).toEqual({ evidence: ['minimumHours'], minimumHours: 40, hours: 39.5 });
    expect(obstacle(of(), hours)?.parameters).toEqual({ evidence: ['minimumHours'], minimumHours: 40 });
  });

  it('is waived by an exception', () => {
    expect(obstacle(of({ evidence: bare }), demanding({ proctored: true, minimumHours: 40 }), waive('evidence'))).toBeUndefined();
  });
});

describe('completedWithin', () => {
  const within = (before: 'request' | 'admission'): Rule => byRule({ conditions: { completedWithin: { duration: 'P5Y', before } } });

  it('completed on or after date − duration, date being the request’s or the admission’s', () => {
    expect(obstacle(of({ completedOn: '2021-03-01' }), within('request'))).toBeUndefined();
    expect(obstacle(of({ completedOn: '2021-02-28' }), within('request'))).toEqual({
      status: 'tooOld',
      parameters: { date: '2021-02-28', earliest: '2021-03-01', duration: 'P5Y', before: 'request' },
    });
    expect(obstacle(of({ completedOn: '2019-09-01' }), within('admission'))).toBeUndefined(); // admission on 2024-09-01
    expect(obstacle(of({ completedOn: '2019-08-31' }), within('admission'))?.parameters).toMatchObject({
      earliest: '2019-09-01',
      before: 'admission',
    });
  });

  it('no date on either side: not met', () => {
    const { completedOn: _, ...undated } = of();
    expect(obstacle(undated, within('request'))).toEqual({ status: 'dateMissing', parameters: { which: 'completion' } });
    expect(obstacle(of(), within('admission'), { admitted: false })).toEqual({ status: 'dateMissing', parameters: { which: 'admission' } });
    expect(obstacle(undated, within('request'), waive('completedWithin'))).toBeUndefined();
  });
});

describe('governedBy completion or enrolment: its date lies within validity', () => {
  const validity = { from: '2025-01-01', until: '2025-01-15' };
  const governed = (governedBy: Rule['governedBy'], bounds: Rule['validity'] = validity): Rule => byRule({ governedBy, validity: bounds });

  it('both ends inclusive', () => {
    const on = (completedOn: string): Reason | undefined => obstacle(of({ completedOn }), governed('completion'));
    expect([on('2025-01-01'), on('2025-01-15')]).toEqual([undefined, undefined]);
    expect(on('2025-01-16')).toEqual({ status: 'outsideDates', parameters: { governedBy: 'completion', date: '2025-01-16', ...validity } });
    expect(on('2024-12-31')?.status).toBe('outsideDates');
  });

  it('either end open', () => {
    expect(obstacle(of({ enrolledOn: '1990-01-01' }), governed('enrolment', { until: '2000-01-01' }))).toBeUndefined();
    expect(obstacle(of({ enrolledOn: '1990-01-01' }), governed('enrolment', { from: '2000-01-01' }))?.parameters).toEqual({
      governedBy: 'enrolment',
      date: '1990-01-01',
      from: '2000-01-01',
    });
  });

  it('a date that is missing does not', () => {
    expect(obstacle(of(), governed('enrolment', {}))).toEqual({ status: 'dateMissing', parameters: { which: 'enrolment' } });
  });

  it('exception dates waives it, the date too', () => {
    expect(obstacle(of(), governed('enrolment'), waive('dates'))).toBeUndefined();
    expect(obstacle(of({ completedOn: '1990-01-01' }), governed('completion'), waive('dates'))).toBeUndefined();
  });
});

describe('of several reasons', () => {
  it('the first in the order of statuses is told', () => {
    const strict = rule('r', all(course('MA 101', { minimumGrade: { scale: 'letters', value: 'A' } })), x, {
      governedBy: 'completion',
      validity: { from: '2026-01-01' },
      conditions: {
        evidence: { minimumHours: 40 },
        completedWithin: { duration: 'P1Y', before: 'request' },
        programmes: { only: ['OTHER'] },
      },
    });
    const everything = of({ completedOn: '2020-01-01' });
    expect(obstacle(everything, strict)?.status).toBe('evidenceMissing');
    expect(obstacle({ ...everything, hours: 40 }, strict)?.status).toBe('gradeTooLow');
    expect(obstacle({ ...everything, hours: 40, grade: { scale: 'letters', value: 'A' } }, strict)?.status).toBe('outsideDates');
    expect(obstacle({ ...everything, hours: 40, grade: { scale: 'letters', value: 'A' } }, { ...strict, validity: {} })?.status).toBe(
      'tooOld',
    );
    expect(obstacle({ ...everything, completedOn: '2026-02-01', hours: 40, grade: { scale: 'letters', value: 'A' } }, strict)?.status).toBe(
      'programmeExcluded',
    );
  });
});
