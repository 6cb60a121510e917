import type { AgreementTerms } from '../../../src/agreements/domain/index.js';
import type { Completion, EvaluationInput, RevisionInForce } from '../../../src/evaluation/domain/index.js';
import type { Programme, Requirement, TransferPolicy } from '../../../src/programmes/domain/index.js';
import type { Award, CourseSource, Rule, Source } from '../../../src/rules/domain/index.js';
import { creditSystems, gradingScales } from '../generators/setting.js';

/** Short words for the oracle's hand-computed cases: university A's courses, recognised by university H in credits of system H. */

export function completion(id: string, code: string, credits: number, rest: Partial<Completion> = {}): Completion {
  return {
    id,
    provider: 'A',
    code,
    credits,
    creditSystem: 'H',
    outcome: 'achieved',
    completedOn: '2025-01-15',
    evidence: { identityVerified: true, proctored: true, verification: 'verified' },
    mooc: false,
    repeatable: false,
    ...rest,
  };
}

export function course(code: string, rest: Partial<CourseSource> = {}): CourseSource {
  return { kind: 'course', select: { kind: 'code', code }, ...rest };
}

export function all(...of: Source[]): Source {
  return { kind: 'all', of };
}

export function any(...of: Source[]): Source {
  return { kind: 'any', of };
}

/** Credit for a named course. */
export function named(code: string, credits: number, rest: Partial<Award> = {}): Award {
  const grade = { kind: 'none' } as const;
  return { target: { kind: 'course', code }, credits: { kind: 'fixed', credits }, grade, effect: 'credit', ...rest };
}

/** Unassigned credit of a subject. */
export function elective(subject: string, credits: number, rest: Partial<Award> = {}): Award {
  return { ...named('', credits, rest), target: { kind: 'elective', subject } };
}

export function rule(id: string, source: Source, awards: readonly Award[], rest: Partial<Rule> = {}): Rule {
  return { id, from: 'A', to: 'H', source, outcome: { kind: 'credit', awards }, validity: {}, governedBy: 'request', ...rest };
}

export function agreement(
  id: string,
  rules: readonly Rule[],
  terms: Partial<AgreementTerms> = {},
  receivingCourses: RevisionInForce['receivingCourses'] = [],
): RevisionInForce {
  return {
    agreement: id,
    revision: 1,
    digest: `sha-256:${id}`,
    receivingCourses,
    terms: {
      parties: ['A', 'H'],
      period: {},
      precedence: 'bestForStudent',
      rules,
      statements: [],
      limits: [],
      conversions: [],
      gradeTables: [],
      redemption: 'oncePerProgramme',
      ...terms,
    },
  };
}

export function requires(...of: Requirement[]): Requirement {
  return { id: 'root', kind: 'all', of };
}

export function needsCourse(id: string, code: string, credits: number, rest: Partial<Requirement> = {}): Requirement {
  return { id, kind: 'course', codes: [code], credits, ...pick(rest) };
}

export function needsSubject(id: string, subject: string, credits: number, rest: Partial<Requirement> = {}): Requirement {
  return { id, kind: 'credits', credits, from: [{ kind: 'subject', subject }], ...pick(rest) };
}

export function needsElectives(id: string, credits: number, rest: Partial<Requirement> = {}): Requirement {
  return { id, kind: 'freeElectives', credits, ...pick(rest) };
}

function pick({ sharesWith, transfer }: Partial<Requirement>): Pick<Requirement, 'sharesWith' | 'transfer'> {
  return { ...(sharesWith === undefined ? {} : { sharesWith }), ...(transfer === undefined ? {} : { transfer }) };
}

export function programme(requirements: Requirement, policy: TransferPolicy = {}): Programme {
  return {
    id: 'p1',
    institution: 'H',
    code: 'BSC',
    catalogueYear: 2025,
    title: { en: 'Programme' },
    creditSystem: 'H',
    totalCredits: 30,
    requirements,
    policy,
  };
}

/** Request on 2026-03-01; admission on 2024-09-01. */
export function input(
  completions: readonly Completion[],
  agreements: readonly RevisionInForce[],
  ownProgramme: Programme,
  rest: Partial<EvaluationInput> = {},
): EvaluationInput {
  return {
    policyDate: '2026-03-01',
    requestDate: '2026-03-01',
    admissionDate: '2024-09-01',
    programme: ownProgramme,
    agreements,
    completions,
    homeRecord: [],
    redemptions: [],
    choices: [],
    exceptions: [],
    creditSystems,
    gradingScales,
    receivingScale: 'letters',
    whatIf: false,
    ...rest,
  };
}
