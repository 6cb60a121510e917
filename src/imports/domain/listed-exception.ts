/**
 * Something that an import or export does not carry over, or carries over changed. Nothing is dropped without one of these.
 */
export interface ListedException {
  readonly code: ListedExceptionCode;
  readonly where: FilePlace;
  /** A sentence for the person who imports or exports, with the file's own words where they matter. */
  readonly detail: string;
}

/** Where in what was read: a JSON Pointer, or a line (from 1) and a field of it. */
export type FilePlace = { readonly pointer: string } | { readonly line: number; readonly field?: string };

/** The closed list of reasons. */
export const listedExceptionCodes = [
  /** Text for readers, which no rule or requirement can hold: advice, links, dates of publication. */
  'textNotEvaluated',
  /** A note on a part (letter grade, prerequisite, variable credit) that the rule language or the programme has no field for. */
  'remarkNotEvaluated',
  /** Courses that are recommended and not required; the programme holds what is required. */
  'recommendedOnly',
  /** A part of a type that the importer does not know. */
  'unknownPart',
  /** An instruction whose meaning cannot be expressed exactly. */
  'inexpressible',
  /** The file does not say whether parts are joined by AND or OR; it is not guessed. */
  'conjunctionMissing',
  /** Two statements of the file exclude each other. */
  'contradiction',
  /** The file leaves out what would be needed. */
  'incomplete',
  /** The same statement a second time. */
  'duplicate',
  /** Credits as a range; the least of it was taken. */
  'creditRange',
  /** Carried over, but not all of it: what is lost is said. */
  'simplified',
  /** Too large to be expressed within the limits of an import. */
  'tooLarge',
] as const;
export type ListedExceptionCode = (typeof listedExceptionCodes)[number];
