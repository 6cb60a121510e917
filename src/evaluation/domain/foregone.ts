import { at } from '../../kernel/index.js';
import { groupBy } from './arithmetic.js';
import type { Application } from './candidate.js';
import type { Slot } from './slots.js';

/** Applications that are decided before any search. */
export interface Foregone {
  /** Those that every best allocation takes. */
  readonly taken: ReadonlySet<number>;
  /** Those that no best allocation takes. */
  readonly left: ReadonlySet<number>;
}

/** What is on offer. */
export interface Offer {
  readonly applications: readonly Application[];
  readonly slots: readonly Slot[];
  /** Normalised codes on the home record: never awarded. */
  readonly homeCodes: ReadonlySet<string | undefined>;
  /** Whether caps or surplus may make a difference between awards that fill the same. */
  readonly capped: boolean;
}

/**
 * Decides what needs no search (docs/evaluation.md §5 and §7). Applications under an agreement's limit are open, and all are where one gives way to larger
 * sets: leaving one may then set another free.
 */
export function foregone(offer: Offer): Foregone {
  const { applications, slots, capped } = offer;
  if (applications.some(({ givesWayTo }) => givesWayTo.length > 0)) return { taken: new Set(), left: new Set() };
  const slotsOf = groupBy(slots.keys(), (slot) => at(slots, slot).application);
  const alternatives = applications.map((application, index): Alternative => {
    const own = (slotsOf.get(index) ?? []).map((slot) => at(slots, slot));
    const grantable = own.filter(({ filler: { code } }) => code === undefined || !offer.homeCodes.has(code));
    return { index, application, slots: grantable, set: application.set.join() };
  });
  const free = alternatives.filter(({ application }) => application.revision.terms.limits.length === 0);
  const left = new Set(dominated(free, awardedBy(alternatives), capped));
  if (capped) return { taken: new Set(), left };
  const open = alternatives.filter(({ index }) => !left.has(index));
  return { left, taken: new Set(unrivalled(open)) };
}

/** An application with those of its awards that may be granted. */
interface Alternative {
  readonly index: number;
  readonly application: Application;
  readonly slots: readonly Slot[];
  /** The same for the same completions. */
  readonly set: string;
}

type Awarded = ReadonlyMap<string, readonly Alternative[]>;

/** The applications that award a receiving course, by its normalised code; once for each such award. */
function awardedBy(alternatives: readonly Alternative[]): Awarded {
  const pairs = alternatives.flatMap((alternative) => alternative.slots.map(({ filler }) => ({ alternative, code: filler.code })));
  return new Map([...groupBy(pairs, ({ code }) => code)].map(([code, group]) => [code, group.map(({ alternative }) => alternative)]));
}

/**
 * Applications that another does more for: of the same completions, it may stand wherever the one may, counts and loses no worse, and is of the same
 * course or of one that no application on other completions awards. In any allocation it can take the one's place, which is better in a level of §7, or in
 * the order.
 */
function dominated(free: readonly Alternative[], awarded: Awarded, capped: boolean): readonly number[] {
  const onSameSet = [...groupBy(free, ({ set }) => set).values()].filter((rivals) => rivals.length > 1);
  return onSameSet.flatMap((rivals) =>
    rivals.filter((weak) => rivals.some((other) => dominates(other, weak, awarded, capped))).map(({ index }) => index),
  );
}

function dominates(a: Alternative, b: Alternative, awarded: Awarded, capped: boolean): boolean {
  const [[first, ...more], [second, ...others]] = [a.slots, b.slots];
  if (a === b || first === undefined || second === undefined || more.length > 0 || others.length > 0) return false;
  const gain = first.filler.credits - second.filler.credits;
  return (
    (gain > 0 ? !capped : gain === 0 && a.index < b.index) &&
    first.passFail === second.passFail &&
    lossOf(a, first) <= lossOf(b, second) &&
    second.leaves.every((leaf) => first.leaves.includes(leaf)) &&
    (first.filler.code === second.filler.code || !isContested(a, first.filler.code, awarded))
  );
}

function lossOf({ application }: Alternative, { filler }: Slot): number {
  return Math.max(0, application.convertedSum - filler.credits);
}

/** Whether an application on other completions awards the same course. */
function isContested({ set }: Alternative, code: string | undefined, awarded: Awarded): boolean {
  const rivals = code === undefined ? undefined : awarded.get(code);
  return rivals?.some((other) => other.set !== set) === true;
}

/**
 * Applications whose completions and courses no other wants, with credits to count: taking them costs nothing, and more credits are recognised
 * (§7.3).
 */
function unrivalled(open: readonly Alternative[]): readonly number[] {
  const uses = open.flatMap(({ application }) => application.set);
  const usesOf = groupBy(uses, (completion) => completion);
  const awarded = awardedBy(open);
  const isAlone = ({ application, slots }: Alternative): boolean =>
    application.revision.terms.limits.length === 0 &&
    application.set.every((completion) => usesOf.get(completion)?.length === 1) &&
    slots.every(({ filler: { code } }) => code === undefined || awarded.get(code)?.length === 1) &&
    slots.some(({ filler }) => filler.credits > 0);
  return open.filter(isAlone).map(({ index }) => index);
}
