import { fromThousandths, normaliseCode, type Grade } from '../../kernel/index.js';
import { anyMember, courseSourcesOfRule, selectorLabel, type CourseSource, type Rule } from '../../rules/domain/index.js';
import { awardsOfRule } from '../../agreements/domain/index.js';
import { evaluate } from './evaluate.js';
import type { Completion, EvaluationInput, RevisionInForce } from './input.js';
import { fillerOf, rulesTowards } from './progress.js';
import { requirementTree } from './requirements.js';
import type { Change, EvaluationResult, Improvement, Objective, RuleOutcome } from './result.js';

/** The bounds of one search: evaluations tried, the work of each, and the changes of one proposal. */
const mostTrials = 24;
const workPerTrial = 1_000_000;
const mostChanges = 4;
/** Equally small proposals that are told. */
const mostAlternatives = 3;

/** A proposal: what would have to change, and the input as it would then be. */
interface Proposal {
  readonly changes: readonly Change[];
  readonly input: EvaluationInput;
}

/**
 * The smallest changes that would earn more: fewest raised grades, pieces of evidence and added completions, each proven by evaluating it. First what
 * completions without use are short of; where nothing of that helps, courses not taken yet that would fill an open requirement. Pauses after each
 * evaluation, so that whoever runs it can do something else in between.
 */
export function* suggestImprovements(input: EvaluationInput, result: EvaluationResult): Generator<undefined, readonly Improvement[]> {
  const nearMisses = result.completions
    .filter(({ status }) => status !== 'used')
    .flatMap(({ completion, because, otherRules }) =>
      [...(because?.rule === undefined ? [] : [because]), ...otherRules].flatMap((outcome) => proposalsFor(input, completion, outcome)),
    );
  const found = yield* firstThatHelp(nearMisses, result.objective);
  return found.length > 0 ? found : yield* firstThatHelp(newCourses(input, result), result.objective);
}

/** Tries proposals, the smallest first, and answers those of the smallest size that improve the objective. */
function* firstThatHelp(proposals: readonly Proposal[], before: Objective): Generator<undefined, readonly Improvement[]> {
  const found: Improvement[] = [];
  const bySize = [...distinct(proposals)].sort((a, b) => a.changes.length - b.changes.length);
  for (const { changes, input } of bySize.slice(0, mostTrials)) {
    const smallest = found[0]?.changes.length;
    if (found.length === mostAlternatives || (smallest !== undefined && changes.length > smallest)) break;
    const { objective } = evaluate(input, { workBudget: workPerTrial });
    if (isBetter(objective, before)) found.push({ changes, objective });
    yield;
  }
  return found;
}

/** The same changes in another order are the same proposal. */
function distinct(proposals: readonly Proposal[]): readonly Proposal[] {
  const byChanges = new Map<string, Proposal>();
  for (const proposal of proposals) {
    const key = proposal.changes
      .map((change) => JSON.stringify(change))
      .sort()
      .join();
    if (!byChanges.has(key)) byChanges.set(key, proposal);
  }
  return [...byChanges.values()];
}

/** More is earned when one of the first three levels gains; fewer completions for the same is no gain to the student. */
function isBetter(after: Objective, before: Objective): boolean {
  if (after.remainingStudy !== before.remainingStudy) return after.remainingStudy < before.remainingStudy;
  if (after.requirementsCompleted !== before.requirementsCompleted) return after.requirementsCompleted > before.requirementsCompleted;
  return after.recognisedCredits > before.recognisedCredits;
}

/** What would mend the one thing for which a rule did not take a completion. */
function proposalsFor(input: EvaluationInput, completion: string, outcome: Partial<RuleOutcome>): Proposal[] {
  const revision = input.agreements.find(({ agreement }) => agreement === outcome.agreement);
  const rule = revision?.terms.rules.find(({ id }) => id === outcome.rule);
  if (revision === undefined || rule === undefined || outcome.parameters === undefined) return [];
  const { parameters } = outcome;
  switch (outcome.status) {
    case 'gradeTooLow': {
      const { scale, minimum } = parameters;
      if (typeof scale !== 'string' || typeof minimum !== 'string') return [];
      const grade = { scale, value: minimum };
      return [
        { changes: [{ kind: 'raiseGrade', completion, grade }], input: withCompletion(input, completion, (held) => ({ ...held, grade })) },
      ];
    }
    case 'evidenceMissing':
      return evidenceProposal(input, completion, parameters['evidence']);
    case 'incompleteSet':
      return missingCourses(rule, parameters).map((sources) => addCourses(input, revision, rule, sources));
    default:
      return [];
  }
}

const kindsOfEvidence = ['identityVerified', 'proctored', 'verifiedTranscript'] as const;

function evidenceProposal(input: EvaluationInput, completion: string, wanted: unknown): Proposal[] {
  const kinds = kindsOfEvidence.filter((kind) => Array.isArray(wanted) && wanted.includes(kind));
  if (kinds.length === 0) return [];
  const changes = kinds.map((evidence): Change => ({ kind: 'addEvidence', completion, evidence }));
  const shown = { identityVerified: kinds.includes('identityVerified'), proctored: kinds.includes('proctored') };
  const mended = withCompletion(input, completion, (held) => ({
    ...held,
    evidence: {
      identityVerified: held.evidence.identityVerified || shown.identityVerified,
      proctored: held.evidence.proctored || shown.proctored,
      verification: kinds.includes('verifiedTranscript') ? 'verified' : held.evidence.verification,
    },
  }));
  return [{ changes, input: mended }];
}

function withCompletion(input: EvaluationInput, id: string, change: (completion: Completion) => Completion): EvaluationInput {
  return { ...input, completions: input.completions.map((completion) => (completion.id === id ? change(completion) : completion)) };
}

/** The ways to bring what a rule is missing: as many of the named sources as it needs, beginning with each in turn. */
function missingCourses(rule: Rule, parameters: RuleOutcome['parameters']): (readonly CourseSource[])[] {
  const { missing, missingCourses: count } = parameters;
  if (!Array.isArray(missing) || typeof count !== 'number' || count < 1 || count > mostChanges) return [];
  const sources = courseSourcesOfRule(rule, '').consumed.map(({ source }) => source);
  const named = missing.flatMap((label: string) => sources.find(({ select }) => selectorLabel(select) === label) ?? []);
  if (named.length < count) return [];
  return named.slice(0, mostAlternatives).map((_, first) => [...named.slice(first), ...named.slice(0, first)].slice(0, count));
}

/** Courses not taken yet, by rules that need few of them and award something an open requirement takes. */
function newCourses(input: EvaluationInput, result: EvaluationResult): Proposal[] {
  const incomplete = new Set(result.requirements.filter(({ complete }) => !complete).map(({ requirement }) => requirement));
  const open = requirementTree(input.programme).leaves.filter(({ id }) => incomplete.has(id));
  const held = new Set(input.completions.map(({ code }) => normaliseCode(code)));
  const isHeld = ({ select }: CourseSource): boolean => select.kind === 'code' && held.has(normaliseCode(select.code));
  return input.agreements.flatMap((revision) =>
    rulesTowards(input.programme, revision).flatMap((rule): Proposal[] => {
      const fillers = awardsOfRule(rule).map(fillerOf);
      if (!fillers.some((filler) => open.some((leaf) => leaf.fits(filler)))) return [];
      const sources = wholeSource(rule.source);
      if (sources === undefined || sources.length > mostChanges || sources.some(isHeld)) return [];
      return [addCourses(input, revision, rule, sources)];
    }),
  );
}

/** The course sources of the first way to satisfy a source; undefined when it counts credits. */
function wholeSource(source: Rule['source']): readonly CourseSource[] | undefined {
  switch (source.kind) {
    case 'course':
      return [source];
    case 'any':
      return source.of[0] === undefined ? undefined : wholeSource(source.of[0]);
    case 'all':
      return joined(source.of.map(wholeSource));
    case 'atLeast':
      return source.credits === undefined ? joined(source.of.slice(0, source.courses).map(wholeSource)) : undefined;
  }
}

function joined(parts: readonly (readonly CourseSource[] | undefined)[]): readonly CourseSource[] | undefined {
  return parts.includes(undefined) ? undefined : parts.flatMap((part) => part ?? []);
}

/** A new completion for each source: on the day of the request or the rule's last, with the grade and the evidence that the rule asks for. */
function addCourses(input: EvaluationInput, revision: RevisionInForce, rule: Rule, sources: readonly CourseSource[]): Proposal {
  const sender =
    rule.from === anyMember ? (revision.terms.parties.find((party) => party !== input.programme.institution) ?? '') : rule.from;
  const date = rule.validity.until !== undefined && rule.validity.until < input.requestDate ? rule.validity.until : input.requestDate;
  const hours = rule.conditions?.evidence?.minimumHours;
  const added = sources.map(({ select, minimumGrade, minimumCredits }, index): Completion => ({
    id: `~new ${String(index)}`,
    provider: select.provider ?? sender,
    ...(select.platform === undefined ? {} : { platform: select.platform }),
    code: codeFor(select),
    ...(select.kind === 'field' ? { isced: select.isced, eqfLevel: select.minimumEqf ?? 6 } : {}),
    credits: minimumCredits ?? usualCredits(input),
    creditSystem: input.completions[0]?.creditSystem ?? input.programme.creditSystem,
    ...(hours === undefined ? {} : { hours }),
    ...(minimumGrade === undefined ? {} : { grade: minimumGrade }),
    outcome: 'achieved',
    completedOn: date,
    enrolledOn: date,
    evidence: { identityVerified: true, proctored: true, verification: 'verified' },
    mooc: false,
    repeatable: false,
  }));
  const changes = sources.map(({ select, minimumGrade }): Change => ({
    kind: 'addCompletion',
    provider: select.provider ?? sender,
    ...(select.platform === undefined ? {} : { platform: select.platform }),
    selector: selectorLabel(select),
    ...(minimumGrade === undefined ? {} : { grade: minimumGrade satisfies Grade }),
  }));
  return { changes, input: { ...input, completions: [...input.completions, ...added] } };
}

/** A code that a selector matches. */
function codeFor(select: CourseSource['select']): string {
  switch (select.kind) {
    case 'code':
      return select.code;
    case 'pattern':
      return select.pattern.replaceAll('#', '1').replaceAll('*', '');
    case 'subject':
      return `${select.subject} ${String(select.level ?? 100)}`;
    case 'field':
      return 'NEW';
  }
}

/** What courses of this student usually carry: the middle one's credits, 3 where there is none. */
function usualCredits({ completions }: EvaluationInput): number {
  const sorted = completions.map(({ credits }) => Math.round(credits * 1000)).sort((a, b) => a - b);
  return fromThousandths(sorted[Math.floor(sorted.length / 2)] ?? 3000);
}
