import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setImmediate } from 'node:timers/promises';
import { evaluationSteps, quickSetLimits, TooManySets, type EvaluationTask } from '../src/evaluation/domain/index.js';
import { hostileKinds } from './hostile.js';
import { engineKinds, type Kind } from './kinds.js';
import { figure, heading, Table, type Column } from './table.js';

/** The monitor looks so often, in milliseconds; what it tells of a delay holds to within this. */
const resolution = 1;
const nanosecondsPerMs = 1e6;
/** Instances of a kind that are evaluated. */
const most = 24;

interface Line {
  readonly kind: Kind;
  readonly bare: number;
  readonly suggestions: number;
}

/** The longest block of the event loop while interactive evaluations run on it, as the service runs them. */
export async function benchEventLoop(): Promise<void> {
  heading('Event loop: longest block in ms while evaluating on it; aim ≤ 50');
  const table = new Table<Line>(columns, 42);
  for (const kind of [...engineKinds(), ...hostileKinds()]) {
    table.print({ kind, bare: await longestBlock(kind, false), suggestions: await longestBlock(kind, true) });
  }
}

async function longestBlock(kind: Kind, suggestions: boolean): Promise<number> {
  const inputs = kind.inputs().slice(0, most);
  // What a revision compiles to is in memory from its first evaluation on.
  for (const input of inputs) await turnByTurn({ input, effort: 'interactive', suggestions });
  const delay = monitorEventLoopDelay({ resolution });
  delay.enable();
  for (const input of inputs) await turnByTurn({ input, effort: 'interactive', suggestions });
  delay.disable();
  return delay.max / nanosecondsPerMs;
}

/** As the service does it: the loop turns at every pause, and what turns out to be too much is left to a worker. */
async function turnByTurn(task: EvaluationTask): Promise<void> {
  try {
    const steps = evaluationSteps(task, quickSetLimits);
    while (steps.next().done !== true) await setImmediate();
  } catch (error) {
    if (!(error instanceof TooManySets)) throw error;
  }
  await setImmediate();
}

const columns: readonly Column<Line>[] = [
  { heading: 'instances', of: ({ kind }) => kind.name, isText: true },
  { heading: 'evaluation', of: ({ bare }) => figure(bare) },
  { heading: 'with suggestions', of: ({ suggestions }) => figure(suggestions) },
];
