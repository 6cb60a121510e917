import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import 'reflect-metadata';
import { instances } from '../../../test/support/generators/instance.js';
import { reordered } from '../../../test/support/generators/reorder.js';
import {
  agreement,
  completion,
  course,
  elective,
  input,
  needsElectives,
  programme,
  requires,
  rule,
} from '../../../test/support/oracle/builders.js';
import { agreementSchemas } from '../../agreements/domain/index.js';
import { kernelSchemas } from '../../kernel/index.js';
import { registerSchemas, shapeErrors } from '../../platform/json-schema.js';
import { ruleSchemas } from '../../rules/domain/index.js';
import { inputDigest } from './digest.js';
import { resultSchemas } from './result-schema.js';
import { evaluationSteps, runEvaluation } from './run.js';

registerSchemas({ ...kernelSchemas, ...ruleSchemas, ...agreementSchemas, ...resultSchemas });

const shapeOf = (schema: string, value: unknown) => shapeErrors({ schema, limits: { depth: 20, nodes: 100_000 } }, value);

describe('an evaluation as it is run', () => {
  it('answers what its schema promises', () => {
    fc.assert(
      fc.property(instances(), (asked) => {
        const { result, improvements } = runEvaluation({ input: asked, effort: 'interactive', suggestions: true });
        expect(shapeOf('EvaluationResult', JSON.parse(JSON.stringify(result)))).toEqual([]);
        expect(shapeOf('Improvements', JSON.parse(JSON.stringify(improvements)))).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('pauses within and after each evaluation, and answers the same in one go', () => {
    const rules = ['MA 1', 'MA 2', 'MA 3'].map((code) => rule(code, course(code), [elective('MA', 3)]));
    const asked = input([completion('a', 'MA 1', 3)], [agreement('g', rules)], programme(requires(needsElectives('e', 30))));
    const task = { input: asked, effort: 'interactive', suggestions: true } as const;
    const steps = evaluationSteps(task);
    let pauses = 0;
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) pauses += 1;
    // Three within an evaluation as small as these (after matching, model and search) and one after it: 4 for the evaluation, 1 for the check, and
    // 2 × 4 for the two courses that are not held.
    expect(pauses).toBe(13);
    expect(step.value).toEqual(runEvaluation(task));
    expect(runEvaluation({ ...task, suggestions: false })).not.toHaveProperty('improvements');
  });
});

describe('the digest of an input', () => {
  it('is the same in whatever order its lists are', () => {
    fc.assert(
      fc.property(instances(), fc.nat(20), (asked, cut) => {
        const shuffle = <T>(items: readonly T[]): readonly T[] =>
          [...items.slice(cut % (items.length + 1)), ...items.slice(0, cut % (items.length + 1))].reverse();
        expect(inputDigest(reordered(asked, shuffle))).toBe(inputDigest(asked));
      }),
      { numRuns: 100 },
    );
  });
});
