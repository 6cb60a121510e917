import type { LocalisedText, Period } from '../../kernel/index.js';

/** What a file says of one edition of a course. */
export interface ImportedCourse {
  /** The institution that teaches it, by the id that the caller gave it. */
  readonly provider: string;
  /** The institution it runs at, if elsewhere. */
  readonly platform?: string;
  readonly code: string;
  readonly title: LocalisedText;
  /** In units of the credit system; absent where the file states none. */
  readonly credits?: number;
  readonly creditSystem?: string;
  readonly validity: Period;
}
