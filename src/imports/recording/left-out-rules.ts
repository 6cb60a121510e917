import type { EntityManager } from 'typeorm';
import type { AgreementTerms } from '../../agreements/index.js';
import type { FieldError, Problem } from '../../kernel/index.js';
import { refusalOf, savepoint } from '../transactions.js';

/** Rules that were refused, by id, with what is wrong in each; pointers lead into the rule. */
export type RefusedRules = ReadonlyMap<string, readonly FieldError[]>;

/** What became of terms: recorded without the rules that were refused, or refused as a whole. */
export type Recording<Recorded> =
  | { readonly kind: 'recorded'; readonly recorded: Recorded; readonly terms: AgreementTerms; readonly refused: RefusedRules }
  | { readonly kind: 'refused'; readonly errors: readonly FieldError[]; readonly refused: RefusedRules };

/**
 * Records terms; where rules of a file are refused, without those rules. `isOfFile` tells which rules may be left out: the others were there
 * before, and without them the terms would say something else.
 */
export async function recordWithout<Recorded>(
  manager: EntityManager,
  stated: AgreementTerms,
  isOfFile: (rule: string) => boolean,
  record: (manager: EntityManager, terms: AgreementTerms) => Promise<Recorded>,
): Promise<Recording<Recorded>> {
  const refused = new Map<string, readonly FieldError[]>();
  for (let terms = stated; ;) {
    const kept = terms;
    try {
      return { kind: 'recorded', recorded: await savepoint(manager, (inner) => record(inner, kept)), terms: kept, refused };
    } catch (error) {
      const problem = refusalOf(error);
      const faulty = faultyRules(problem, kept);
      if (faulty === undefined || ![...faulty.keys()].every(isOfFile)) return { kind: 'refused', errors: errorsOf(problem), refused };
      for (const [rule, errors] of faulty) refused.set(rule, errors);
      terms = { ...kept, rules: kept.rules.filter(({ id }) => !faulty.has(id)) };
      if (terms.rules.length === 0) return { kind: 'refused', errors: [{ pointer: '', detail: 'keeps not one rule' }], refused };
    }
  }
}

const rulePointer = /^(?:\/revision)?\/terms\/rules\/(\d+)(\/.*)?$/;

/** The rules that a refusal is about; undefined where it is about anything else, too. */
function faultyRules({ errors }: Problem, { rules }: AgreementTerms): Map<string, FieldError[]> | undefined {
  const faulty = new Map<string, FieldError[]>();
  for (const { pointer, detail } of errors) {
    const [, index, place = ''] = rulePointer.exec(pointer) ?? [];
    const rule = index === undefined ? undefined : rules[Number(index)];
    if (rule === undefined) return undefined;
    faulty.set(rule.id, [...(faulty.get(rule.id) ?? []), { pointer: place, detail }]);
  }
  return faulty.size === 0 ? undefined : faulty;
}

function errorsOf({ detail, errors }: Problem): readonly FieldError[] {
  return errors.length > 0 ? errors : [{ pointer: '', detail }];
}
