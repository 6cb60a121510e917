import { normaliseCode, splitByLargestRemainder, thousandths, type Thousandths } from '../../kernel/index.js';
import type { Award } from '../../rules/domain/index.js';

/** An award with the credits it carries in one application. */
export interface CreditedAward {
  readonly award: Award;
  readonly credits: Thousandths;
}

/**
 * The awards of an application with their credits, in their order (docs/evaluation.md §4). Exemptions and waivers carry none. `converted` awards share
 * what the fixed ones leave of the converted sum, in units of the rounding's step: weighted by their courses' own credits where all of
 * them are named courses with known credits, else equally; each is then cut to its maximum.
 */
export function creditAwards(
  awards: readonly Award[],
  converted: { readonly sum: Thousandths; readonly step: Thousandths },
  receivingCredits: ReadonlyMap<string, Thousandths>,
): readonly CreditedAward[] {
  const sharing = awards.filter(sharesConverted);
  const fixed = awards.reduce((sum, award) => sum + fixedCredits(award), 0);
  if (sharing.length === 0) return awards.map((award) => ({ award, credits: fixedCredits(award) }));
  const own = sharing.map(({ target }) => (target.kind === 'course' ? receivingCredits.get(normaliseCode(target.code)) : undefined));
  const known = own.filter((credits) => credits !== undefined);
  const weights = known.length === own.length ? known : own.map(() => 1);
  const shares = splitByLargestRemainder(Math.max(0, converted.sum - fixed), weights, converted.step);
  let next = 0;
  return awards.map((award) => {
    if (!sharesConverted(award)) return { award, credits: fixedCredits(award) };
    const share = shares[next] ?? 0;
    next += 1;
    const maximum = award.credits.kind === 'converted' ? award.credits.maximum : undefined;
    return { award, credits: maximum === undefined ? share : Math.min(share, thousandths(maximum)) };
  });
}

function sharesConverted({ credits, effect }: Award): boolean {
  return credits.kind === 'converted' && effect === 'credit';
}

function fixedCredits({ credits, effect }: Award): Thousandths {
  return credits.kind === 'fixed' && effect === 'credit' ? thousandths(credits.credits) : 0;
}
