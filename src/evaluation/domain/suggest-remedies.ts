import {
  courseSourcesOf,
  courseSourcesOfRule,
  selectorLabel,
  selectorMatches,
  type CourseSource,
  type Rule,
} from '../../rules/domain/index.js';
import type { AgreementTerms } from '../../agreements/domain/index.js';
import type { Grade } from '../../kernel/index.js';
import type { Completion, EvaluationInput, RevisionInForce } from './input.js';
import type { ReasonParameters } from './reasons.js';
import type { Because, CompletionResult, EvaluationResult } from './result.js';
import type { NewCourses } from './suggest-courses.js';
import { mostChanges, type Proposal, type Step } from './suggest-step.js';

/** Ways to bring what a rule is missing, beginning with each of the courses in turn; no more than these. */
const mostRotations = 3;

/** What would mend the one thing for which a rule did not take a completion. */
export class Remedies {
  constructor(
    private readonly input: EvaluationInput,
    private readonly result: EvaluationResult,
    private readonly courses: NewCourses,
  ) {}

  /** Each a way of its own. None where a rule is not the reason, or nothing the student can do would change it. */
  of(completion: string, reason: Because): readonly Proposal[] {
    const revision = this.input.agreements.find(({ agreement }) => agreement === reason.agreement);
    const rule = revision === undefined || reason.rule === undefined ? undefined : rulesOf(revision.terms).get(reason.rule);
    if (revision === undefined || rule === undefined) return [];
    if (reason.status === 'incompleteSet') return this.completing(reason.parameters, rule, revision);
    const steps = stepsFor(completion, reason);
    return steps === undefined ? [] : [steps];
  }

  private completing(lack: ReasonParameters['incompleteSet'], rule: Rule, revision: RevisionInForce): readonly Proposal[] {
    const sources = sourcesOf(rule, lack);
    const named = lack.missing.flatMap((label) => sources.find(({ select }) => selectorLabel(select) === label) ?? []);
    const { missingCourses, missingCredits = 0, unsuitable = [] } = lack;
    const added = (courses: number): readonly Proposal[] =>
      named.slice(0, Math.max(1, Math.min(mostRotations, named.length))).flatMap((_, first) => {
        const rotated = [...named.slice(first), ...named.slice(0, first)];
        const steps = this.courses.bringing(rotated, { courses, credits: missingCredits }, rule, revision);
        return steps === undefined ? [] : [steps];
      });
    const alone = added(missingCourses);
    if (unsuitable.length === 0) return alone;
    const mended = this.mending(unsuitable, lack, rule, revision);
    if (mended === undefined) return alone;
    const left = missingCourses - unsuitable.length;
    const both = left <= 0 ? [mended] : added(left).map((steps) => [...mended, ...steps]);
    return [...both, ...alone].filter((steps) => steps.length <= mostChanges);
  }

  /** What would make completions acceptable to a rule that holds them unsuitable; undefined where one of them cannot be mended. */
  private mending(
    unsuitable: readonly string[],
    lack: ReasonParameters['incompleteSet'],
    rule: Rule,
    revision: RevisionInForce,
  ): Proposal | undefined {
    const steps: Step[] = [];
    for (const id of unsuitable) {
      const own = lack.condition === undefined ? this.mendingBy(id, rule, revision) : this.raisingFor(id, sourcesOf(rule, lack));
      if (own === undefined) return undefined;
      steps.push(...own);
    }
    return steps;
  }

  private mendingBy(id: string, rule: Rule, revision: RevisionInForce): Proposal | undefined {
    const reasons = this.result.completions.filter(({ completion }) => completion === id).flatMap(reasonsOf);
    const own = reasons.find((reason) => reason.rule === rule.id && reason.agreement === revision.agreement);
    return own === undefined ? undefined : stepsFor(id, own);
  }

  /** Conditions look at grade and credits alone. */
  private raisingFor(id: string, sources: readonly CourseSource[]): Proposal | undefined {
    const held = this.input.completions.filter((completion) => completion.id === id);
    const [grade] = sources.flatMap(({ select, minimumGrade }) =>
      minimumGrade !== undefined && held.some((completion) => selectorMatches(select, completion)) ? [minimumGrade] : [],
    );
    return grade === undefined ? undefined : [raised(id, grade)];
  }
}

/** What became of every rule that was in play for a completion, and what its status rests on. */
export function reasonsOf({ because, otherRules }: CompletionResult): readonly Because[] {
  return because === undefined ? otherRules : [because, ...otherRules];
}

const rules = new WeakMap<AgreementTerms, ReadonlyMap<string, Rule>>();

/** By id; indexed once. */
function rulesOf(terms: AgreementTerms): ReadonlyMap<string, Rule> {
  const known = rules.get(terms);
  if (known !== undefined) return known;
  const index = new Map(terms.rules.map((rule) => [rule.id, rule]));
  rules.set(terms, index);
  return index;
}

/** Where the missing courses are named: in the rule's source, or in what must only be held. */
function sourcesOf(rule: Rule, { condition }: ReasonParameters['incompleteSet']): readonly CourseSource[] {
  const held = rule.conditions?.alsoHolds;
  const placed = condition === undefined || held === undefined ? courseSourcesOfRule(rule, '').consumed : courseSourcesOf(held, '');
  return placed.map(({ source }) => source);
}

/** What would mend a grade or evidence; undefined for everything else. */
function stepsFor(completion: string, reason: Because): Proposal | undefined {
  if (reason.status === 'gradeTooLow') {
    const { scale, minimum } = reason.parameters;
    return [raised(completion, { scale, value: minimum })];
  }
  if (reason.status !== 'evidenceMissing') return undefined;
  // Hours are what they are.
  const kinds = reason.parameters.evidence.filter((kind) => kind !== 'minimumHours');
  return kinds.length < reason.parameters.evidence.length ? undefined : kinds.map((kind) => shown(completion, kind));
}

function raised(completion: string, grade: Grade): Step {
  return {
    change: { kind: 'raiseGrade', completion, grade },
    apply: (input) => withCompletion(input, completion, (held) => ({ ...held, grade })),
  };
}

function shown(completion: string, evidence: 'identityVerified' | 'proctored' | 'verifiedTranscript'): Step {
  return {
    change: { kind: 'addEvidence', completion, evidence },
    apply: (input) =>
      withCompletion(input, completion, (held) => ({
        ...held,
        evidence: {
          ...held.evidence,
          ...(evidence === 'verifiedTranscript' ? { verification: 'verified' } : { [evidence]: true }),
        },
      })),
  };
}

function withCompletion(input: EvaluationInput, id: string, change: (completion: Completion) => Completion): EvaluationInput {
  return { ...input, completions: input.completions.map((completion) => (completion.id === id ? change(completion) : completion)) };
}
