import { parseRational, thousandths, type Thousandths } from '../../../kernel/index.js';
import type { EvaluationInput } from '../input.js';
import type { Filler } from './awards.js';
import type { Report } from './violation.js';

/** The policy's caps on what counts, in whole thousandths; Infinity where there is none. */
export interface Caps {
  readonly absoluteOrShare: Thousandths;
  readonly residency: Thousandths;
  readonly mooc: Thousandths;
  readonly passFail: Thousandths;
  readonly passFailHomeCourses: number;
}

export function capsOf({ programme: { policy, totalCredits } }: EvaluationInput): Caps {
  const total = thousandths(totalCredits);
  const share = parseRational(policy.maximumTransferredShare ?? '');
  const ofShare = share === undefined ? Infinity : Number((share.numerator * BigInt(total)) / share.denominator);
  return {
    absoluteOrShare: Math.min(ofShare, capOf(policy.maximumTransferredCredits)),
    residency: policy.residencyCredits === undefined ? Infinity : Math.max(0, total - thousandths(policy.residencyCredits)),
    mooc: capOf(policy.maximumMoocCredits),
    passFail: capOf(policy.passFail?.maximumCredits),
    passFailHomeCourses: policy.passFail?.maximumHomeCourses ?? Infinity,
  };
}

function capOf(credits: number | undefined): Thousandths {
  return credits === undefined ? Infinity : thousandths(credits);
}

/** Sums of what counts. */
export interface Sums {
  readonly transferred: Thousandths;
  readonly mooc: Thousandths;
  readonly passFail: Thousandths;
  /** Pass/fail home courses that count or fill something. */
  readonly passFailHomeCourses: number;
}

export function sumsOf(fillers: readonly Filler[]): Sums {
  let [transferred, mooc, passFail, passFailHomeCourses] = [0, 0, 0, 0];
  for (const filler of fillers) {
    if (filler.transferred) transferred += filler.counted;
    if (filler.mooc) mooc += filler.counted;
    if (filler.passFail) passFail += filler.counted;
    if (filler.passFail && !filler.transferred && (filler.counted > 0 || filler.fills.length > 0)) passFailHomeCourses += 1;
  }
  return { transferred, mooc, passFail, passFailHomeCourses };
}

/** §5.5: what counts of each award, and the programme's caps on all of it. */
export function checkCaps(fillers: readonly Filler[], sums: Sums, caps: Caps, report: Report): void {
  for (const { counted, credits, path } of fillers) {
    if (counted > credits) report('counted', `${String(counted)} of ${String(credits)} thousandths`, `${path}/counted`);
  }
  if (sums.transferred > Math.min(caps.absoluteOrShare, caps.residency)) report('transferCap', `${String(sums.transferred)} thousandths`);
  if (sums.mooc > caps.mooc) report('moocCap', `${String(sums.mooc)} thousandths`);
  if (sums.passFail > caps.passFail) report('passFailCap', `${String(sums.passFail)} thousandths`);
  if (sums.passFailHomeCourses > caps.passFailHomeCourses) report('passFailHomeCourses', String(sums.passFailHomeCourses));
}
