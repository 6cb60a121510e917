import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import 'reflect-metadata';
import { requirement, transferPolicy } from '../../../test/support/arbitrary-terms.js';
import { mutated } from '../../../test/support/mutations.js';
import { kernelSchemas } from '../../kernel/index.js';
import { registerSchemas, shapeErrors } from '../../platform/json-schema.js';
import { programmeLimits, programmeSchemas } from './schema.js';

beforeAll(() => {
  registerSchemas({ ...kernelSchemas, ...programmeSchemas });
});

describe.each([
  ['Requirement', requirement],
  ['TransferPolicy', transferPolicy],
] as [string, fc.Arbitrary<object>][])('the schema %s', (schema, arbitrary) => {
  const errorsOf = (value: unknown) => shapeErrors({ schema, limits: programmeLimits }, value);

  it('accepts every value of the type', () => {
    fc.assert(
      fc.property(arbitrary, (value) => {
        expect(errorsOf(value)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('refuses every single change that leaves the type, and says where', () => {
    fc.assert(
      fc.property(mutated(arbitrary), ({ at, value }) => {
        expect(errorsOf(value).map(({ pointer }) => pointer)).toContainEqual(expect.stringContaining(at));
      }),
      { numRuns: 1000 },
    );
  });
});
