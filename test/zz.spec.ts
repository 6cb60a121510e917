import { it } from '@jest/globals';
import fc from 'fast-check';
import { writeFileSync } from 'node:fs';
import { evaluate, workBudgets, check } from '../src/evaluation/domain/index.js';
import { instances } from './support/generators/instance.js';
import { levelsOf, applied } from './support/judged.js';
import { oracle } from './support/oracle/oracle.js';
it('x', () => {
  const out = fc.check(fc.property(instances(), fc.integer({ min: 0, max: 20_000 }), (drawn, workBudget) => {
    const best = evaluate(drawn, { workBudget: workBudgets.thorough });
    fc.pre(best.optimal);
    const r = evaluate(drawn, { workBudget });
    return JSON.stringify(levelsOf(r).slice(0, r.provenLevels)) === JSON.stringify(levelsOf(best).slice(0, r.provenLevels));
  }), { seed: 434408895, numRuns: 500 });
  const [drawn, workBudget] = out.counterexample!;
  const best = evaluate(drawn, { workBudget: workBudgets.thorough });
  const r = evaluate(drawn, { workBudget });
  writeFileSync('/tmp/failures/proven-falsely-loss.json', JSON.stringify({ workBudget, input: drawn }, null, 1));
  console.log('OUT', workBudget, r.provenLevels, JSON.stringify(r.bound), JSON.stringify(r.objective), JSON.stringify(best.objective), applied(r), applied(best), JSON.stringify(r.work), JSON.stringify(check(drawn, r)), JSON.stringify(oracle(drawn).objective));
}, 600000);
