import { creditsAsRational, multiply, parseRational, rational, roundToStep, thousandths, type Thousandths } from '../../kernel/index.js';
import type { TransferPolicy } from '../../programmes/domain/index.js';
import type { Application } from './candidate.js';
import type { EvaluationInput } from './input.js';
import type { Slot } from './slots.js';
import { mayShare, type Node, type RequirementTree } from './requirements.js';
import type { CapBinding } from './result.js';

/** A cap of the programme (docs/evaluation.md §5.5) over some slots, in some leaves or, without leaves, on what they count at all. */
export interface Cap {
  readonly kind: 'credits' | 'number';
  /** Thousandths, or a number of fillings. */
  readonly maximum: number;
  readonly slots: ReadonlySet<number>;
  readonly leaves?: ReadonlySet<number>;
  readonly binding: CapBinding;
}

/** The caps that what is on offer could exceed; the others constrain nothing. */
export function capsThatMayBind(
  input: EvaluationInput,
  tree: RequirementTree,
  slots: readonly Slot[],
  applications: readonly Application[],
): readonly Cap[] {
  const caps = [...policyCaps(input.programme.policy, thousandths(input.programme.totalCredits), slots), ...nodeCaps(tree, slots)];
  return caps.filter((cap) =>
    cap.kind === 'number'
      ? possibleFillings(cap, slots) > cap.maximum
      : availableCredits(cap.slots, slots, applications) * timesCounted(cap, tree, slots) > cap.maximum,
  );
}

/** How often an award may count under a cap: once, unless requirements below it share. */
function timesCounted({ slots: capped, leaves }: Cap, tree: RequirementTree, slots: readonly Slot[]): number {
  const below = tree.leaves.flatMap((leaf, index) => (leaves?.has(index) === true ? [leaf] : []));
  if (!below.some((leaf) => below.some((other) => leaf !== other && mayShare(leaf, other)))) return 1;
  return Math.max(1, ...[...capped].map((slot) => slots[slot]?.leaves.filter((leaf) => leaves?.has(leaf) === true).length ?? 0));
}

/** Every leaf that a slot of the cap could fill; where requirements share, it may fill several. */
function possibleFillings({ slots: capped, leaves }: Cap, slots: readonly Slot[]): number {
  return [...capped].reduce((sum, slot) => sum + (slots[slot]?.leaves.filter((leaf) => leaves?.has(leaf) === true).length ?? 0), 0);
}

function policyCaps(policy: TransferPolicy, total: Thousandths, slots: readonly Slot[]): Cap[] {
  const select = (wanted: (slot: Slot) => boolean): Set<number> =>
    new Set([...slots.keys()].filter((index) => slots[index] !== undefined && wanted(slots[index])));
  const caps: Cap[] = [];
  const transferred = transferredCap(policy, total);
  if (transferred !== undefined) caps.push({ kind: 'credits', ...transferred, slots: select((slot) => slot.transferred) });
  if (policy.maximumMoocCredits !== undefined) {
    const maximum = thousandths(policy.maximumMoocCredits);
    caps.push({ kind: 'credits', maximum, slots: select(({ mooc }) => mooc), binding: { kind: 'maximumMoocCredits' } });
  }
  if (policy.passFail?.maximumCredits !== undefined) {
    const maximum = thousandths(policy.passFail.maximumCredits);
    caps.push({ kind: 'credits', maximum, slots: select(({ passFail }) => passFail), binding: { kind: 'passFail' } });
  }
  return caps;
}

/** The smallest of the absolute cap, the share of the total, and what residency leaves. */
function transferredCap(policy: TransferPolicy, total: Thousandths): Pick<Cap, 'maximum' | 'binding'> | undefined {
  const options: Pick<Cap, 'maximum' | 'binding'>[] = [];
  if (policy.maximumTransferredCredits !== undefined) {
    options.push({ maximum: thousandths(policy.maximumTransferredCredits), binding: { kind: 'maximumTransferredCredits' } });
  }
  const share = policy.maximumTransferredShare === undefined ? undefined : parseRational(policy.maximumTransferredShare);
  if (share !== undefined) {
    const maximum = Number(roundToStep(multiply(multiply(share, creditsAsRational(total)), rational(1000)), 1n, 'down'));
    options.push({ maximum, binding: { kind: 'maximumTransferredCredits' } });
  }
  if (policy.residencyCredits !== undefined) {
    options.push({ maximum: Math.max(0, total - thousandths(policy.residencyCredits)), binding: { kind: 'residencyCredits' } });
  }
  return options.sort((a, b) => a.maximum - b.maximum)[0];
}

function nodeCaps(tree: RequirementTree, slots: readonly Slot[]): Cap[] {
  return tree.nodes.flatMap((node): Cap[] => {
    const { transfer } = node.requirement;
    if (transfer === undefined) return [];
    const leaves = new Set([...tree.leaves.keys()].filter((leaf) => isBelow(tree.leaves[leaf], node)));
    const credited = new Set([...leaves].filter((leaf) => tree.leaves[leaf]?.requirement.kind !== 'course'));
    const fitting = [...slots.keys()].filter((index) => slots[index]?.transferred === true);
    const binding = { kind: 'requirementTransfer', id: node.id } as const;
    const caps: Cap[] = [];
    if (transfer.maximumCourses !== undefined) {
      const placeable = fitting.filter((index) => slots[index]?.leaves.some((leaf) => leaves.has(leaf)) === true);
      caps.push({ kind: 'number', maximum: transfer.maximumCourses, slots: new Set(placeable), leaves, binding });
    }
    if (transfer.maximumCredits !== undefined) {
      caps.push({ kind: 'credits', maximum: thousandths(transfer.maximumCredits), slots: new Set(fitting), leaves: credited, binding });
    }
    return caps;
  });
}

function isBelow(node: Node | undefined, ancestor: Node): boolean {
  for (let at = node; at !== undefined; at = at.parent) if (at === ancestor) return true;
  return false;
}

/**
 * No allocation counts more than this of some slots: home courses whole, and of each completion the greatest share it has in an
 * application (an application's credits spread evenly over its completions).
 */
function availableCredits(wanted: ReadonlySet<number>, slots: readonly Slot[], applications: readonly Application[]): Thousandths {
  const perApplication = new Map<number, number>();
  let sum = 0;
  for (const index of wanted) {
    const slot = slots[index];
    if (slot === undefined) continue;
    if (slot.application === undefined) sum += slot.filler.credits;
    else perApplication.set(slot.application, (perApplication.get(slot.application) ?? 0) + slot.filler.credits);
  }
  const share = new Map<number, number>();
  for (const [index, credits] of perApplication) {
    const set = applications[index]?.set ?? [];
    for (const completion of set) share.set(completion, Math.max(share.get(completion) ?? 0, Math.ceil(credits / set.length)));
  }
  return [...share.values()].reduce((total, credits) => total + credits, sum);
}
