import { check, evaluate, workBudgets, type EvaluationInput, type EvaluationResult } from '../src/evaluation/domain/index.js';
import { findCandidates } from '../src/evaluation/domain/candidates.js';
import { randomInstance, sizes } from './instances.js';
import { engineKinds, type Kind } from './kinds.js';
import { quantile, shareOf, sum, timedBest } from './measure.js';
import { figure, heading, percent, Table, type Column } from './table.js';

/** Tries of each instance, the best of which counts. */
const tries = 3;

interface Sample {
  readonly result: EvaluationResult;
  /** Applications that the completions allow. */
  readonly firing: number;
  /** Milliseconds by the clock. */
  readonly evaluation: number;
  readonly check: number;
  /** Milliseconds of the processor for the evaluation. */
  readonly processor: number;
  readonly violations: number;
}

interface Line {
  readonly kind: Kind;
  readonly samples: readonly Sample[];
}

/** How fast the engine is with its interactive budget, how much it proves, and what its check costs. */
export function benchEngine(): void {
  const budget = figure(workBudgets.interactive / 1e6);
  heading(`Engine: milliseconds per evaluation, interactive budget of ${budget} million units, best of ${String(tries)} tries`);
  warmUp();
  const table = new Table<Line>(columns, 42);
  const all = engineKinds().flatMap((kind) => {
    const samples = kind.inputs().map(sampleOf);
    table.print({ kind, samples });
    return samples;
  });
  const rates = all.filter(({ result }) => result.work.spent > 1e6).map(({ result, processor }) => result.work.spent / processor);
  console.log(
    `units of work per ms, where a million or more were spent: p50 ${figure(quantile(rates, 0.5))}, least ${figure(quantile(rates, 0))}`,
  );
  console.log(`results that the check refuses: ${String(all.filter(({ violations }) => violations > 0).length)} of ${String(all.length)}`);
}

/** Lets the compiler see every part of the engine before anything is timed. */
function warmUp(): void {
  for (let seed = 0; seed < 100; seed += 1) {
    const input = randomInstance(seed % 2 === 0 ? sizes.small : sizes.typical, seed % 3 === 0 ? 1 : 0.25, seed % 4 < 2, seed);
    check(input, evaluate(input, { workBudget: 2_000_000 }));
  }
}

function sampleOf(input: EvaluationInput): Sample {
  // The first try compiles the rules, which the service does once a revision.
  const { result, took } = timedBest(tries, () => evaluate(input));
  const checked = timedBest(tries, () => check(input, result));
  return {
    result,
    firing: findCandidates(input).applications.length,
    evaluation: took.wall,
    check: checked.took.wall,
    processor: took.processor,
    violations: checked.result.length,
  };
}

function timesOf(name: string, time: (sample: Sample) => number): Column<Line>[] {
  const at = (share: number) => (line: Line) => figure(quantile(line.samples.map(time), share));
  return [
    { heading: `${name}p50`, of: at(0.5) },
    { heading: 'p99', of: at(0.99) },
    { heading: 'max', of: at(1) },
  ];
}

function provenTo(levels: number): (line: Line) => string {
  return ({ samples }) => percent(shareOf(samples, ({ result }) => result.provenLevels >= levels));
}

const columns: readonly Column<Line>[] = [
  { heading: 'instances', of: ({ kind }) => kind.name, isText: true },
  { heading: 'n', of: ({ samples }) => String(samples.length) },
  { heading: 'firing', of: ({ samples }) => figure(sum(samples.map(({ firing }) => firing)) / samples.length) },
  { heading: '1/s/core', of: ({ samples }) => figure((1000 * samples.length) / sum(samples.map(({ processor }) => processor))) },
  ...timesOf('', ({ evaluation }) => evaluation),
  ...timesOf('+check ', ({ evaluation, check: checked }) => evaluation + checked),
  { heading: 'all six', of: provenTo(6) },
  { heading: 'first 3', of: provenTo(3) },
  { heading: 'first', of: provenTo(1) },
  { heading: 'aim', of: ({ kind }) => kind.aim ?? '', isText: true },
];
