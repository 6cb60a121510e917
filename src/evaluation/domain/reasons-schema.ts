import {
  booleanSchema,
  constantSchema,
  enumSchema,
  integerSchema,
  listSchema,
  numberSchema,
  objectSchema,
  references,
  textSchema,
  unionSchema,
  type Components,
  type JsonSchema,
  type Schema,
} from '../../kernel/index.js';
import { refusalReasons } from '../../rules/domain/index.js';
import { programmeCaps, type CompletionStatus, type ReasonParameters } from './reasons.js';
import type { Because, RuleOutcome } from './result.js';

/** One component for each status, `GradeTooLowReason` for `gradeTooLow`, and what refers to them. */
export type ReasonComponents = {
  readonly [Status in CompletionStatus as `${Capitalize<Status>}Reason`]: Because<Status>;
} & { readonly Reason: Because; readonly RuleOutcome: RuleOutcome };

const most = 1_000_000;
const text = (description: string): Schema<string> => textSchema(description, { minLength: 0, maxLength: 4000 });
const texts = (description: string, item = 'An id.'): Schema<readonly string[]> => listSchema(description, text(item), { maxItems: most });
const day = (description: string): Schema<string> => textSchema(description, { maxLength: 10, format: 'date' });
const amount = (description: string): Schema<number> => numberSchema(description, { minimum: 0, maximum: most });
const count = (description: string): Schema<number> => integerSchema(description, { minimum: 0, maximum: Number.MAX_SAFE_INTEGER });
const governingDates = ['completion', 'enrolment', 'request', 'admission'] as const;
/** True, or absent. */
const yes = (description: string): Schema<true> => ({ type: 'boolean', const: true, description });
const byPolicy = yes('The programme demands it, not a rule.');
const stated = { gradeScale: text('The scale of the grade stated.'), grade: text('The grade stated; absent when there is none.') };
const nothing = objectSchema<ReasonParameters['used']>('Nothing more to say.', {}, {});

/** What the status is called, when it applies, and what it rests on. */
function reason<Status extends CompletionStatus>(
  status: Status,
  description: string,
  parameters: Schema<ReasonParameters[Status]>,
): Schema<Because<Status>> {
  const properties: { readonly [Key in keyof Because]-?: JsonSchema } = {
    status: constantSchema(status),
    parameters,
    agreement: text('The agreement of the rule it rests on.'),
    rule: text('The rule it rests on; absent where it is the programme’s policy or the completion itself.'),
  };
  return { type: 'object', description, properties, required: ['status', 'parameters'], additionalProperties: false };
}

const parameters: { readonly [Status in CompletionStatus]: Schema<ReasonParameters[Status]> } = {
  used: nothing,
  alreadyRedeemed: objectSchema<ReasonParameters['alreadyRedeemed']>(
    'Where it has earned credit.',
    {
      redemption: enumSchema('The agreement’s policy, which does not let it count again.', [
        'oncePerProgramme',
        'oncePerInstitution',
        'once',
      ] as const),
      institution: text('The institution where it has earned credit.'),
      programme: text('The code of the programme there.'),
    },
    {},
  ),
  refusedByRule: objectSchema<ReasonParameters['refusedByRule']>(
    'Why.',
    { reason: enumSchema('The reason that the rule gives.', refusalReasons) },
    {},
  ),
  needsAssessment: nothing,
  choiceOpen: objectSchema<ReasonParameters['choiceOpen']>(
    'Whose choice.',
    { by: enumSchema('Who is to choose.', ['student', 'registrar', 'best'] as const) },
    { option: count('The option that could be taken while nobody has chosen; absent where the one chosen does not exist.') },
  ),
  evidenceMissing: objectSchema<ReasonParameters['evidenceMissing']>(
    'What is demanded and not there.',
    {
      evidence: listSchema(
        'The evidence.',
        enumSchema('One piece.', ['identityVerified', 'proctored', 'verifiedTranscript', 'minimumHours'] as const),
        { maxItems: 4 },
      ),
    },
    {
      minimumHours: amount('Hours demanded, where they are too few.'),
      hours: amount('Hours stated.'),
      verification: enumSchema('The transcript failed verification.', ['failed'] as const),
    },
  ),
  gradeTooLow: objectSchema<ReasonParameters['gradeTooLow']>(
    'The grade demanded and the grade stated.',
    {
      scale: text('The scale of the grade demanded.'),
      minimum: text('The grade demanded.'),
      comparable: booleanSchema('Both compare.'),
    },
    { ...stated, policy: byPolicy },
  ),
  outsideDates: objectSchema<ReasonParameters['outsideDates']>(
    'The date and the rule’s validity.',
    { governedBy: enumSchema('Which date.', governingDates), date: day('The date.') },
    { from: day('First day.'), until: day('Last day.') },
  ),
  dateMissing: objectSchema<ReasonParameters['dateMissing']>(
    'The date.',
    { which: enumSchema('Which date is needed.', governingDates) },
    { policy: byPolicy },
  ),
  tooOld: objectSchema<ReasonParameters['tooOld']>(
    'The date and the first day that would do.',
    {
      date: day('Of completion.'),
      earliest: day('The first day that would do.'),
      duration: text('How long it counts, ISO 8601.'),
      before: enumSchema('Counted back from which day.', ['request', 'admission'] as const),
    },
    { policy: byPolicy },
  ),
  programmeExcluded: objectSchema<ReasonParameters['programmeExcluded']>(
    'The programme, and which ones the rule is for.',
    { programme: text('The programme’s code.') },
    { only: texts('The rule is for these only.', 'A code.'), except: texts('The rule is not for these.', 'A code.') },
  ),
  incompleteSet: objectSchema<ReasonParameters['incompleteSet']>(
    'What else is needed.',
    {
      missing: texts(
        'What may bring it, no course that is held: "MATH 1283", "CMPT 1##", "ISCED 061 EQF 6".',
        'A course, or what selects it.',
      ),
      missingCourses: count('How many courses at least, those held but not accepted included; 0 when only credits are missing.'),
    },
    {
      missingCredits: amount('How many credits.'),
      unsuitable: texts('Completions of courses that are missing: held, but not accepted as they are.'),
      condition: enumSchema('The missing courses need only be held.', ['alsoHolds'] as const),
    },
  ),
  limitReached: objectSchema<ReasonParameters['limitReached']>('Which.', { limit: text('The agreement’s limit.') }, {}),
  capReached: objectSchema<ReasonParameters['capReached']>(
    'Which.',
    { cap: enumSchema('The programme’s cap.', programmeCaps) },
    { requirement: text('The requirement that has it.') },
  ),
  outranked: objectSchema<ReasonParameters['outranked']>(
    'By a rule, or by a better attempt.',
    {},
    {
      byAgreement: text('The agreement of the rule that goes first.'),
      byRule: text('The rule that goes first; absent where only the set it is satisfied on is known.'),
      byCompletions: texts('The set it is satisfied on.'),
      betterAttempt: text('The attempt at the same course that is used.'),
    },
  ),
  notNeeded: objectSchema<ReasonParameters['notNeeded']>(
    'Why not; with nothing said the rule or the best allocation does without it.',
    {},
    {
      alreadyAwarded: texts('Receiving courses awarded already or on the home record.', 'A code in normal form.'),
      usedElsewhere: texts('Completions of its set that other rules take.'),
      sameAsAgreement: text('The agreement of the rule that gives the same and stands for this one.'),
      sameAsRule: text('The rule that gives the same and stands for this one.'),
    },
  ),
  notEvaluated: objectSchema<ReasonParameters['notEvaluated']>(
    'What the rule does not speak of; with nothing said it is the course.',
    {},
    {
      ...stated,
      scale: text('The scale of the highest grade of the rule’s band.'),
      maximum: text('The highest grade of the rule’s band.'),
      comparable: booleanSchema('Both grades compare.'),
      minimumCredits: amount('Credits demanded.'),
      credits: amount('Credits stated.'),
      condition: enumSchema('What must not be held is.', ['doesNotHold'] as const),
      held: texts('What finds it.', 'A course, or what selects it.'),
    },
  ),
  unmatched: nothing,
  failed: objectSchema<ReasonParameters['failed']>('Its outcome.', { outcome: constantSchema('failed') }, {}),
  inProgress: objectSchema<ReasonParameters['inProgress']>(
    'Its outcome.',
    { outcome: enumSchema('The outcome.', ['inProgress', 'planned'] as const) },
    {},
  ),
};

const ref = references<ReasonComponents>();

export const reasonSchemas: Components<ReasonComponents> = {
  UsedReason: reason('used', 'A rule takes it.', parameters.used),
  AlreadyRedeemedReason: reason('alreadyRedeemed', 'It has earned credit already.', parameters.alreadyRedeemed),
  RefusedByRuleReason: reason('refusedByRule', 'A rule says that it earns no credit.', parameters.refusedByRule),
  NeedsAssessmentReason: reason('needsAssessment', 'A rule sends it to a person.', parameters.needsAssessment),
  ChoiceOpenReason: reason('choiceOpen', 'A choice is open.', parameters.choiceOpen),
  EvidenceMissingReason: reason('evidenceMissing', 'Evidence is missing.', parameters.evidenceMissing),
  GradeTooLowReason: reason('gradeTooLow', 'The grade is too low, or does not compare.', parameters.gradeTooLow),
  OutsideDatesReason: reason('outsideDates', 'A date is outside the rule’s validity.', parameters.outsideDates),
  DateMissingReason: reason('dateMissing', 'A date is needed and missing.', parameters.dateMissing),
  TooOldReason: reason('tooOld', 'It was completed too long ago.', parameters.tooOld),
  ProgrammeExcludedReason: reason('programmeExcluded', 'The rule is not for this programme.', parameters.programmeExcluded),
  IncompleteSetReason: reason('incompleteSet', 'The rule needs more than what is held.', parameters.incompleteSet),
  LimitReachedReason: reason('limitReached', 'A limit of the agreement is reached.', parameters.limitReached),
  CapReachedReason: reason('capReached', 'A cap of the programme is used up.', parameters.capReached),
  OutrankedReason: reason('outranked', 'Something else goes first.', parameters.outranked),
  NotNeededReason: reason('notNeeded', 'It is not needed.', parameters.notNeeded),
  NotEvaluatedReason: reason('notEvaluated', 'No rule speaks of it as it is.', parameters.notEvaluated),
  UnmatchedReason: reason('unmatched', 'No rule speaks of it, and no catalogue knows the course.', parameters.unmatched),
  FailedReason: reason('failed', 'It was failed.', parameters.failed),
  InProgressReason: reason('inProgress', 'It is not completed yet.', parameters.inProgress),
  Reason: unionSchema<'status', Because>('Why a rule, or the programme whatever the rules say, takes a completion or does not.', 'status', {
    used: ref('UsedReason'),
    alreadyRedeemed: ref('AlreadyRedeemedReason'),
    refusedByRule: ref('RefusedByRuleReason'),
    needsAssessment: ref('NeedsAssessmentReason'),
    choiceOpen: ref('ChoiceOpenReason'),
    evidenceMissing: ref('EvidenceMissingReason'),
    gradeTooLow: ref('GradeTooLowReason'),
    outsideDates: ref('OutsideDatesReason'),
    dateMissing: ref('DateMissingReason'),
    tooOld: ref('TooOldReason'),
    programmeExcluded: ref('ProgrammeExcludedReason'),
    incompleteSet: ref('IncompleteSetReason'),
    limitReached: ref('LimitReachedReason'),
    capReached: ref('CapReachedReason'),
    outranked: ref('OutrankedReason'),
    notNeeded: ref('NotNeededReason'),
    notEvaluated: ref('NotEvaluatedReason'),
    unmatched: ref('UnmatchedReason'),
    failed: ref('FailedReason'),
    inProgress: ref('InProgressReason'),
  }),
  RuleOutcome: {
    allOf: [ref('Reason'), { type: 'object', required: ['agreement', 'rule'] }],
    description: 'What became of one rule for one completion.',
  },
};
