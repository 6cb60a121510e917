import type { InlineAgreement, InlineCompletion, InlineEvaluationRequest } from '../../src/evaluation/domain/index.js';
import { programmeFields, taughtCourses, transcriptRows, worldTerms, type Places } from './recognition.js';

/** The world of `recognition.ts` and its student, said in one body: institutions by any ids, and every input that an evaluation takes. */

export const inlinePlaces: Places = { tsinghua: 'thu', xuetangx: 'xtx', lisbon: 'ul' };

export interface InlineWorld {
  readonly places: Places;
  readonly agreement: string;
  /** Ids of the completions by code. */
  readonly idOf: (code: string) => string;
}

const ownWorld: InlineWorld = { places: inlinePlaces, agreement: 'memorandum', idOf: (code) => code.toLowerCase().replace(' ', '-') };

export function inlineRequest({ places, agreement, idOf }: InlineWorld = ownWorld): InlineEvaluationRequest {
  const { tsinghua, xuetangx, lisbon } = places;
  return {
    kind: 'inline',
    requestDate: '2025-03-10',
    admissionDate: '2024-09-01',
    institutions: [
      { id: tsinghua, names: { zh: '清华大学' }, creditSystem: 'china-credit' },
      { id: xuetangx, names: { zh: '学堂在线' } },
      { id: lisbon, creditSystem: 'ects', gradingScale: 'us-letter' },
    ],
    courses: [
      ...taughtCourses.map(({ code, credits, onXuetangX }) => ({
        provider: tsinghua,
        ...(onXuetangX === true ? { platform: xuetangx, mooc: true } : {}),
        code,
        credits,
        isced: '0311',
        eqfLevel: 6,
        validity: { from: '2020-01-01' },
      })),
      ...['CS 201', 'MATH 101', 'MATH 102'].map((code) => ({ provider: lisbon, code, credits: 6 })),
    ],
    agreements: [inlineAgreementOf(places, agreement)],
    programme: { institution: lisbon, ...programmeFields },
    completions: completionsOf(places, idOf),
  };
}

function inlineAgreementOf(places: Places, id: string): InlineAgreement {
  return { id, attestedBy: places.tsinghua, terms: worldTerms(places) };
}

function completionsOf(places: Places, idOf: (code: string) => string): readonly InlineCompletion[] {
  const pov = { provider: places.tsinghua, code: 'POV 101', completedOn: '2024-12-20', evidence: { verification: 'unverified' } } as const;
  return [...transcriptRows(places), pov].map((row) => ({ id: idOf(row.code), ...row }));
}

/** Every input that an evaluation takes, each at least once: a credit system, a scale and a rule of another institution, home courses, decisions. */
export function completeRequest(): InlineEvaluationRequest {
  const marks = {
    id: 'stars',
    name: 'Stars',
    grades: [{ value: '1' }, { value: '2' }, { value: '3' }],
    passMark: '1',
    source: 'made up',
  };
  const stones = { id: 'stones', name: 'Stones', creditsPerYear: 20, hoursPerCredit: { minimum: 90, maximum: 90 }, source: 'made up' };
  return {
    ...inlineRequest(),
    policyDate: '2025-03-10',
    creditSystems: [stones],
    gradingScales: [marks],
    institutions: [...inlineRequest().institutions, { id: 'own', creditSystem: 'stones', gradingScale: 'stars' }],
    rules: [
      {
        id: 'own-rule',
        from: 'own',
        to: inlinePlaces.lisbon,
        source: { kind: 'course', select: { kind: 'code', code: 'OWN 1' }, minimumGrade: { scale: 'stars', value: '2' } },
        outcome: {
          kind: 'credit',
          awards: [
            { target: { kind: 'course', code: 'MATH 250' }, credits: { kind: 'converted' }, grade: { kind: 'none' }, effect: 'credit' },
          ],
        },
        validity: {},
        governedBy: 'admission',
      },
    ],
    completions: [
      ...inlineRequest().completions,
      {
        id: 'own-1',
        provider: 'own',
        code: 'OWN 1',
        credits: 2,
        grade: { scale: 'stars', value: '3' },
        completedOn: '2024-05-01',
        enrolledOn: '2024-01-10',
      },
      { id: 'planned', provider: inlinePlaces.tsinghua, code: 'CS 32', credits: 3, outcome: 'planned' },
    ],
    homeRecord: [
      { id: 'home-1', code: 'CS 399', credits: 12, status: 'underWay', attributes: ['W'] },
      { id: 'home-2', code: 'GYM 1', credits: 2, passFail: true },
    ],
    redemptions: [{ completion: 'lab-1', institution: inlinePlaces.lisbon, programme: 'LIC-EI' }],
    choices: [{ agreement: 'memorandum', rule: 'mathematics', option: 1 }],
    exceptions: [{ kind: 'conditionWaived', completion: 'pov-101', condition: 'evidence', reason: 'examined in person' }],
    whatIf: true,
    effort: 'interactive',
    suggestions: true,
  };
}
