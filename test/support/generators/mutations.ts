import type { ApplicationResult, AwardResult, EvaluationResult, Fill, RequirementResult } from '../../../src/evaluation/domain/index.js';

/** Results spoilt in one place each: a checker must reject every one. */

export interface Mutation {
  readonly name: string;
  readonly result: EvaluationResult;
}

const thousandth = 0.001;

function more(credits: number): number {
  return Math.round(credits * 1000 + 1) / 1000;
}

export function mutations(result: EvaluationResult): readonly Mutation[] {
  return [
    ...ofTheWhole(result),
    ...ofApplications(result),
    ...ofAwards(result),
    ...ofHomeCourses(result),
    ...ofRequirements(result),
    ...ofCompletions(result),
  ];
}

function ofTheWhole(result: EvaluationResult): readonly Mutation[] {
  const { objective, totals } = result;
  const spoilt = (name: string, change: Partial<EvaluationResult>): Mutation => ({ name, result: { ...result, ...change } });
  return [
    spoilt('input digest', { inputDigest: `${result.inputDigest}0` }),
    spoilt('optimal', { optimal: !result.optimal }),
    spoilt('proven levels', { provenLevels: result.provenLevels === 6 ? 5 : 6 }),
    spoilt('provisional', { provisional: !result.provisional }),
    spoilt('what-if', { whatIf: !result.whatIf }),
    spoilt('attested', { attested: [...result.attested, 'nobody'] }),
    spoilt('remaining study', { objective: { ...objective, remainingStudy: more(objective.remainingStudy) } }),
    spoilt('requirements completed', { objective: { ...objective, requirementsCompleted: objective.requirementsCompleted + 1 } }),
    spoilt('recognised credits', { objective: { ...objective, recognisedCredits: more(objective.recognisedCredits) } }),
    spoilt('completions consumed', { objective: { ...objective, completionsConsumed: objective.completionsConsumed + 1 } }),
    spoilt('loss', { objective: { ...objective, loss: more(objective.loss) } }),
    spoilt('total recognised', { totals: { ...totals, recognised: more(totals.recognised) } }),
    spoilt('total unplaced', { totals: { ...totals, unplaced: more(totals.unplaced) } }),
    spoilt('total capped', { totals: { ...totals, capped: more(totals.capped) } }),
    spoilt('total wasted', { totals: { ...totals, wasted: more(totals.wasted) } }),
  ];
}

function replaced<T>(list: readonly T[], index: number, ...by: readonly T[]): readonly T[] {
  return [...list.slice(0, index), ...by, ...list.slice(index + 1)];
}

function ofApplications(result: EvaluationResult): readonly Mutation[] {
  const { applications } = result;
  return applications.flatMap((application, index): readonly Mutation[] => {
    const spoilt = (name: string, ...by: readonly ApplicationResult[]): Mutation => ({
      name: `${name} of application ${String(index)}`,
      result: { ...result, applications: replaced(applications, index, ...by) },
    });
    const others = result.completions.map(({ completion }) => completion).filter((id) => !application.completions.includes(id));
    const [first, ...rest] = application.conversions;
    return [
      spoilt('absence'),
      spoilt('repetition', application, application),
      spoilt('rule', { ...application, rule: `${application.rule}?` }),
      spoilt('revision', { ...application, revision: application.revision + 1 }),
      spoilt('lost completion', { ...application, completions: application.completions.slice(1) }),
      ...others.map((id) => spoilt('added completion', { ...application, completions: [...application.completions, id].sort() })),
      spoilt('converted sum', { ...application, convertedCredits: more(application.convertedCredits) }),
      spoilt('loss', { ...application, loss: more(application.loss) }),
      spoilt('choice', { ...application, choice: { option: (application.choice?.option ?? 0) + 7, made: false } }),
      ...(first === undefined ? [] : [
        spoilt('conversion', { ...application, conversions: [{ ...first, converted: '1000001/3' }, ...rest] }),
        spoilt('sent credits', { ...application, conversions: [{ ...first, credits: more(first.credits) }, ...rest] }),
        spoilt('method', { ...application, conversions: [{ ...first, method: first.method === 'table' ? 'pinned' : 'table' }, ...rest] }),
        spoilt('missing conversion', { ...application, conversions: rest }),
      ]),
    ]; // prettier-ignore
  });
}

function ofAwards(result: EvaluationResult): readonly Mutation[] {
  const leaves = result.requirements.filter(({ offered }) => offered !== undefined).map(({ requirement }) => requirement);
  return result.applications.flatMap((application, a) =>
    application.awards.flatMap((award, w): readonly Mutation[] => {
      const spoilt = (name: string, change: Partial<AwardResult>): Mutation => {
        const awards = replaced(application.awards, w, { ...award, ...change });
        const applications = replaced(result.applications, a, { ...application, awards });
        return { name: `${name} of award ${String(a)}.${String(w)}`, result: { ...result, applications } };
      };
      return [
        spoilt('credits', { credits: more(award.credits) }),
        spoilt('counted', { counted: more(award.counted) }),
        ...(award.counted > 0 ? [spoilt('less counted', { counted: Math.round((award.counted - thousandth) * 1000) / 1000 })] : []),
        // Whether an award without credit that fills nothing is granted changes nothing else.
        ...(award.credits > 0 || award.fills.length > 0 || !award.granted ? [spoilt('granted', { granted: !award.granted })] : []),
        spoilt('effect', { effect: award.effect === 'credit' ? 'exemption' : 'credit' }),
        spoilt('mooc', { mooc: !award.mooc }),
        spoilt('attributes', { attributes: [...award.attributes, 'made up'] }),
        spoilt('target', { target: { kind: 'course', code: 'MADE UP 1' } }),
        ...spoiltFills(award.fills, leaves).map(({ name, fills }) => spoilt(name, { fills })),
      ];
    }),
  );
}

/** Fills left out, moved, doubled or misstated; one in which nothing counts is left alone, since a place of nothing may be anywhere. */
function spoiltFills(
  fills: readonly Fill[],
  leaves: readonly string[],
): readonly { readonly name: string; readonly fills: readonly Fill[] }[] {
  return fills.flatMap((fill, index) => {
    if (fill.credits === 0) return [];
    const elsewhere = leaves.filter((leaf) => leaf !== fill.requirement);
    return [
      { name: 'absent fill', fills: replaced(fills, index) },
      { name: 'doubled fill', fills: replaced(fills, index, fill, fill) },
      { name: 'credits of fill', fills: replaced(fills, index, { ...fill, credits: more(fill.credits) }) },
      { name: 'surplus of fill', fills: replaced(fills, index, { ...fill, surplus: !fill.surplus }) },
      { name: 'unknown requirement of fill', fills: replaced(fills, index, { ...fill, requirement: 'made up' }) },
      ...elsewhere.map((requirement) => ({ name: 'moved fill', fills: replaced(fills, index, { ...fill, requirement }) })),
    ];
  });
}

function ofHomeCourses(result: EvaluationResult): readonly Mutation[] {
  return result.homeCourses.flatMap((course, index): readonly Mutation[] => {
    const named = `home course ${String(index)}`;
    const spoilt = (name: string, ...by: EvaluationResult['homeCourses']): Mutation => {
      return { name: `${name} of ${named}`, result: { ...result, homeCourses: replaced(result.homeCourses, index, ...by) } };
    };
    return [
      ...(course.counted > 0 ? [spoilt('absence')] : []),
      spoilt('name', { ...course, homeCourse: 'made up' }),
      spoilt('counted', { ...course, counted: course.counted + 1_000 }),
    ];
  });
}

function ofRequirements(result: EvaluationResult): readonly Mutation[] {
  return result.requirements.flatMap((requirement, index): readonly Mutation[] => {
    const spoilt = (name: string, ...by: readonly RequirementResult[]): Mutation => ({
      name: `${name} of ${requirement.requirement}`,
      result: { ...result, requirements: replaced(result.requirements, index, ...by) },
    });
    return [
      spoilt('absence'),
      spoilt('remaining', { ...requirement, remaining: more(requirement.remaining) }),
      spoilt('complete', { ...requirement, complete: !requirement.complete }),
      spoilt('complete as offered', { ...requirement, completeAsOffered: !requirement.completeAsOffered }),
      ...(requirement.offered === undefined ? [] : [spoilt('offered', { ...requirement, offered: !requirement.offered })]),
    ];
  });
}

function ofCompletions(result: EvaluationResult): readonly Mutation[] {
  return result.completions.flatMap((completion, index): readonly Mutation[] => {
    const spoilt = (name: string, ...by: EvaluationResult['completions']): Mutation => {
      return {
        name: `${name} of ${completion.completion}`,
        result: { ...result, completions: replaced(result.completions, index, ...by) },
      };
    };
    return [
      spoilt('absence'),
      spoilt('name', { ...completion, completion: 'made up' }),
      spoilt('status', { ...completion, status: completion.status === 'used' ? 'notNeeded' : 'used' }),
    ];
  });
}
