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
