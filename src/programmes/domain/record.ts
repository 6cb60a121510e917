import { digestOf, type FieldError, type GradingScale, normaliseCode, rankOf } from '../../kernel/index.js';
import type { Programme } from './programme.js';

/** What is recorded of a programme: all of it but the id. */
export type ProgrammeDetails = Omit<Programme, 'id'>;

/** A programme as recorded. */
export interface ProgrammeRecord extends Programme {
  /** Over the RFC 8785 canonical form of everything that is recorded of the programme. */
  readonly digest: string;
  readonly version: number;
  /** RFC 3339, UTC. */
  readonly modifiedAt: string;
}

/** The digest of a programme. */
export function programmeDigest(programme: ProgrammeDetails): string {
  const { institution, code, catalogueYear, title, creditSystem, totalCredits, requirements, policy } = programme;
  return digestOf({ institution, code, catalogueYear, title, creditSystem, totalCredits, requirements, policy });
}

/** What the programme says about grades and cannot mean, `scales` being those of its scales that exist. */
export function faultsOfMinimumGrades(programme: ProgrammeDetails, scales: ReadonlyMap<string, GradingScale>): FieldError[] {
  return (programme.policy.minimumGrades ?? []).flatMap(({ scale, value }, index) => {
    const at = `/policy/minimumGrades/${String(index)}`;
    const known = scales.get(scale);
    if (known === undefined) return [{ pointer: `${at}/scale`, detail: 'is not a known grading scale' }];
    return rankOf(known, value) === undefined ? [{ pointer: `${at}/value`, detail: `is not a grade of the scale ${known.name}` }] : [];
  });
}

/** What contradicts the programme as it was: enrolments and the redemption ledger rest on what it is called. */
export function faultsOfChange(before: Programme, details: ProgrammeDetails): FieldError[] {
  const faults: FieldError[] = [];
  if (before.institution !== details.institution) faults.push({ pointer: '/institution', detail: 'cannot be changed' });
  if (normaliseCode(before.code) !== normaliseCode(details.code)) {
    faults.push({ pointer: '/code', detail: `cannot be changed but in case and spacing; it is ${before.code}` });
  }
  if (before.catalogueYear !== details.catalogueYear) {
    const detail = `cannot be changed; it is ${String(before.catalogueYear)}. Record another programme for another catalogue year`;
    faults.push({ pointer: '/catalogueYear', detail });
  }
  return faults;
}
