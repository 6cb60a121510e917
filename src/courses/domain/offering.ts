import { contains, FieldChecks, type FieldError, type Period } from '../../kernel/index.js';

/** A dated run of an edition. */
export interface OfferingDetails {
  /** Id of the edition. */
  readonly course: string;
  /** From the first day to the last. */
  readonly period: { readonly from: string; readonly until: string };
  /** Ids of the institutions where its students sit: several share a hybrid classroom. */
  readonly hosts: readonly string[];
  /** The language of instruction of this run. */
  readonly language: string;
  /** How many students it takes; absent when it has no limit. */
  readonly capacity?: number;
}

export interface Offering extends OfferingDetails {
  readonly id: string;
  readonly version: number;
  /** RFC 3339, UTC. */
  readonly modifiedAt: string;
}

/** Where an offering contradicts itself or the edition that it runs, with JSON Pointers. A run may end after its edition does. */
export function faultsOfOffering(details: OfferingDetails, edition: { readonly validity: Period }): FieldError[] {
  const checks = new FieldChecks();
  checks.period('/period', details.period);
  if (!contains(edition.validity, details.period.from)) checks.report('/period/from', 'is outside the validity of the edition');
  return [...checks.errors];
}
