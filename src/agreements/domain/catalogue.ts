import type { CreditSystem, FieldError, GradingScale, Period } from '../../kernel/index.js';

/** What catalogues and reference data know, as far as terms are held against them. Unknown ids answer with nothing. */
export interface Catalogue {
  /** Whether the courses of an institution are kept here at all: it has any. */
  keepsCoursesOf(institution: string): boolean;
  /** Every edition, past and present, that has a code, whatever its case and spacing and whoever teaches it. */
  editionsOf(code: string): readonly CatalogueEdition[];
  gradingScale(id: string): GradingScale | undefined;
  creditSystem(id: string): CreditSystem | undefined;
}

export interface CatalogueEdition {
  readonly id: string;
  /** The id of the institution that teaches it. */
  readonly provider: string;
  /** The id of the institution that it runs on, if elsewhere. */
  readonly platform?: string;
  readonly validity: Period;
}

/** Which of some institutions teaches an edition, or has it run on its platform; undefined when none does. */
export function placeOf({ provider, platform }: CatalogueEdition, institutions: readonly string[]): string | undefined {
  if (institutions.includes(provider)) return provider;
  return platform !== undefined && institutions.includes(platform) ? platform : undefined;
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
