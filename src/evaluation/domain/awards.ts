import { normaliseCode, splitByLargestRemainder, thousandths, type Thousandths } from '../../kernel/index.js';
import type { Award } from '../../rules/domain/index.js';

/**
 * The credits of an application's awards, in their order (docs/evaluation.md §4). Exemptions and waivers carry none. `converted` awards share
 * what the fixed ones leave of the converted sum, in units of the rounding's step: weighted by their courses' own credits where all of
 * them are named courses with known credits, else equally; each is then cut to its maximum.
 */
export function creditsOfAwards(
  awards: readonly Award[],
  converted: { readonly sum: Thousandths; readonly step: Thousandths },
  receivingCredits: ReadonlyMap<string, Thousandths>,
): readonly Thousandths[] {
  const sharing = awards.filter(sharesConverted);
  const fixed = awards.reduce((sum, award) => sum + fixedCredits(award), 0);
  if (sharing.length === 0) return awards.map(fixedCredits);
  const own = sharing.map(({ target }) => (target.kind === 'course' ? receivingCredits.get(normaliseCode(target.code)) : undefined));
  const known = own.filter((credits) => credits !== undefined);
  const weights = known.length === own.length ? known : own.map(() => 1);
  const shares = splitByLargestRemainder(Math.max(0, converted.sum - fixed), weights, converted.step);
  let next = 0;
  return awards.map((award) => {
    if (!sharesConverted(award)) return fixedCredits(award);
    const share = shares[next] ?? 0;
    next += 1;
    return award.credits.kind === 'converted' && award.credits.maximum !== undefined
      ? Math.min(share, thousandths(award.credits.maximum))
      : share;
  });
}

function sharesConverted({ credits, effect }: Award): boolean {
  return credits.kind === 'converted' && effect === 'credit';
}

function fixedCredits({ credits, effect }: Award): Thousandths {
  return credits.kind === 'fixed' && effect === 'credit' ? thousandths(credits.credits) : 0;
}
