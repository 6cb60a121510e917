import { canonicalJson, normaliseCode } from '../../kernel/index.js';
import { awardsOfRule } from '../../agreements/domain/index.js';
import type { CompiledRule } from '../../rules/domain/index.js';
import type { CompiledRevision } from './compiled-revision.js';

const worths = new WeakMap<CompiledRule, string>();
const outcomes = new WeakMap<CompiledRule, string>();
const terms = new WeakMap<CompiledRevision, string>();

/**
 * What decides, beside the completions, what an application of a rule brings (docs/evaluation.md §4): its outcome, the conversions and grade tables of its
 * agreement, and its receiving courses' own credits. Rules with the same text bring the same from the same completions.
 */
export function worthOf(compiled: CompiledRule, revision: CompiledRevision): string {
  const known = worths.get(compiled);
  if (known !== undefined) return known;
  const targets = awardsOfRule(compiled.rule).map(({ target }) => target);
  const credits = targets.map((target) =>
    target.kind === 'course' ? revision.receivingCredits.get(normaliseCode(target.code)) : undefined,
  );
  const text = [outcomeText(compiled), termsText(revision), credits.join()].join('\n');
  worths.set(compiled, text);
  return text;
}

/** The outcome of a rule; the same text for the same outcome. */
export function outcomeText(compiled: CompiledRule): string {
  const known = outcomes.get(compiled);
  if (known !== undefined) return known;
  const text = canonicalJson(compiled.rule.outcome);
  outcomes.set(compiled, text);
  return text;
}

function termsText(revision: CompiledRevision): string {
  const known = terms.get(revision);
  if (known !== undefined) return known;
  const { conversions, gradeTables } = revision.revision.terms;
  const text = canonicalJson({ conversions, gradeTables });
  terms.set(revision, text);
  return text;
}
