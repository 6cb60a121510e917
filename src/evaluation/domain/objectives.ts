import { gcd, groupBy } from './arithmetic.js';
import type { Application } from './candidate.js';
import { always, type Model } from './model.js';
import { isLeaf, type Node } from './requirements.js';
import { stages, toRow, type Row, type Term } from './solver/program.js';

/** A level of the objective (docs/evaluation.md §7) as a linear form to be maximised; its values are multiples of `unit`. */
export interface Level {
  readonly objective: Row;
  readonly unit: number;
  /** What one of the form stands for: thousandths of a credit, or one of a kind. */
  readonly scale: number;
}

/** Levels 1 to 5. The columns they need are added to the model's programme. */
export function levelsOf(model: Model, applications: readonly Application[]): readonly Level[] {
  return [
    level(leastRemaining(model), model.unit),
    level(mostCompleted(model), 1),
    level(mostRecognised(model), model.unit),
    level(
      applications.map(({ set }, index): Term => [model.taken[index] ?? 0, -set.length]),
      1,
    ),
    leastLoss(model, applications),
  ];
}

function level(terms: readonly Term[], scale: number): Level {
  const objective = toRow(terms, 0);
  return { objective, unit: Math.max(1, objective.coefficients.reduce(gcd, 0)), scale };
}

/**
 * Level 1. The remaining study of "n of" is that of the n parts with the least: the others may be set aside. What is maximised is what is met
 * of each leaf, where a leaf set aside counts as met whole. A node's `aside` columns: any of them is 1 when it is set aside.
 */
function leastRemaining(model: Model): Term[] {
  const terms: Term[] = [];
  const visit = (node: Node, aside: number | undefined): void => {
    if (model.waived.has(node.id)) return;
    if (isLeaf(node)) {
      terms.push(...metOfLeaf(model, node, aside));
      return;
    }
    const open = node.children.filter(({ id }) => !model.waived.has(id));
    const count = Math.max(0, node.count - (node.children.length - open.length));
    if (count >= open.length) {
      for (const child of open) visit(child, aside);
      return;
    }
    const columns = open.map(() => model.program.addColumn(1, stages.consequence));
    const own: Term[] = aside === undefined ? [] : [[aside, -count]];
    model.program.addRow([...columns.map((column): Term => [column, 1]), ...own], open.length - count);
    open.forEach((child, index) => {
      visit(child, columns[index]);
    });
  };
  visit(model.tree.root, undefined);
  return terms;
}

function metOfLeaf(model: Model, node: Node, aside: number | undefined): Term[] {
  const leaf = model.tree.leaves.indexOf(node);
  const filled = model.filled[leaf] ?? [];
  const need = node.need / model.unit;
  const named = node.requirement.kind === 'course';
  if (aside === undefined) return filled.map(([column, amount]): Term => [column, named ? amount * need : amount]);
  if (named) {
    const met = model.program.addColumn(1, stages.consequence);
    model.program.addRow([[met, 1], [aside, -1], ...negated(filled)], 0);
    return [[met, need]];
  }
  const met = model.program.addColumn(need, stages.consequence);
  model.program.addRow([[met, 1], [aside, -need], ...negated(filled)], 0);
  return [[met, 1]];
}

function negated(terms: readonly Term[]): Term[] {
  return terms.map(([column, amount]): Term => [column, -amount]);
}

/** Level 2: every complete node counts one. A node that is complete whatever is done counts nothing here. */
function mostCompleted(model: Model): Term[] {
  const terms: Term[] = [];
  /** What is 1 only when the node is complete; undefined when it always is. */
  const completion = (node: Node): readonly Term[] | undefined => {
    const own = isLeaf(node)
      ? model.completed[model.tree.leaves.indexOf(node)]
      : innerCompletion(model, node, node.children.map(completion));
    if (model.waived.has(node.id)) return undefined;
    if (own !== undefined) terms.push(...own);
    return own;
  };
  completion(model.tree.root);
  return terms;
}

function innerCompletion(model: Model, node: Node, parts: readonly (readonly Term[] | undefined)[]): readonly Term[] | undefined {
  const open = parts.filter((part) => part !== undefined);
  const wanted = node.count - (parts.length - open.length);
  if (wanted <= 0) return undefined;
  const possible = open.filter((part) => part.length > 0);
  if (possible.length < wanted) return [];
  if (possible.length === 1 && possible[0] !== undefined) return possible[0];
  const column = model.program.addColumn(1, stages.consequence);
  // "All" needs each part by itself: sharper than n times the node against the sum.
  if (wanted === possible.length) for (const part of possible) model.program.addRow([[column, 1], ...negated(part)], 0);
  else model.program.addRow([[column, wanted], ...possible.flatMap(negated)], 0);
  return [[column, 1]];
}

/** Level 3, in units. */
function mostRecognised(model: Model): Term[] {
  return model.slots.flatMap((slot, index) => (slot.transferred ? countedTerms(model, index) : []));
}

/** What a slot counts, in units. */
function countedTerms(model: Model, index: number): Term[] {
  const [counted, grant, slot] = [model.counted[index], model.granted[index], model.slots[index]];
  if (slot === undefined || grant === undefined || slot.filler.credits === 0) return [];
  if (counted !== undefined) return [[counted, 1]];
  return grant < 0 ? [] : [[grant, slot.filler.credits / model.unit]];
}

/** Level 5: what an application brings in beyond what its awards count, in the greatest unit that divides all of it. */
function leastLoss(model: Model, applications: readonly Application[]): Level {
  const unit = applications.reduce((common, { convertedSum }) => gcd(common, convertedSum), model.unit);
  const slotsOf = groupBy(model.slots.keys(), (slot) => model.slots[slot]?.application);
  const terms = applications.flatMap(({ convertedSum }, index): Term[] => {
    const taken = model.taken[index] ?? 0;
    const counted = (slotsOf.get(index) ?? [])
      .flatMap((slot) => countedTerms(model, slot))
      .map(([column, amount]): Term => [column, (amount * model.unit) / unit]);
    const converted = convertedSum / unit;
    if (counted.every(([column]) => column === taken)) {
      const whole = counted.reduce((sum, [, amount]) => sum + amount, 0);
      return [[taken, -Math.max(0, converted - whole)]];
    }
    const loss = model.program.addColumn(converted, stages.burden);
    model.program.addRow([[taken, converted], ...negated(counted), [loss, -1]], 0);
    return [[loss, -1]];
  });
  return level(terms, unit);
}

/** Level 6, column by column: applications, then grants, then placements in the order of awards and requirements. */
export function orderColumns(model: Model): readonly number[] {
  const grants = model.slots.flatMap(({ award }, index) => (award === undefined ? [] : (model.granted[index] ?? always)));
  return [...model.taken, ...grants.filter((column) => column >= 0), ...model.placements.map(({ column }) => column)];
}

/** What is still open after level 6, in the order in which it is made as large as possible. */
export function amountColumns(model: Model): readonly number[] {
  const counted = model.slots.flatMap(({ home }, slot): number[] => {
    const [column, grant] = [model.counted[slot], model.granted[slot] ?? always];
    if (column !== undefined) return [column];
    return home !== undefined && grant >= 0 ? [grant] : [];
  });
  const placed = model.placements.flatMap(({ slot, amount }) =>
    model.counted[slot] === undefined ? [] : amount.map(([column]) => column),
  );
  return [...counted, ...placed, ...model.surpluses.map(({ column }) => column)];
}
