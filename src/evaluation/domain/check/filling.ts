import { at, type Thousandths } from '../../../kernel/index.js';
import type { Fill } from '../result.js';
import type { Filler } from './awards.js';
import type { Facts } from './facts.js';
import { areSharing, type ReadProgramme, type ReadRequirement } from './programme.js';
import { amountOf, isAscending } from './values.js';
import type { Report } from './violation.js';

/** What stands in each leaf, by the position of the requirement. */
export interface Filled {
  /** Amounts that count in it, surplus included. */
  readonly counted: readonly Thousandths[];
  /** How many awards and home courses fill it. */
  readonly times: readonly number[];
}

/** A fill of a requirement that exists and is a leaf. */
interface KnownFill {
  readonly fill: Fill;
  readonly leaf: ReadRequirement;
}

/** §5.4 to §5.6 on requirements: who fills what, with how much. */
export function checkFilling(facts: Facts, programme: ReadProgramme, fillers: readonly Filler[], report: Report): Filled {
  const counted = programme.nodes.map(() => 0);
  const times = programme.nodes.map(() => 0);
  const known = fillers.map((filler) => ({ filler, fills: fillsOf(facts, programme, filler, report) }));
  for (const { fills } of known) {
    for (const { fill, leaf } of fills) {
      counted[leaf.position] = at(counted, leaf.position) + amountOf(fill.credits);
      if (!fill.surplus) times[leaf.position] = at(times, leaf.position) + 1;
    }
  }
  for (const { requirement, need, position, leaf } of programme.nodes) {
    if (!leaf) continue;
    const sum = at(counted, position);
    if (requirement.kind === 'course' && at(times, position) > 1) report('filledTwice', requirement.id);
    if (requirement.kind !== 'course' && sum > need) report('overfilled', `${requirement.id}: ${String(sum)} thousandths`);
  }
  for (const { filler, fills } of known) {
    checkMainFills(filler, fills, report);
    checkSurplus(facts, filler, fills, counted, report);
  }
  checkNodeCaps(programme, known, report);
  return { counted, times };
}

/** The fills whose requirement exists; each one is held against §5.4 by itself. */
function fillsOf(facts: Facts, programme: ReadProgramme, filler: Filler, report: Report): readonly KnownFill[] {
  return filler.fills.flatMap((fill) => {
    const leaf = programme.byId.get(fill.requirement);
    if (leaf?.leaf !== true) {
      report('unknownRequirement', `${fill.requirement} is no leaf of the programme`, filler.path);
      return [];
    }
    if (facts.waivedRequirements.has(fill.requirement)) report('waivedRequirement', `${fill.requirement} needs nothing`, filler.path);
    if (!leaf.takes(filler)) report('fill', `${fill.requirement} does not take this`, filler.path);
    const { electivesOnly } = facts.input.programme.policy;
    const clause = electivesOnly === 'transferred' ? filler.transferred : electivesOnly === 'mooc' && filler.mooc;
    if (clause && leaf.requirement.kind === 'course' && !filler.mayFillNamed) report('electivesOnly', fill.requirement, filler.path);
    return [{ fill, leaf }];
  });
}

/** One requirement, or several that pairwise share; what counts there is at most what counts. */
function checkMainFills(filler: Filler, fills: readonly KnownFill[], report: Report): void {
  const main = fills.filter(({ fill }) => !fill.surplus);
  const sorted = isAscending(filler.fills.map(({ requirement, surplus }) => `${surplus ? '1' : '0'}${requirement}`));
  if (!sorted) report('order', 'fills are not sorted, or twice the same', `${filler.path}/fills`);
  for (const [index, { fill, leaf }] of main.entries()) {
    const others = main.slice(0, index);
    if (!others.every((other) => other.leaf === leaf || areSharing(other.leaf, leaf))) report('notShared', fill.requirement, filler.path);
    const credits = amountOf(fill.credits);
    const fits = leaf.requirement.kind === 'course' ? credits === Math.min(filler.counted, leaf.need) : credits <= filler.counted;
    if (!fits) report('fillCredits', `${fill.requirement}: ${String(credits)} of ${String(filler.counted)} thousandths`, filler.path);
  }
}

/** §5.6. */
function checkSurplus(facts: Facts, filler: Filler, fills: readonly KnownFill[], counted: readonly Thousandths[], report: Report): void {
  const surplus = fills.filter(({ fill }) => fill.surplus);
  if (surplus.length === 0) return;
  const main = fills.filter(({ fill }) => !fill.surplus);
  const [from, into] = [main[0], surplus[0]];
  const single = main.length === 1 && surplus.length === 1 && into?.leaf.requirement.kind === 'freeElectives';
  const most = from === undefined ? 0 : mostSurplus(filler, from, counted);
  const credits = into === undefined ? 0 : amountOf(into.fill.credits);
  if (facts.input.programme.policy.surplusToElectives !== true || !single || credits > most || credits === 0) {
    report('surplus', `${String(credits)} of at most ${String(most)} thousandths`, filler.path);
  }
}

/** What an award may count as free electives besides the requirement it fills. */
function mostSurplus({ credits, counted }: Filler, { fill, leaf }: KnownFill, inLeaves: readonly Thousandths[]): Thousandths {
  if (leaf.requirement.kind === 'course') return Math.min(counted, Math.max(0, credits - leaf.need));
  if (leaf.requirement.kind !== 'credits' || at(inLeaves, leaf.position) < leaf.need) return 0;
  return counted - amountOf(fill.credits);
}

/** `transfer` on a node: how many transferred awards fill leaves below it, and what they count in credit leaves there. */
function checkNodeCaps(
  { capped }: ReadProgramme,
  known: readonly { readonly filler: Filler; readonly fills: readonly KnownFill[] }[],
  report: Report,
): void {
  for (const node of capped) {
    const below = known.flatMap(({ filler, fills }) => (filler.transferred ? fills.filter(({ leaf }) => isBelow(leaf, node)) : []));
    const courses = below.filter(({ fill }) => !fill.surplus).length;
    const inCreditLeaves = below.filter(({ leaf }) => leaf.requirement.kind !== 'course');
    const credits = inCreditLeaves.reduce((sum, { fill }) => sum + amountOf(fill.credits), 0);
    const { maximumCourses = Infinity, maximumCredits = Infinity } = node.requirement.transfer ?? {};
    if (courses > maximumCourses || credits > amountOf(maximumCredits)) {
      report('requirementTransfer', `${node.requirement.id}: ${String(courses)} awards, ${String(credits)} thousandths`);
    }
  }
}

function isBelow(leaf: ReadRequirement, node: ReadRequirement): boolean {
  for (let at: ReadRequirement | undefined = leaf; at !== undefined; at = at.parent) if (at === node) return true;
  return false;
}
