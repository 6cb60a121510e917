import type { Rule, Selector, Source } from '../../../src/rules/domain/index.js';
import { programmeCode } from './setting.js';
import type { Setting } from './setting.js';

/**
 * Rules that compete with given ones: vaguer, restricted, on larger sets, refusals, and pairs taken together. Rules drawn by themselves seldom
 * meet on one set.
 */
export function drawVariants(setting: Setting, rules: readonly Rule[]): readonly Rule[] {
  const { dice, on } = setting;
  const competing = on.has('mostSpecific') || on.has('negatives') ? dice.some(rules, 0, 2) : [];
  const doubled = on.has('ties') ? dice.some(rules, 0, 1) : [];
  return [
    ...competing.map((rule) => drawVariant(setting, rule, rules)),
    ...doubled.map((rule) => ({ ...rule, id: `${rule.id}x` })),
    ...(on.has('ties') ? together(rules) : []),
  ];
}

function drawVariant({ dice, on }: Setting, rule: Rule, rules: readonly Rule[]): Rule {
  const kind = dice.pick(['vaguer', 'vaguer', 'restricted', 'larger', 'larger'] as const);
  const outcome =
    on.has('negatives') && dice.chance(0.6) ? ({ kind: 'noCredit', reason: 'level' } as const) : dice.pick([rule, ...rules]).outcome;
  const variant = { ...rule, id: `${rule.id}${kind.charAt(0)}`, outcome };
  const other = dice.pick(rules).source;
  if (kind === 'vaguer')
    return { ...variant, source: vaguer(rule.source, dice.pick(['pattern', 'longer pattern', 'subject', 'level'] as const)) };
  if (kind === 'larger' && other !== rule.source) return { ...variant, source: { kind: 'all', of: [rule.source, other] } };
  return { ...variant, conditions: { ...rule.conditions, programmes: { only: [programmeCode] } } };
}

/** The same source with less exact selectors for codes such as "MA 101". */
function vaguer(source: Source, how: 'pattern' | 'longer pattern' | 'subject' | 'level'): Source {
  if (source.kind !== 'course') return { ...source, of: source.of.map((part) => vaguer(part, how)) };
  if (source.select.kind !== 'code') return source;
  const [, subject = '', number = ''] = /^(\D+?)\s*(\d+)$/.exec(source.select.code) ?? [];
  const level = Number(`${number.charAt(0)}${'0'.repeat(number.length - 1)}`);
  const select: Readonly<Record<typeof how, Selector>> = {
    pattern: { kind: 'pattern', pattern: `${subject}*` },
    'longer pattern': { kind: 'pattern', pattern: `${subject} ${number.slice(0, -1)}#` },
    subject: { kind: 'subject', subject },
    level: { kind: 'subject', subject, level },
  };
  return { ...source, select: select[how] };
}

/** Two credit rules as one that takes and gives the same: a tie between one application and two. */
function together([one, other]: readonly Rule[]): readonly Rule[] {
  if (one?.outcome.kind !== 'credit' || other?.outcome.kind !== 'credit') return [];
  const awards = [...one.outcome.awards, ...other.outcome.awards];
  return [
    { ...one, id: `${one.id}&${other.id}`, source: { kind: 'all', of: [one.source, other.source] }, outcome: { kind: 'credit', awards } },
  ];
}
