import type { Award } from '../../rules/domain/index.js';
import { gradeOfAward } from './award-grade.js';
import { creditAwards, type CreditedAward } from './awards.js';
import type { Application, CandidateAward, Candidates } from './candidate.js';
import { Choices, type Option } from './choices.js';
import { compileRevision, type CompiledRevision } from './compiled-revision.js';
import { convertedSum, type Converted, type CreditSystems } from './convert.js';
import type { EvaluationInput } from './input.js';
import type { Admissible } from './larger-sets.js';
import { matchRevision, sceneOf, type Scene } from './matching.js';
import { decidePrecedence } from './precedence.js';
import { refusalsOf } from './refusals.js';
import { valueAt } from './value-at.js';
import type { GradeResult } from './result.js';
import { cutShort, satisfaction, TooManySets, type RuleOnSet, type Satisfaction, type SetLimits, waysToTake } from './satisfied.js';
import type { Held } from './usable.js';
import { worthOf } from './worth.js';

/**
 * Far more than real agreements need, where 60 courses meet all rules of a college in 448 sets and 300 steps; beyond, the answer says that it is not complete
 * (docs/evaluation.md §7).
 */
export const setLimits: SetLimits = { perRule: 2_000, inAll: 20_000, steps: 300_000, givingWay: 4_000_000, beyond: 'cutShort' };

/**
 * What the rules in force could do with the completions (docs/evaluation.md §1 to §4): the applications that may be taken, and why every
 * other rule may not. Independent of the order of the input's lists. Throws TooManySets where the limits say so.
 */
export function findCandidates(input: EvaluationInput, limits: SetLimits = setLimits): Candidates {
  const scene = sceneOf(input, limits.steps);
  const revisions = [...input.agreements].sort((a, b) => (a.agreement < b.agreement ? -1 : 1)).map(compileRevision);
  const found = findSets(revisions, scene, limits);
  const satisfactions = found.flatMap((one) => one.satisfactions);
  const foundAll = satisfactions.every(({ complete }) => complete);
  if (!foundAll && limits.beyond === 'refused') throw new TooManySets();
  const verdicts = decidePrecedence(
    found.map(({ revision, satisfactions }) => ({
      revision,
      satisfied: satisfactions.flatMap(({ satisfied }) => satisfied),
      cutShort: satisfactions.filter(({ complete }) => !complete).map((satisfaction) => cutShort(satisfaction, scene)),
    })),
    limits.givingWay,
  );
  if (!verdicts.complete && limits.beyond === 'refused') throw new TooManySets();
  const choices = new Choices(input.choices);
  const writer = new ApplicationWriter(scene);
  const applications = verdicts.admissible.flatMap((admissible) => {
    const { revision, compiled } = admissible.onSet.match;
    return choices.optionsOf(revision.revision.agreement, compiled.rule).map((option) => writer.write(admissible, option));
  });
  return {
    completions: scene.held.map(({ completion }) => completion),
    applications: applications.sort(compareApplications),
    refusals: refusalsOf(satisfactions, verdicts, choices, scene.held.length),
    settled: scene.held.map(({ settled }) => settled),
    conflicts: verdicts.conflicts,
    complete: foundAll && verdicts.complete,
  };
}

/** The rules that mention a completion, with their sets; what is left of the limit in all goes to rule after rule. */
function findSets(
  revisions: readonly CompiledRevision[],
  scene: Scene,
  { perRule, inAll }: SetLimits,
): readonly { readonly revision: CompiledRevision; readonly satisfactions: readonly Satisfaction[] }[] {
  let left = inAll;
  return revisions.map((revision) => ({
    revision,
    satisfactions: matchRevision(revision, scene).map((match) => {
      const ways = waysToTake(match);
      const result = satisfaction(match, scene, Math.min(perRule, Math.floor(left / ways)));
      left -= (result.satisfied.length + result.failed.length) * ways;
      return result;
    }),
  }));
}

/** By rule; agreements, completions and options are in their order already, and sorting keeps it. */
function compareApplications(a: Application, b: Application): number {
  if (a.rule.id === b.rule.id) return 0;
  return a.rule.id < b.rule.id ? -1 : 1;
}

/** What an application brings (docs/evaluation.md §4). */
type Brought = Pick<Application, 'conversions' | 'convertedSum' | 'awards' | 'mooc'>;

/** Works out what applications bring: once for all rules that say the same of the same completions, as the agreements of many majors do. */
class ApplicationWriter {
  readonly #scene: Scene;
  readonly #systems: CreditSystems;
  readonly #converted = new Map<CompiledRevision, Map<number, Converted>>();
  /** By set, by worth of the rule, by option. */
  readonly #brought = new Map<string, Map<string, Map<number, Brought>>>();

  constructor(scene: Scene) {
    this.#scene = scene;
    this.#systems = new Map(scene.input.creditSystems.map((system) => [system.id, system]));
  }

  write({ onSet, largerSets }: Admissible, option: Option): Application {
    const { revision, compiled } = onSet.match;
    const { choice } = option;
    const onSameSet = valueAt(this.#brought, onSet.key, () => new Map<string, Map<number, Brought>>());
    const byOption = valueAt(onSameSet, worthOf(compiled, revision), () => new Map<number, Brought>());
    const brought = valueAt(byOption, choice === undefined ? 0 : choice.option, () => this.#bring(onSet, option));
    return {
      revision: revision.revision,
      rule: compiled.rule,
      set: onSet.set,
      ...(choice !== undefined && { choice }),
      ...brought,
      givesWayTo: largerSets.map(({ set }) => set),
    };
  }

  #bring({ match, set }: RuleOnSet, { awards }: Option): Brought {
    const { revision, mentions } = match;
    const held = mentions.flatMap((mention) => (set.includes(mention.held.index) ? [mention.held] : []));
    const conversions = held.map((one) => this.#convert(revision, one));
    const converted = convertedSum(conversions);
    const mooc = held.some(({ completion }) => completion.mooc);
    return {
      conversions: conversions.map(({ result }) => result),
      convertedSum: converted.sum,
      awards: this.#awards(creditAwards(awards, converted, revision.receivingCredits), held, revision, mooc),
      mooc,
    };
  }

  #convert(revision: CompiledRevision, { index, completion }: Held): Converted {
    const converted = valueAt(this.#converted, revision, () => new Map<number, Converted>());
    return valueAt(converted, index, () =>
      revision.conversions.convert(completion, this.#scene.input.programme.creditSystem, this.#systems),
    );
  }

  #awards(awards: readonly CreditedAward[], held: readonly Held[], revision: CompiledRevision, mooc: boolean): readonly CandidateAward[] {
    const coreAllowed = held.some(({ waived }) => waived.has('policy.electivesOnly'));
    return awards.map(({ award, credits }) => {
      const grade = this.#grade(award, held, revision, mooc);
      return {
        award,
        credits,
        ...(grade !== undefined && { grade }),
        passFail: grade?.kind !== 'converted',
        coreAllowed,
      };
    });
  }

  /** Undefined when the rule converts no grade, or the programme wants none of open online courses. */
  #grade({ grade }: Award, held: readonly Held[], revision: CompiledRevision, mooc: boolean): GradeResult | undefined {
    const { programme, receivingScale } = this.#scene.input;
    if (grade.kind === 'none' || (mooc && programme.policy.moocWithoutGrade === true)) return undefined;
    const graded = held.map(({ completion, credits }) => ({ grade: completion.grade, credits }));
    return gradeOfAward(graded, grade.combine, receivingScale, revision.gradeTables, this.#scene.book);
  }
}
