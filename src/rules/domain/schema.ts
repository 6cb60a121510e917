import {
  booleanSchema,
  codeSchema,
  constantSchema,
  creditsSchema,
  durationSchema,
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
} from '../../kernel/index.js';
import {
  refusalReasons,
  type AllSource,
  type AnySource,
  type AtLeastSource,
  type Award,
  type AwardTarget,
  type Conditions,
  type CourseSource,
  type EvidenceDemand,
  type Outcome,
  type Rule,
  type Selector,
  type Source,
  type Statement,
} from './rule.js';

/** How much a rule may hold. */
export const ruleLimits = {
  /** Objects inside one another, the rule itself counted; lists add no level. */
  depth: 16,
  /** Objects of one rule, itself counted. */
  nodes: 2000,
  /** Parts of one `all`, `any` or `atLeast`. */
  parts: 500,
  /** Awards of one outcome or option, options of one choice. */
  awards: 50,
  /** Attributes of one award. */
  attributes: 20,
  /** Programmes that one rule names. */
  programmes: 500,
  /** The highest level of a course code: the number's first digit followed by zeros. */
  level: 900_000,
  /** Hours of workload. */
  hours: 100_000,
} as const;

/** The variants of a union, each a component of its own as a discriminator demands. */
export interface RuleComponents {
  readonly Rule: Rule;
  readonly Source: Source;
  readonly CourseSource: CourseSource;
  readonly AllSource: AllSource;
  readonly AnySource: AnySource;
  readonly AtLeastSource: AtLeastSource;
  readonly Selector: Selector;
  readonly CodeSelector: Extract<Selector, { kind: 'code' }>;
  readonly PatternSelector: Extract<Selector, { kind: 'pattern' }>;
  readonly SubjectSelector: Extract<Selector, { kind: 'subject' }>;
  readonly FieldSelector: Extract<Selector, { kind: 'field' }>;
  readonly Outcome: Outcome;
  readonly CreditOutcome: Extract<Outcome, { kind: 'credit' }>;
  readonly ChoiceOutcome: Extract<Outcome, { kind: 'choice' }>;
  readonly NoCreditOutcome: Extract<Outcome, { kind: 'noCredit' }>;
  readonly IndividualAssessmentOutcome: Extract<Outcome, { kind: 'individualAssessment' }>;
  readonly Award: Award;
  readonly AwardTarget: AwardTarget;
  readonly CourseTarget: Extract<AwardTarget, { kind: 'course' }>;
  readonly ElectiveTarget: Extract<AwardTarget, { kind: 'elective' }>;
  readonly AwardCredits: Award['credits'];
  readonly FixedCredits: Extract<Award['credits'], { kind: 'fixed' }>;
  readonly ConvertedCredits: Extract<Award['credits'], { kind: 'converted' }>;
  readonly AwardGrade: Award['grade'];
  readonly NoGrade: Extract<Award['grade'], { kind: 'none' }>;
  readonly ConvertedGrade: Extract<Award['grade'], { kind: 'converted' }>;
  readonly Conditions: Conditions;
  readonly EvidenceDemand: EvidenceDemand;
  readonly Statement: Statement;
}

const ref = references<RuleComponents>();

/** A reference to one of the rule language's components, for the shapes of other modules. */
export const ruleRef = ref;

const party = 'The id of an institution, or `anyMember`: any party of the agreement.';
const subject = 'The subject of a course code: what stands before its number.';
const level = 'The level of a course code: the first digit of its number followed by zeros, such as 100 or 2000.';
const levelBounds = { minimum: 0, maximum: ruleLimits.level };
const parts = (description: string) => listSchema(description, ref('Source'), { minItems: 1, maxItems: ruleLimits.parts });
const programmes = (description: string) =>
  listSchema(description, codeSchema('The code of a programme.'), { minItems: 1, maxItems: ruleLimits.programmes });
const awards = (description: string) => listSchema(description, ref('Award'), { minItems: 1, maxItems: ruleLimits.awards });
const scope = {
  provider: identifierSchema('Who teaches: the id of an institution.'),
  platform: identifierSchema('Where it runs: the id of an institution.'),
};

const sourceSchemas = {
  Source: unionSchema<'kind', Source>('Which completions a rule takes.', 'kind', {
    course: ref('CourseSource'),
    all: ref('AllSource'),
    any: ref('AnySource'),
    atLeast: ref('AtLeastSource'),
  }),
  CourseSource: objectSchema<CourseSource>(
    'One completion that a selector matches.',
    { kind: constantSchema('course'), select: ref('Selector') },
    {
      minimumGrade: kernelRef('Grade', 'The least grade.'),
      maximumGrade: kernelRef('Grade', 'The greatest grade: the upper end of a grade band.'),
      minimumCredits: creditsSchema('The least credits, in the credit system of the completion.'),
    },
  ),
  AllSource: objectSchema<AllSource>(
    'All of the parts, each with completions of its own.',
    { kind: constantSchema('all'), of: parts('The parts.') },
    {},
  ),
  AnySource: objectSchema<AnySource>('One of the parts.', { kind: constantSchema('any'), of: parts('The parts.') }, {}),
  AtLeastSource: objectSchema<AtLeastSource>(
    'At least so many courses, or credits, or both, out of the parts.',
    { kind: constantSchema('atLeast'), of: parts('The parts.') },
    {
      courses: integerSchema('How many completions.', { minimum: 1, maximum: ruleLimits.parts }),
      credits: creditsSchema('How many credits, in the completions’ own system.'),
    },
  ),
};

const selectorSchemas = {
  Selector: unionSchema<'kind', Selector>('Which completions are meant.', 'kind', {
    code: ref('CodeSelector'),
    pattern: ref('PatternSelector'),
    subject: ref('SubjectSelector'),
    field: ref('FieldSelector'),
  }),
  CodeSelector: objectSchema<RuleComponents['CodeSelector']>(
    'One course by its code, whatever its case and spacing.',
    { kind: constantSchema('code'), code: codeSchema('The course code.') },
    scope,
  ),
  PatternSelector: objectSchema<RuleComponents['PatternSelector']>(
    'Courses whose whole code has a pattern.',
    {
      kind: constantSchema('pattern'),
      pattern: textSchema('`#` is one digit, `*` any rest: `CMPT 1##`.', { maxLength: textLimits.pattern }),
    },
    scope,
  ),
  SubjectSelector: objectSchema<RuleComponents['SubjectSelector']>(
    'Courses of a subject, or of one level of it.',
    { kind: constantSchema('subject'), subject: codeSchema(subject) },
    { ...scope, level: integerSchema(level, levelBounds) },
  ),
  FieldSelector: objectSchema<RuleComponents['FieldSelector']>(
    'Courses in a field of study.',
    {
      kind: constantSchema('field'),
      isced: textSchema('An ISCED-F 2013 code or its beginning: 06, 061 or 0613.', { minLength: 2, maxLength: 4, pattern: '^[0-9]+$' }),
    },
    { ...scope, minimumEqf: integerSchema('The least level of the European Qualifications Framework.', { minimum: 1, maximum: 8 }) },
  ),
};

const outcomeSchemas = {
  Outcome: unionSchema<'kind', Outcome>('What the completions earn.', 'kind', {
    credit: ref('CreditOutcome'),
    choice: ref('ChoiceOutcome'),
    noCredit: ref('NoCreditOutcome'),
    individualAssessment: ref('IndividualAssessmentOutcome'),
  }),
  CreditOutcome: objectSchema<RuleComponents['CreditOutcome']>(
    'Credit, or an exemption or waiver.',
    { kind: constantSchema('credit'), awards: awards('Everything that is awarded.') },
    {},
  ),
  ChoiceOutcome: objectSchema<RuleComponents['ChoiceOutcome']>(
    'One of several options.',
    {
      kind: constantSchema('choice'),
      by: enumSchema('Who chooses; `best` is whatever serves the student best.', ['student', 'registrar', 'best']),
      options: listSchema('The options.', awards('Everything that is awarded when this option is chosen.'), {
        minItems: 1,
        maxItems: ruleLimits.awards,
      }),
    },
    {},
  ),
  NoCreditOutcome: objectSchema<RuleComponents['NoCreditOutcome']>(
    'Looked at, and refused.',
    { kind: constantSchema('noCredit'), reason: enumSchema('The ground of the refusal.', refusalReasons) },
    {},
  ),
  IndividualAssessmentOutcome: objectSchema<RuleComponents['IndividualAssessmentOutcome']>(
    'Always goes to a person.',
    { kind: constantSchema('individualAssessment') },
    {},
  ),
};

const awardSchemas = {
  Award: objectSchema<Award>(
    'One receiving course or elective with its credits.',
    {
      target: ref('AwardTarget'),
      credits: ref('AwardCredits'),
      grade: ref('AwardGrade'),
      effect: enumSchema('`exemption` fills a named course with 0 credits, `waiver` removes the requirement.', [
        'credit',
        'exemption',
        'waiver',
      ]),
    },
    {
      attributes: listSchema(
        'Marks that requirements ask for: Q, Lab, UCTA.',
        textSchema('An attribute.', { maxLength: textLimits.word }),
        { maxItems: ruleLimits.attributes },
      ),
    },
  ),
  AwardTarget: unionSchema<'kind', AwardTarget>('What is awarded.', 'kind', {
    course: ref('CourseTarget'),
    elective: ref('ElectiveTarget'),
  }),
  CourseTarget: objectSchema<RuleComponents['CourseTarget']>(
    'A named course of the receiving institution.',
    { kind: constantSchema('course'), code: codeSchema('Its code.') },
    {},
  ),
  ElectiveTarget: objectSchema<RuleComponents['ElectiveTarget']>(
    'Unassigned credit.',
    { kind: constantSchema('elective') },
    {
      subject: codeSchema(subject),
      level: integerSchema(level, levelBounds),
      label: kernelRef('LocalisedText', 'As the receiving institution writes it: “2nd”, “1XX”, “100 lev”.'),
    },
  ),
  AwardCredits: unionSchema<'kind', Award['credits']>('How many credits are awarded.', 'kind', {
    fixed: ref('FixedCredits'),
    converted: ref('ConvertedCredits'),
  }),
  FixedCredits: objectSchema<RuleComponents['FixedCredits']>(
    'A stated amount.',
    { kind: constantSchema('fixed'), credits: creditsSchema('In the receiving credit system.') },
    {},
  ),
  ConvertedCredits: objectSchema<RuleComponents['ConvertedCredits']>(
    'A share of what the consumed completions convert to.',
    { kind: constantSchema('converted') },
    { maximum: creditsSchema('The most, in the receiving credit system.') },
  ),
  AwardGrade: unionSchema<'kind', Award['grade']>('Which grade is awarded.', 'kind', {
    none: ref('NoGrade'),
    converted: ref('ConvertedGrade'),
  }),
  NoGrade: objectSchema<RuleComponents['NoGrade']>('Recognised without a grade.', { kind: constantSchema('none') }, {}),
  ConvertedGrade: objectSchema<RuleComponents['ConvertedGrade']>(
    'The converted grade of the consumed completions.',
    {
      kind: constantSchema('converted'),
      combine: enumSchema('How several grades become one.', ['lowest', 'creditWeightedMean']),
    },
    {},
  ),
};

const conditionSchemas = {
  Conditions: objectSchema<Conditions>(
    'What must hold besides the source.',
    {},
    {
      programmes: objectSchema<Required<Conditions>['programmes']>(
        'The programmes in which the rule holds.',
        {},
        { only: programmes('In these only.'), except: programmes('In all but these.') },
      ),
      alsoHolds: ref('Source', 'Completions that must be held besides; they are not consumed.'),
      doesNotHold: ref('Source', 'Completions that must not be held besides.'),
      completedWithin: objectSchema<Required<Conditions>['completedWithin']>(
        'How long ago the completions may be.',
        {
          duration: durationSchema('The longest time.'),
          before: enumSchema('The date it is counted back from.', ['request', 'admission']),
        },
        {},
      ),
      evidence: ref('EvidenceDemand'),
    },
  ),
  EvidenceDemand: objectSchema<EvidenceDemand>(
    'What must be proven of every consumed completion.',
    {},
    {
      identityVerified: booleanSchema('The learner’s identity was verified.'),
      proctored: booleanSchema('The assessment was proctored.'),
      verifiedTranscript: booleanSchema('The transcript is signed by, or came from, its issuer.'),
      minimumHours: numberSchema('The least stated workload in hours.', { minimum: 0, maximum: ruleLimits.hours }),
    },
  ),
};

/** The rule language as JSON Schema components. They refer to {@link kernelSchemas}. */
export const ruleSchemas: Components<RuleComponents> = {
  Rule: objectSchema<Rule>(
    'An equivalence rule: which completions earn which receiving outcome, under which conditions, in which period.',
    {
      id: identifierSchema('Stable across the revisions of its agreement.'),
      from: identifierSchema(`Where the learning happened, as provider or as platform. ${party}`),
      to: identifierSchema(`Who recognises it. ${party}`),
      source: ref('Source'),
      outcome: ref('Outcome'),
      validity: kernelRef('Period', 'The days on which the rule is valid.'),
      governedBy: enumSchema('Which date is held against the validity; for completion and enrolment that of every consumed completion.', [
        'completion',
        'enrolment',
        'request',
        'admission',
      ]),
    },
    { conditions: ref('Conditions'), note: kernelRef('LocalisedText', 'Seen by all.') },
  ),
  ...sourceSchemas,
  ...selectorSchemas,
  ...outcomeSchemas,
  ...awardSchemas,
  ...conditionSchemas,
  Statement: objectSchema<Statement>(
    'What an agreement says about a receiving course without giving credit for it.',
    {
      target: codeSchema('The code of the receiving course.'),
      kind: enumSchema('What is said.', ['takeAfterTransfer', 'noArticulation', 'individualAssessment']),
    },
    { reason: kernelRef('LocalisedText', 'Why.') },
  ),
};
