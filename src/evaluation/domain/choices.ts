import type { Award, Rule } from '../../rules/domain/index.js';
import type { Application } from './candidate.js';
import type { Choice } from './input.js';

/** One way to take a credit rule: its awards, and which option that is where the rule leaves a choice. */
export interface Option {
  readonly awards: readonly Award[];
  readonly choice?: NonNullable<Application['choice']>;
}

/** The choices made, by rule. Where an input holds several for one rule the smallest option counts: the order of the input must not. */
export class Choices {
  readonly #options = new Map<string, number>();

  constructor(choices: readonly Choice[]) {
    for (const { agreement, rule, option } of choices) {
      const key = keyOf(agreement, rule);
      this.#options.set(key, Math.min(option, this.#options.get(key) ?? option));
    }
  }

  /**
   * The ways to take a rule (docs/evaluation.md §2): the option chosen, or all of them where the engine or nobody chose. None when the rule gives
   * no credit, or the option chosen does not exist.
   */
  optionsOf(agreement: string, { id, outcome }: Rule): readonly Option[] {
    if (outcome.kind === 'credit') return [{ awards: outcome.awards }];
    if (outcome.kind !== 'choice') return [];
    const chosen = outcome.by === 'best' ? undefined : this.#options.get(keyOf(agreement, id));
    return outcome.options.flatMap((awards, option) => {
      if (chosen !== undefined && chosen !== option) return [];
      const made = chosen !== undefined;
      return [{ awards, choice: { option, made, provisional: !made && outcome.by !== 'best' } }];
    });
  }
}

function keyOf(agreement: string, rule: string): string {
  return `${agreement}\u0000${rule}`;
}
