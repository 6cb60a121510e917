/** A unit in which learning is counted, with what ties it to study time. */
export interface CreditSystem {
  readonly id: string;
  readonly name: string;
  /** Credits of one full-time year of study, at most three decimals. */
  readonly creditsPerYear?: number;
  /** Hours of learner workload that one credit stands for, as an interval. */
  readonly hoursPerCredit?: { readonly minimum: number; readonly maximum: number };
  /** Where the figures come from. */
  readonly source: string;
}
