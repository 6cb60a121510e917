import { at } from '../../../kernel/index.js';
import { indexAt, numberAt } from './entries.js';
import { toRow, type Program, type Row, type Term } from './program.js';

/** A row `column ≤ times · limit`: where the limit is 0 the column is. */
interface Implication {
  readonly row: Row;
  readonly column: number;
  readonly limit: number;
  readonly times: number;
}

/**
 * The rows of a programme with the same whole points and a sharper relaxation: where at most one of several parts of a whole can be there, their sum is no more
 * than the whole, which says more than that each is. Such are the amounts that an award counts in requirements of which it fills one: the relaxation would
 * spread the award over all of them and count it whole in each.
 */
export function sharpenedRows(program: Program): Row[] {
  const implications = program.rows.flatMap(implicationOf);
  const cliquesOf = cliquesByColumn(program);
  const switchesOf = groupsOf(implications, ({ column }) => column);
  const replaced = new Set<Row>();
  const sums: Row[] = [];
  for (const parts of groupsOf(
    implications.filter(({ times }) => times === 1),
    ({ limit }) => limit,
  ).values()) {
    for (const set of exclusiveSets(parts, switchesOf, cliquesOf)) {
      for (const { row } of set) replaced.add(row);
      sums.push(toRow([...set.map(({ column }): Term => [column, 1]), [at(set, 0).limit, -1]], 0));
    }
  }
  return [...program.rows.filter((row) => !replaced.has(row)), ...sums];
}

function implicationOf(row: Row): Implication[] {
  const { columns, coefficients, bound } = row;
  if (columns.length !== 2 || bound !== 0) return [];
  const positive = coefficients.indexOf(1);
  if (positive < 0) return [];
  const times = -numberAt(coefficients, 1 - positive);
  return times > 0 ? [{ row, column: indexAt(columns, positive), limit: indexAt(columns, 1 - positive), times }] : [];
}

/** By 0/1 column the rows that allow one of their columns at most, of those that they do not lower. */
function cliquesByColumn(program: Program): ReadonlyMap<number, readonly Row[]> {
  const pairs = program.rows.flatMap((row) => {
    const raising = [...row.columns].filter((_, term) => numberAt(row.coefficients, term) > 0);
    return isClique(row, raising, program) ? raising.map((column) => ({ row, column })) : [];
  });
  return new Map([...groupsOf(pairs, ({ column }) => column)].map(([column, own]) => [column, own.map(({ row }) => row)]));
}

/** Whether two of the raising columns are too many even where all that lowers the row does. */
function isClique({ columns, coefficients, bound }: Row, raising: readonly number[], { upper }: Program): boolean {
  if (raising.length < 2 || raising.some((column) => at(upper, column) !== 1)) return false;
  const least = Math.min(...coefficients.filter((coefficient) => coefficient > 0));
  const lowered = coefficients.reduce((sum, own, term) => sum + Math.min(0, own) * at(upper, indexAt(columns, term)), 0);
  return 2 * least + lowered > bound;
}

/** Parts of one whole of which one can be there at most: each hangs on a switch of its own, and a row allows one of the switches. */
function exclusiveSets(
  parts: readonly Implication[],
  switchesOf: ReadonlyMap<number, readonly Implication[]>,
  cliquesOf: ReadonlyMap<number, readonly Row[]>,
): readonly (readonly Implication[])[] {
  if (parts.length < 2) return [];
  const byClique = new Map<Row, Map<number, Implication>>();
  for (const part of parts) {
    for (const { limit } of switchesOf.get(part.column) ?? []) {
      for (const clique of cliquesOf.get(limit) ?? []) {
        const own = byClique.get(clique) ?? new Map<number, Implication>();
        byClique.set(clique, own.set(limit, part));
      }
    }
  }
  return [...byClique.values()].map((own) => [...new Set(own.values())]).filter((own) => own.length > 1);
}

function groupsOf<Thing>(things: readonly Thing[], keyOf: (thing: Thing) => number): ReadonlyMap<number, Thing[]> {
  const groups = new Map<number, Thing[]>();
  for (const thing of things) {
    const group = groups.get(keyOf(thing));
    if (group === undefined) groups.set(keyOf(thing), [thing]);
    else group.push(thing);
  }
  return groups;
}
