import {
  at,
  compareRational,
  dateBefore,
  normaliseCode,
  partsOfCode,
  rankOf,
  thousandths,
  type CodeParts,
  type CreditSystem,
  type GradingScale,
  type Rational,
  type Thousandths,
} from '../../../kernel/index.js';
import { anyMember } from '../../../rules/domain/index.js';
import type { Completion, EvaluationInput, Exception, HomeCourse, RevisionInForce } from '../input.js';
import { keyOf } from './values.js';
import { readTerms, type ReadRule, type ReadTerms, type Selectable } from './terms.js';

/** A completion with what holds of it whatever the rule (§1). */
export interface Learned extends Selectable {
  /** Its position by id: sets are ascending positions. */
  readonly position: number;
  readonly completion: Completion;
  readonly credits: Thousandths;
  readonly counts: boolean;
  /** Counts, its transcript did not fail verification, and the programme's policy lets it be used. */
  readonly usable: boolean;
  /** False for an attempt that is not the best. */
  readonly representative: boolean;
  /** How far it is redeemed already: the widest use a redemption policy may object to. */
  readonly redeemed: { readonly inProgramme: boolean; readonly inInstitution: boolean; readonly anywhere: boolean };
  readonly waived: ReadonlySet<Waiver>;
}

/** A course of the home record as selectors and requirements see it. */
export interface Home extends Selectable {
  readonly homeCourse: HomeCourse;
  readonly credits: Thousandths;
  /** Done; in a what-if also under way. */
  readonly counts: boolean;
}

/** `…OfPolicy`: a clause of the programme's policy; the others are conditions of rules. */
export type Waiver = 'gradeOfPolicy' | 'ageOfPolicy' | 'electivesOnly' | 'dates' | 'completedWithin' | 'evidence' | 'minimumGrade';

export interface Agreement {
  readonly revision: RevisionInForce;
  readonly read: ReadTerms;
  readonly parties: ReadonlySet<string>;
}

/** The input, indexed for look-up. */
export interface Facts {
  readonly input: EvaluationInput;
  /** By id. */
  readonly learned: readonly Learned[];
  readonly positions: ReadonlyMap<string, number>;
  /** Positions of the completions that count, by code. */
  readonly byCode: ReadonlyMap<string, readonly number[]>;
  readonly counting: readonly number[];
  readonly home: readonly Home[];
  readonly agreements: ReadonlyMap<string, Agreement>;
  readonly annexesOf: ReadonlyMap<string, readonly Agreement[]>;
  readonly scales: ReadonlyMap<string, GradingScale>;
  readonly systems: ReadonlyMap<string, CreditSystem>;
  readonly waivedRequirements: ReadonlySet<string>;
  /** Options chosen, by agreement and rule (see {@link keyOf}). */
  readonly choices: ReadonlyMap<string, readonly number[]>;
}

export function factsOf(input: EvaluationInput): Facts {
  const scales = new Map(input.gradingScales.map((scale) => [scale.id, scale]));
  const learned = learnedOf(input, scales);
  const counting = learned.filter(({ counts }) => counts).map(({ position }) => position);
  const agreements = new Map<string, Agreement>();
  for (const revision of input.agreements) {
    agreements.set(revision.agreement, { revision, read: readTerms(revision.terms), parties: new Set(revision.terms.parties) });
  }
  return {
    input,
    learned,
    positions: new Map(learned.map(({ completion, position }) => [completion.id, position])),
    byCode: grouped(counting, (position) => at(learned, position).code),
    counting,
    home: input.homeRecord.map((homeCourse) => homeOf(homeCourse, input.whatIf)),
    agreements,
    annexesOf: grouped(
      [...agreements.values()].filter(({ revision }) => revision.terms.annexTo !== undefined),
      ({ revision }) => revision.terms.annexTo ?? '',
    ),
    scales,
    systems: new Map(input.creditSystems.map((system) => [system.id, system])),
    waivedRequirements: new Set(input.exceptions.flatMap((granted) => (granted.kind === 'requirementWaived' ? [granted.requirement] : []))),
    choices: new Map(
      [...grouped(input.choices, ({ agreement, rule }) => keyOf(agreement, rule))].map(([key, made]) => [
        key,
        made.map(({ option }) => option),
      ]),
    ),
  };
}

export function grouped<Item>(items: Iterable<Item>, nameOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = nameOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}

/** Only rules to the programme's institution, or to any member while it is a party, take part (§2). */
export function takesPart({ rule }: ReadRule, parties: ReadonlySet<string>, institution: string): boolean {
  return rule.to === institution || (rule.to === anyMember && parties.has(institution));
}

/** A code's subject and level, read when first asked for. */
function lazyParts(code: string): () => CodeParts {
  let parts: CodeParts | undefined;
  return () => (parts ??= partsOfCode(code));
}

function homeOf(homeCourse: HomeCourse, whatIf: boolean): Home {
  return {
    homeCourse,
    provider: undefined,
    platform: undefined,
    code: normaliseCode(homeCourse.code),
    parts: lazyParts(homeCourse.code),
    isced: undefined,
    eqfLevel: undefined,
    credits: thousandths(homeCourse.credits),
    counts: homeCourse.status === 'done' || whatIf,
  };
}

function learnedOf(input: EvaluationInput, scales: ReadonlyMap<string, GradingScale>): readonly Learned[] {
  const completions = [...input.completions].sort((a, b) => (a.id < b.id ? -1 : 1));
  const codes = completions.map(({ code }) => normaliseCode(code));
  const counts = completions.map(({ outcome }) => outcome === 'achieved' || (input.whatIf && outcome !== 'failed'));
  const beaten = beatenAttempts(completions, codes, counts, scales);
  const waivers = waiversOf(input.exceptions);
  const redemptions = grouped(input.redemptions, ({ completion }) => completion);
  const { institution, code: programme } = input.programme;
  const usable = usability(input, scales);
  return completions.map((completion, position) => {
    const waived = waivers.get(completion.id) ?? noWaivers;
    const uses = redemptions.get(completion.id) ?? [];
    const here = uses.filter((use) => use.institution === institution);
    return {
      position,
      completion,
      provider: completion.provider,
      platform: completion.platform,
      code: at(codes, position),
      parts: lazyParts(completion.code),
      isced: completion.isced,
      eqfLevel: completion.eqfLevel,
      credits: thousandths(completion.credits),
      counts: counts[position] === true,
      usable: counts[position] === true && usable(completion, waived),
      representative: !beaten.has(completion),
      redeemed: {
        inProgramme: here.some((use) => use.programme === programme),
        inInstitution: here.length > 0,
        anywhere: uses.length > 0,
      },
      waived,
    };
  });
}

const noWaivers: ReadonlySet<Waiver> = new Set();
const waiverOfClause = { minimumGrade: 'gradeOfPolicy', maximumAge: 'ageOfPolicy', electivesOnly: 'electivesOnly' } as const;

function waiversOf(exceptions: readonly Exception[]): ReadonlyMap<string, ReadonlySet<Waiver>> {
  const waivers = new Map<string, Set<Waiver>>();
  for (const granted of exceptions) {
    if (granted.kind === 'requirementWaived') continue;
    const waiver = granted.kind === 'policyWaived' ? waiverOfClause[granted.clause] : granted.condition;
    waivers.set(granted.completion, (waivers.get(granted.completion) ?? new Set<Waiver>()).add(waiver));
  }
  return waivers;
}

/** The programme's policy on single completions, and the verification of their transcripts (§1). */
function usability(
  { programme, requestDate }: EvaluationInput,
  scales: ReadonlyMap<string, GradingScale>,
): (completion: Completion, waived: ReadonlySet<Waiver>) => boolean {
  const { maximumAge, minimumGrades = [] } = programme.policy;
  const oldest = maximumAge === undefined ? undefined : dateBefore(requestDate, maximumAge);
  const least = new Map(minimumGrades.map(({ scale, value }) => [scale, rankOn(scales, scale, value)]));
  return ({ grade, completedOn, evidence }, waived) => {
    if (evidence.verification === 'failed') return false;
    if (oldest !== undefined && !waived.has('ageOfPolicy') && (completedOn === undefined || completedOn < oldest)) return false;
    const wanted = grade === undefined ? undefined : least.get(grade.scale);
    if (grade === undefined || wanted === undefined || waived.has('gradeOfPolicy')) return true;
    const rank = rankOn(scales, grade.scale, grade.value);
    return rank === undefined || compareRational(rank, wanted) >= 0;
  };
}

/** The position of a grade on a scale of the input; undefined when the scale or the grade is unknown. */
export function rankOn(scales: ReadonlyMap<string, GradingScale>, scale: string, value: string): Rational | undefined {
  const known = scales.get(scale);
  return known === undefined ? undefined : rankOf(known, value);
}

/** Attempts at one course of which another is the best (§1, repeats). */
function beatenAttempts(
  completions: readonly Completion[],
  codes: readonly string[],
  counts: readonly boolean[],
  scales: ReadonlyMap<string, GradingScale>,
): ReadonlySet<Completion> {
  const attempts = new Map<string, Completion[]>();
  for (const [index, completion] of completions.entries()) {
    if (completion.repeatable || counts[index] !== true) continue;
    const key = keyOf(completion.provider, at(codes, index));
    const others = attempts.get(key);
    if (others === undefined) attempts.set(key, [completion]);
    else others.push(completion);
  }
  const beaten = new Set<Completion>();
  for (const group of attempts.values()) {
    if (group.length === 1) continue;
    const best = bestOf(group, scales);
    for (const attempt of group) if (attempt !== best) beaten.add(attempt);
  }
  return beaten;
}

/** The best grade where all grades are on one scale, then the latest date, then the smallest id: the order of the list. */
function bestOf(attempts: readonly Completion[], scales: ReadonlyMap<string, GradingScale>): Completion | undefined {
  const grades = attempts.flatMap(({ grade }) => (grade === undefined ? [] : [grade]));
  const ranks = grades.map(({ scale, value }) => rankOn(scales, scale, value));
  const comparable = new Set(grades.map(({ scale }) => scale)).size === 1 && !ranks.includes(undefined);
  const rank = ({ grade }: Completion): Rational | undefined =>
    comparable && grade !== undefined ? rankOn(scales, grade.scale, grade.value) : undefined;
  return attempts.reduce((best, attempt) => (isBetter(attempt, best, rank) ? attempt : best));
}

function isBetter(attempt: Completion, best: Completion, rankOfAttempt: (attempt: Completion) => Rational | undefined): boolean {
  const [rank, bestRank] = [rankOfAttempt(attempt), rankOfAttempt(best)];
  if (rank !== undefined && bestRank !== undefined) {
    const order = compareRational(rank, bestRank);
    if (order !== 0) return order > 0;
  } else if (rank !== undefined || bestRank !== undefined) {
    return rank !== undefined;
  }
  return (attempt.completedOn ?? '') > (best.completedOn ?? '');
}
