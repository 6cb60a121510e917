import { describe, expect, it } from '@jest/globals';
import {
  agreement,
  completion,
  course,
  input,
  named,
  needsElectives,
  programme,
  requires,
  rule,
} from '../../../test/support/oracle/builders.js';
import { FieldChecks } from '../../kernel/index.js';
import { checkDecisions, type Decisions } from './decisions.js';

const options = [[named('X 1', 3)], [named('X 2', 3)]];
const world = input(
  [completion('a', 'MA 101', 3)],
  [
    agreement('g', [
      rule('chosen', course('MA 101'), [], { outcome: { kind: 'choice', by: 'student', options } }),
      rule('best', course('MA 101'), [], { outcome: { kind: 'choice', by: 'best', options } }),
      rule('plain', course('MA 101'), [named('X 1', 3)]),
    ]),
  ],
  programme(requires(needsElectives('e', 30))),
);

function faultsOf(decisions: Decisions): readonly string[] {
  const checks = new FieldChecks();
  checkDecisions(checks, decisions, world);
  return checks.errors.map(({ pointer }) => pointer);
}

const choice = { agreement: 'g', rule: 'chosen', option: 1 };
const reason = 'granted by a person';

describe('decisions', () => {
  it('are none, or about what is there', () => {
    expect(faultsOf({})).toEqual([]);
    expect(
      faultsOf({
        choices: [choice],
        exceptions: [
          { kind: 'requirementWaived', requirement: 'e', reason },
          { kind: 'requirementWaived', requirement: 'root', reason },
          { kind: 'policyWaived', completion: 'a', clause: 'maximumAge', reason },
          { kind: 'conditionWaived', completion: 'a', condition: 'dates', reason },
        ],
      }),
    ).toEqual([]);
  });

  it.each([
    [{ ...choice, agreement: 'h' }, '/choices/0/agreement'],
    [{ ...choice, rule: 'gone' }, '/choices/0/rule'],
    [{ ...choice, rule: 'plain' }, '/choices/0/rule'],
    [{ ...choice, rule: 'best' }, '/choices/0/rule'],
    [{ ...choice, option: 2 }, '/choices/0/option'],
  ])('cannot choose %j', (wrong, pointer) => {
    expect(faultsOf({ choices: [wrong] })).toEqual([pointer]);
    expect(faultsOf({ choices: [choice, choice] })).toEqual(['/choices/1/rule']);
  });

  it('cannot except what is not there', () => {
    expect(
      faultsOf({
        exceptions: [
          { kind: 'requirementWaived', requirement: 'f', reason },
          { kind: 'policyWaived', completion: 'b', clause: 'maximumAge', reason },
          { kind: 'conditionWaived', completion: 'b', condition: 'dates', reason },
        ],
      }),
    ).toEqual(['/exceptions/0/requirement', '/exceptions/1/completion', '/exceptions/2/completion']);
  });
});
