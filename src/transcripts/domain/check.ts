import { type FieldError, type GradingScale, isCalendarDate, rankOf } from '../../kernel/index.js';
import type { StatedCompletion, Verification, VerificationResult } from './completion.js';

/** What the statements of a transcript may refer to: what exists of what they name. */
export interface KnownReferences {
  readonly institutions: ReadonlyMap<string, KnownInstitution>;
  readonly creditSystems: ReadonlySet<string>;
  readonly gradingScales: ReadonlyMap<string, GradingScale>;
}

export interface KnownInstitution {
  readonly homeCreditSystem?: string;
}

/** The system that a row's credits are counted in: the one it names, else that of its provider. Undefined when nobody says. */
export function creditSystemOf(row: StatedCompletion, institutions: KnownReferences['institutions']): string | undefined {
  return row.creditSystem ?? institutions.get(row.provider)?.homeCreditSystem;
}

/** Who hands a transcript in, or says what came of checking it. */
export type Witness = { readonly kind: 'service' } | { readonly kind: 'student' } | { readonly kind: 'institution'; readonly id: string };

/** Whether a witness can say so of a transcript of an issuer: a student's word proves nothing, and only the issuer attests. */
export function checkClaim(verification: Verification, issuer: string, witness: Witness): FieldError[] {
  const pointer = '/verification';
  if (witness.kind === 'student' && verification !== 'unverified') {
    return [{ pointer, detail: 'must be unverified: what a student hands in is evidence that somebody has yet to check' }];
  }
  if (witness.kind === 'institution' && verification === 'attested' && witness.id !== issuer) {
    return [{ pointer, detail: 'cannot be attested: only the issuer itself attests what it issued' }];
  }
  return [];
}

/** Everything in a transcript's rows that cannot be; pointers are relative to the list of rows. Empty: nothing is wrong. */
export function checkRows(rows: readonly StatedCompletion[], known: KnownReferences): FieldError[] {
  return rows.flatMap((row, index) =>
    [...checkInstitutions(row, known), ...checkCredits(row, known), ...checkGrade(row, known), ...checkDates(row)].map((error) => ({
      pointer: `/${String(index)}${error.pointer}`,
      detail: error.detail,
    })),
  );
}

function checkInstitutions(row: StatedCompletion, known: KnownReferences): FieldError[] {
  const errors: FieldError[] = [];
  if (!known.institutions.has(row.provider)) errors.push({ pointer: '/provider', detail: 'is not a known institution' });
  if (row.platform !== undefined && !known.institutions.has(row.platform)) {
    errors.push({ pointer: '/platform', detail: 'is not a known institution' });
  }
  return errors;
}

function checkCredits(row: StatedCompletion, known: KnownReferences): FieldError[] {
  const pointer = '/creditSystem';
  if (row.creditSystem !== undefined && !known.creditSystems.has(row.creditSystem)) {
    return [{ pointer, detail: 'is not a known credit system' }];
  }
  if (row.credits === undefined) {
    return row.creditSystem === undefined ? [] : [{ pointer, detail: 'must be left out where no credits are stated' }];
  }
  if (!known.institutions.has(row.provider) || creditSystemOf(row, known.institutions) !== undefined) return [];
  return [{ pointer, detail: 'is required: the provider has no home credit system' }];
}

function checkGrade(row: StatedCompletion, known: KnownReferences): FieldError[] {
  if (row.grade === undefined) return [];
  const scale = known.gradingScales.get(row.grade.scale);
  if (scale === undefined) return [{ pointer: '/grade/scale', detail: 'is not a known grading scale' }];
  if (rankOf(scale, row.grade.value) !== undefined) return [];
  return [{ pointer: '/grade/value', detail: `is not a grade of the scale ${scale.name}` }];
}

function checkDates(row: StatedCompletion): FieldError[] {
  const { enrolledOn, completedOn } = row;
  if (enrolledOn === undefined || completedOn === undefined || !isCalendarDate(enrolledOn) || !isCalendarDate(completedOn)) return [];
  return completedOn < enrolledOn ? [{ pointer: '/completedOn', detail: 'is before the date of enrolment' }] : [];
}

/** Where the parts of a verification result contradict each other. */
export function checkVerification({ verification, reason }: VerificationResult): FieldError[] {
  return verification === 'failed' && reason === undefined ? [{ pointer: '/reason', detail: 'is required of a check that failed' }] : [];
}
