import type { Period } from '../../kernel/index.js';

/**
 * The table of outside credentials that University of the People recognises: by its own course, the certificates that stand for it, each with the
 * windows in which the American Council on Education (ACE) recommended credit for it. Every part knows its JSON Pointer in the file.
 */
export interface UoPeopleTable {
  readonly courses: readonly UoPeopleCourse[];
}

export interface UoPeopleCourse {
  readonly pointer: string;
  readonly code: string;
  readonly name: string;
  readonly credits?: number;
  readonly credentials: readonly UoPeopleCredential[];
}

/** A certificate of another provider. Blank texts of the file are empty. */
export interface UoPeopleCredential {
  readonly pointer: string;
  /** The provider's own code, blank for most. */
  readonly code: string;
  /** Who issues it: "Coursera", "Sophia Learning". */
  readonly institution: string;
  readonly name: string;
  /** The page of the certificate. */
  readonly url: string;
  readonly windows: readonly UoPeopleWindow[];
}

export interface UoPeopleWindow {
  readonly pointer: string;
  /** A blank date of the file leaves that end open. */
  readonly period: Period;
}
