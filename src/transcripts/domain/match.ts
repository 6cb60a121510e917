import { contains, normaliseCode, type Period } from '../../kernel/index.js';
import type { StatedCompletion } from './completion.js';

/** A dated edition of the catalogue that a completion may be of. */
export interface EditionCandidate {
  readonly id: string;
  readonly provider: string;
  readonly platform?: string;
  readonly code: string;
  readonly validity: Period;
}

type Stated = Pick<StatedCompletion, 'provider' | 'platform' | 'code' | 'completedOn' | 'enrolledOn'>;

/**
 * The catalogue edition a completion is of: same provider, same code, same platform where one is stated, and valid on the day of
 * completion, else of enrolment. Without a day, or with several editions left, nothing is guessed: only a single edition matches.
 */
export function matchEdition(stated: Stated, editions: readonly EditionCandidate[]): string | undefined {
  const date = stated.completedOn ?? stated.enrolledOn;
  const code = normaliseCode(stated.code);
  const matching = editions.filter(
    (edition) =>
      edition.provider === stated.provider &&
      normaliseCode(edition.code) === code &&
      (stated.platform === undefined || edition.platform === stated.platform) &&
      (date === undefined || contains(edition.validity, date)),
  );
  return matching.length === 1 ? matching[0]?.id : undefined;
}
