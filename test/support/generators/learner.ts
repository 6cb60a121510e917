import type { Completion, HomeCourse, Redemption } from '../../../src/evaluation/domain/index.js';
import type { Grade } from '../../../src/kernel/index.js';
import {
  attributes,
  credits,
  dates,
  gradeValues,
  iscedCodes,
  platform,
  programmeCode,
  receiving,
  receivingCodes,
  senders,
  sendingCodes,
} from './setting.js';
import type { Setting } from './setting.js';

/** What a learner brings along: completions, home record, redemptions. */

export function drawCompletions(setting: Setting): readonly Completion[] {
  const { dice, on } = setting;
  const codes = on.has('repeats') ? dice.some(sendingCodes, 2, 2) : dice.shuffle(sendingCodes);
  const count = dice.pick([2, 3, 3, 4, 4, 5, 5, 6]);
  return dice.times(count, (index) => drawCompletion(setting, `c${String(index + 1)}`, codes[index % codes.length] ?? 'CS 7'));
}

function drawCompletion(setting: Setting, id: string, code: string): Completion {
  const { dice, on } = setting;
  const online = dice.chance(on.has('moocCap') || on.has('moocWithoutGrade') || on.has('electivesOnly') ? 0.5 : 0.1);
  return {
    id,
    provider: dice.chance(0.85) ? senders[0] : senders[1],
    ...(online ? { platform } : {}),
    code: dice.chance(0.9) ? code : code.toLowerCase().replace(' ', ''),
    ...(dice.chance(0.7) ? { isced: dice.pick(iscedCodes), eqfLevel: dice.int(5, 7) } : {}),
    credits: credits(setting, on.has('ties') ? 2 : dice.int(1, 4)),
    creditSystem: on.has('conversions') ? dice.pick(['H', 'S', 'S', 'W', 'N']) : 'H',
    ...(dice.chance(0.5) ? { hours: credits(setting, dice.int(10, 120)) } : {}),
    ...(dice.chance(0.5) ? { weeks: dice.int(3, 12) } : {}),
    ...drawGrade(setting),
    outcome: drawOutcome(setting),
    ...(dice.chance(on.has('dates') || on.has('maximumAge') ? 0.85 : 1) ? { completedOn: dice.pick(dates) } : {}),
    ...(dice.chance(0.7) ? { enrolledOn: dice.pick(dates) } : {}),
    evidence: drawEvidence(setting),
    mooc: online && dice.chance(0.9),
    repeatable: on.has('repeatable') && dice.chance(0.5),
  };
}

function drawGrade({ dice, on }: Setting): { readonly grade?: Grade } {
  if (!dice.chance(0.85)) return {};
  const scale = on.has('gradeTables') && dice.chance(0.5) ? 'marks' : 'letters';
  return {
    grade: { scale, value: dice.pick(scale === 'marks' ? gradeValues.marks : gradeValues.letters.slice(on.has('minimumGrades') ? 1 : 2)) },
  };
}

function drawOutcome({ dice, on }: Setting): Completion['outcome'] {
  const others = on.has('failures') || on.has('whatIf');
  return others && dice.chance(0.3) ? dice.pick(['failed', 'inProgress', 'planned'] as const) : 'achieved';
}

function drawEvidence({ dice, on }: Setting): Completion['evidence'] {
  const weak = on.has('evidence') ? 0.25 : 0.02;
  return {
    identityVerified: !dice.chance(weak),
    proctored: !dice.chance(weak),
    verification: dice.chance(weak)
      ? dice.pick(['unverified', 'unverified', 'unverified', 'failed'] as const)
      : dice.pick(['verified', 'attested'] as const),
  };
}

export function drawHomeRecord(setting: Setting): readonly HomeCourse[] {
  const { dice, on } = setting;
  if (!on.has('home')) return [];
  return dice.some(receivingCodes, 1, 2).map((code, index) => ({
    id: `h${String(index + 1)}`,
    code,
    credits: credits(setting, dice.int(1, 3)),
    status: on.has('whatIf') ? dice.pick(['done', 'underWay'] as const) : dice.pick(['done', 'done', 'underWay'] as const),
    passFail: dice.chance(on.has('passFail') ? 0.6 : 0.2),
    attributes: on.has('attributes') ? dice.some(attributes, 0, 1) : [],
  }));
}

export function drawRedemptions({ dice, on }: Setting, completions: readonly Completion[]): readonly Redemption[] {
  if (!on.has('redemptions')) return [];
  return dice.some(completions, 1, 3).map(({ id }) => ({
    completion: id,
    institution: dice.pick([receiving, receiving, 'uni-z']),
    programme: dice.pick([programmeCode, 'BSC-OTHER']),
  }));
}
