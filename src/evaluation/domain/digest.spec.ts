import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instances } from '../../../test/support/generators/instance.js';
import { canonicalJson, digestOf } from '../../kernel/index.js';
import { inputDigest, inputText } from './digest.js';
import type { EvaluationInput, RevisionInForce } from './input.js';

const byKey = <T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] =>
  [...items].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));

/** What a revision is known by. */
const head = ({ terms: _terms, receivingCourses, ...known }: RevisionInForce): object => ({
  ...known,
  receivingCourses: byKey(receivingCourses, ({ code }) => code),
});

const lists = ({ completions, homeRecord, redemptions, choices, exceptions }: EvaluationInput): object => ({
  completions: byKey(completions, ({ id }) => id),
  homeRecord: byKey(homeRecord, ({ id }) => id),
  redemptions: byKey(redemptions, (use) => `${use.completion} ${use.institution} ${use.programme}`),
  choices: byKey(choices, ({ agreement, rule, option }) => `${agreement} ${rule} ${String(option)}`),
  exceptions: byKey(exceptions, (exception) => JSON.stringify(Object.entries(exception).sort())),
});

describe('what an input is known by and stored as', () => {
  it('is the digest of its canonical JSON, in which programme, revisions, systems and scales stand by theirs', () => {
    fc.assert(
      fc.property(instances(), (input) => {
        const expected = {
          ...input,
          ...lists(input),
          programme: digestOf(input.programme),
          agreements: input.agreements.map((revision) => digestOf(head(revision))).sort(),
          creditSystems: input.creditSystems.map(digestOf).sort(),
          gradingScales: input.gradingScales.map(digestOf).sort(),
        };
        expect(inputDigest(input)).toBe(digestOf(expected));
      }),
      { numRuns: 100 },
    );
  });

  it('is all of it but the terms of revisions', () => {
    fc.assert(
      fc.property(instances(), (input) => {
        const expected = {
          ...input,
          ...lists(input),
          agreements: byKey(input.agreements.map(head), canonicalJson),
          creditSystems: byKey(input.creditSystems, canonicalJson),
          gradingScales: byKey(input.gradingScales, canonicalJson),
        };
        expect(inputText(input)).toBe(canonicalJson(expected));
      }),
      { numRuns: 100 },
    );
  });
});
