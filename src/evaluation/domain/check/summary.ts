import type { Thousandths } from '../../../kernel/index.js';
import { objectiveLevels, type BindingConstraint, type EvaluationResult } from '../result.js';
import type { Taken } from './applications.js';
import type { Filler, Granted } from './awards.js';
import type { Caps, Sums } from './caps.js';
import type { Facts } from './facts.js';
import type { ReadProgramme } from './programme.js';
import type { Study } from './requirements.js';
import { amountOf, areDistinct, keyOf } from './values.js';
import type { Report } from './violation.js';

/** §7: the objective vector and the loss of each application. */
export function checkObjective(result: EvaluationResult, taken: readonly Taken[], study: Study, sums: Sums, report: Report): void {
  let loss = 0;
  for (const { stated, path } of taken) {
    const counted = stated.awards.reduce((sum, award) => sum + amountOf(award.counted), 0);
    const lost = Math.max(0, amountOf(stated.convertedCredits) - counted);
    if (amountOf(stated.loss) !== lost) report('objective', `loss: ${String(lost)} thousandths`, `${path}/loss`);
    loss += lost;
  }
  const wanted = {
    remainingStudy: study.remaining,
    requirementsCompleted: study.complete,
    recognisedCredits: sums.transferred,
    completionsConsumed: taken.reduce((sum, { set }) => sum + set.length, 0),
    loss,
  };
  const { objective } = result;
  const stated = {
    ...objective,
    remainingStudy: amountOf(objective.remainingStudy),
    recognisedCredits: amountOf(objective.recognisedCredits),
    loss: amountOf(objective.loss),
  };
  for (const level of objectiveLevels) {
    if (level !== 'order' && stated[level] !== wanted[level])
      report('objective', `${level}: ${String(wanted[level])}`, `/objective/${level}`);
  }
}

/** What the result says of its proof is consistent; whether it is true is not the checker's to say. */
export function checkProof({ optimal, provenLevels, bound, objective }: EvaluationResult, report: Report): void {
  const open = objectiveLevels[provenLevels];
  if (optimal !== (provenLevels === objectiveLevels.length) || provenLevels > objectiveLevels.length) {
    report('proof', `${String(provenLevels)} levels are proven`, '/provenLevels');
  }
  if (bound === undefined) return;
  if (bound.level !== open) report('proof', `the first level not proven is ${open ?? 'none'}`, '/bound/level');
  if (bound.level === 'order') return;
  const most = bound.level === 'requirementsCompleted' || bound.level === 'recognisedCredits';
  const reached = objective[bound.level];
  if (most ? bound.value < reached : bound.value > reached) report('proof', 'the result is better than its bound', '/bound/value');
}

/** Totals over everything that transfers, in the programme's credits. */
export function checkTotals({ totals, objective }: EvaluationResult, granted: readonly Granted[], sums: Sums, report: Report): void {
  const wanted: Record<keyof typeof totals, Thousandths> = {
    recognised: sums.transferred,
    unplaced: granted.reduce((sum, award) => sum + award.counted - placed(award), 0),
    capped: granted.reduce((sum, { credits, counted }) => sum + Math.max(0, credits - counted), 0),
    wasted: amountOf(objective.loss),
  };
  for (const key of ['recognised', 'unplaced', 'capped', 'wasted'] as const) {
    if (amountOf(totals[key]) !== wanted[key]) report('totals', `${key}: ${String(wanted[key])} thousandths`, `/totals/${key}`);
  }
}

/** What of an award fills requirements: once where they share, and its surplus. */
function placed({ fills, counted }: Filler): Thousandths {
  const most = (surplus: boolean): Thousandths =>
    fills.filter((fill) => fill.surplus === surplus).reduce((largest, { credits }) => Math.max(largest, amountOf(credits)), 0);
  return Math.min(counted, most(false) + most(true));
}

/** Caps that are named as binding exist and are reached; where something is cut off for certain, one is named. */
export function checkBinding(
  facts: Facts,
  programme: ReadProgramme,
  { binding, totals, provenLevels }: EvaluationResult,
  sums: Sums,
  caps: Caps,
  report: Report,
): void {
  const binds = (constraint: BindingConstraint): boolean => {
    switch (constraint.kind) {
      case 'maximumTransferredCredits':
        return sums.transferred === caps.absoluteOrShare;
      case 'residencyCredits':
        return sums.transferred === caps.residency;
      case 'maximumMoocCredits':
        return sums.mooc === caps.mooc;
      case 'passFail':
        return sums.passFail === caps.passFail || sums.passFailHomeCourses === caps.passFailHomeCourses;
      case 'requirementTransfer':
        return programme.capped.some(({ requirement }) => requirement.id === constraint.id);
      case 'limit':
        return facts.agreements.get(constraint.agreement ?? '')?.revision.terms.limits.some(({ id }) => id === constraint.id) === true;
    }
  };
  if (!areDistinct(binding.map(({ kind, id = '', agreement = '' }) => keyOf(kind, id, agreement))))
    report('order', 'a constraint is named twice', '/binding');
  for (const [index, constraint] of binding.entries()) {
    if (!binds(constraint)) report('binding', `${constraint.kind} ${constraint.id ?? ''}`, `/binding/${String(index)}`);
  }
  const caught = binding.some(({ kind }) => kind !== 'limit');
  // Until the most recognised credits are proven, something may be left uncounted that no cap cuts off.
  const proven = provenLevels > objectiveLevels.indexOf('recognisedCredits');
  if (proven && totals.capped > 0 && !caught) report('binding', 'credits are cut off, and no cap is named', '/binding');
}
