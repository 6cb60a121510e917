import { describe, expect, it } from '@jest/globals';
import { agreement, exampleAgreements, gradingScales } from '../../../test/support/example-rules.js';
import { findConflicts } from './conflicts.js';

describe('conflicts among the example rules', () => {
  it.each(Object.entries(exampleAgreements))('%s', (_, terms) => {
    expect(findConflicts(terms, gradingScales)).toEqual({ conflicts: [], complete: true });
  });
});
