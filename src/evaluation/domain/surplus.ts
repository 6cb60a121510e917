import type { Thousandths } from '../../kernel/index.js';
import type { RequirementTree } from './requirements.js';
import type { Placement, Slot } from './slots.js';
import { stages, type Program, type Term } from './solver/program.js';

/** What an award has beyond the need of the requirement it fills, counted in free electives (docs/evaluation.md §5.6). */
export interface Surplus {
  readonly slot: number;
  readonly from: number;
  readonly to: number;
  /** How much, in units. */
  readonly column: number;
  /** Whether any. */
  readonly choice: number;
}

/** What of the model surplus is built on. */
export interface SurplusParts {
  readonly program: Program;
  readonly tree: RequirementTree;
  readonly slots: readonly Slot[];
  readonly waived: ReadonlySet<string>;
  readonly unit: Thousandths;
  readonly counted: readonly (number | undefined)[];
  readonly placements: readonly Placement[];
}

/** Adds the columns and rows of every possible surplus, except that a credit requirement must be complete: the model adds that once it knows. */
export function addSurplus(parts: SurplusParts): readonly Surplus[] {
  const { tree, waived, slots, counted, placements } = parts;
  const electives = tree.leaves.flatMap((node, leaf) => (node.requirement.kind === 'freeElectives' && !waived.has(node.id) ? [leaf] : []));
  return slots.flatMap((slot, index) => {
    const amount = counted[index];
    if (amount === undefined || slot.filler.effect !== 'credit') return [];
    const own = placements.filter((placement) => placement.slot === index);
    return own.flatMap((placement) => surplusOf(parts, slot, amount, placement, own, electives));
  });
}

function surplusOf(
  { program, tree, unit }: SurplusParts,
  slot: Slot,
  counted: number,
  placement: Placement,
  own: readonly Placement[],
  electives: readonly number[],
): readonly Surplus[] {
  const node = tree.leaves[placement.leaf];
  const most = (slot.filler.credits - (node?.requirement.kind === 'course' ? node.need : 0)) / unit;
  const targets = electives.filter((leaf) => leaf !== placement.leaf);
  if (node?.requirement.kind === 'freeElectives' || most <= 0 || targets.length === 0) return [];
  const surpluses = targets.map((to): Surplus => {
    const largest = Math.min(most, (tree.leaves[to]?.need ?? 0) / unit);
    const column = program.addColumn(largest, stages.consequence);
    const choice = program.addColumn(1, stages.placement);
    program.addRow(
      [
        [column, 1],
        [choice, -largest],
      ],
      0,
    );
    return { slot: placement.slot, from: placement.leaf, to, column, choice };
  });
  const choices = surpluses.map(({ choice }): Term => [choice, 1]);
  const sum = surpluses.map(({ column }): Term => [column, 1]);
  program.addRow([...choices, [placement.column, -1]], 0);
  program.addRow([...sum, ...placement.amount, [counted, -1]], 0);
  for (const other of own) if (other !== placement) program.addRow([...choices, [other.column, 1]], 1);
  return surpluses;
}
