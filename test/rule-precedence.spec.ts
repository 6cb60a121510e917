import { describe, expect, it } from '@jest/globals';
import type { EvaluationInput } from '../src/evaluation/domain/index.js';
import type { Rule, Selector, Source } from '../src/rules/domain/index.js';
import { a, asked, b, c, forA, forB, forC, gives, mostSpecific, taken } from './support/asked.js';
import { applied, becauseOf, judged, statuses } from './support/judged.js';
import { agreement, all, elective, input, needsElectives, programme, requires } from './support/oracle/builders.js';

/** What exactly a rule means, sentence by sentence: dates, precedence and unmade choices. */

describe('dates: governedBy names the date held against a rule’s validity, bounds inclusive', () => {
  const dated = (governedBy: Rule['governedBy'], validity: Rule['validity']): readonly Rule[] => [
    gives('r', forA, 3, { governedBy, validity }),
  ];
  // Completed 2025-01-15, enrolled 2024-10-01, admitted 2024-09-01, requested 2026-03-01.
  const enrolled = { ...a, enrolledOn: '2024-10-01' };

  it.each([
    ['completion', '2025-01-15', '2025-01-14', '2025-01-16'],
    ['enrolment', '2024-10-01', '2024-09-30', '2024-10-02'],
    ['admission', '2024-09-01', '2024-08-31', '2024-09-02'],
    ['request', '2026-03-01', '2026-02-28', '2026-03-02'],
  ] as const)('%s', (governedBy, day, before, after) => {
    expect(taken([enrolled], dated(governedBy, { from: day, until: day }))).toEqual(['r: a']);
    expect(taken([enrolled], dated(governedBy, { from: day }))).toEqual(['r: a']);
    const early = asked([enrolled], dated(governedBy, { from: after }));
    expect(becauseOf(early, 'a')).toMatchObject({ status: 'outsideDates', parameters: { governedBy, date: day, from: after } });
    const late = asked([enrolled], dated(governedBy, { until: before }));
    expect(becauseOf(late, 'a')).toMatchObject({ status: 'outsideDates', parameters: { governedBy, date: day, until: before } });
  });

  it('for completion that of every consumed completion', () => {
    const pair = [gives('r', all(forA, forB), 6, { governedBy: 'completion', validity: { from: '2025-01-01' } })];
    expect(taken([a, b], pair)).toEqual(['r: a+b']);
    const result = asked([a, { ...b, completedOn: '2024-12-31' }], pair);
    expect(statuses(result)).toEqual({ a: 'incompleteSet', b: 'outsideDates' });
  });

  it('a date that is needed and missing is dateMissing', () => {
    const { completedOn: _, ...undated } = a;
    expect(becauseOf(asked([undated], dated('completion', { from: '2020-01-01' })), 'a')).toMatchObject({
      status: 'dateMissing',
      parameters: { which: 'completion' },
    });
    expect(becauseOf(asked([a], dated('enrolment', {})), 'a')).toMatchObject({ status: 'dateMissing', parameters: { which: 'enrolment' } });
    const { admissionDate: __, ...notAdmitted } = input(
      [a],
      [agreement('g', dated('admission', {}))],
      programme(requires(needsElectives('e', 30))),
    );
    expect(becauseOf(judged(notAdmitted), 'a')).toMatchObject({ status: 'dateMissing', parameters: { which: 'admission' } });
  });

  it('ending a rule’s validity keeps acquired rights, removing the rule does not', () => {
    // Completed in January; the rule ended in June; the request is of the next March.
    expect(taken([a], dated('completion', { until: '2025-06-30' }))).toEqual(['r: a']);
    expect(statuses(asked([a], []))).toEqual({ a: 'unmatched' });
  });

  it('completedWithin counts back from the request or the admission', () => {
    const within = (duration: string, before: 'request' | 'admission', completedOn: string): boolean =>
      taken([{ ...a, completedOn }], [gives('r', forA, 3, { conditions: { completedWithin: { duration, before } } })]).length === 1;
    expect(within('P5Y', 'request', '2021-03-01')).toBe(true);
    expect(within('P5Y', 'request', '2021-02-28')).toBe(false);
    expect(within('P18M', 'admission', '2023-03-01')).toBe(true);
    expect(within('P18M', 'admission', '2023-02-28')).toBe(false);
  });
});

describe('precedence: the most specific set', () => {
  it('an application is inadmissible while another rule is satisfied on a larger set', () => {
    const rules = [gives('alone', forA, 9), gives('both', all(forA, forB), 5)];
    expect(taken([a], rules, mostSpecific)).toEqual(['alone: a']);
    expect(taken([a, b], rules, mostSpecific)).toEqual(['both: a+b']); // 5, though 9 is on offer
    expect(taken([a, b], rules)).toEqual(['alone: a']); // best for the student
  });

  it('held A, B, C; A → X; A&B → Y; B&C → Z: when Z is taken, A → X is free again', () => {
    const rules = (z: number): readonly Rule[] => [gives('x', forA, 3), gives('y', all(forA, forB), 5), gives('z', all(forB, forC), z)];
    expect(taken([a, b, c], rules(9), mostSpecific)).toEqual(['x: a', 'z: b+c']); // 3 + 9 > 5
    expect(taken([a, b, c], rules(1), mostSpecific)).toEqual(['y: a+b']); // 3 + 1 < 5
  });

  it('a larger set is not broken by what is taken inside it', () => {
    // y is on A&B&C. u on B would be inside: it sets A → X free no more than nothing does.
    const rules = [gives('x', forA, 9), gives('u', forB, 9), gives('y', all(forA, forB, forC), 5)];
    expect(taken([a, b, c], rules, mostSpecific)).toEqual(['y: a+b+c']);
    // An agreement beside it may break it: v of another agreement consumes C alone, a proper subset too.
    const besides = [agreement('h', [gives('v', forC, 1)])];
    expect(taken([a, b, c], rules, { ...mostSpecific, besides })).toEqual(['y: a+b+c']);
  });

  it('which breaks a larger set when it consumes something outside it as well', () => {
    const d = { ...c, id: 'd', code: 'PH 203' };
    const rules = [gives('x', forA, 9), gives('y', all(forA, forB, forC), 5)];
    const besides = [agreement('h', [gives('v', all(forC, { kind: 'course', select: { kind: 'code', code: 'PH 203' } }), 1)])];
    expect(taken([a, b, c, d], rules, { ...mostSpecific, besides })).toEqual(['v: c+d', 'x: a']);
  });
});

describe('precedence: on equal sets', () => {
  const coded = { ...a, code: 'MA 128', isced: '0541', eqfLevel: 6 };
  const order: readonly Selector[] = [
    { kind: 'code', code: 'MA 128' },
    { kind: 'pattern', pattern: 'MA 12#' },
    { kind: 'pattern', pattern: 'MA 1##' },
    { kind: 'subject', subject: 'MA', level: 100 },
    { kind: 'subject', subject: 'MA' },
    { kind: 'field', isced: '0541' },
  ];
  const pairs = order.slice(1).flatMap((vague, index) => {
    const exact = order[index];
    return exact === undefined ? [] : [{ exact, vague }];
  });
  const by = (id: string, select: Selector, credits: number, rest: Partial<Rule> = {}): Rule =>
    gives(id, { kind: 'course', select }, credits, rest);

  it.each(pairs)('$exact before $vague', ({ exact, vague }) => {
    const rules = [by('exact', exact, 1), by('vague', vague, 9)];
    expect(taken([coded], rules, mostSpecific)).toEqual(['exact: a']);
    expect(taken([coded], rules)).toEqual(['vague: a']);
    expect(becauseOf(asked([coded], rules, mostSpecific), 'a')).toMatchObject({ rule: 'exact' });
  });

  it('programme-restricted before general', () => {
    const restricted: Partial<Rule> = { conditions: { programmes: { only: ['BSC'] } } };
    const rules = [gives('restricted', forA, 1, restricted), gives('general', forA, 9)];
    expect(taken([a], rules, mostSpecific)).toEqual(['restricted: a']);
    // But code before pattern first of all.
    const patterned = by('patterned', { kind: 'pattern', pattern: 'MA 1##' }, 9, restricted);
    expect(taken([a], [gives('general', forA, 1), patterned], mostSpecific)).toEqual(['general: a']);
  });

  it('what is still equal is a conflict, reported, and the objective decides', () => {
    const result = asked([a], [gives('r', forA, 1), gives('s', forA, 9)], mostSpecific);
    expect(applied(result)).toEqual(['s: a → X 9']);
    expect(result.conflicts).toEqual([{ agreement: 'g', rules: ['r', 's'], completions: ['a'] }]);
  });

  it('two rules with one outcome are none', () => {
    expect(asked([a], [gives('r', forA, 3), gives('s', forA, 3)], mostSpecific).conflicts).toEqual([]);
  });
});

describe('precedence: refusals outrank credit, whatever the precedence', () => {
  const refusing = (source: Source): Rule => gives('no', source, 0, { outcome: { kind: 'noCredit', reason: 'level' } });
  const assessing = (source: Source): Rule => gives('person', source, 0, { outcome: { kind: 'individualAssessment' } });
  const vague: Source = { kind: 'course', select: { kind: 'subject', subject: 'MA' } };

  describe.each(['mostSpecific', 'bestForStudent'] as const)('%s', (precedence) => {
    const terms = { terms: { precedence } };

    it.each([
      ['noCredit', refusing, 'refusedByRule'],
      ['individualAssessment', assessing, 'needsAssessment'],
    ] as const)('%s on the same set', (_, refusal, status) => {
      const result = asked([a], [gives('x', forA, 3), refusal(forA)], terms);
      expect(applied(result)).toEqual([]);
      expect(statuses(result)).toEqual({ a: status });
    });

    it('on a larger set refuses its subsets', () => {
      expect(taken([a, b], [gives('x', forA, 3), refusing(all(forA, forB))], terms)).toEqual([]);
      expect(taken([a], [gives('x', forA, 3), refusing(all(forA, forB))], terms)).toEqual(['x: a']); // not satisfied
    });

    it('unless a proper superset earns credit', () => {
      expect(taken([a, b], [gives('x', all(forA, forB), 3), refusing(forA)], terms)).toEqual(['x: a+b']);
    });

    it('or a more exact selector', () => {
      expect(taken([a], [gives('x', forA, 3), refusing(vague)], terms)).toEqual(['x: a']);
      expect(taken([a, b], [gives('x', forA, 3), refusing(vague)], terms)).toEqual(['x: a']);
      expect(statuses(asked([a, b], [gives('x', forA, 3), refusing(vague)], terms))).toEqual({ a: 'used', b: 'refusedByRule' });
    });

    it('a restriction to programmes does not make a selector more exact here', () => {
      const restricted = gives('x', forA, 3, { conditions: { programmes: { only: ['BSC'] } } });
      expect(taken([a], [restricted, refusing(forA)], terms)).toEqual([]);
    });
  });
});

describe('precedence: between agreements', () => {
  const annex = (rules: readonly Rule[]) => ({ besides: [agreement('h', rules, { annexTo: 'g' })] });

  it('an annex outranks its framework on any shared completion', () => {
    const rules = [gives('x', all(forA, forB), 9), gives('y', forC, 3)];
    const result = asked([a, b, c], rules, annex([gives('z', forB, 1)]));
    expect(applied(result)).toEqual(['y: c → X 3', 'z: b → X 1']);
    expect(becauseOf(result, 'a')).toMatchObject({
      status: 'outranked',
      parameters: { byAgreement: 'h', byRule: 'z', byCompletions: ['b'] },
    });
  });

  it('by its refusals too', () => {
    const refusal = gives('no', forA, 0, { outcome: { kind: 'noCredit', reason: 'duplicate' } });
    expect(statuses(asked([a], [gives('x', forA, 3)], annex([refusal])))).toEqual({ a: 'refusedByRule' });
  });

  it('other agreements have no order between them: the objective decides', () => {
    expect(taken([a], [gives('x', forA, 3)], { besides: [agreement('h', [gives('z', forA, 4)])] })).toEqual(['z: a']);
  });
});

describe('an unmade choice', () => {
  const choice = (by: 'student' | 'registrar' | 'best'): Rule =>
    gives('r', forA, 0, { outcome: { kind: 'choice', by, options: [[elective('X', 2)], [elective('Y', 3)]] } });
  const chosen = (option: number): { readonly rest: Partial<EvaluationInput> } => ({
    rest: { choices: [{ agreement: 'g', rule: 'r', option }] },
  });

  it.each(['student', 'registrar'] as const)('of the %s is evaluated as the best, and provisional', (by) => {
    const result = asked([a], [choice(by)]);
    expect(applied(result)).toEqual(['r: a → Y 3']);
    expect(result.provisional).toBe(true);
    expect(result.applications[0]?.choice).toEqual({ option: 1, made: false });
  });

  it('a made one is kept, though worse', () => {
    const result = asked([a], [choice('student')], chosen(0));
    expect(applied(result)).toEqual(['r: a → X 2']);
    expect(result.provisional).toBe(false);
    expect(result.applications[0]?.choice).toEqual({ option: 0, made: true });
  });

  it('left to the engine it is never provisional', () => {
    const result = asked([a], [choice('best')], chosen(0));
    expect(applied(result)).toEqual(['r: a → Y 3']);
    expect(result.provisional).toBe(false);
  });

  it('of an option that does not exist earns nothing', () => {
    expect(statuses(asked([a], [choice('student')], chosen(7)))).toEqual({ a: 'choiceOpen' });
  });
});
