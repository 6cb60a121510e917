import { describe, expect, it } from '@jest/globals';
import { completeRequest, inlineRequest } from '../../../test/support/inline-evaluation.js';
import { shippedCreditSystems } from '../../institutions/data/credit-systems.js';
import { shippedGradingScales } from '../../institutions/data/grading-scales.js';
import { resolveInline } from './inline.js';
import type { EvaluationInput } from './input.js';
import type { InlineEvaluationRequest } from './request.js';

const reference = { creditSystems: shippedCreditSystems, gradingScales: shippedGradingScales };

/** The input of a request; fails where the request is refused. */
function inputOf(request: InlineEvaluationRequest): EvaluationInput {
  const resolved = resolveInline(request, reference, '2025-03-10');
  if (resolved.kind === 'invalid') throw new Error(JSON.stringify(resolved.errors));
  return resolved.input;
}

function pointersOf(request: InlineEvaluationRequest): readonly string[] {
  const resolved = resolveInline(request, reference, '2025-03-10');
  return resolved.kind === 'invalid' ? resolved.errors.map(({ pointer }) => pointer) : [];
}

const least: InlineEvaluationRequest = {
  kind: 'inline',
  institutions: [{ id: 'uni', creditSystem: 'ects' }],
  programme: {
    institution: 'uni',
    code: 'BSC',
    catalogueYear: 2025,
    totalCredits: 60,
    requirements: { kind: 'freeElectives', id: 'e', credits: 60 },
  },
  completions: [],
};

describe('a self-contained request', () => {
  it('may say next to nothing', () => {
    expect(inputOf(least)).toEqual({
      policyDate: '2025-03-10',
      requestDate: '2025-03-10',
      programme: { ...least.programme, id: 'BSC', title: { en: 'BSC' }, creditSystem: 'ects', policy: {} },
      agreements: [],
      completions: [],
      homeRecord: [],
      redemptions: [],
      choices: [],
      exceptions: [],
      creditSystems: [expect.objectContaining({ id: 'ects' })],
      gradingScales: [],
      whatIf: false,
    });
  });

  it('fills in what a course edition says, where the completion does not say otherwise', () => {
    const edition = {
      provider: 'uni',
      platform: 'mooc',
      code: 'MA 1',
      credits: 4,
      creditSystem: 'us-semester',
      hours: 120,
      weeks: 10,
      isced: '0541',
      eqfLevel: 6,
      mooc: true,
      repeatable: true,
    };
    const request = {
      ...least,
      institutions: [...least.institutions, { id: 'mooc' }],
      courses: [edition],
      completions: [
        { id: 'a', provider: 'uni', code: 'ma1' },
        { id: 'b', provider: 'uni', code: 'ma1', credits: 2, creditSystem: 'ects', hours: 50, weeks: 5, mooc: false, platform: 'uni' },
        { id: 'c', provider: 'uni', code: 'MA 2', credits: 3 },
      ],
    };
    const [asTheEdition, asStated, unknown] = inputOf(request).completions;
    const { provider: _provider, code: _code, ...said } = edition;
    expect(asTheEdition).toMatchObject({ ...said, course: 'uni MA1' });
    expect(asStated).toMatchObject({ credits: 2, creditSystem: 'ects', hours: 50, weeks: 5, mooc: false, platform: 'uni', isced: '0541' });
    expect(unknown).toEqual({
      id: 'c',
      provider: 'uni',
      code: 'MA 2',
      credits: 3,
      creditSystem: 'ects',
      outcome: 'achieved',
      evidence: { identityVerified: false, proctored: false, verification: 'attested' },
      mooc: false,
      repeatable: false,
    });
  });

  it('holds only what it refers to: nothing else can change the result', () => {
    const { creditSystems, gradingScales } = inputOf(completeRequest());
    expect(creditSystems.map(({ id }) => id).sort()).toEqual(['china-credit', 'ects', 'stones']);
    expect(gradingScales.map(({ id }) => id).sort()).toEqual(['stars', 'us-letter']);
  });

  it('gives agreements the latest editions of the courses that they award', () => {
    const request = inlineRequest();
    const courses = [...(request.courses ?? []), { provider: 'ul', code: 'PHYS 1', credits: 9 }];
    expect(inputOf({ ...request, courses }).agreements[0]?.receivingCourses).toEqual([
      { code: 'CS 201', credits: 6 },
      { code: 'MATH 101', credits: 6 },
      { code: 'MATH 102', credits: 6 },
    ]);
  });

  it('must say in which credit system it counts', () => {
    const unsaid = { ...least, institutions: [{ id: 'uni' }], completions: [{ id: 'a', provider: 'uni', code: 'A 1', credits: 3 }] };
    expect(pointersOf(unsaid)).toEqual(['/programme/creditSystem', '/completions/0/creditSystem']);
    expect(pointersOf({ ...unsaid, institutions: [{ id: 'uni', creditSystem: 'stones' }] })).toEqual([
      '/institutions/0/creditSystem',
      '/programme/creditSystem',
      '/completions/0/creditSystem',
    ]);
  });

  it('states one achievement once; attempts differ in their dates, and without dates nobody can tell', () => {
    const attempt = (id: string, rest: object = {}) => ({ id, provider: 'uni', code: 'A 1', credits: 3, ...rest });
    const of = (...completions: InlineEvaluationRequest['completions']) => pointersOf({ ...least, completions });
    expect(of(attempt('a', { completedOn: '2024-01-01' }), attempt('b', { code: 'a1', completedOn: '2024-01-01' }))).toEqual([
      '/completions/1',
    ]);
    expect(of(attempt('a', { completedOn: '2024-01-01' }), attempt('b', { completedOn: '2024-01-02' }))).toEqual([]);
    expect(of(attempt('a', { completedOn: '2024-01-01' }), attempt('b', { completedOn: '2024-01-01', outcome: 'failed' }))).toEqual([]);
    expect(of(attempt('a'), attempt('b'))).toEqual([]);
  });
});
