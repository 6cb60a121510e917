import { describe, expect, it } from '@jest/globals';
import {
  agreement,
  all,
  completion,
  course,
  elective,
  input,
  named,
  needsCourse,
  programme,
  requires,
  rule,
} from '../../../test/support/oracle/builders.js';
import type { AgreementTerms } from '../../agreements/domain/index.js';
import type { Rule } from '../../rules/domain/index.js';
import { findCandidates } from './candidates.js';
import { always, never } from './constants.js';
import type { EvaluationInput } from './input.js';
import { buildModel } from './model.js';

const completions = [completion('a', 'MA 1', 3), completion('b', 'MA 2', 3), completion('c', 'MA 3', 3)];
const [ma1, ma2, ma3] = [course('MA 1'), course('MA 2'), course('MA 3')];
const needsM = programme(requires(needsCourse('m', 'M 1', 3)));

/** Each application in the order of the candidates: taken, left, or open to the search. */
function decisions(rules: readonly Rule[], terms: Partial<AgreementTerms> = {}, rest: Partial<EvaluationInput> = {}): string {
  const asked = input(completions, [agreement('g', rules, terms)], needsM, rest);
  const candidates = findCandidates(asked);
  const said = new Map([
    [always, 'taken'],
    [never, 'left'],
  ]);
  const { taken } = buildModel(asked, candidates);
  return candidates.applications.map((application, index) => `${application.rule.id} ${said.get(taken[index] ?? 0) ?? 'open'}`).join(', ');
}

describe('an application that no other rivals', () => {
  it('is taken for the credits that it brings, whether or not they fill a requirement', () => {
    expect(decisions([rule('r', ma1, [named('M 1', 3)]), rule('s', ma2, [elective('X', 3)])])).toBe('r taken, s taken');
  });

  it('is open where it brings no credits: consuming nothing may be better', () => {
    expect(decisions([rule('r', ma1, [named('N 1', 0)])])).toBe('r open');
    const known = [{ id: 'h', code: 'M1', credits: 3, status: 'done', passFail: false, attributes: [] } as const];
    expect(decisions([rule('r', ma1, [named('M 1', 3)])], {}, { homeRecord: known })).toBe('r open');
  });

  it('is open under a limit or a cap', () => {
    const limits = [{ id: 'l', over: { kind: 'everything' }, maximumCourses: 1 } as const];
    expect(decisions([rule('r', ma1, [named('M 1', 3)])], { limits })).toBe('r open');
    const capped = { ...needsM, policy: { maximumTransferredCredits: 2 } };
    expect(decisions([rule('r', ma1, [named('M 1', 3)])], {}, { programme: capped })).toBe('r open');
  });

  it('is open where another wants its completions or its course', () => {
    expect(decisions([rule('r', ma1, [elective('X', 3)]), rule('s', all(ma1, ma2), [elective('X', 6)])])).toBe('r open, s open');
    expect(decisions([rule('r', ma1, [named('M 1', 3)]), rule('s', ma2, [named('M 1', 3)])])).toBe('r open, s open');
  });
});

describe('of two applications on the same completions', () => {
  it('the one that fills less is left', () => {
    expect(decisions([rule('r', ma1, [elective('X', 3)]), rule('s', ma1, [named('M 1', 4)])])).toBe('r left, s taken');
  });

  it('the later is left where both do the same', () => {
    expect(decisions([rule('r', ma1, [named('N 1', 3)]), rule('s', ma1, [named('N 2', 3)])])).toBe('r taken, s left');
  });

  it('both are open where the earlier fills less for as many credits, or one counts more and the other fills more', () => {
    expect(decisions([rule('r', ma1, [named('M 1', 3)]), rule('s', ma1, [elective('X', 4)])])).toBe('r open, s open');
    expect(decisions([rule('r', ma1, [elective('X', 3)]), rule('s', ma1, [named('M 1', 3)])])).toBe('r open, s open');
  });

  it('the better one is no substitute where others award its course', () => {
    const rules = [rule('r', ma1, [named('N 1', 3)]), rule('s', ma1, [named('N 2', 4)]), rule('t', ma2, [named('N 2', 4)])];
    expect(decisions(rules)).toBe('r open, s open, t open');
  });

  it('more credits are no gain under a cap', () => {
    const capped = { ...needsM, policy: { maximumTransferredCredits: 2 } };
    const rules = [rule('r', ma1, [elective('X', 3)]), rule('s', ma1, [elective('X', 4)])];
    expect(decisions(rules)).toBe('r left, s taken');
    expect(decisions(rules, {}, { programme: capped })).toBe('r open, s open');
  });
});

it('nothing is decided where an application gives way to a larger set that another may break', () => {
  const x = [elective('X', 3)];
  // On {a} `r` gives way to `s` on {a, b}, unless `t` takes {b, c}.
  const rules = [rule('r', ma1, x), rule('s', all(ma1, ma2), x), rule('t', all(ma2, ma3), x)];
  expect(decisions(rules, { precedence: 'mostSpecific' })).toBe('r open, s open, t open');
});
