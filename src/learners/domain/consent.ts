import type { CalendarDate, FieldError } from '../../kernel/index.js';

/** What a student agrees to: that an institution reads transcripts, with what they state. */
export interface ConsentDetails {
  /** The institution that may read them. */
  readonly institution: string;
  /** Ids of transcripts; absent: all, those handed in later, too. */
  readonly transcripts?: readonly string[];
  readonly purpose?: string;
  /** The last day on which it holds, in UTC; absent: until it is withdrawn. */
  readonly until?: CalendarDate;
}

/** How a consent ends: the student withdraws it, or its last day has passed. */
export const consentEnds = ['withdrawal', 'expiry'] as const;
export type ConsentEnd = (typeof consentEnds)[number];

/** A consent as it was given, and whether it still holds. It is kept when it has ended. */
export interface Consent extends ConsentDetails {
  readonly id: string;
  /** RFC 3339, UTC. */
  readonly givenAt: string;
  readonly end?: { readonly by: ConsentEnd; readonly at: string };
}

/** What is wrong with a consent that is given on a day. */
export function faultsOfConsent({ until }: ConsentDetails, today: CalendarDate): FieldError[] {
  return until !== undefined && until < today ? [{ pointer: '/until', detail: 'must not be in the past' }] : [];
}
