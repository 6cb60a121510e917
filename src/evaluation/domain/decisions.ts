import type { FieldChecks } from '../../kernel/index.js';
import type { Requirement } from '../../programmes/domain/index.js';
import type { Choice, EvaluationInput, Exception } from './input.js';

/** What decisions may name. */
export type Decided = Pick<EvaluationInput, 'agreements' | 'programme' | 'completions'>;

/** What people have decided. */
export interface Decisions {
  readonly choices?: readonly Choice[];
  readonly exceptions?: readonly Exception[];
}

/** Reports choices and exceptions that name what is not there: they would change nothing, and nobody would notice. */
export function checkDecisions(checks: FieldChecks, { choices = [], exceptions = [] }: Decisions, input: Decided): void {
  for (const [index, choice] of choices.entries()) {
    const isSecond = choices.slice(0, index).some(({ agreement, rule }) => agreement === choice.agreement && rule === choice.rule);
    checkChoice(checks, `/choices/${String(index)}`, choice, isSecond, input);
  }
  if (exceptions.length === 0) return;
  const completions = new Set(input.completions.map(({ id }) => id));
  const requirements = new Set(requirementIds(input.programme.requirements));
  for (const [index, exception] of exceptions.entries()) {
    const at = `/exceptions/${String(index)}`;
    if (exception.kind !== 'requirementWaived') {
      if (!completions.has(exception.completion)) checks.report(`${at}/completion`, 'is not one of the completions');
    } else if (!requirements.has(exception.requirement)) checks.report(`${at}/requirement`, 'is not a requirement of the programme');
  }
}

function checkChoice(checks: FieldChecks, at: string, choice: Choice, isSecond: boolean, { agreements }: Decided): void {
  const revision = agreements.find(({ agreement }) => agreement === choice.agreement);
  if (revision === undefined) {
    checks.report(`${at}/agreement`, 'is not one of the agreements in force');
    return;
  }
  const outcome = revision.terms.rules.find(({ id }) => id === choice.rule)?.outcome;
  if (outcome?.kind !== 'choice') checks.report(`${at}/rule`, 'is not a rule of this agreement that leaves a choice');
  else if (outcome.by === 'best') checks.report(`${at}/rule`, 'leaves no choice to anybody: the best of its options is taken');
  else if (choice.option >= outcome.options.length)
    checks.report(`${at}/option`, `is not one of the ${String(outcome.options.length)} options`);
  else if (isSecond) checks.report(`${at}/rule`, 'has a choice already: one rule takes one');
}

function requirementIds(requirement: Requirement): readonly string[] {
  return [requirement.id, ...('of' in requirement ? requirement.of.flatMap(requirementIds) : [])];
}
