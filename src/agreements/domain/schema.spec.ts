import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import 'reflect-metadata';
import { agreementTerms, rule } from '../../../test/support/arbitrary-terms.js';
import { agreement, all, code, course, credit, exampleAgreements, rule as newRule } from '../../../test/support/example-rules.js';
import { mutated } from '../../../test/support/mutations.js';
import { kernelSchemas } from '../../kernel/index.js';
import { registerSchemas, shapeErrors } from '../../platform/json-schema.js';
import { ruleLimits, ruleSchemas, type Source } from '../../rules/domain/index.js';
import { agreementSchemas, termsLimits } from './schema.js';

const termsErrors = (terms: unknown) => shapeErrors({ schema: 'AgreementTerms', limits: termsLimits }, terms);
const ruleErrors = (value: unknown) => shapeErrors({ schema: 'Rule', limits: ruleLimits }, value);

beforeAll(() => {
  registerSchemas({ ...kernelSchemas, ...ruleSchemas, ...agreementSchemas });
});

describe('the schema of agreement terms', () => {
  it.each(Object.entries(exampleAgreements))('accepts %s', (_, terms) => {
    expect(termsErrors(terms)).toEqual([]);
  });

  it('accepts every value of the type', () => {
    fc.assert(
      fc.property(agreementTerms, (terms) => {
        expect(termsErrors(terms)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('refuses every single change that leaves the type, and says where', () => {
    fc.assert(
      fc.property(mutated(agreementTerms), ({ at, value }) => {
        const errors = termsErrors(value);
        expect(errors.map(({ pointer }) => pointer)).toContainEqual(expect.stringContaining(at));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the schema of a rule', () => {
  it('accepts every value of the type', () => {
    fc.assert(
      fc.property(rule, (value) => {
        expect(ruleErrors(value)).toEqual([]);
      }),
    );
  });

  const long = 'x'.repeat(61);
  const deep = (levels: number): Source => (levels === 0 ? code('MATH 1') : all(deep(levels - 1)));

  it.each<[string, unknown]>([
    ['a code that is too long', newRule('r', code(long), credit(course('A 1', 3)))],
    [
      'a pattern that is too long',
      newRule('r', { kind: 'course', select: { kind: 'pattern', pattern: 'A'.repeat(41) } }, credit(course('A 1', 3))),
    ],
    ['an id that is too long', newRule('r'.repeat(101), code('A 1'), credit(course('A 1', 3)))],
    ['a note that is too long', newRule('r', code('A 1'), credit(course('A 1', 3)), { note: { en: 'x'.repeat(4001) } })],
    ['negative credits', newRule('r', code('A 1'), credit(course('A 1', -1)))],
    ['too many credits', newRule('r', code('A 1'), credit(course('A 1', 100_001)))],
    ['too many awards', newRule('r', code('A 1'), credit(...Array.from({ length: 51 }, (_, at) => course(`A ${String(at)}`, 3))))],
    ['no award', newRule('r', code('A 1'), credit())],
    ['an impossible date', newRule('r', code('A 1'), credit(course('A 1', 3)), { validity: { from: '2023-02-29' } })],
    ['a language that is none', newRule('r', code('A 1'), credit(course('A 1', 3)), { note: { english: 'x' } })],
    ['deep nesting', newRule('r', deep(14), credit(course('A 1', 3)))],
    ['very deep nesting', newRule('r', deep(5000), credit(course('A 1', 3)))],
  ])('refuses %s', (_, value) => {
    expect(ruleErrors(value)).toHaveLength(1);
  });

  it('accepts nesting to the limit', () => {
    expect(ruleErrors(newRule('r', deep(12), credit(course('A 1', 3))))).toEqual([]);
  });

  it('refuses too many rules', () => {
    const rules = Array.from({ length: 5001 }, (_, at) => newRule(`r${String(at)}`, code('A 1'), { kind: 'individualAssessment' }));
    expect(termsErrors(agreement(rules))).toEqual([{ pointer: '/rules', detail: 'must NOT have more than 5000 items' }]);
  });
});
