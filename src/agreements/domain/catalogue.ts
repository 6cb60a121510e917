import type { CreditSystem, FieldError, GradingScale, Period } from '../../kernel/index.js';

/** What catalogues and reference data know, as far as terms are held against them. Unknown ids answer with nothing. */
export interface Catalogue {
  /** Whether the courses of an institution are kept here at all: it has any. */
  keepsCoursesOf(institution: string): boolean;
  /** Every edition, past and present, of a code (whatever its case and spacing) that an institution teaches or that runs on it. */
  editionsOf(institution: string, code: string): readonly CatalogueEdition[];
  gradingScale(id: string): GradingScale | undefined;
  creditSystem(id: string): CreditSystem | undefined;
}

export interface CatalogueEdition {
  readonly id: string;
  /** The id of the institution that teaches it. */
  readonly provider: string;
  readonly validity: Period;
}

/** An edition that a revision was agreed on: what the code meant then. */
export interface PinnedEdition {
  /** Where the terms look for the code: who teaches the edition, or where it runs. */
  readonly institution: string;
  /** In normal form. */
  readonly code: string;
  /** Its id. */
  readonly edition: string;
}

/** What keeps terms from being proposed, and what their authors should look at. */
export interface CatalogueFindings {
  readonly errors: readonly FieldError[];
  readonly warnings: readonly CatalogueWarning[];
}

/**
 * `unknownCourse`: no catalogue here has the code, and not all the institutions that could keep theirs here. `sourceOutsideValidity`: the rule is valid
 * on no day on which the course is. `editionChanged`: a newer edition has replaced the one that was agreed on.
 */
export type CatalogueWarning = {
  /** JSON Pointer to the code. */
  readonly pointer: string;
  readonly code: string;
  /** Where it was looked for. */
  readonly institutions: readonly string[];
} & (
  | { readonly kind: 'unknownCourse' | 'sourceOutsideValidity' }
  | {
      readonly kind: 'editionChanged';
      readonly edition: string;
      /** The latest edition; absent when the catalogue has none any more. */
      readonly replacedBy?: string;
    }
);
