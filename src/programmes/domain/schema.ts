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
  objectSchema,
  references,
  textLimits,
  textSchema,
  unionSchema,
  type Components,
} from '../../kernel/index.js';
import type { CourseMatch, Requirement, RequirementCommon, TransferPolicy } from './programme.js';

/** How much a programme may hold. */
export const programmeLimits = {
  /** Objects inside one another, lists add no level. */
  depth: 16,
  /** Objects of one requirement tree. */
  nodes: 2000,
  /** Parts of one requirement. */
  parts: 500,
  /** Codes of one named course, matches of one credit requirement. */
  courses: 500,
  /** Requirements that one may share with. */
  shares: 100,
  /** Scales on which a policy names a least grade. */
  scales: 200,
  /** The highest level of a course code. */
  level: 900_000,
} as const;

/** The variants of a union, each a component of its own as a discriminator demands. */
export interface ProgrammeComponents {
  readonly Requirement: Requirement;
  readonly CourseRequirement: Extract<Requirement, { kind: 'course' }>;
  readonly AllRequirement: Extract<Requirement, { kind: 'all' }>;
  readonly AtLeastRequirement: Extract<Requirement, { kind: 'atLeast' }>;
  readonly CreditsRequirement: Extract<Requirement, { kind: 'credits' }>;
  readonly FreeElectivesRequirement: Extract<Requirement, { kind: 'freeElectives' }>;
  readonly RequirementTransfer: Required<RequirementCommon>['transfer'];
  readonly CourseMatch: CourseMatch;
  readonly CodeMatch: Extract<CourseMatch, { kind: 'code' }>;
  readonly SubjectMatch: Extract<CourseMatch, { kind: 'subject' }>;
  readonly AttributeMatch: Extract<CourseMatch, { kind: 'attribute' }>;
  readonly TransferPolicy: TransferPolicy;
}

const ref = references<ProgrammeComponents>();

/** A reference to a component of programmes, for the shapes of other modules. */
export const programmeRef = ref;

const id = { id: identifierSchema('Unique in the programme.') };
const common = {
  title: kernelRef('LocalisedText', 'What the catalogue calls it.'),
  sharesWith: listSchema(
    'Leaves with which this leaf may share an award; each names the other.',
    identifierSchema('The id of a requirement.'),
    { maxItems: programmeLimits.shares },
  ),
  transfer: ref('RequirementTransfer'),
};
const parts = listSchema('The parts.', ref('Requirement'), { minItems: 1, maxItems: programmeLimits.parts });

const requirementSchemas = {
  Requirement: unionSchema<'kind', Requirement>('One node of a programme’s requirement tree.', 'kind', {
    course: ref('CourseRequirement'),
    all: ref('AllRequirement'),
    atLeast: ref('AtLeastRequirement'),
    credits: ref('CreditsRequirement'),
    freeElectives: ref('FreeElectivesRequirement'),
  }),
  CourseRequirement: objectSchema<ProgrammeComponents['CourseRequirement']>(
    'One named course.',
    {
      ...id,
      kind: constantSchema('course'),
      codes: listSchema('Its codes: more than one when it is cross-listed.', codeSchema('A course code.'), {
        minItems: 1,
        maxItems: programmeLimits.courses,
      }),
      credits: creditsSchema('Its own credits.'),
    },
    common,
  ),
  AllRequirement: objectSchema<ProgrammeComponents['AllRequirement']>(
    'All of the parts.',
    { ...id, kind: constantSchema('all'), of: parts },
    common,
  ),
  AtLeastRequirement: objectSchema<ProgrammeComponents['AtLeastRequirement']>(
    'So many of the parts.',
    {
      ...id,
      kind: constantSchema('atLeast'),
      count: integerSchema('How many.', { minimum: 1, maximum: programmeLimits.parts }),
      of: parts,
    },
    common,
  ),
  CreditsRequirement: objectSchema<ProgrammeComponents['CreditsRequirement']>(
    'So many credits from awards that match.',
    {
      ...id,
      kind: constantSchema('credits'),
      credits: creditsSchema('How many.'),
      from: listSchema('What is taken: an award that matches any of these.', ref('CourseMatch'), {
        minItems: 1,
        maxItems: programmeLimits.courses,
      }),
    },
    common,
  ),
  FreeElectivesRequirement: objectSchema<ProgrammeComponents['FreeElectivesRequirement']>(
    'So many credits from any award.',
    { ...id, kind: constantSchema('freeElectives'), credits: creditsSchema('How many.') },
    common,
  ),
  RequirementTransfer: objectSchema<ProgrammeComponents['RequirementTransfer']>(
    'What transferred awards may at most do in a requirement.',
    {},
    {
      maximumCourses: integerSchema('How many may fill it.', { minimum: 0, maximum: programmeLimits.nodes }),
      maximumCredits: creditsSchema('How many of their credits may count.'),
    },
  ),
};

const matchSchemas = {
  CourseMatch: unionSchema<'kind', CourseMatch>('Which awards a credit requirement takes.', 'kind', {
    code: ref('CodeMatch'),
    subject: ref('SubjectMatch'),
    attribute: ref('AttributeMatch'),
  }),
  CodeMatch: objectSchema<ProgrammeComponents['CodeMatch']>(
    'Named courses whose code has a pattern.',
    {
      kind: constantSchema('code'),
      pattern: textSchema('`#` is one digit, `*` any rest: `CMPT 1##`. A plain code is a pattern too.', { maxLength: textLimits.pattern }),
    },
    {},
  ),
  SubjectMatch: objectSchema<ProgrammeComponents['SubjectMatch']>(
    'Named courses and electives of a subject.',
    { kind: constantSchema('subject'), subject: codeSchema('The subject.') },
    { minimumLevel: integerSchema('Only of at least this level, such as 300.', { minimum: 0, maximum: programmeLimits.level }) },
  ),
  AttributeMatch: objectSchema<ProgrammeComponents['AttributeMatch']>(
    'Awards that carry an attribute.',
    { kind: constantSchema('attribute'), attribute: textSchema('The attribute.', { maxLength: textLimits.word }) },
    {},
  ),
};

const policySchema = objectSchema<TransferPolicy>(
  'What the programme lets transferred credit do.',
  {},
  {
    maximumTransferredCredits: creditsSchema('The most transferred credits that count.'),
    maximumTransferredShare: textSchema('The same as a share of the total: `1/2` or `0.25`.', { maxLength: 25 }),
    residencyCredits: creditsSchema('Credits that must be earned at the institution itself.'),
    maximumMoocCredits: creditsSchema('The most credits of open online courses that count.'),
    passFail: objectSchema<Required<TransferPolicy>['passFail']>(
      'Caps on what is recognised without a grade.',
      {},
      {
        maximumCredits: creditsSchema('How many credits count.'),
        maximumHomeCourses: integerSchema('How many courses of the home record count.', { minimum: 0, maximum: programmeLimits.nodes }),
      },
    ),
    minimumGrades: listSchema('The least grade of a transferred completion, per scale.', kernelRef('Grade'), {
      maxItems: programmeLimits.scales,
    }),
    maximumAge: durationSchema('The greatest age of learning on the date of the request.'),
    electivesOnly: enumSchema('Whose awards fill no named course.', ['transferred', 'mooc']),
    moocWithoutGrade: booleanSchema('Awards of open online courses carry no grade.'),
    surplusToElectives: booleanSchema('What an award has beyond the need of a requirement may count as free electives.'),
  },
);

/** Requirement trees and transfer policies as JSON Schema components. They refer to those of the kernel. */
export const programmeSchemas: Components<ProgrammeComponents> = { ...requirementSchemas, ...matchSchemas, TransferPolicy: policySchema };
