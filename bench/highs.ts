import type { LegacyHighs } from 'highs';
import { evaluate, workBudgets, type EvaluationInput } from '../src/evaluation/domain/index.js';
import { findCandidates } from '../src/evaluation/domain/candidates.js';
import { withoutTwins } from '../src/evaluation/domain/twins.js';
import { buildModel } from '../src/evaluation/domain/model.js';
import { levelsOf } from '../src/evaluation/domain/objectives.js';
import type { Program, Row } from '../src/evaluation/domain/solver/program.js';
import { randomKinds, type RandomKind } from './kinds.js';
import { sum, timed } from './measure.js';
import { figure, heading, Table, type Column } from './table.js';

/** What HiGHS may take for all levels of one instance. */
const limitMs = 2000;
const firstSeed = 7000;
const instancesOfAKind = 4;
/** Levels that HiGHS is asked for: the order of applications is not a sum. */
const levelsCompared = 5;

interface Proof {
  /** Levels 1 to 5 proven within the limit, from the first. */
  readonly levels: number;
  readonly values: readonly string[];
  readonly ms: number;
}

interface Line {
  readonly kind: RandomKind;
  readonly pairs: readonly { readonly seed: number; readonly ours: Proof; readonly highs: Proof }[];
}

/** Levels proven with a worker's budget, beside what HiGHS proves in the same time on the same programmes, one level after another. */
export async function benchAgainstHighs(): Promise<void> {
  heading(
    `Against HiGHS (WASM): levels 1 to 5 proven, thorough budget of ${figure(workBudgets.thorough / 1e6)} million units, HiGHS ${figure(limitMs / 1000)} s`,
  );
  const highs = await loadHighs();
  const table = new Table<Line>(columns, 32);
  const losses: string[] = [];
  for (const kind of hardKinds()) {
    const seeds = Array.from({ length: instancesOfAKind }, (_, index) => firstSeed + index);
    const pairs = seeds.map((seed) => ({ seed, ...compare(highs, kind.make(seed)) }));
    table.print({ kind, pairs });
    losses.push(...pairs.filter(({ ours, highs: other }) => ours.levels < other.levels).map((pair) => lossText(kind, pair)));
  }
  console.log(losses.length === 0 ? 'HiGHS proves more nowhere' : `HiGHS proves more in ${String(losses.length)}:\n${losses.join('\n')}`);
}

/** The package's types describe its CommonJS build; the module's default export is the loader itself. */
async function loadHighs(): Promise<LegacyHighs> {
  const load: unknown = (await import('highs')).default;
  const highs: unknown = typeof load === 'function' ? await Reflect.apply(load, undefined, []) : undefined;
  if (!isHighs(highs)) throw new Error('the package highs has no solver');
  return highs;
}

function isHighs(candidate: unknown): candidate is LegacyHighs {
  return typeof candidate === 'object' && candidate !== null && 'solve' in candidate && typeof candidate.solve === 'function';
}

/** Where the interactive budget proves all there is nothing to compare. */
function hardKinds(): readonly RandomKind[] {
  return randomKinds().filter(({ name }) => name.includes('all') || (name.includes('caps') && !name.startsWith('small')));
}

function compare(highs: LegacyHighs, input: EvaluationInput): { readonly ours: Proof; readonly highs: Proof } {
  const { result, took } = timed(() => evaluate(input, { workBudget: workBudgets.thorough }));
  const { remainingStudy, requirementsCompleted, recognisedCredits, completionsConsumed, loss } = result.objective;
  const values = [remainingStudy, requirementsCompleted, recognisedCredits, completionsConsumed, loss].map(String);
  const ours = { levels: Math.min(result.provenLevels, levelsCompared), values, ms: took.wall };
  // On a machine that is busy with other things our budget takes longer, and HiGHS gets as long.
  return { ours, highs: proveWithHighs(highs, input, Math.max(limitMs, took.wall)) };
}

function proveWithHighs(highs: LegacyHighs, input: EvaluationInput, milliseconds: number): Proof {
  const candidates = withoutTwins(findCandidates(input));
  const model = buildModel(input, candidates);
  const levels = levelsOf(model, candidates.applications);
  const kept: string[] = [];
  const values: string[] = [];
  const start = performance.now();
  for (const { objective } of levels) {
    const left = milliseconds - (performance.now() - start);
    const found = left <= 0 ? undefined : solve(highs, programText(model.program, objective, kept), left / 1000);
    if (found === undefined || performance.now() - start > milliseconds) break;
    values.push(String(found));
    kept.push(`${formText(objective)} >= ${String(found)}`);
  }
  return { levels: values.length, values, ms: performance.now() - start };
}

/** The optimum, or undefined when the time was too short to prove one. */
function solve(highs: LegacyHighs, text: string, seconds: number): number | undefined {
  const { Status, ObjectiveValue } = highs.solve(text, { time_limit: seconds, mip_rel_gap: 0, mip_abs_gap: 0.5 });
  return Status === 'Optimal' ? Math.round(ObjectiveValue) : undefined;
}

/** CPLEX LP format. */
function programText({ rows, upper }: Program, objective: Row, kept: readonly string[]): string {
  const names = upper.map((_, column) => `x${String(column)}`);
  return [
    'Maximize',
    ` z: ${formText(objective)}`,
    'Subject To',
    ...[...rows.map((row) => `${formText(row)} <= ${String(row.bound)}`), ...kept].map((row, index) => ` r${String(index)}: ${row}`),
    'Bounds',
    ...upper.map((most, column) => ` 0 <= x${String(column)} <= ${String(most)}`),
    'Generals',
    ` ${names.join(' ')}`,
    'End',
  ].join('\n');
}

function formText({ columns: of, coefficients }: Row): string {
  const terms = [...of].map((column, term) => {
    const coefficient = coefficients[term] ?? 0;
    return `${coefficient < 0 ? '-' : '+'} ${String(Math.abs(coefficient))} x${String(column)}`;
  });
  return terms.length === 0 ? '0 x0' : terms.join(' ');
}

function lossText({ name }: RandomKind, { seed, ours, highs }: Line['pairs'][number]): string {
  return `  ${name}, seed ${String(seed)}: ours ${ours.values.slice(0, ours.levels + 1).join(' ')} (${String(ours.levels)} proven), HiGHS ${highs.values.join(' ')}`;
}

function averageOf(one: (pair: Line['pairs'][number]) => number): (line: Line) => string {
  return ({ pairs }) => figure(sum(pairs.map(one)) / pairs.length);
}

const columns: readonly Column<Line>[] = [
  { heading: 'instances', of: ({ kind }) => kind.name, isText: true },
  { heading: 'n', of: ({ pairs }) => String(pairs.length) },
  { heading: 'levels', of: averageOf(({ ours }) => ours.levels) },
  { heading: 'HiGHS', of: averageOf(({ highs }) => highs.levels) },
  { heading: 'ms', of: averageOf(({ ours }) => ours.ms) },
  { heading: 'HiGHS', of: averageOf(({ highs }) => highs.ms) },
  { heading: 'fewer', of: ({ pairs }) => String(pairs.filter(({ ours, highs }) => ours.levels < highs.levels).length) },
  { heading: 'more', of: ({ pairs }) => String(pairs.filter(({ ours, highs }) => ours.levels > highs.levels).length) },
];
