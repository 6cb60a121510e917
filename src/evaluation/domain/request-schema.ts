import {
  booleanSchema,
  codeSchema,
  constantSchema,
  creditsSchema,
  dateSchema,
  enumSchema,
  identifierSchema,
  integerSchema,
  kernelRef,
  listSchema,
  numberSchema,
  objectSchema,
  references,
  textLimits,
  textSchema,
  unionSchema,
  type Components,
  type CreditSystem,
  type GradingScale,
  type Schema,
} from '../../kernel/index.js';
import { agreementRef } from '../../agreements/domain/index.js';
import { programmeRef } from '../../programmes/domain/index.js';
import { ruleRef } from '../../rules/domain/index.js';
import type { Choice, Evidence, Exception, Redemption } from './input.js';
import type {
  EvaluationRequest,
  InlineAgreement,
  InlineCompletion,
  InlineCourse,
  InlineEvaluationRequest,
  InlineHomeCourse,
  InlineInstitution,
  InlineProgramme,
  StoredEvaluationRequest,
} from './request.js';

/** How much one request may hold. */
export const requestLimits = {
  depth: 20,
  nodes: 500_000,
  institutions: 2000,
  courses: 100_000,
  /** Of one course. */
  editions: 200,
  agreements: 2000,
  rules: 5000,
  completions: 2000,
  homeRecord: 2000,
  transcripts: 500,
  decisions: 5000,
} as const;

export interface RequestComponents {
  readonly EvaluationRequest: EvaluationRequest;
  readonly StoredEvaluationRequest: StoredEvaluationRequest;
  readonly InlineEvaluationRequest: InlineEvaluationRequest;
  readonly InlineInstitution: InlineInstitution;
  readonly InlineCreditSystem: CreditSystem;
  readonly InlineGradingScale: GradingScale;
  readonly InlineCourse: InlineCourse;
  readonly InlineAgreement: InlineAgreement;
  readonly InlineProgramme: InlineProgramme;
  readonly InlineCompletion: InlineCompletion;
  readonly InlineHomeCourse: InlineHomeCourse;
  readonly EvaluationRedemption: Redemption;
  readonly EvaluationChoice: Choice;
  readonly EvaluationException: Exception;
  readonly RequirementWaived: Extract<Exception, { kind: 'requirementWaived' }>;
  readonly PolicyWaived: Extract<Exception, { kind: 'policyWaived' }>;
  readonly ConditionWaived: Extract<Exception, { kind: 'conditionWaived' }>;
}

const ref = references<RequestComponents>();
const institution = (description: string): Schema<string> => identifierSchema(`${description} The id of an institution.`);
const recordedId = (description: string): Schema<string> => textSchema(description, { maxLength: 36, format: 'uuid' });
const decimal = (description: string): Schema<string> => textSchema(`${description} A decimal.`, { maxLength: 20 });
const word = (description: string): Schema<string> => textSchema(description, { maxLength: textLimits.word });
const workload = {
  hours: numberSchema('Learner workload in hours.', { minimum: 0, maximum: 100_000 }),
  weeks: numberSchema('Duration in weeks.', { minimum: 0, maximum: 1000 }),
};
const wishes = {
  policyDate: dateSchema('The day on which the rules in force are looked up; the request date unless stated.'),
  requestDate: dateSchema('The day of the student’s request; today unless stated.'),
  choices: listSchema('Choices made.', ref('EvaluationChoice'), { maxItems: requestLimits.decisions }),
  exceptions: listSchema('What a person has granted.', ref('EvaluationException'), { maxItems: requestLimits.decisions }),
  whatIf: booleanSchema('Count courses in progress and planned as if achieved.'),
  effort: enumSchema('interactive: below 50 ms; thorough: some two seconds in a worker, for a decision.', [
    'interactive',
    'thorough',
  ] as const),
  suggestions: booleanSchema('Look for the smallest change that would earn more.'),
};

export const requestSchemas: Components<RequestComponents> = {
  EvaluationRequest: unionSchema<'kind', EvaluationRequest>('What to evaluate.', 'kind', {
    stored: ref('StoredEvaluationRequest'),
    inline: ref('InlineEvaluationRequest'),
  }),
  StoredEvaluationRequest: objectSchema<StoredEvaluationRequest>(
    'Completions of a learner on record, a programme on record, and the agreements in force. The result is stored under the learner.',
    {
      kind: constantSchema('stored'),
      learner: recordedId('The id of the learner.'),
      programme: recordedId('The id of the programme.'),
    },
    {
      transcripts: listSchema('Which transcripts count; all unless stated.', recordedId('The id of a transcript.'), {
        maxItems: requestLimits.transcripts,
      }),
      ...wishes,
    },
  ),
  InlineEvaluationRequest: objectSchema<InlineEvaluationRequest>(
    'Everything in one self-contained body; nothing is stored. Shipped credit systems and grading scales may be named without being given.',
    {
      kind: constantSchema('inline'),
      institutions: listSchema('Everybody who is named below.', ref('InlineInstitution'), {
        minItems: 1,
        maxItems: requestLimits.institutions,
      }),
      programme: ref('InlineProgramme'),
      completions: listSchema('What the student completed.', ref('InlineCompletion'), { maxItems: requestLimits.completions }),
    },
    {
      creditSystems: listSchema('Credit systems of your own.', ref('InlineCreditSystem'), { maxItems: 200 }),
      gradingScales: listSchema('Grading scales of your own.', ref('InlineGradingScale'), { maxItems: 500 }),
      courses: listSchema('Course editions.', ref('InlineCourse'), { maxItems: requestLimits.courses }),
      agreements: listSchema('The revisions in force.', ref('InlineAgreement'), { maxItems: requestLimits.agreements }),
      rules: listSchema('Rules without an agreement around them: as if all institutions had agreed on them.', ruleRef('Rule'), {
        maxItems: requestLimits.rules,
      }),
      admissionDate: dateSchema('When the student was admitted to the programme.'),
      homeRecord: listSchema('Courses taken at the programme’s institution.', ref('InlineHomeCourse'), {
        maxItems: requestLimits.homeRecord,
      }),
      redemptions: listSchema('Completions already used for credit.', ref('EvaluationRedemption'), { maxItems: requestLimits.decisions }),
      ...wishes,
    },
  ),
  InlineInstitution: objectSchema<InlineInstitution>(
    'An institution.',
    { id: identifierSchema('Any id; the rest of the body refers to it.') },
    {
      names: kernelRef('LocalisedText'),
      creditSystem: identifierSchema('Its own credit system.'),
      gradingScale: identifierSchema('The scale on which it states grades.'),
    },
  ),
  InlineCreditSystem: objectSchema<CreditSystem>(
    'A credit system.',
    {
      id: identifierSchema('Its id.'),
      name: word('Its name.'),
      source: textSchema('Where the figures come from.', { maxLength: textLimits.prose }),
    },
    {
      creditsPerYear: creditsSchema('Credits of one full-time year.'),
      hoursPerCredit: objectSchema<NonNullable<CreditSystem['hoursPerCredit']>>(
        'Hours of workload of one credit.',
        {
          minimum: numberSchema('At least.', { minimum: 0, maximum: 1000 }),
          maximum: numberSchema('At most.', { minimum: 0, maximum: 1000 }),
        },
        {},
      ),
    },
  ),
  InlineGradingScale: objectSchema<GradingScale>(
    'A grading scale.',
    {
      id: identifierSchema('Its id.'),
      name: word('Its name.'),
      grades: listSchema(
        'Its grades, lowest first.',
        objectSchema<GradingScale['grades'][number]>(
          'A grade.',
          { value: word('As it is written.') },
          { points: decimal('Its grade points.') },
        ),
        { maxItems: 200 },
      ),
      passMark: word('The lowest passing grade.'),
      source: textSchema('Where it comes from.', { maxLength: textLimits.prose }),
    },
    {
      numeric: objectSchema<NonNullable<GradingScale['numeric']>>(
        'A numeric scale takes any decimal in between.',
        { lowest: decimal('The lowest mark.'), highest: decimal('The highest mark.') },
        { descending: booleanSchema('A smaller number is better.') },
      ),
      distribution: listSchema(
        'Share of passing students per grade.',
        objectSchema<NonNullable<GradingScale['distribution']>[number]>(
          'A share.',
          { value: word('The grade.'), share: decimal('Its share.') },
          {},
        ),
        { maxItems: 200 },
      ),
    },
  ),
  InlineCourse: objectSchema<InlineCourse>(
    'A dated course edition.',
    { provider: institution('Who teaches it.'), code: codeSchema('Its code.'), credits: creditsSchema('Its credits.') },
    {
      platform: institution('Where it runs.'),
      titles: kernelRef('LocalisedText'),
      creditSystem: identifierSchema('The provider’s own unless stated.'),
      ...workload,
      eqfLevel: integerSchema('European Qualifications Framework level.', { minimum: 1, maximum: 8 }),
      isced: textSchema('ISCED-F 2013 code.', { maxLength: 4 }),
      mooc: booleanSchema('An open online course.'),
      repeatable: booleanSchema('Each attempt counts by itself.'),
      validity: kernelRef('Period', 'When this edition was taught.'),
    },
  ),
  InlineAgreement: objectSchema<InlineAgreement>(
    'The revision of an agreement that is in force.',
    { id: identifierSchema('The agreement’s id.'), terms: agreementRef('AgreementTerms') },
    {
      revision: integerSchema('Its number; 1 unless stated.', { minimum: 1, maximum: 1_000_000 }),
      attestedBy: institution('Who alone vouches for it.'),
    },
  ),
  InlineProgramme: objectSchema<InlineProgramme>(
    'The degree programme.',
    {
      institution: institution('Whose it is.'),
      code: codeSchema('Its code.'),
      catalogueYear: integerSchema('Its catalogue year.', { minimum: 1900, maximum: 2200 }),
      totalCredits: creditsSchema('Credits of the degree.'),
      requirements: programmeRef('Requirement'),
    },
    {
      title: kernelRef('LocalisedText'),
      creditSystem: identifierSchema('The institution’s own unless stated.'),
      policy: programmeRef('TransferPolicy'),
    },
  ),
  InlineCompletion: objectSchema<InlineCompletion>(
    'A completed course; what is not stated comes from the course edition.',
    { id: identifierSchema('Any id; the answer refers to it.'), provider: institution('Who taught it.'), code: codeSchema('Its code.') },
    {
      platform: institution('Where it ran.'),
      credits: creditsSchema('Its credits.'),
      creditSystem: identifierSchema('Their system.'),
      ...workload,
      grade: kernelRef('Grade'),
      outcome: enumSchema('achieved unless stated.', ['achieved', 'failed', 'inProgress', 'planned'] as const),
      completedOn: dateSchema('When it was completed.'),
      enrolledOn: dateSchema('When the student enrolled in it.'),
      evidence: objectSchema<Partial<Evidence>>(
        'What is known of how it was assessed.',
        {},
        {
          identityVerified: booleanSchema('The student’s identity was verified.'),
          proctored: booleanSchema('The examination was proctored.'),
          verification: enumSchema('Of the transcript; attested unless stated.', ['verified', 'attested', 'unverified', 'failed'] as const),
        },
      ),
      mooc: booleanSchema('An open online course.'),
    },
  ),
  InlineHomeCourse: objectSchema<InlineHomeCourse>(
    'A course taken at the programme’s institution.',
    { id: identifierSchema('Any id.'), code: codeSchema('Its code.'), credits: creditsSchema('Its credits.') },
    {
      status: enumSchema('done unless stated.', ['done', 'underWay'] as const),
      passFail: booleanSchema('Taken without a grade.'),
      attributes: listSchema('Its attributes.', word('An attribute.'), { maxItems: 20 }),
    },
  ),
  EvaluationRedemption: objectSchema<Redemption>(
    'A completion already used for credit.',
    {
      completion: identifierSchema('The completion.'),
      institution: institution('Where.'),
      programme: codeSchema('The code of the programme.'),
    },
    {},
  ),
  EvaluationChoice: objectSchema<Choice>(
    'The option chosen where a rule leaves a choice.',
    {
      agreement: identifierSchema('The agreement.'),
      rule: identifierSchema('The rule.'),
      option: integerSchema('The option, counted from 0.', { minimum: 0, maximum: 50 }),
    },
    {},
  ),
  EvaluationException: unionSchema<'kind', Exception>('What a person has granted, against the letter of the rules.', 'kind', {
    requirementWaived: ref('RequirementWaived'),
    policyWaived: ref('PolicyWaived'),
    conditionWaived: ref('ConditionWaived'),
  }),
  RequirementWaived: objectSchema<RequestComponents['RequirementWaived']>(
    'A requirement that need not be met.',
    { kind: constantSchema('requirementWaived'), requirement: identifierSchema('The requirement.'), reason: reasonSchema() },
    {},
  ),
  PolicyWaived: objectSchema<RequestComponents['PolicyWaived']>(
    'A clause of the programme’s policy that does not hold for a completion.',
    {
      kind: constantSchema('policyWaived'),
      completion: identifierSchema('The completion.'),
      clause: enumSchema('The clause.', ['minimumGrade', 'maximumAge', 'electivesOnly'] as const),
      reason: reasonSchema(),
    },
    {},
  ),
  ConditionWaived: objectSchema<RequestComponents['ConditionWaived']>(
    'A condition of rules that does not hold against a completion.',
    {
      kind: constantSchema('conditionWaived'),
      completion: identifierSchema('The completion.'),
      condition: enumSchema('The condition.', ['dates', 'completedWithin', 'evidence', 'minimumGrade'] as const),
      reason: reasonSchema(),
    },
    {},
  ),
};

function reasonSchema(): Schema<string> {
  return textSchema('Why it was granted.', { maxLength: textLimits.prose });
}
