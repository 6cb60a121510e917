import type { Completion } from '../../../src/evaluation/domain/index.js';
import type { Grade } from '../../../src/kernel/index.js';
import type { Award, AwardTarget, Conditions, CourseSource, Outcome, Rule, Selector, Source } from '../../../src/rules/domain/index.js';
import {
  attributes,
  credits,
  dates,
  drawSendingCode,
  gradeValues,
  iscedCodes,
  platform,
  programmeCode,
  receiving,
  receivingCodes,
  senders,
} from './setting.js';
import type { Setting } from './setting.js';

/** Rules of every kind, mostly about the courses that the learner has. */

export function drawSelector(setting: Setting, completions: readonly Completion[]): Selector {
  const { dice, on } = setting;
  const scope = {
    ...(dice.chance(0.1) ? { provider: dice.pick(senders) } : {}),
    ...(dice.chance(0.04) ? { platform } : {}),
  };
  const kind = on.has('vagueSelectors') ? dice.pick(['code', 'code', 'pattern', 'subject', 'field'] as const) : 'code';
  if (kind === 'code') return { ...scope, kind, code: drawSendingCode(setting, completions) };
  if (kind === 'pattern') return { ...scope, kind, pattern: dice.pick(['MA 1##', 'MA 10#', 'MA *', '*1', 'ph*']) };
  if (kind === 'field') {
    const isced = dice.pick([...iscedCodes, '05']);
    return { ...scope, kind, isced, ...(dice.chance(0.4) ? { minimumEqf: 6 } : {}) };
  }
  return { ...scope, kind, subject: dice.pick(['MA', 'ma', 'PH', 'CS']), ...(dice.chance(0.5) ? { level: dice.pick([7, 100, 200]) } : {}) };
}

function drawGradeDemand({ dice, on }: Setting): Grade {
  const scale = on.has('gradeTables') && dice.chance(0.4) ? 'marks' : 'letters';
  return { scale, value: dice.pick(scale === 'marks' ? gradeValues.marks : [...gradeValues.letters.slice(1), 'C', 'D']) };
}

function drawCourse(setting: Setting, completions: readonly Completion[]): CourseSource {
  const { dice, on } = setting;
  return {
    kind: 'course',
    select: drawSelector(setting, completions),
    ...(on.has('gradeDemands') && dice.chance(0.4) ? { minimumGrade: drawGradeDemand(setting) } : {}),
    ...(on.has('gradeDemands') && dice.chance(0.15) ? { maximumGrade: drawGradeDemand(setting) } : {}),
    ...(on.has('creditDemands') && dice.chance(0.5) ? { minimumCredits: credits(setting, dice.int(1, 3)) } : {}),
  };
}

export function drawSource(setting: Setting, completions: readonly Completion[], depth = 0): Source {
  const { dice, on } = setting;
  if (on.has('twice') && dice.chance(on.has('repeats') ? 0.35 : 0.1)) {
    const course = drawCourse(setting, completions);
    return { kind: 'all', of: [course, { ...course }] };
  }
  if (depth === 0 && on.has('nestedSources') && dice.chance(0.2)) return drawGrowing(setting, completions);
  const alone = on.has('rounding') ? 0.3 : 0.5;
  const isLeaf = depth === 2 || dice.chance(depth === 0 ? alone : on.has('nestedSources') ? 0.5 : 1);
  if (isLeaf) return drawCourse(setting, completions);
  const kind = dice.pick(['all', 'all', 'any', 'atLeast', 'atLeast'] as const);
  // Mostly parts about different courses, so that they can be met together.
  const order = dice.shuffle(completions);
  const of = dice.times(dice.int(2, 3), (index) =>
    drawSource(setting, dice.chance(0.8) ? order.slice(index, index + 1) : order, depth + 1),
  );
  if (kind !== 'atLeast') return { kind, of };
  const demand = dice.pick(['courses', 'credits', 'both'] as const);
  return {
    kind,
    ...(demand === 'credits' ? {} : { courses: dice.int(1, 2) }),
    ...(demand === 'courses' ? {} : { credits: credits(setting, dice.int(1, 6)) }),
    of,
  };
}

/** "So many credits from: this course with at least one of those": the whole may want more of a part than the part itself. */
function drawGrowing(setting: Setting, completions: readonly Completion[]): Source {
  const { dice } = setting;
  const [first, ...rest] = dice.shuffle(completions).map(({ code }): Source => ({ kind: 'course', select: { kind: 'code', code } }));
  if (first === undefined || rest.length === 0) return drawCourse(setting, completions);
  const inner: Source = { kind: 'all', of: [first, { kind: 'atLeast', courses: 1, of: rest }] };
  return { kind: 'atLeast', credits: credits(setting, dice.int(4, 9)), of: [inner] };
}

function drawTarget({ dice }: Setting): AwardTarget {
  if (dice.chance(0.65)) return { kind: 'course', code: dice.chance(0.9) ? dice.pick(receivingCodes) : 'x100' };
  return {
    kind: 'elective',
    ...(dice.chance(0.8) ? { subject: dice.pick(['X', 'Y', 'x']) } : {}),
    ...(dice.chance(0.6) ? { level: dice.pick([100, 200]) } : {}),
  };
}

function drawAward(setting: Setting): Award {
  const { dice, on } = setting;
  const converted = dice.chance(on.has('convertedAwards') || on.has('conversions') ? 0.6 : 0.15);
  const effect = on.has('exemptions') && dice.chance(0.4) ? dice.pick(['exemption', 'waiver'] as const) : 'credit';
  return {
    target: drawTarget(setting),
    credits: converted
      ? { kind: 'converted', ...(dice.chance(0.25) ? { maximum: credits(setting, dice.int(1, 4)) } : {}) }
      : { kind: 'fixed', credits: credits(setting, on.has('ties') ? 2 : dice.int(dice.chance(0.1) ? 0 : 1, 4)) },
    grade: dice.chance(0.4) ? { kind: 'none' } : { kind: 'converted', combine: dice.pick(['lowest', 'creditWeightedMean'] as const) },
    effect,
    ...(on.has('attributes') ? { attributes: dice.some(attributes, 0, 2) } : {}),
  };
}

function drawAwards(setting: Setting): readonly Award[] {
  return setting.dice.times(setting.dice.pick([1, 1, 1, 1, 2, 2, 3]), () => drawAward(setting));
}

function drawOutcome(setting: Setting): Outcome {
  const { dice, on } = setting;
  if (on.has('negatives') && dice.chance(0.25)) {
    return dice.chance(0.7) ? { kind: 'noCredit', reason: 'level' } : { kind: 'individualAssessment' };
  }
  if (on.has('choice') && dice.chance(0.5)) {
    const by = dice.pick(['student', 'registrar', 'best'] as const);
    return { kind: 'choice', by, options: dice.times(dice.int(2, 3), () => drawAwards(setting)) };
  }
  return { kind: 'credit', awards: drawAwards(setting) };
}

/** A source that is looked at: sometimes at the home record. */
function drawLookedAt(setting: Setting, completions: readonly Completion[]): Source {
  const { dice, on } = setting;
  if (on.has('home') && dice.chance(0.5)) {
    const code = dice.pick(receivingCodes);
    const select: Selector = dice.chance(0.7)
      ? { kind: 'code', code, provider: receiving }
      : { kind: 'subject', subject: 'X', provider: receiving };
    return { kind: 'course', select, ...(dice.chance(0.3) ? { minimumGrade: drawGradeDemand(setting) } : {}) };
  }
  return drawSource(setting, completions, 1);
}

function drawConditions(setting: Setting, completions: readonly Completion[]): Conditions {
  const { dice, on } = setting;
  const codes = [programmeCode, 'BSC-OTHER'];
  return {
    ...(on.has('programmes') && dice.chance(0.4)
      ? { programmes: dice.chance(0.7) ? { only: dice.some(codes, 1, 2) } : { except: dice.some(codes, 1, 1) } }
      : {}),
    ...(on.has('conditionsHeld') && dice.chance(0.4) ? { alsoHolds: drawLookedAt(setting, completions) } : {}),
    ...(on.has('conditionsNotHeld') && dice.chance(0.5) ? { doesNotHold: drawLookedAt(setting, completions) } : {}),
    ...(on.has('completedWithin') && dice.chance(0.4)
      ? {
          completedWithin: { duration: dice.pick(['P3Y', 'P5Y', 'P36M1D', 'P105W']), before: dice.pick(['request', 'admission'] as const) },
        }
      : {}),
    ...(on.has('evidence') && dice.chance(0.5)
      ? {
          evidence: {
            ...(dice.chance(0.4) ? { identityVerified: dice.chance(0.8) } : {}),
            ...(dice.chance(0.4) ? { proctored: true } : {}),
            ...(dice.chance(0.4) ? { verifiedTranscript: true } : {}),
            ...(dice.chance(0.3) ? { minimumHours: credits(setting, 60) } : {}),
          },
        }
      : {}),
  };
}

export function drawRule(setting: Setting, completions: readonly Completion[], id: string): Rule {
  const { dice, on } = setting;
  const dated = on.has('dates') && dice.chance(0.5);
  const conditions = drawConditions(setting, completions);
  const from = dice.chance(0.9) ? senders[0] : dice.pick([senders[1], platform]);
  return {
    id,
    from: on.has('anyMember') && dice.chance(0.6) ? 'anyMember' : from,
    to: on.has('anyMember') && dice.chance(0.5) ? 'anyMember' : dice.chance(0.99) ? receiving : 'uni-z',
    source: drawSource(setting, completions),
    outcome: drawOutcome(setting),
    ...(Object.keys(conditions).length === 0 ? {} : { conditions }),
    validity: dated
      ? {
          ...(dice.chance(0.6) ? { from: dice.pick(dates) } : {}),
          ...(dice.chance(0.5) ? { until: dice.pick([...dates, '2026-03-01']) } : {}),
        }
      : {},
    governedBy: dated ? dice.pick(['completion', 'enrolment', 'request', 'admission'] as const) : 'request',
  };
}
