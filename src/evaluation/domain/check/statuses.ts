import type { CompletionResult, EvaluationResult, RuleOutcome } from '../result.js';
import type { Taken } from './applications.js';
import type { Facts, Learned } from './facts.js';
import { isAscending, isSame } from './values.js';
import type { Report } from './violation.js';

/** Every completion once, `used` just when it is consumed, `failed` and `inProgress` just when it does not count (§1). */
export function checkStatuses(facts: Facts, taken: readonly Taken[], results: readonly CompletionResult[], report: Report): void {
  if (!isAscending(results.map(({ completion }) => completion))) report('order', 'completions are not sorted', '/completions');
  const consumers = new Map<string, Taken>();
  for (const one of taken) for (const id of one.stated.completions) consumers.set(id, one);
  const stated = new Map(results.map((result) => [result.completion, result]));
  if (results.length !== facts.learned.length || facts.learned.some(({ completion }) => !stated.has(completion.id))) {
    report('completionStatus', 'not the completions of the input, each once', '/completions');
  }
  for (const [index, result] of results.entries()) {
    const learned = facts.learned[facts.positions.get(result.completion) ?? -1];
    if (learned === undefined) continue;
    const path = `/completions/${String(index)}`;
    if (!isStatus(learned, result, consumers.get(result.completion))) report('completionStatus', `${result.status} it is not`, path);
    if (![result.because ?? {}, ...result.otherRules].every((rule) => isKnown(facts, rule))) {
      report('completionStatus', 'a rule that is not in the input', path);
    }
  }
}

function isStatus(
  { completion, counts }: Learned,
  { provider, code, status, because }: CompletionResult,
  consumer: Taken | undefined,
): boolean {
  if (provider !== completion.provider || code !== completion.code) return false;
  if (consumer !== undefined) {
    const { agreement, rule } = consumer.stated;
    return status === 'used' && (because?.rule === undefined || (because.agreement === agreement && because.rule === rule));
  }
  if (status === 'used') return false;
  if (status === 'failed') return completion.outcome === 'failed';
  if (status === 'inProgress') return !counts && completion.outcome !== 'failed';
  return counts;
}

/** A status may rest on the policy or the completion itself: then it names no rule. */
function isKnown({ agreements }: Facts, { agreement, rule }: Partial<RuleOutcome>): boolean {
  if (rule === undefined && agreement === undefined) return true;
  return agreements.get(agreement ?? '')?.read.rules.has(rule ?? '') === true;
}

/** `provisional`, `whatIf`, and the agreements that rest on one party's word. */
export function checkFlags(facts: Facts, result: EvaluationResult, taken: readonly Taken[], report: Report): void {
  const provisional = taken.some((one) => one.provisional);
  if (result.provisional !== provisional) report('provisional', String(provisional), '/provisional');
  if (result.whatIf !== facts.input.whatIf) report('whatIf', String(facts.input.whatIf), '/whatIf');
  const attested = new Set(
    taken.flatMap(({ rule, stated }) => (rule.agreement.revision.attestedBy === undefined ? [] : [stated.agreement])),
  );
  if (!isSame(result.attested, [...attested].sort())) report('attested', [...attested].join(', '), '/attested');
}
