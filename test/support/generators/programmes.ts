import type { CourseMatch, Programme, Requirement, RequirementCommon, TransferPolicy } from '../../../src/programmes/domain/index.js';
import { attributes, credits, programmeCode, receiving, receivingCodes } from './setting.js';
import type { Setting } from './setting.js';

/** A small degree programme: one to five leaves under up to three levels, and a transfer policy. */

export function drawProgramme(setting: Setting): Programme {
  const { dice } = setting;
  return {
    id: 'p1',
    institution: receiving,
    code: programmeCode,
    catalogueYear: 2025,
    title: { en: 'Programme' },
    creditSystem: 'H',
    totalCredits: credits(setting, dice.int(4, 12)),
    requirements: drawTree(setting),
    policy: drawPolicy(setting),
  };
}

function drawCommon(setting: Setting, id: string): RequirementCommon {
  const { dice, on } = setting;
  if (!on.has('nodeCaps') || !dice.chance(0.5)) return { id };
  const demand = dice.pick(['courses', 'credits', 'both'] as const);
  return {
    id,
    transfer: {
      ...(demand === 'credits' ? {} : { maximumCourses: dice.int(0, 2) }),
      ...(demand === 'courses' ? {} : { maximumCredits: credits(setting, dice.int(0, 4)) }),
    },
  };
}

function drawMatch({ dice, on }: Setting): CourseMatch {
  if (on.has('attributes') && dice.chance(0.5)) return { kind: 'attribute', attribute: dice.pick(attributes) };
  if (dice.chance(0.5)) return { kind: 'code', pattern: dice.pick(['X 1##', 'X*', 'Y 100', '*0']) };
  return { kind: 'subject', subject: dice.pick(['X', 'Y']), ...(dice.chance(0.4) ? { minimumLevel: dice.pick([100, 200]) } : {}) };
}

function drawLeaf(setting: Setting, id: string, others: readonly string[]): Requirement {
  const { dice, on } = setting;
  const shares = on.has('sharing') && dice.chance(0.6) ? { sharesWith: dice.some(others, 1, 2) } : {};
  const common = { ...drawCommon(setting, id), ...shares };
  const units = on.has('ties') ? 2 : dice.int(1, 4);
  const electives = on.has('surplus') ? (['freeElectives', 'freeElectives'] as const) : [];
  const kind = dice.pick(['course', 'course', 'credits', 'credits', 'freeElectives', ...electives] as const);
  if (kind === 'course') return { ...common, kind, codes: dice.some(receivingCodes, 1, 2), credits: credits(setting, units) };
  if (kind === 'freeElectives') return { ...common, kind, credits: credits(setting, units) };
  return { ...common, kind, credits: credits(setting, dice.int(1, 5)), from: dice.times(dice.int(1, 2), () => drawMatch(setting)) };
}

function drawTree(setting: Setting): Requirement {
  const { dice, on } = setting;
  // The order of ids must not be the order of the tree.
  const ids = dice.shuffle(['q1', 'q2', 'q3', 'q4', 'q5']).slice(0, dice.pick([1, 2, 2, 3, 3, 4, 4, 5]));
  const leaves = ids.map((id) =>
    drawLeaf(
      setting,
      id,
      ids.filter((other) => other !== id),
    ),
  );
  const rootOf = (parts: readonly Requirement[]): Requirement => drawGroup(setting, 'root', parts);
  if (!on.has('nestedTree') || leaves.length < 2) return rootOf(leaves);
  const cut = dice.int(1, leaves.length - 1);
  const first = leaves.slice(0, cut);
  const inner = cut > 1 && dice.chance(0.5) ? [drawGroup(setting, 'inner1', first.slice(1)), ...first.slice(0, 1)] : first;
  return rootOf([drawGroup(setting, 'part1', inner), drawGroup(setting, 'part2', leaves.slice(cut))]);
}

function drawGroup(setting: Setting, id: string, of: readonly Requirement[]): Requirement {
  const { dice, on } = setting;
  const common = drawCommon(setting, id);
  if (on.has('nestedTree') ? dice.chance(0.5) : dice.chance(0.85)) return { ...common, kind: 'all', of };
  return { ...common, kind: 'atLeast', count: dice.int(1, of.length), of };
}

function drawPolicy(setting: Setting): TransferPolicy {
  const { dice, on } = setting;
  const cap = on.has('transferredCap') ? dice.pick(['credits', 'share', 'residency', 'several'] as const) : 'none';
  const several = cap === 'several';
  return {
    ...(cap === 'credits' || several ? { maximumTransferredCredits: credits(setting, dice.int(0, 7)) } : {}),
    ...(cap === 'share' || several ? { maximumTransferredShare: dice.pick(['1/2', '0.5', '1/4', '3/4']) } : {}),
    ...(cap === 'residency' || several ? { residencyCredits: credits(setting, dice.int(1, 10)) } : {}),
    ...(on.has('moocCap') ? { maximumMoocCredits: credits(setting, dice.int(0, 5)) } : {}),
    ...(on.has('passFail')
      ? {
          passFail: {
            ...(dice.chance(0.8) ? { maximumCredits: credits(setting, dice.int(0, 5)) } : {}),
            ...(dice.chance(0.5) ? { maximumHomeCourses: dice.int(0, 1) } : {}),
          },
        }
      : {}),
    ...(on.has('minimumGrades') ? { minimumGrades: [{ scale: 'letters', value: dice.pick(['C', 'B']) }] } : {}),
    ...(on.has('maximumAge') ? { maximumAge: dice.pick(['P5Y', 'P5Y', 'P3Y']) } : {}),
    ...(on.has('electivesOnly') ? { electivesOnly: dice.pick(['transferred', 'mooc'] as const) } : {}),
    ...(on.has('moocWithoutGrade') ? { moocWithoutGrade: true } : {}),
    ...(on.has('surplus') ? { surplusToElectives: true } : {}),
  };
}
