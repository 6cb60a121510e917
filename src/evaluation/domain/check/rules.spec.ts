import { describe, expect, it } from '@jest/globals';
import { applied, completion, homeCourse, input, rejections, result, revision, scales } from '../../../../test/support/check-fixtures.js';
import { all, any, code, course, credit, elective, noCredit, rule } from '../../../../test/support/rule-builders.js';
import type { AgreementTerms } from '../../../agreements/domain/index.js';
import { anyMember, type Conditions, type Rule, type Selector, type Source } from '../../../rules/domain/index.js';
import type { Completion, EvaluationInput, Exception } from '../input.js';
import { programme, requires } from '../../../../test/support/check-fixtures.js';
import type { ViolationCode } from './index.js';

/** What concerns a single application, whatever else is taken (§1 and §2). */
const codes: readonly ViolationCode[] = ['unknownRule', 'notASet', 'dates', 'programmes', 'heldCondition', 'choice', 'consumedTwice'];

const three = credit(elective('MATH', 100, 'MATH 1st', 3));

interface Case {
  readonly source?: Source;
  readonly rule?: Partial<Rule>;
  readonly terms?: Partial<AgreementTerms>;
  readonly input?: Partial<EvaluationInput>;
  /** Consumed; c1 unless said otherwise. */
  readonly on?: readonly string[];
}

/** Why the rule `r` of agreement `a` may not be applied. */
function refusedFor(
  completions: readonly Completion[],
  { source = code('MATH 1171'), on = ['c1'], ...rest }: Case = {},
): readonly string[] {
  const given = input(completions, [revision('a', [rule('r', source, three, rest.rule)], rest.terms)], rest.input);
  return rejections(given, result({ applications: [applied('r', on)] }), codes);
}

const math = (rest: Partial<Completion> = {}): Completion => completion('c1', 'MATH 1171', rest);
const grade = (value: string, scale = 'letters') => ({ grade: { scale, value } });
const select = (selector: Selector): Source => ({ kind: 'course', select: selector });
const notASet = ['notASet'];

describe('which completions a rule may use', () => {
  it('takes those that count', () => {
    expect(refusedFor([math()])).toEqual([]);
    for (const outcome of ['inProgress', 'planned'] as const) {
      expect(refusedFor([math({ outcome })])).toEqual(notASet);
      expect(refusedFor([math({ outcome })], { input: { whatIf: true } })).toEqual([]);
    }
    expect(refusedFor([math({ outcome: 'failed' })], { input: { whatIf: true } })).toEqual(notASet);
  });

  it.each<[string, Partial<Completion>, Partial<Completion>]>([
    ['the better grade', grade('A'), grade('B')],
    ['a grade before none', grade('C'), {}],
    ['the later date where scales differ', { ...grade('C'), completedOn: '2024-05-02' }, grade('good', 'words')],
    ['the later date where a grade is not on its scale', { ...grade('C'), completedOn: '2024-05-02' }, grade('A+')],
    ['the later date of equal grades', { ...grade('B'), completedOn: '2024-05-02' }, grade('B')],
    ['a date before none', {}, { completedOn: '' }],
    ['the smaller id', {}, {}],
  ])('takes of several attempts the best: %s', (_, best, other) => {
    const undated = ({ completedOn, ...rest }: Completion): Completion =>
      completedOn === '' ? rest : { ...rest, completedOn: completedOn ?? '' };
    for (const [first, second] of [
      [best, other],
      [other, best],
    ]) {
      const attempts = [undated(completion('c1', 'MATH 1171', first)), undated(completion('c2', 'math1171', second))];
      const [taken, left] = first === best || _ === 'the smaller id' ? ['c1', 'c2'] : ['c2', 'c1'];
      const rest = { rule: { governedBy: 'request' } } as const;
      expect(refusedFor(attempts, { ...rest, on: [taken] })).toEqual([]);
      expect(refusedFor(attempts, { ...rest, on: [left] })).toEqual(notASet);
    }
  });

  it('takes the other attempts where the rule names the code twice, and every one at a repeatable course', () => {
    const attempts = [math(grade('A')), completion('c2', 'MATH 1171', grade('B'))];
    expect(refusedFor(attempts, { source: all(code('MATH 1171'), code('math 1171')), on: ['c1', 'c2'] })).toEqual([]);
    const repeatable = attempts.map((attempt) => ({ ...attempt, repeatable: true }));
    expect(refusedFor(repeatable, { on: ['c2'] })).toEqual([]);
    expect(refusedFor([math(), completion('c2', 'MATH 1171', { provider: 'sfu' })], {})).toEqual([]);
  });

  const waiving = (exception: Exception): Case => ({ input: { exceptions: [exception] } });
  const policy = (rest: Parameters<typeof programme>[1]): Partial<EvaluationInput> => ({ programme: programme(requires(), rest) });

  it('holds the programme’s minimum grade against those on its scale', () => {
    const minimum = policy({ minimumGrades: [{ scale: 'letters', value: 'B' }] });
    expect(refusedFor([math(grade('B'))], { input: minimum })).toEqual([]);
    expect(refusedFor([math(grade('C'))], { input: minimum })).toEqual(notASet);
    expect(refusedFor([math(grade('fair', 'words'))], { input: minimum })).toEqual([]);
    expect(refusedFor([math(grade('Z'))], { input: minimum })).toEqual([]);
    expect(refusedFor([math()], { input: minimum })).toEqual([]);
    const { input: waived } = waiving({ kind: 'policyWaived', completion: 'c1', clause: 'minimumGrade', reason: 'granted' });
    expect(refusedFor([math(grade('C'))], { input: { ...minimum, ...waived } })).toEqual([]);
  });

  it('holds the greatest age on the request date, and wants a date', () => {
    const age = policy({ maximumAge: 'P1Y' });
    const { completedOn: _, ...undated } = math();
    expect(refusedFor([math({ completedOn: '2024-01-01' })], { input: age })).toEqual([]);
    expect(refusedFor([math({ completedOn: '2023-12-31' })], { input: age })).toEqual(notASet);
    expect(refusedFor([undated], { input: age, rule: { governedBy: 'request' } })).toEqual(notASet);
    const { input: waived } = waiving({ kind: 'policyWaived', completion: 'c1', clause: 'maximumAge', reason: 'granted' });
    expect(refusedFor([math({ completedOn: '2023-12-31' })], { input: { ...age, ...waived } })).toEqual([]);
  });

  it('never takes what failed verification', () => {
    expect(refusedFor([math({ evidence: { identityVerified: true, proctored: true, verification: 'failed' } })])).toEqual(notASet);
  });

  it('takes what is redeemed only where the agreement lets it', () => {
    const redeemed = (institution: string, programmeCode: string, redemption: AgreementTerms['redemption']): readonly string[] =>
      refusedFor([math()], {
        terms: { redemption },
        input: { redemptions: [{ completion: 'c1', institution, programme: programmeCode }] },
      });
    expect(redeemed('ubcv', 'BSC', 'oncePerProgramme')).toEqual(notASet);
    expect(redeemed('ubcv', 'BA', 'oncePerProgramme')).toEqual([]);
    expect(redeemed('ubcv', 'BA', 'oncePerInstitution')).toEqual(notASet);
    expect(redeemed('sfu', 'BSC', 'oncePerInstitution')).toEqual([]);
    expect(redeemed('sfu', 'BA', 'once')).toEqual(notASet);
    expect(refusedFor([math()], { terms: { redemption: 'once' } })).toEqual([]);
  });
});

describe('which completions are eligible', () => {
  it('wants them from where the rule says, by provider or platform', () => {
    const onX = math({ provider: 'tsinghua', platform: 'xuetangx' });
    expect(refusedFor([onX], { rule: { from: 'xuetangx' } })).toEqual([]);
    expect(refusedFor([onX], { rule: { from: 'tsinghua' } })).toEqual([]);
    expect(refusedFor([onX])).toEqual(notASet);
    expect(refusedFor([onX], { rule: { from: anyMember } })).toEqual(notASet);
    expect(refusedFor([math({ provider: 'tsinghua' })], { rule: { from: anyMember } })).toEqual(notASet);
    expect(refusedFor([onX], { rule: { from: anyMember }, terms: { parties: ['ubcv', 'xuetangx'] } })).toEqual([]);
    expect(refusedFor([onX], { rule: { from: anyMember }, terms: { parties: ['ubcv', 'tsinghua'] } })).toEqual([]);
  });

  it.each<[Selector, Partial<Completion>, boolean]>([
    [{ kind: 'code', code: 'math 1171' }, {}, true],
    [{ kind: 'code', code: 'MATH 1172' }, {}, false],
    [{ kind: 'code', code: 'MATH 1171', provider: 'langara' }, {}, true],
    [{ kind: 'code', code: 'MATH 1171', provider: 'sfu' }, {}, false],
    [{ kind: 'code', code: 'MATH 1171', platform: 'xuetangx' }, {}, false],
    [{ kind: 'code', code: 'MATH 1171', platform: 'xuetangx' }, { platform: 'xuetangx' }, true],
    [{ kind: 'pattern', pattern: 'MATH 1##1' }, {}, true],
    [{ kind: 'pattern', pattern: 'MATH 1#' }, {}, false],
    [{ kind: 'subject', subject: 'math' }, {}, true],
    [{ kind: 'subject', subject: 'MAT' }, {}, false],
    [{ kind: 'subject', subject: 'MATH', level: 1000 }, {}, true],
    [{ kind: 'subject', subject: 'MATH', level: 2000 }, {}, false],
    [{ kind: 'field', isced: '054' }, {}, false],
    [{ kind: 'field', isced: '054' }, { isced: '0541' }, true],
    [{ kind: 'field', isced: '054', minimumEqf: 6 }, { isced: '0541' }, false],
    [{ kind: 'field', isced: '054', minimumEqf: 6 }, { isced: '0541', eqfLevel: 6 }, true],
  ])('matches %j to %j: %s', (selector, rest, matches) => {
    expect(refusedFor([math(rest)], { source: select(selector) })).toEqual(matches ? [] : notASet);
  });

  it('wants the credits', () => {
    expect(refusedFor([math()], { source: code('MATH 1171', { minimumCredits: 3 }) })).toEqual([]);
    expect(refusedFor([math()], { source: code('MATH 1171', { minimumCredits: 3.001 }) })).toEqual(notASet);
  });

  it('wants the grade, on another scale by the agreement’s table', () => {
    const minimum = code('MATH 1171', { minimumGrade: { scale: 'letters', value: 'B' } });
    const maximum = code('MATH 1171', { maximumGrade: { scale: 'letters', value: 'B' } });
    expect(refusedFor([math(grade('B'))], { source: minimum })).toEqual([]);
    expect(refusedFor([math(grade('C'))], { source: minimum })).toEqual(notASet);
    expect(refusedFor([math()], { source: minimum })).toEqual(notASet);
    expect(refusedFor([math(grade('B'))], { source: maximum })).toEqual([]);
    expect(refusedFor([math(grade('A'))], { source: maximum })).toEqual(notASet);
    expect(refusedFor([math()], { source: maximum })).toEqual(notASet);
    expect(refusedFor([math(grade('excellent', 'words'))], { source: minimum })).toEqual(notASet);
    const pairs = [
      { from: 'good', to: 'C' },
      { from: 'excellent', to: 'A' },
    ];
    const terms = { gradeTables: [{ from: 'words', to: 'letters', method: 'pairs' as const, pairs }] };
    expect(refusedFor([math(grade('excellent', 'words'))], { source: minimum, terms })).toEqual([]);
    expect(refusedFor([math(grade('good', 'words'))], { source: minimum, terms })).toEqual(notASet);
    expect(refusedFor([math(grade('fair', 'words'))], { source: minimum, terms })).toEqual(notASet);
    const waived: Exception = { kind: 'conditionWaived', completion: 'c1', condition: 'minimumGrade', reason: 'granted' };
    expect(refusedFor([math(grade('C'))], { source: minimum, input: { exceptions: [waived] } })).toEqual([]);
    expect(refusedFor([math(grade('B'))], { source: minimum, input: { gradingScales: scales.slice(1) } })).toEqual(notASet);
  });

  const under = (conditions: Conditions, one: Completion, rest: Partial<EvaluationInput> = {}): readonly string[] =>
    refusedFor([one], { rule: { conditions, governedBy: 'request' }, input: rest });
  const waive = (condition: 'dates' | 'completedWithin' | 'evidence'): Partial<EvaluationInput> => ({
    exceptions: [{ kind: 'conditionWaived', completion: 'c1', condition, reason: 'granted' }],
  });

  it('wants the evidence', () => {
    const evidence = { identityVerified: false, proctored: false, verification: 'unverified' as const };
    const weak = math({ evidence });
    for (const demand of [{ identityVerified: true }, { proctored: true }, { verifiedTranscript: true }, { minimumHours: 40 }]) {
      expect(under({ evidence: demand }, weak)).toEqual(notASet);
      expect(under({ evidence: demand }, weak, waive('evidence'))).toEqual([]);
      expect(under({ evidence: demand }, math({ hours: 40 }))).toEqual([]);
    }
    expect(under({ evidence: { identityVerified: false, proctored: false, verifiedTranscript: false } }, weak)).toEqual([]);
    expect(under({ evidence: { minimumHours: 40 } }, math({ hours: 39 }))).toEqual(notASet);
    expect(under({ evidence: { verifiedTranscript: true } }, math({ evidence: { ...evidence, verification: 'attested' } }))).toEqual([]);
  });

  it('wants them completed within the time', () => {
    const within = (before: 'request' | 'admission'): Conditions => ({ completedWithin: { duration: 'P1Y', before } });
    const { completedOn: _, ...undated } = math();
    expect(under(within('request'), math({ completedOn: '2024-01-01' }))).toEqual([]);
    expect(under(within('request'), math({ completedOn: '2023-12-31' }))).toEqual(notASet);
    expect(under(within('request'), undated)).toEqual(notASet);
    expect(under(within('request'), undated, waive('completedWithin'))).toEqual([]);
    expect(under(within('admission'), math({ completedOn: '2023-09-01' }))).toEqual([]);
    const { admissionDate: __, ...notAdmitted } = input(
      [math()],
      [revision('a', [rule('r', code('MATH 1171'), three, { conditions: within('admission') })])],
    );
    expect(rejections(notAdmitted, result({ applications: [applied('r', ['c1'])] }), codes)).toEqual(notASet);
  });

  it('wants the governing date within the validity', () => {
    const validity = { from: '2024-01-01', until: '2024-06-30' };
    const governed = (governedBy: Rule['governedBy'], one: Completion, rest: Partial<EvaluationInput> = {}): readonly string[] =>
      refusedFor([one], { rule: { governedBy, validity }, input: rest });
    expect(governed('completion', math({ completedOn: '2024-06-30' }))).toEqual([]);
    expect(governed('completion', math({ completedOn: '2024-07-01' }))).toEqual(notASet);
    expect(governed('completion', math({ completedOn: '2024-07-01' }), waive('dates'))).toEqual([]);
    expect(governed('enrolment', math({ enrolledOn: '2024-01-01' }))).toEqual([]);
    expect(governed('enrolment', math())).toEqual(notASet);
    expect(governed('request', math(), { requestDate: '2024-03-01' })).toEqual([]);
    expect(governed('request', math(), waive('dates'))).toEqual(['dates']);
    expect(governed('admission', math(), { admissionDate: '2024-03-01' })).toEqual([]);
    expect(governed('admission', math())).toEqual(['dates']);
    const { admissionDate: _, ...notAdmitted } = input(
      [math()],
      [revision('a', [rule('r', code('MATH 1171'), three, { governedBy: 'admission' })])],
    );
    expect(rejections(notAdmitted, result({ applications: [applied('r', ['c1'])] }), codes)).toEqual(['dates']);
  });
});

describe('when a rule is satisfied', () => {
  it('is to the institution, or to any member while that is a party', () => {
    expect(refusedFor([math()], { rule: { to: 'sfu' } })).toEqual(['unknownRule']);
    expect(refusedFor([math()], { rule: { to: anyMember } })).toEqual([]);
    expect(refusedFor([math()], { rule: { to: anyMember }, terms: { parties: ['langara', 'sfu'] } })).toEqual(['unknownRule']);
    const given = input([math()], [revision('a', [rule('r', code('MATH 1171'), noCredit())])]);
    expect(rejections(given, result({ applications: [applied('r', ['c1'])] }), codes)).toEqual(['unknownRule']);
  });

  it('is for the programme', () => {
    const forProgrammes = (programmes: Conditions['programmes']): readonly string[] =>
      refusedFor([math()], { rule: { conditions: programmes === undefined ? {} : { programmes } } });
    expect(forProgrammes({})).toEqual([]);
    expect(forProgrammes({ only: ['BSC'] })).toEqual([]);
    expect(forProgrammes({ only: ['BA'] })).toEqual(['programmes']);
    expect(forProgrammes({ except: ['BA'] })).toEqual([]);
    expect(forProgrammes({ except: ['BSC'] })).toEqual(['programmes']);
  });

  const holding = (conditions: Conditions, others: readonly Completion[], rest: Partial<EvaluationInput> = {}): readonly string[] =>
    refusedFor([math(), ...others], { rule: { conditions }, input: rest });

  it('looks at every completion that counts besides the set itself', () => {
    const chemistry = completion('c2', 'CHEM 1120', { evidence: { identityVerified: false, proctored: false, verification: 'failed' } });
    expect(holding({ alsoHolds: code('CHEM 1120') }, [chemistry])).toEqual([]);
    expect(holding({ alsoHolds: code('CHEM 1120') }, [])).toEqual(['heldCondition']);
    expect(holding({ doesNotHold: code('CHEM 1120') }, [chemistry])).toEqual(['heldCondition']);
    expect(holding({ doesNotHold: code('CHEM 1120') }, [{ ...chemistry, outcome: 'failed' }])).toEqual([]);
    expect(holding({ alsoHolds: code('MATH 1171') }, [])).toEqual(['heldCondition']);
    expect(holding({ alsoHolds: code('CHEM 1120', { minimumCredits: 4 }) }, [chemistry])).toEqual(['heldCondition']);
    expect(holding({ alsoHolds: code('CHEM 1120', { minimumGrade: { scale: 'letters', value: 'C' } }) }, [chemistry])).toEqual([
      'heldCondition',
    ]);
    expect(holding({ alsoHolds: all(code('CHEM 1120'), select({ kind: 'subject', subject: 'CHEM' })) }, [chemistry])).toEqual([
      'heldCondition',
    ]);
  });

  it('takes a selector without provider for the rule’s sender', () => {
    const elsewhere = completion('c2', 'CHEM 1120', { provider: 'sfu' });
    expect(holding({ alsoHolds: code('CHEM 1120') }, [elsewhere])).toEqual(['heldCondition']);
    expect(holding({ alsoHolds: select({ kind: 'code', code: 'CHEM 1120', provider: 'sfu' }) }, [elsewhere])).toEqual([]);
    expect(holding({ alsoHolds: select({ kind: 'code', code: 'CHEM 1120', platform: 'xuetangx' }) }, [elsewhere])).toEqual([
      'heldCondition',
    ]);
  });

  it('looks at the home record where the provider is the institution itself', () => {
    const here = (rest: Partial<Selector> = {}): Source => ({
      ...code('CHEM 121', { minimumGrade: { scale: 'letters', value: 'A' }, minimumCredits: 3 }),
      select: { kind: 'code', code: 'CHEM 121', provider: 'ubcv', ...(rest.platform === undefined ? {} : { platform: rest.platform }) },
    });
    const home = [homeCourse('h1', 'CHEM 121')];
    expect(holding({ alsoHolds: here() }, [], { homeRecord: home })).toEqual([]);
    expect(holding({ alsoHolds: here({ platform: 'xuetangx' }) }, [], { homeRecord: home })).toEqual(['heldCondition']);
    expect(holding({ alsoHolds: here() }, [], { homeRecord: [homeCourse('h1', 'CHEM 121', { credits: 2 })] })).toEqual(['heldCondition']);
    const underWay = [homeCourse('h1', 'CHEM 121', { status: 'underWay' })];
    expect(holding({ alsoHolds: here() }, [], { homeRecord: underWay })).toEqual(['heldCondition']);
    expect(holding({ alsoHolds: here() }, [], { homeRecord: underWay, whatIf: true })).toEqual([]);
    expect(holding({ alsoHolds: here() }, [completion('c2', 'CHEM 121', { provider: 'ubcv' })])).toEqual(['heldCondition']);
    const both: Source = { kind: 'atLeast', credits: 6, of: [here(), code('CHEM 1120')] };
    expect(holding({ alsoHolds: both }, [completion('c2', 'CHEM 1120')], { homeRecord: home })).toEqual([]);
    expect(holding({ alsoHolds: both }, [], { homeRecord: home })).toEqual(['heldCondition']);
  });

  it('is applied on disjoint sets', () => {
    const given = input([math()], [revision('a', [rule('r', code('MATH 1171'), three), rule('s', any(code('MATH 1171')), three)])]);
    expect(rejections(given, result({ applications: [applied('r', ['c1']), applied('s', ['c1'])] }), codes)).toEqual(['consumedTwice']);
  });

  it.each<['student' | 'registrar' | 'best', number | undefined, { option: number; made: boolean } | undefined, boolean, boolean]>([
    ['student', 1, { option: 1, made: true }, true, false],
    ['student', 1, { option: 0, made: true }, false, false],
    ['student', 1, { option: 1, made: false }, false, false],
    ['registrar', undefined, { option: 0, made: false }, true, true],
    ['registrar', undefined, { option: 0, made: true }, false, true],
    ['registrar', undefined, undefined, false, true],
    ['best', 1, { option: 0, made: false }, true, false],
    ['best', undefined, { option: 2, made: false }, false, false],
  ])('leaves a choice to %s, option %s chosen, %j stated: %s, provisional: %s', (by, chosen, choice, accepted, provisional) => {
    const outcome = { kind: 'choice', by, options: [[course('MATH 100', 3)], [course('MATH 101', 3)]] } as const;
    const given = input([math()], [revision('a', [rule('r', code('MATH 1171'), outcome)])], {
      choices: chosen === undefined ? [] : [{ agreement: 'a', rule: 'r', option: chosen }],
    });
    const applications = [applied('r', ['c1'], choice === undefined ? {} : { choice })];
    expect(rejections(given, result({ applications }), codes)).toEqual(accepted ? [] : ['choice']);
    if (choice !== undefined && choice.option < 2) {
      expect(rejections(given, result({ applications, provisional }), ['provisional'])).toEqual([]);
      expect(rejections(given, result({ applications, provisional: !provisional }), ['provisional'])).toEqual(['provisional']);
    }
  });
});
