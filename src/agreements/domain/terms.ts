import type { LocalisedText, Period } from '../../kernel/index.js';
import type { Rule, Selector, Statement } from '../../rules/domain/index.js';

/**
 * The terms of one revision of an agreement: what its digest covers. Names, contacts and comments are not part of it.
 */
export interface AgreementTerms {
  /** The institutions between which the rules hold; `anyMember` in a rule means one of these. */
  readonly parties: readonly string[];
  /** In force on these days, both inclusive. */
  readonly period: Period;
  readonly precedence: Precedence;
  /** The id of the framework agreement that this one is an annex to; an annex outranks its framework on any shared completion. */
  readonly annexTo?: string;
  readonly rules: readonly Rule[];
  readonly statements: readonly Statement[];
  readonly limits: readonly Limit[];
  readonly conversions: readonly Conversion[];
  readonly gradeTables: readonly GradeTable[];
  readonly redemption: RedemptionPolicy;
}

/**
 * `mostSpecific`: a rule on a smaller set of completions gives way to one on a larger set, and a vaguer selector to a more exact one.
 * `bestForStudent`: the objective alone decides.
 */
export type Precedence = 'mostSpecific' | 'bestForStudent';

/** Where a completion that has earned credit may earn it again: in another programme, in another institution, or nowhere. */
export type RedemptionPolicy = 'oncePerProgramme' | 'oncePerInstitution' | 'once';

/** At most n courses or c receiving credits out of a set. An award is admitted whole or not at all. */
export interface Limit {
  readonly id: string;
  readonly over: LimitedSet;
  /**
   * Over sending courses: how many completions of the set may be consumed. Over receiving courses, rules or everything: how many
   * awards may be granted.
   */
  readonly maximumCourses?: number;
  /** How many receiving credits the awards concerned may carry; over sending courses those of every application that consumes one of them. */
  readonly maximumCredits?: number;
  readonly note?: LocalisedText;
}

export type LimitedSet =
  | { readonly kind: 'sendingCourses'; readonly select: readonly Selector[] }
  /** Codes, or patterns as in selectors; electives are named by nothing here and never belong to the set. */
  | { readonly kind: 'receivingCourses'; readonly codes: readonly string[] }
  | { readonly kind: 'rules'; readonly rules: readonly string[] }
  /** All awards under this agreement: the total cap. */
  | { readonly kind: 'everything' };

/** How credits of one system become credits of another under this agreement. Without an entry: year share, else hours. */
export type Conversion = { readonly from: string; readonly to: string; readonly rounding?: Rounding } & (
  | { readonly method: 'pinned'; /** "3/2" or "1.5": receiving credits per sending credit. */ readonly factor: string }
  | {
      readonly method: 'table';
      /** What the table's left side counts. */
      readonly unit: 'weeks' | 'hours' | 'credits';
      /** Ascending; the last row whose `atLeast` is reached gives the credits, below the first there are none. */
      readonly rows: readonly { readonly atLeast: number; readonly credits: number }[];
    }
  | { readonly method: 'yearShare' }
  | { readonly method: 'hours' }
);

export interface Rounding {
  readonly mode: 'none' | 'down' | 'halfUp';
  /** A multiple of 0.001; needed unless the mode is none. */
  readonly step?: number;
}

/** How grades of one scale read on another: by pairs, or by the overlap of the two scales' distributions with the choice fixed beforehand. */
export type GradeTable = { readonly from: string; readonly to: string } & (
  | { readonly method: 'pairs'; readonly pairs: readonly { readonly from: string; readonly to: string }[] }
  | { readonly method: 'distribution'; readonly choose: 'minimum' | 'mean' | 'maximum' }
);
