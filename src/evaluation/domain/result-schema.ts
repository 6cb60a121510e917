import {
  booleanSchema,
  constantSchema,
  enumSchema,
  integerSchema,
  kernelRef,
  listSchema,
  numberSchema,
  objectSchema,
  references,
  textSchema,
  unionSchema,
  type Components,
  type Schema,
} from '../../kernel/index.js';
import { ruleRef } from '../../rules/domain/index.js';
import { completionStatuses, programmeCaps } from './reasons.js';
import { reasonSchemas, type ReasonComponents } from './reasons-schema.js';
import {
  objectiveLevels,
  type ApplicationResult,
  type AwardResult,
  type BindingConstraint,
  type Change,
  type CompletionResult,
  type ConflictResult,
  type ConversionResult,
  type EvaluationResult,
  type Fill,
  type GradeResult,
  type HomeCourseResult,
  type Improvement,
  type Objective,
  type RequirementResult,
  type Totals,
} from './result.js';

/** The named components of a result, as openapi.yaml shows them. */
export interface ResultComponents extends ReasonComponents {
  readonly EvaluationResult: EvaluationResult;
  readonly Objective: Objective;
  readonly ApplicationResult: ApplicationResult;
  readonly ConversionResult: ConversionResult;
  readonly AwardResult: AwardResult;
  readonly GradeResult: GradeResult;
  readonly ConvertedGradeResult: Extract<GradeResult, { kind: 'converted' }>;
  readonly NoGradeResult: Extract<GradeResult, { kind: 'notConvertible' }>;
  readonly Fill: Fill;
  readonly HomeCourseResult: HomeCourseResult;
  readonly RequirementResult: RequirementResult;
  readonly Totals: Totals;
  readonly BindingConstraint: BindingConstraint;
  readonly CompletionResult: CompletionResult;
  readonly ConflictResult: ConflictResult;
  readonly Improvements: readonly Improvement[];
  readonly Improvement: Improvement;
  readonly Change: Change;
  readonly AddCompletion: Extract<Change, { kind: 'addCompletion' }>;
  readonly RaiseGrade: Extract<Change, { kind: 'raiseGrade' }>;
  readonly AddEvidence: Extract<Change, { kind: 'addEvidence' }>;
}

const ref = references<ResultComponents>();
const most = 1_000_000;
const credits = (description: string): Schema<number> =>
  numberSchema(`${description} Credits of the programme’s system.`, { minimum: 0, maximum: 100 * most });
const count = (description: string): Schema<number> => integerSchema(description, { minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const text = (description: string): Schema<string> => textSchema(description, { minLength: 0, maxLength: 4000 });
const list = <T>(description: string, items: Schema<T>): Schema<readonly T[]> => listSchema(description, items, { maxItems: most });
const texts = (description: string): Schema<readonly string[]> => list(description, text('An id.'));

const status = enumSchema('The first status that applies.', completionStatuses);
const effects = ['credit', 'exemption', 'waiver'] as const;

export const resultSchemas: Components<ResultComponents> = {
  ...reasonSchemas,
  EvaluationResult: objectSchema<EvaluationResult>(
    'The result of an evaluation: codes and parameters only. The same input gives the same result for ever.',
    {
      engineVersion: text('The engine that computed it.'),
      inputDigest: text('SHA-256 over the canonical JSON (RFC 8785) of everything the result depends on.'),
      optimal: booleanSchema('Every level of the objective is proven.'),
      provenLevels: integerSchema('How many levels of the objective are proven, in order.', { minimum: 0, maximum: 6 }),
      work: objectSchema<EvaluationResult['work']>(
        'Units of work, never time.',
        { spent: count('Spent.'), budget: count('The budget.') },
        {},
      ),
      objective: ref('Objective'),
      provisional: booleanSchema('An application rests on a choice nobody has made yet; no decision may rest on it.'),
      whatIf: booleanSchema('Completions not yet achieved, and home courses under way, were counted.'),
      attested: texts('Agreements that rest on one party’s word, of those that gave credit.'),
      applications: list('Rules applied.', ref('ApplicationResult')),
      homeCourses: list('Where home courses count.', ref('HomeCourseResult')),
      requirements: list('Every requirement of the programme, by id.', ref('RequirementResult')),
      totals: ref('Totals'),
      binding: list('Caps and limits that kept something out.', ref('BindingConstraint')),
      completions: list('What became of each completion, by id.', ref('CompletionResult')),
      conflicts: list('Rules with different outcomes on the same completions and no order between them.', ref('ConflictResult')),
    },
    {
      bound: objectSchema<NonNullable<EvaluationResult['bound']>>(
        'Of the first level without proof: no allocation is better than this.',
        {
          level: enumSchema('The level.', objectiveLevels),
          value: numberSchema('Its bound.', { minimum: -most * most, maximum: most * most }),
        },
        {},
      ),
    },
  ),
  Objective: objectSchema<Objective>(
    'The objective, compared level by level in this order.',
    {
      remainingStudy: credits('What is still unmet of the programme; least first.'),
      requirementsCompleted: count('Complete requirements; most first.'),
      recognisedCredits: credits('Transferred credits that count; most first.'),
      completionsConsumed: count('Completions consumed; fewest first.'),
      loss: credits('Converted sent credits of consumed completions that are not recognised; least first.'),
    },
    {},
  ),
  ApplicationResult: objectSchema<ApplicationResult>(
    'A rule applied to a subset-minimal set of completions.',
    {
      agreement: text('The agreement.'),
      revision: count('Its revision.'),
      rule: text('The rule.'),
      completions: texts('The completions it consumes.'),
      conversions: list('What each completion brings in.', ref('ConversionResult')),
      convertedCredits: credits('The converted sum, rounded once.'),
      awards: list('Its awards.', ref('AwardResult')),
      loss: credits('What is converted but does not count.'),
    },
    {
      choice: objectSchema<NonNullable<ApplicationResult['choice']>>(
        'The option taken where the rule leaves a choice.',
        { option: count('Counted from 0.'), made: booleanSchema('Somebody chose it.') },
        {},
      ),
    },
  ),
  ConversionResult: objectSchema<ConversionResult>(
    'How a completion’s credits became credits of the programme’s system.',
    {
      completion: text('The completion.'),
      credits: numberSchema('Its credits, in its own system.', { minimum: 0, maximum: most }),
      creditSystem: text('Its own system.'),
      method: enumSchema('The method.', ['same', 'pinned', 'table', 'yearShare', 'hours', 'none'] as const),
      converted: text('Before rounding, as a fraction such as 10/3.'),
    },
    { factor: text('Receiving credits per sending credit, as a fraction.'), originalGrade: kernelRef('Grade') },
  ),
  AwardResult: objectSchema<AwardResult>(
    'What a rule gives.',
    {
      target: ruleRef('AwardTarget'),
      effect: enumSchema('Credit, a named course with no credits, or a requirement removed.', effects),
      granted: booleanSchema('False when the course is awarded already or on the home record, or a limit is reached.'),
      credits: credits('What the rule gives.'),
      counted: credits('What counts after the programme’s caps.'),
      attributes: texts('Its attributes.'),
      mooc: booleanSchema('A consumed completion is a MOOC.'),
      fills: list('The requirements it fills.', ref('Fill')),
    },
    { grade: ref('GradeResult') },
  ),
  GradeResult: unionSchema<'kind', GradeResult>('A converted grade, or why there is none.', 'kind', {
    converted: ref('ConvertedGradeResult'),
    notConvertible: ref('NoGradeResult'),
  }),
  ConvertedGradeResult: objectSchema<ResultComponents['ConvertedGradeResult']>(
    'A grade on the receiving scale.',
    { kind: constantSchema('converted'), scale: text('The scale.'), value: text('The grade.') },
    { mean: text('The exact mean of points where one was taken, as a fraction.') },
  ),
  NoGradeResult: objectSchema<ResultComponents['NoGradeResult']>(
    'Why there is no grade.',
    { kind: constantSchema('notConvertible'), reason: enumSchema('The reason.', ['noTable', 'noPoints', 'noGrade'] as const) },
    {},
  ),
  Fill: objectSchema<Fill>(
    'A requirement filled.',
    {
      requirement: text('The requirement.'),
      credits: credits('What counts there.'),
      surplus: booleanSchema('What an award has beyond the need of the requirement it completes, counted as free electives.'),
    },
    {},
  ),
  HomeCourseResult: objectSchema<HomeCourseResult>(
    'Where a home course counts.',
    { homeCourse: text('The home course.'), counted: credits('What counts.'), fills: list('The requirements it fills.', ref('Fill')) },
    {},
  ),
  RequirementResult: objectSchema<RequirementResult>(
    'How far a requirement has come.',
    {
      requirement: text('The requirement.'),
      remaining: credits('What is still unmet.'),
      complete: booleanSchema('Complete.'),
      completeAsOffered: booleanSchema('Complete, leaving aside what no agreement in force offers.'),
      statements: list(
        'What agreements say about the courses it names.',
        objectSchema<RequirementResult['statements'][number]>(
          'A statement.',
          {
            agreement: text('The agreement.'),
            target: text('The receiving course.'),
            kind: enumSchema('What it says.', ['takeAfterTransfer', 'noArticulation', 'individualAssessment']),
          },
          { reason: kernelRef('LocalisedText') },
        ),
      ),
    },
    {
      title: kernelRef('LocalisedText'),
      offered: booleanSchema('Leaves only: some rule in force could fill it.'),
      open: booleanSchema('Leaves only: still to be done; neither it nor a requirement above it is complete.'),
    },
  ),
  Totals: objectSchema<Totals>(
    'Sums over the transferred awards.',
    {
      recognised: credits('What counts.'),
      unplaced: credits('Of these, what fills no requirement.'),
      capped: credits('Awarded, but cut off by the programme’s caps.'),
      wasted: credits('Converted sent credits of consumed completions that are not recognised.'),
    },
    {},
  ),
  BindingConstraint: objectSchema<BindingConstraint>(
    'A cap of the programme or a limit of an agreement that is used up.',
    {
      kind: enumSchema('Which.', [...programmeCaps, 'limit'] as const),
    },
    { id: text('The limit or requirement.'), agreement: text('The limit’s agreement.') },
  ),
  CompletionResult: objectSchema<CompletionResult>(
    'What became of one completion, and every rule that was in play with why it lost.',
    {
      completion: text('The completion.'),
      provider: text('Who taught it.'),
      code: text('Its course code, as stated.'),
      status,
      otherRules: list('The other rules that could take it.', ref('RuleOutcome')),
    },
    {
      because: ref('Reason', 'What the status rests on: a rule, or without one the programme’s policy or the completion itself.'),
    },
  ),
  ConflictResult: objectSchema<ConflictResult>(
    'Rules that fire on the same completions with no order between them, and not all of the same outcome.',
    { agreement: text('The agreement.'), rules: texts('The rules.'), completions: texts('The completions.') },
    {},
  ),
  Improvements: list('The smallest changes that would earn more; equally small ones beside each other.', ref('Improvement')),
  Improvement: objectSchema<Improvement>(
    'A change that would earn more, proven by evaluating it.',
    { changes: list('What would have to change, all of it.', ref('Change')), objective: ref('Objective') },
    {},
  ),
  Change: unionSchema<'kind', Change>('One thing to change.', 'kind', {
    addCompletion: ref('AddCompletion'),
    raiseGrade: ref('RaiseGrade'),
    addEvidence: ref('AddEvidence'),
  }),
  AddCompletion: objectSchema<ResultComponents['AddCompletion']>(
    'One more course completed.',
    {
      kind: constantSchema('addCompletion'),
      selector: text('The course, or what selects it: "MATH 1283", "CMPT 1##", "ISCED 061 EQF 6".'),
    },
    {
      provider: text('Who teaches it.'),
      platform: text('Where it runs.'),
      title: kernelRef('LocalisedText', 'Its title, where the catalogue has the course.'),
      credits: numberSchema('Its credits, where the catalogue has the course.', { minimum: 0, maximum: most }),
      creditSystem: text('What its credits are counted in.'),
      minimumCredits: numberSchema('The least credits, where the rule demands some and the catalogue does not know the course.', {
        minimum: 0,
        maximum: most,
      }),
      grade: kernelRef('Grade', 'The least grade.'),
    },
  ),
  RaiseGrade: objectSchema<ResultComponents['RaiseGrade']>(
    'A better grade.',
    { kind: constantSchema('raiseGrade'), completion: text('The completion.'), grade: kernelRef('Grade', 'The least grade.') },
    {},
  ),
  AddEvidence: objectSchema<ResultComponents['AddEvidence']>(
    'A piece of evidence.',
    {
      kind: constantSchema('addEvidence'),
      completion: text('The completion.'),
      evidence: enumSchema('The evidence.', ['identityVerified', 'proctored', 'verifiedTranscript'] as const),
    },
    {},
  ),
};

/** References to a result's components, for the shapes of other modules. */
export const resultRef = ref;
