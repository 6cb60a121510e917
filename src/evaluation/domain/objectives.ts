import { at } from '../../kernel/index.js';
import { gcd, groupBy } from './arithmetic.js';
import type { Application } from './candidate.js';
import { addRow, always, constantOf, negated, never, openTerms } from './constants.js';
import type { Model } from './model.js';
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
      applications.map(({ set }, index): Term => [at(model.taken, index), -set.length]),
      1,
    ),
    leastLoss(model, applications),
  ];
}

function level(terms: readonly Term[], scale: number): Level {
  const objective = toRow(openTerms(terms), 0);
  return { objective, unit: Math.max(1, objective.coefficients.reduce(gcd, 0)), scale };
}

/**
 * Level 1. The remaining study of "n of" is that of the n parts with the least: the others may be set aside. What is maximised is what is met
 * of each leaf, where a leaf set aside counts as met whole. A node's `aside` columns: any of them is 1 when it is set aside.
 */
function leastRemaining(model: Model): Term[] {
  const terms: Term[] = [];
  const visit = (node: Node, aside: number | undefined): void => {
    const decided = decidedRemaining(model, node);
    if (decided !== undefined) {
      if (aside !== undefined) terms.push([aside, decided]);
      return;
    }
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
    addRow(model.program, [...columns.map((column): Term => [column, 1]), ...own], open.length - count);
    open.forEach((child, index) => {
      visit(child, columns[index]);
    });
  };
  visit(model.tree.root, undefined);
  return terms;
}

/** What remains of a node below which nothing is open, in units; undefined where something is. */
function decidedRemaining(model: Model, node: Node): number | undefined {
  if (model.waived.has(node.id)) return 0;
  if (isLeaf(node)) {
    const filled = filledOf(model, node);
    if (openTerms(filled).length > 0) return undefined;
    const need = node.need / model.unit;
    return Math.max(0, need - constantOf(filled) * (node.requirement.kind === 'course' ? need : 1));
  }
  const parts = node.children.map((child) => decidedRemaining(model, child));
  const known = parts.filter((part) => part !== undefined).sort((a, b) => a - b);
  return known.length < parts.length ? undefined : known.slice(0, node.count).reduce((sum, part) => sum + part, 0);
}

function filledOf({ filled, tree }: Model, leaf: Node): readonly Term[] {
  return at(filled, tree.leaves.indexOf(leaf));
}

function metOfLeaf(model: Model, node: Node, aside: number | undefined): readonly Term[] {
  const filled = filledOf(model, node);
  const need = node.need / model.unit;
  const named = node.requirement.kind === 'course';
  if (aside === undefined) return named ? filled.map(([column, amount]): Term => [column, amount * need]) : filled;
  const whole = named ? 1 : need;
  const met = model.program.addColumn(whole, stages.consequence);
  addRow(model.program, [[met, 1], [aside, -whole], ...negated(filled)], 0);
  return [[met, named ? need : 1]];
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
  const needed = node.count - (parts.length - open.length);
  if (needed <= 0) return undefined;
  const undecided = open.filter((part) => constantOf(part) === 0);
  const wanted = needed - (open.length - undecided.length);
  if (wanted <= 0) return [[always, 1]];
  const possible = undecided.filter((part) => part.length > 0);
  const [only] = possible;
  if (only === undefined || possible.length < wanted) return [];
  if (possible.length === 1) return only;
  const column = model.program.addColumn(1, stages.consequence);
  // "All" needs each part by itself: sharper than n times the node against the sum.
  if (wanted === possible.length) for (const part of possible) addRow(model.program, [[column, 1], ...negated(part)], 0);
  else addRow(model.program, [[column, wanted], ...possible.flatMap(negated)], 0);
  return [[column, 1]];
}

/** Level 3, in units. */
function mostRecognised(model: Model): Term[] {
  return model.slots.flatMap((slot, index) => (slot.transferred ? countedTerms(model, index) : []));
}

/** What a slot counts, in units. */
function countedTerms(model: Model, index: number): readonly Term[] {
  const { filler } = at(model.slots, index);
  if (filler.credits === 0) return [];
  const counted = model.counted[index];
  return counted === undefined ? [[at(model.granted, index), filler.credits / model.unit]] : [[counted, 1]];
}

/** Level 5: what an application brings in beyond what its awards count, in the greatest unit that divides all of it. */
function leastLoss(model: Model, applications: readonly Application[]): Level {
  const unit = applications.reduce((common, { convertedSum }) => gcd(common, convertedSum), model.unit);
  const slotsOf = groupBy(model.slots.keys(), (slot) => model.slots[slot]?.application);
  const terms = applications.flatMap(({ convertedSum }, index): readonly Term[] => {
    const taken = at(model.taken, index);
    if (taken === never) return [];
    const counted = (slotsOf.get(index) ?? [])
      .flatMap((slot) => countedTerms(model, slot))
      .filter(([column]) => column !== never)
      .map(([column, amount]): Term => [column, (amount * model.unit) / unit]);
    const converted = convertedSum / unit;
    if (counted.every(([column]) => column === taken)) {
      const whole = counted.reduce((sum, [, amount]) => sum + amount, 0);
      return [[taken, -Math.max(0, converted - whole)]];
    }
    const loss = model.program.addColumn(converted, stages.burden);
    addRow(model.program, [[taken, converted], ...negated(counted), [loss, -1]], 0);
    return [[loss, -1]];
  });
  return level(terms, unit);
}

/** Level 6, column by column: applications, then grants, then placements in the order of awards and requirements. */
export function orderColumns(model: Model): readonly number[] {
  const grants = model.slots.flatMap(({ award }, index) => (award === undefined ? [] : at(model.granted, index)));
  return [...model.taken, ...grants, ...model.placements.map(({ column }) => column)].filter((column) => column >= 0);
}

/** What is still open after level 6, in the order in which it is made as large as possible. */
export function amountColumns(model: Model): readonly number[] {
  const counted = model.slots.map(({ home }, slot) => model.counted[slot] ?? (home === undefined ? never : at(model.granted, slot)));
  const placed = model.placements.flatMap(({ slot, amount }) => (model.counted[slot] === undefined ? [] : amount));
  const columns = [...counted, ...placed.map(([column]) => column), ...model.surpluses.map(({ column }) => column)];
  return columns.filter((column) => column >= 0);
}
