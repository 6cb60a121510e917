import type { AgreementTerms } from '../../../agreements/domain/index.js';
import type { Programme } from '../../../programmes/domain/index.js';
import type { InstitutionImport } from '../../../institutions/domain/index.js';
import type { ImportedCourse } from '../catalogue.js';
import type { ListedException } from '../listed-exception.js';

/** Who the file speaks of, as the caller knows them. */
export interface AssistIds {
  readonly sending: string;
  readonly receiving: string;
  readonly programme: string;
}

/** An ASSIST agreement by major in our words. */
export interface AssistImport {
  readonly institutions: { readonly sending: InstitutionImport; readonly receiving: InstitutionImport };
  readonly courses: readonly ImportedCourse[];
  readonly terms: AgreementTerms;
  /**
   * What the major asks for before transfer: the part of the degree programme that the agreement states. Absent where it asks for nothing: all its
   * courses are recommended only, or could not be expressed.
   */
  readonly programme?: Programme;
  /** What became of each articulation of the file, in its order: as many as the file has. */
  readonly articulations: readonly ArticulationFate[];
  /** What became of each cell of the template: as many as the file has. */
  readonly cells: readonly CellFate[];
  readonly exceptions: readonly ListedException[];
}

export type ArticulationFate = { readonly pointer: string } &
  /** The rules that say it; a rule may say several articulations. */
  (
    | { readonly kind: 'rules'; readonly rules: readonly string[] }
    | { readonly kind: 'statement' }
    /** Listed among the exceptions under its pointer. */
    | { readonly kind: 'exception' }
  );

export type CellFate = { readonly pointer: string } & (
  | { readonly kind: 'requirement'; readonly requirement: string }
  /** Listed among the exceptions, under its pointer or that of the part it stands in. */
  | { readonly kind: 'exception' }
);
