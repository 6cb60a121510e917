import { describe, expect, it } from '@jest/globals';
import {
  any,
  agreement,
  completion,
  course,
  elective,
  input,
  needsElectives,
  programme,
  rule,
} from '../../../test/support/oracle/builders.js';
import type { Selector, Source } from '../../rules/domain/index.js';
import type { EvaluationInput } from './input.js';
import { isQuick, quickLimits } from './quick.js';

const list = <T>(count: number, of: (index: number) => T): T[] => Array.from({ length: count }, (_, index) => of(index));
const codeOf = (index: number): string => `MA ${String(1000 + index)}`;
const ofCodes = (count: number): Source => any(...list(count, (index) => course(codeOf(index))));
const ofSubject = (): Source => course('MA', { select: { kind: 'subject', subject: 'MA' } satisfies Selector });

/** So many completions of courses of their own, under agreements whose rules have these sources. */
function taken(completions: number, ...agreements: readonly (readonly Source[])[]): EvaluationInput {
  return input(
    list(completions, (index) => completion(`c${String(index)}`, codeOf(index), 3)),
    agreements.map((sources, position) =>
      agreement(
        `g${String(position)}`,
        sources.map((source, index) => rule(`r${String(index)}`, source, [elective('X', 3)])),
      ),
    ),
    programme(needsElectives('e', 30)),
  );
}

describe('an evaluation runs on the event loop', () => {
  it('up to so many completions and rules', () => {
    expect(isQuick(taken(quickLimits.completions, [course('PH 1')]))).toBe(true);
    expect(isQuick(taken(quickLimits.completions + 1, [course('PH 1')]))).toBe(false);
    expect(
      isQuick(
        taken(
          1,
          list(quickLimits.rules, (index) => course(codeOf(index))),
        ),
      ),
    ).toBe(true);
    expect(
      isQuick(
        taken(
          1,
          list(quickLimits.rules + 1, (index) => course(codeOf(index))),
        ),
      ),
    ).toBe(false);
  });

  it('while few rules meet on one completion: n rules of one code are n² pairs', () => {
    expect(
      isQuick(
        taken(
          1,
          list(80, () => course('ma  1000')),
        ),
      ),
    ).toBe(true); // 6,400 pairs
    expect(
      isQuick(
        taken(
          1,
          list(81, () => course('ma  1000')),
        ),
      ),
    ).toBe(false); // 6,561
    expect(isQuick(taken(1, list(81, ofSubject)))).toBe(false);
    expect(isQuick(taken(1, [...list(40, ofSubject), ...list(41, () => course(codeOf(0)))]))).toBe(false);
  });

  it('while few rules meet on every completion: 300 rules of any of 80 codes held it for seconds', () => {
    expect(
      isQuick(
        taken(
          80,
          list(9, () => ofCodes(80)),
        ),
      ),
    ).toBe(true); // 80 × 9² = 6,480 pairs
    expect(
      isQuick(
        taken(
          80,
          list(10, () => ofCodes(80)),
        ),
      ),
    ).toBe(false); // 8,000
    expect(
      isQuick(
        taken(
          80,
          list(300, () => ofCodes(80)),
        ),
      ),
    ).toBe(false);
  });

  it('counting no pairs between agreements, but every meeting', () => {
    expect(isQuick(taken(1, ...list(3, () => list(46, () => course(codeOf(0))))))).toBe(true); // 3 × 46² = 6,348 pairs
    expect(isQuick(taken(50, ...list(50, () => [ofSubject()])))).toBe(true); // 2,500 meetings, as many pairs
    expect(isQuick(taken(50, ...list(51, () => [ofSubject()])))).toBe(false); // 2,550
  });

  it('while few awards meet few requirements: every option of a choice may fill each of them', () => {
    const options = list(50, () => list(20, () => elective('X', 3)));
    const chosen = rule('r', ofSubject(), [], { outcome: { kind: 'choice', by: 'best', options } });
    const asked = (completions: number): EvaluationInput => ({ ...taken(completions), agreements: [agreement('g', [chosen])] });
    expect(isQuick(asked(50))).toBe(true); // 50 · 50 · 20 awards and one requirement: 50,000
    expect(isQuick(asked(51))).toBe(false); // 51,000
  });

  it('counting what must only be held, too', () => {
    const demanding = rule('r', course('PH 1'), [elective('X', 3)], {
      conditions: { alsoHolds: any(...list(81, () => course(codeOf(0)))) },
    });
    const asked = { ...taken(1), agreements: [agreement('g', [demanding])] };
    expect(isQuick(asked)).toBe(false);
  });
});
