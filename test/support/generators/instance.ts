import fc from 'fast-check';
import type { Completion, EvaluationInput, Exception } from '../../../src/evaluation/domain/index.js';
import type { Requirement } from '../../../src/programmes/domain/index.js';
import { drawAgreements, drawChoices } from './agreements.js';
import { Dice } from './dice.js';
import { drawCompletions, drawHomeRecord, drawRedemptions } from './learner.js';
import { drawProgramme } from './programmes.js';
import { creditSystems, drawSetting, gradingScales, requestDate } from './setting.js';
import type { Setting } from './setting.js';
import { simpler } from './shrink.js';

/** Small random evaluations with a few features each. Seeds print and replay; a failure shrinks by leaving things out. */
class Instances extends fc.Arbitrary<EvaluationInput> {
  override generate(random: fc.Random): fc.Value<EvaluationInput> {
    return new fc.Value(drawInstance(drawSetting(new Dice(random))), undefined);
  }

  override canShrinkWithoutContext(value: unknown): value is EvaluationInput {
    return typeof value === 'object' && value !== null && 'programme' in value;
  }

  override shrink(value: EvaluationInput): fc.Stream<fc.Value<EvaluationInput>> {
    return fc.stream(simpler(value)).map((smaller) => new fc.Value(smaller, undefined));
  }
}

export function instances(): fc.Arbitrary<EvaluationInput> {
  return new Instances();
}

function drawInstance(setting: Setting): EvaluationInput {
  const { dice, on } = setting;
  const completions = drawCompletions(setting);
  const programme = drawProgramme(setting);
  const agreements = drawAgreements(setting, completions);
  return {
    policyDate: requestDate,
    requestDate,
    ...(dice.chance(0.8) ? { admissionDate: dice.pick(['2024-09-01', '2025-01-15']) } : {}),
    programme,
    agreements: dice.shuffle(agreements),
    completions: dice.shuffle(completions),
    homeRecord: drawHomeRecord(setting),
    redemptions: drawRedemptions(setting, completions),
    choices: drawChoices(setting, agreements),
    exceptions: on.has('exceptions') ? dice.times(dice.int(1, 4), () => drawException(setting, completions, programme.requirements)) : [],
    creditSystems,
    gradingScales,
    ...(dice.chance(0.85) ? { receivingScale: 'letters' } : {}),
    whatIf: on.has('whatIf'),
  };
}

export function nodesOf(node: Requirement): readonly Requirement[] {
  return node.kind === 'all' || node.kind === 'atLeast' ? [node, ...node.of.flatMap(nodesOf)] : [node];
}

function drawException({ dice, on }: Setting, completions: readonly Completion[], root: Requirement): Exception {
  const reason = 'granted by a person';
  const completion = dice.pick(completions).id;
  const clauses = (['minimumGrade', 'maximumAge', 'electivesOnly'] as const).filter((clause) => on.has(featureOf[clause]));
  const conditions = (['dates', 'completedWithin', 'evidence', 'minimumGrade'] as const).filter((condition) =>
    on.has(demanding[condition]),
  );
  const kind = dice.pick(['requirementWaived', 'policyWaived', 'policyWaived', 'conditionWaived', 'conditionWaived'] as const);
  if (kind === 'policyWaived' && clauses.length > 0) return { kind, reason, completion, clause: dice.pick(clauses) };
  if (kind === 'conditionWaived' && conditions.length > 0) return { kind, reason, completion, condition: dice.pick(conditions) };
  return { kind: 'requirementWaived', reason, requirement: dice.pick(nodesOf(root)).id };
}

/** What has to be there for a waiver to matter. */
const featureOf = { minimumGrade: 'minimumGrades', maximumAge: 'maximumAge', electivesOnly: 'electivesOnly' } as const;
const demanding = { dates: 'dates', completedWithin: 'completedWithin', evidence: 'evidence', minimumGrade: 'gradeDemands' } as const;
