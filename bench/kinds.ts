import type { EvaluationInput } from '../src/evaluation/domain/index.js';
import { assistKinds } from './assist.js';
import { randomInstance, sizes } from './instances.js';

/** Instances of one kind, and what is aimed at on them. */
export interface Kind {
  readonly name: string;
  readonly inputs: () => readonly EvaluationInput[];
  readonly aim?: string;
}

const firings = [
  { share: 0.1, text: 'a tenth', instances: 100 },
  { share: 0.25, text: 'a quarter', instances: 40 },
  { share: 1, text: 'all', instances: 24 },
] as const;

const aims: Readonly<Record<string, string>> = {
  'typical, a tenth fires': 'p50 < 0.5, p99 < 10, all proven',
  'large, a tenth fires': 'p50 < 2, 95 % proven within 50',
};
const otherAim = 'max ≤ 50';

/** A random instance by what makes it, so that it can be made again. */
export interface RandomKind {
  readonly name: string;
  readonly instances: number;
  readonly make: (seed: number) => EvaluationInput;
}

/** The random kinds: every size, with a tenth, a quarter and all of the rules firing, without and with caps that bind. */
export function randomKinds(): readonly RandomKind[] {
  return Object.entries(sizes).flatMap(([sizeName, size]) =>
    firings.flatMap(({ share, text, instances }) =>
      [false, true].map((caps) => ({
        name: `${sizeName}, ${text} fires${caps ? ', caps' : ''}`,
        instances,
        make: (seed: number) => randomInstance(size, share, caps, seed),
      })),
    ),
  );
}

/** Seeds of the instances that are timed; the solver was not tuned on these. */
const firstSeed = 5000;

export function engineKinds(): readonly Kind[] {
  const random = randomKinds().map(({ name, instances, make }): Kind => ({
    name,
    inputs: () => Array.from({ length: instances }, (_, index) => make(firstSeed + index)),
    aim: aims[name] ?? otherAim,
  }));
  return [...assistKinds(), ...random];
}
