import { canonicalJson } from '../../kernel/index.js';
import type { Rule } from '../../rules/domain/index.js';
import type { Report } from '../report.js';

/** Reports what becomes of the rules of an agreement: those before against those after, by id. */
export function countRules(report: Report, before: readonly Rule[], after: readonly Rule[]): void {
  const known = new Map(before.map((rule) => [rule.id, rule]));
  for (const rule of after) report.count('rules', changeOf(known.get(rule.id), rule));
  const kept = new Set(after.map(({ id }) => id));
  for (const { id } of before) if (!kept.has(id)) report.count('rules', 'removed');
}

export function changeOf(before: Rule | undefined, after: Rule): 'created' | 'changed' | 'unchanged' {
  if (before === undefined) return 'created';
  return canonicalJson(before) === canonicalJson(after) ? 'unchanged' : 'changed';
}
