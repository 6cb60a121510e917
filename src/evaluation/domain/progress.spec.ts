import { describe, expect, it } from '@jest/globals';
import {
  agreement,
  completion,
  course,
  input,
  named,
  needsCourse,
  needsElectives,
  programme,
  requires,
  rule,
} from '../../../test/support/oracle/builders.js';
import { anyMember, type Statement } from '../../rules/domain/index.js';
import type { Requirement } from '../../programmes/domain/index.js';
import { evaluate } from './evaluate.js';
import type { EvaluationInput } from './input.js';
import type { RequirementResult } from './result.js';

const stateOf = (asked: EvaluationInput, id: string): RequirementResult | undefined =>
  evaluate(asked).requirements.find(({ requirement }) => requirement === id);

describe('what agreements say about a requirement', () => {
  const said = (target: string, kind: Statement['kind'] = 'noArticulation'): Statement => ({ target, kind });
  const world = (ids: readonly string[]): EvaluationInput =>
    input(
      [],
      ids.map((id) =>
        agreement(id, [], {
          statements: [
            said('xx1'),
            said('YY 1', 'takeAfterTransfer'),
            { ...said('XX 2', 'individualAssessment'), reason: { en: `by ${id}` } },
          ],
        }),
      ),
      programme(requires({ id: 'x', kind: 'course', codes: ['XX 1', 'XX 2'], credits: 3 }, needsElectives('e', 3))),
    );

  it('is told agreement by agreement, each in its own order, whatever the order of the input', () => {
    const statements = ['a', 'b'].flatMap((id) => [
      { agreement: id, target: 'xx1', kind: 'noArticulation' },
      { agreement: id, target: 'XX 2', kind: 'individualAssessment', reason: { en: `by ${id}` } },
    ]);
    for (const ids of [
      ['a', 'b'],
      ['b', 'a'],
    ]) {
      expect(stateOf(world(ids), 'x')?.statements).toEqual(statements);
    }
    expect(stateOf(world(['a']), 'e')?.statements).toEqual([]);
  });
});

describe('what is offered', () => {
  it('is what some rule towards the programme’s institution awards, whoever may use it', () => {
    const to = (id: string, receiver: string, code: string) => rule(id, course('MA 101'), [named(code, 3)], { to: receiver });
    const of = [needsCourse('here', 'XX 1', 3), needsCourse('anywhere', 'XX 2', 3), needsCourse('elsewhere', 'XX 3', 3)];
    const rules = [to('r', 'H', 'XX 1'), to('s', anyMember, 'XX 2'), to('t', 'A', 'XX 3')];
    const offered = (parties: readonly string[]) =>
      ['here', 'anywhere', 'elsewhere'].map(
        (id) => stateOf(input([], [agreement('g', rules, { parties })], programme(requires(...of))), id)?.offered,
      );
    expect(offered(['A', 'H'])).toEqual([true, true, false]);
    expect(offered(['A', 'B'])).toEqual([true, false, false]);
  });

  it('excuses what nobody offers, and a course of no credits is complete only when it is filled', () => {
    const of = [needsCourse('pass', 'XX 1', 0), needsCourse('never', 'XX 9', 3)];
    const rules = [rule('r', course('MA 101'), [named('XX 1', 0, { effect: 'exemption' })])];
    const world = (held: boolean) => input(held ? [completion('a', 'MA 101', 3)] : [], [agreement('g', rules)], programme(requires(...of)));
    expect(stateOf(world(false), 'pass')).toMatchObject({ remaining: 0, complete: false, completeAsOffered: false, offered: true });
    expect(stateOf(world(true), 'pass')).toMatchObject({ remaining: 0, complete: true, completeAsOffered: true });
    expect(stateOf(world(true), 'never')).toMatchObject({ remaining: 3, complete: false, completeAsOffered: true, offered: false });
    expect(stateOf(world(true), 'root')).toMatchObject({ remaining: 3, complete: false, completeAsOffered: true });
  });
});

describe('what is open', () => {
  const x = needsCourse('x', 'XX 1', 3);
  const y = needsCourse('y', 'YY 1', 3);
  const rules = [rule('r', course('MA 101'), [named('XX 1', 3)])];
  const openIn = (requirement: Requirement, exceptions: EvaluationInput['exceptions'] = []) =>
    evaluate(
      input([completion('a', 'MA 101', 3)], [agreement('g', rules)], programme(requires(requirement, needsElectives('e', 30))), {
        exceptions,
      }),
    )
      .requirements.filter(({ open }) => open === true)
      .map(({ requirement: id }) => id);

  it('is not the alternative to what is complete, at any depth', () => {
    expect(openIn({ id: 'one', kind: 'atLeast', count: 1, of: [x, y] })).toEqual(['e']);
    expect(
      openIn({ id: 'one', kind: 'atLeast', count: 1, of: [x, { id: 'all', kind: 'all', of: [y, needsCourse('z', 'ZZ 1', 3)] }] }),
    ).toEqual(['e']);
    expect(openIn({ id: 'two', kind: 'atLeast', count: 2, of: [x, y] })).toEqual(['e', 'y']);
  });

  it('is nothing below what was waived, and no node that has parts', () => {
    expect(openIn({ id: 'all', kind: 'all', of: [y] }, [{ kind: 'requirementWaived', requirement: 'all', reason: 'granted' }])).toEqual([
      'e',
    ]);
    expect(openIn({ id: 'all', kind: 'all', of: [x, y] })).toEqual(['e', 'y']);
  });
});
