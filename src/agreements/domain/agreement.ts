import { normaliseCode, type CalendarDate, type LocalisedText, type Period } from '../../kernel/index.js';
import { courseSourcesOfRule, type Award, type Rule } from '../../rules/domain/index.js';
import type { AgreementTerms } from './terms.js';

/** Who may read an agreement: everybody, or its parties alone. */
export const visibilities = ['public', 'parties'] as const;
export type Visibility = (typeof visibilities)[number];

/** What is said of an agreement as a whole. */
export interface AgreementDetails {
  readonly title: LocalisedText;
  readonly visibility: Visibility;
}

/** An agreement between institutions; what they agreed on is in its revisions. */
export interface Agreement extends AgreementDetails {
  readonly id: string;
  readonly version: number;
  /** RFC 3339, UTC. */
  readonly modifiedAt: string;
}

/** Where a revision comes from while only one party vouches for it. */
export interface Attestation {
  /** Id of the institution that vouches for it. */
  readonly by: string;
  /** The document or system it was taken from. */
  readonly source: string;
}

/** One immutable revision of an agreement. */
export interface Revision {
  readonly agreement: string;
  /** Counted from 1. */
  readonly number: number;
  /** SHA-256 over the RFC 8785 canonical form of the terms. */
  readonly digest: string;
  readonly terms: AgreementTerms;
  /** The days on which it is in force; absent when a later revision has taken all of them. */
  readonly inForce?: Period;
  readonly attestation: Attestation;
  readonly recordedAt: string;
}

/** The days that are left of a period when another begins; undefined when none is. */
export function periodBefore(
  period: Period,
  from: CalendarDate | undefined,
  dayBefore: (date: CalendarDate) => CalendarDate,
): Period | undefined {
  if (from === undefined || (period.from !== undefined && period.from >= from)) return undefined;
  if (period.until !== undefined && period.until < from) return period;
  return { ...period, until: dayBefore(from) };
}

/** What a rule is looked up by: the codes its source names, whether it also selects by pattern, subject or field, and the codes it awards. */
export interface RuleKeys {
  readonly sourceCodes: readonly string[];
  readonly hasWideSelector: boolean;
  readonly targetCodes: readonly string[];
}

export function keysOfRule(rule: Rule): RuleKeys {
  const selectors = courseSourcesOfRule(rule, '').consumed.map(({ source }) => source.select);
  const codes = selectors.flatMap((select) => (select.kind === 'code' ? [normaliseCode(select.code)] : []));
  const targets = awardsOfRule(rule).flatMap(({ target }) => (target.kind === 'course' ? [normaliseCode(target.code)] : []));
  return {
    sourceCodes: [...new Set(codes)],
    hasWideSelector: selectors.some(({ kind }) => kind !== 'code'),
    targetCodes: [...new Set(targets)],
  };
}

/** Every award a rule can give, whichever option is chosen. */
export function awardsOfRule({ outcome }: Rule): readonly Award[] {
  if (outcome.kind === 'credit') return outcome.awards;
  return outcome.kind === 'choice' ? outcome.options.flat() : [];
}
