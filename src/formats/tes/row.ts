import type { Period } from '../../kernel/index.js';

/** The codes by which a file of this format names institutions: UNITID is another name of the IPEDS id. */
export const tesCodeTypes = ['IPEDSID', 'UNITID', 'OPEID', 'CEEB'] as const;
export type TesCodeType = (typeof tesCodeTypes)[number];

/** The most courses on each side of an equivalency. */
export const maximumTesCourses = 10;

/**
 * One equivalency of the flat file by which institutions exchange equivalencies with TES and Transferology: all the sending courses together stand
 * for all the receiving courses. Texts are trimmed; courses are in the order of their columns, blank columns left out.
 */
export interface TesRow {
  readonly codeType: TesCodeType;
  readonly sending: TesInstitution & { readonly city: string; readonly state: string; readonly country: string };
  /** When the sending courses were taken, inclusive. */
  readonly validity: Period;
  readonly sendingCourses: readonly string[];
  readonly receiving: TesInstitution;
  readonly receivingCourses: readonly string[];
  readonly privateComments: string;
  readonly publicComments: string;
  /** Not shown to the public. */
  readonly hidden: boolean;
}

export interface TesInstitution {
  readonly code: string;
  readonly name: string;
}

const courseColumns = (side: 'Send' | 'Receive'): string[] =>
  Array.from({ length: maximumTesCourses }, (_, index) => `${side}CourseCode${String(index + 1)}`);

export const sendCourseColumns: readonly string[] = courseColumns('Send');
export const receiveCourseColumns: readonly string[] = courseColumns('Receive');

/** The columns of the file in their order, as TES names them. */
export const tesColumns: readonly string[] = [
  'InstitutionCodeType',
  'SendInstitutionCode',
  'SendInstitutionName',
  'SendInstitutionCity',
  'SendInstitutionState',
  'SendInstitutionCountry',
  'EQValidDateStart',
  'EQValidDateEnd',
  ...sendCourseColumns,
  'ReceiveInstitutionCode',
  'ReceiveInstitutionName',
  ...receiveCourseColumns,
  'CommentsPrivate',
  'CommentsPublic',
  'HideFlag',
];
