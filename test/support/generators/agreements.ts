import type { AgreementTerms, Conversion, GradeTable, Limit, LimitedSet, Rounding } from '../../../src/agreements/domain/index.js';
import type { Choice, Completion, RevisionInForce } from '../../../src/evaluation/domain/index.js';
import { digestOf } from '../../../src/kernel/index.js';
import type { Rule } from '../../../src/rules/domain/index.js';
import { drawRule, drawSelector } from './rules.js';
import { drawVariants } from './variants.js';
import { credits, gradeValues, receiving, receivingCodes, senders } from './setting.js';
import type { Setting } from './setting.js';

/** One to three agreements over the same learner, with one to seven rules together. */

export function drawAgreements(setting: Setting, completions: readonly Completion[]): readonly RevisionInForce[] {
  const { dice, on } = setting;
  const count = on.has('annex') ? dice.int(2, 3) : dice.pick([1, 1, 2]);
  const rules = dice.pick([2, 3, 4, 4, 5, 5, 6, 7, 7]);
  const drawn = dice.times(rules, (index) => ({
    home: dice.int(0, count - 1),
    rule: drawRule(setting, completions, `r${String(index + 1)}`),
  }));
  const together = !on.has('annex') && dice.chance(0.5);
  return dice.times(count, (index) => {
    const own = drawn.filter(({ home }) => home === index).map(({ rule }) => rule);
    const all = [...own, ...drawVariants(setting, own)];
    // A rule's id is its own only within its agreement.
    const named = together ? all : dice.shuffle(all).map((rule, i) => ({ ...rule, id: `r${String(i + 1)}` }));
    return drawRevision(setting, completions, named, index);
  });
}

function drawRevision(setting: Setting, completions: readonly Completion[], rules: readonly Rule[], index: number): RevisionInForce {
  const { dice } = setting;
  const terms = drawTerms(setting, completions, rules, index);
  return {
    agreement: `g${String(index + 1)}`,
    revision: 1,
    digest: digestOf(terms),
    ...(dice.chance(0.1) ? { attestedBy: receiving } : {}),
    terms,
    receivingCourses: receivingCodes.filter(() => dice.chance(0.6)).map((code) => ({ code, credits: credits(setting, dice.int(0, 3)) })),
  };
}

function drawTerms(setting: Setting, completions: readonly Completion[], rules: readonly Rule[], index: number): AgreementTerms {
  const { dice, on } = setting;
  return {
    parties: on.has('anyMember') ? [senders[0], ...dice.some([receiving, senders[1]], 1, 2)] : [receiving, ...senders],
    period: {},
    precedence: on.has('mostSpecific') && dice.chance(0.8) ? 'mostSpecific' : 'bestForStudent',
    ...(on.has('annex') && index > 0 ? { annexTo: dice.pick(['g1', `g${String(index)}`]) } : {}),
    rules,
    statements: dice.chance(0.05) ? [{ target: dice.pick(receivingCodes), kind: 'takeAfterTransfer' }] : [],
    limits: on.has('limits') ? dice.times(dice.int(1, 2), (i) => drawLimit(setting, completions, rules, `l${String(i + 1)}`)) : [],
    conversions: on.has('conversions')
      ? dice.some(['S', 'W', 'N', 'H'], on.has('rounding') ? 3 : 1, 4).flatMap((from) => drawConversions(setting, from))
      : [],
    gradeTables: on.has('gradeTables') ? drawGradeTables(setting) : [],
    redemption: dice.pick(['oncePerProgramme', 'oncePerInstitution', 'once'] as const),
  };
}

function drawLimit(setting: Setting, completions: readonly Completion[], rules: readonly Rule[], id: string): Limit {
  const { dice } = setting;
  const kind = dice.pick(['sendingCourses', 'receivingCourses', 'rules', 'everything'] as const);
  const over = ((): LimitedSet => {
    if (kind === 'sendingCourses') return { kind, select: dice.times(dice.int(1, 2), () => drawSelector(setting, completions)) };
    if (kind === 'receivingCourses') return { kind, codes: dice.some(['X 1##', 'Y *', 'X 200'], 1, 2) };
    if (kind === 'rules') return { kind, rules: dice.some(rules, 0, 2).map((rule) => rule.id) };
    return { kind };
  })();
  const demand = dice.pick(['courses', 'credits', 'both'] as const);
  return {
    id,
    over,
    ...(demand === 'credits' ? {} : { maximumCourses: dice.int(0, 2) }),
    ...(demand === 'courses' ? {} : { maximumCredits: credits(setting, dice.int(0, 6)) }),
  };
}

function drawRounding(setting: Setting): { readonly rounding?: Rounding } {
  const { dice, on } = setting;
  if (!on.has('rounding')) return {};
  const mode = dice.pick(['none', 'down', 'halfUp'] as const);
  return { rounding: mode === 'none' ? { mode } : { mode, step: credits(setting, dice.int(1, 2)) } };
}

function drawConversions(setting: Setting, from: string): readonly Conversion[] {
  const { dice } = setting;
  return dice.some(['pinned', 'table', 'yearShare', 'hours'] as const, 1, 2).map((method): Conversion => {
    const pair = { from, to: 'H', ...drawRounding(setting) };
    if (method === 'pinned') return { ...pair, method, factor: dice.pick(['1', '2', '1/2', '3/2', '1.25', '5/3', '0.333']) };
    if (method !== 'table') return { ...pair, method };
    const unit = dice.pick(['weeks', 'hours', 'credits'] as const);
    const bounds =
      unit === 'weeks'
        ? [4, 8]
        : unit === 'hours'
          ? [credits(setting, 30), credits(setting, 80)]
          : [credits(setting, 2), credits(setting, 3)];
    return { ...pair, method, unit, rows: bounds.map((atLeast, i) => ({ atLeast, credits: credits(setting, i + 1) })) };
  });
}

function drawGradeTables({ dice }: Setting): readonly GradeTable[] {
  const pairs: GradeTable = {
    from: 'marks',
    to: 'letters',
    method: 'pairs',
    pairs: gradeValues.marks.filter(() => dice.chance(0.8)).map((from) => ({ from, to: dice.pick(gradeValues.letters) })),
  };
  const choose = dice.pick(['minimum', 'mean', 'maximum'] as const);
  const [there, back]: readonly GradeTable[] = [
    { from: 'marks', to: 'letters', method: 'distribution', choose },
    { from: 'letters', to: 'marks', method: 'distribution', choose },
  ];
  return [dice.chance(0.5) ? pairs : there, back].flatMap((table) => (table === undefined || dice.chance(0.15) ? [] : [table]));
}

/** Choices made for some of the rules that leave one to a person. */
export function drawChoices({ dice }: Setting, agreements: readonly RevisionInForce[]): readonly Choice[] {
  return agreements.flatMap(({ agreement, terms }) =>
    terms.rules.flatMap(({ id, outcome }) =>
      outcome.kind === 'choice' && dice.chance(0.5) ? [{ agreement, rule: id, option: dice.int(0, outcome.options.length - 1) }] : [],
    ),
  );
}
