import type { CalendarDate } from '../../kernel/index.js';

/**
 * An articulation agreement by major as ASSIST (assist.org, California) publishes it: what the major asks for at the receiving institution
 * (the template) and which courses of the sending institution stand for each course of it (the articulations). Names follow the file's.
 * Every part knows its JSON Pointer in the file; a pointer goes on through texts that hold JSON.
 */
export interface AssistAgreement {
  /** The major: "Mathematics/Applied Science B.S.". */
  readonly name: string;
  /** "2024-2025": the first day, and the day on which the next year begins. */
  readonly academicYear: { readonly code: string; readonly begin: CalendarDate; readonly end: CalendarDate };
  /** The calendar year in which the receiving institution's catalogue year begins. */
  readonly catalogueYear: number;
  readonly sending: AssistInstitution;
  readonly receiving: AssistInstitution;
  /** In the order of their positions. */
  readonly assets: readonly AssistAsset[];
  readonly articulations: readonly AssistArticulation[];
}

export interface AssistInstitution {
  /** The number by which ASSIST knows it. */
  readonly id: number;
  /** "UCSD", "SMCC". */
  readonly code: string;
  /** Its name now, and the names it had before. */
  readonly name: string;
  readonly formerNames: readonly string[];
  readonly terms: 'Semester' | 'Quarter';
}

/** A term such as F2012: the autumn term of 2012. */
export interface AssistTerm {
  readonly season: 'W' | 'S' | 'Su' | 'F';
  readonly year: number;
}

export interface AssistCourse {
  readonly pointer: string;
  readonly prefix: string;
  readonly number: string;
  readonly title: string;
  /** In the units of its institution's terms. */
  readonly units: { readonly minimum: number; readonly maximum: number };
  /** The first term of this edition, and the last where one is known. */
  readonly begin?: AssistTerm;
  readonly end?: AssistTerm;
}

/** A note that the file attaches to a part: "Must be taken for a letter grade". `field` is the list that it stands in. */
export interface AssistRemark {
  readonly pointer: string;
  readonly field: string;
  readonly content: string;
}

/** A part of the template. */
export type AssistAsset = AssistGroup | AssistText | AssistUnknown;

/** Text for readers. A `RequirementTitle` is the heading of the groups that follow it. */
export interface AssistText {
  readonly kind: 'RequirementTitle' | 'GeneralTitle' | 'GeneralText';
  readonly pointer: string;
  /** Plain text, or HTML in a general text. */
  readonly content: string;
}

/** A part of a type that this reader does not know. */
export interface AssistUnknown {
  readonly kind: 'unknown';
  readonly pointer: string;
  readonly type: string;
}

export interface AssistGroup {
  readonly kind: 'group';
  readonly pointer: string;
  /** How many sections, or courses of them, are asked for; without one everything is. */
  readonly instruction?: AssistInstruction;
  readonly advisements: readonly AssistAdvisement[];
  readonly remarks: readonly AssistRemark[];
  readonly sections: readonly AssistSection[];
}

/** "Complete" or "select" – the file's wording differs, the meaning does not. */
export type AssistInstruction =
  /** Complete the following. */
  | { readonly kind: 'Following' }
  /** Complete A and B; select A or B. */
  | { readonly kind: 'Conjunction'; readonly conjunction: AssistConjunction }
  /** Complete n courses from the sections taken together. */
  | { readonly kind: 'NFromArea'; readonly courses: number }
  /** Complete n courses from A or B. */
  | { readonly kind: 'NFromConjunction'; readonly courses: number; readonly conjunction: AssistConjunction }
  /** Anything else, in the file's words. */
  | { readonly kind: 'unknown'; readonly description: string };

export type AssistConjunction = 'And' | 'Or';

export interface AssistSection {
  readonly pointer: string;
  readonly advisements: readonly AssistAdvisement[];
  readonly remarks: readonly AssistRemark[];
  readonly rows: readonly AssistRow[];
}

/** "Select n courses from the following": within a group that counts courses over several sections, at most n of this one. */
export type AssistAdvisement =
  | { readonly kind: 'NFollowing'; readonly pointer: string; readonly courses: number }
  | { readonly kind: 'unknown'; readonly pointer: string; readonly description: string };

export interface AssistRow {
  readonly pointer: string;
  readonly remarks: readonly AssistRemark[];
  readonly cells: readonly AssistCell[];
}

export interface AssistCell {
  readonly pointer: string;
  readonly id: string;
  readonly remarks: readonly AssistRemark[];
  readonly receiving: AssistReceiving;
}

/** What is asked for at the receiving institution. */
export type AssistReceiving =
  | { readonly kind: 'Course'; readonly course: AssistCourse; readonly crossListed: readonly AssistCourse[] }
  | { readonly kind: 'Series'; readonly name: string; readonly conjunction: AssistConjunction; readonly courses: readonly AssistCourse[] }
  | { readonly kind: 'unknown'; readonly type: string };

/** Which sending courses stand for what a cell of the template asks for. */
export interface AssistArticulation {
  readonly pointer: string;
  readonly cellId: string;
  readonly receiving: AssistReceiving;
  readonly groups: readonly AssistCourseGroup[];
  /** What joins the groups, by their 0-based positions, both ends inclusive. */
  readonly groupConjunctions: readonly {
    readonly pointer: string;
    readonly conjunction: AssistConjunction;
    readonly from: number;
    readonly until: number;
  }[];
  /** Why no sending course stands for it. */
  readonly noArticulationReason?: string;
  readonly remarks: readonly AssistRemark[];
}

export interface AssistCourseGroup {
  readonly pointer: string;
  readonly position: number;
  readonly conjunction: AssistConjunction;
  readonly courses: readonly AssistSendingCourse[];
  /** Of the group and of its courses. */
  readonly remarks: readonly AssistRemark[];
}

export type AssistSendingCourse =
  | { readonly kind: 'Course'; readonly course: AssistCourse; readonly crossListed: readonly AssistCourse[] }
  | { readonly kind: 'unknown'; readonly pointer: string; readonly type: string };
