import type { CalendarDate, FieldError } from '../../kernel/index.js';

export const enrolmentStatuses = ['active', 'completed', 'withdrawn'] as const;
export type EnrolmentStatus = (typeof enrolmentStatuses)[number];

/** How an enrolment stands: going on, or ended on a day, with the degree or without it. */
export type EnrolmentState = { readonly status: 'active' } | { readonly status: 'completed' | 'withdrawn'; readonly endedOn: CalendarDate };

/** A learner in a programme of one catalogue year. */
export interface EnrolmentDetails {
  /** The id of the programme, which stands for its catalogue year too. */
  readonly programme: string;
  readonly admissionDate: CalendarDate;
  readonly state: EnrolmentState;
}

/** An enrolment as recorded, with what its programme is called. */
export interface Enrolment extends EnrolmentDetails {
  readonly id: string;
  readonly institution: string;
  readonly programmeCode: string;
  readonly catalogueYear: number;
  readonly version: number;
  /** RFC 3339, UTC. */
  readonly modifiedAt: string;
}

/** An enrolment as somebody states it, each field by itself being right. */
export interface StatedEnrolment {
  readonly programme: string;
  readonly admissionDate: CalendarDate;
  readonly status: EnrolmentStatus;
  readonly endedOn?: CalendarDate;
}

export type ReadEnrolment =
  | { readonly kind: 'enrolment'; readonly details: EnrolmentDetails }
  | { readonly kind: 'contradiction'; readonly errors: readonly FieldError[] };

/** Reads a statement, or says where its parts contradict each other. */
export function readEnrolment({ programme, admissionDate, status, endedOn }: StatedEnrolment): ReadEnrolment {
  const refused = (detail: string): ReadEnrolment => ({ kind: 'contradiction', errors: [{ pointer: '/endedOn', detail }] });
  if (status === 'active') {
    if (endedOn !== undefined) return refused('must be left out while the enrolment is active');
    return { kind: 'enrolment', details: { programme, admissionDate, state: { status } } };
  }
  if (endedOn === undefined) return refused(`is required once the enrolment is ${status}`);
  if (endedOn < admissionDate) return refused('must not be before the date of admission');
  return { kind: 'enrolment', details: { programme, admissionDate, state: { status, endedOn } } };
}
