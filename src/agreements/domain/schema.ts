import {
  codeSchema,
  constantSchema,
  creditsSchema,
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
import { ruleRef } from '../../rules/domain/index.js';
import type { AgreementTerms, Conversion, GradeTable, Limit, LimitedSet, Rounding } from './terms.js';

/** How much the terms of one revision may hold. */
export const termsLimits = {
  /** Objects inside one another: a rule's sixteen and the terms around it. */
  depth: 17,
  /** Objects in all; a rule that says much has some thirty. */
  nodes: 500_000,
  parties: 500,
  rules: 5000,
  statements: 5000,
  limits: 500,
  /** Selectors or codes of one limit. */
  limitedCourses: 500,
  conversions: 200,
  /** Rows of one conversion table. */
  rows: 200,
  gradeTables: 500,
  /** Pairs of one grade table. */
  pairs: 500,
  /** Weeks, hours or credits on the left of a conversion table. */
  amount: 100_000,
} as const;

/** The variants of a union, each a component of its own as a discriminator demands. */
export interface AgreementComponents {
  readonly AgreementTerms: AgreementTerms;
  readonly Limit: Limit;
  readonly LimitedSet: LimitedSet;
  readonly LimitedSendingCourses: Extract<LimitedSet, { kind: 'sendingCourses' }>;
  readonly LimitedReceivingCourses: Extract<LimitedSet, { kind: 'receivingCourses' }>;
  readonly LimitedRules: Extract<LimitedSet, { kind: 'rules' }>;
  readonly LimitedEverything: Extract<LimitedSet, { kind: 'everything' }>;
  readonly Conversion: Conversion;
  readonly PinnedConversion: Extract<Conversion, { method: 'pinned' }>;
  readonly TableConversion: Extract<Conversion, { method: 'table' }>;
  readonly YearShareConversion: Extract<Conversion, { method: 'yearShare' }>;
  readonly HoursConversion: Extract<Conversion, { method: 'hours' }>;
  readonly Rounding: Rounding;
  readonly GradeTable: GradeTable;
  readonly GradePairs: Extract<GradeTable, { method: 'pairs' }>;
  readonly GradeDistribution: Extract<GradeTable, { method: 'distribution' }>;
}

const ref = references<AgreementComponents>();

/** A reference to a component of agreements, for the shapes of other modules. */
export const agreementRef = ref;

const limitSchemas = {
  Limit: objectSchema<Limit>(
    'At most so many courses or receiving credits out of a set. An award is admitted whole or not at all.',
    { id: identifierSchema('Stable across the revisions of its agreement.'), over: ref('LimitedSet') },
    {
      maximumCourses: integerSchema(
        'Over sending courses: how many completions of the set may be consumed. Else: how many awards may be granted.',
        { minimum: 0, maximum: termsLimits.amount },
      ),
      maximumCredits: creditsSchema(
        'How many receiving credits the awards concerned may carry; over sending courses those of every application that consumes one of them.',
      ),
      note: kernelRef('LocalisedText', 'Seen by all.'),
    },
  ),
  LimitedSet: unionSchema<'kind', LimitedSet>('What a limit is over.', 'kind', {
    sendingCourses: ref('LimitedSendingCourses'),
    receivingCourses: ref('LimitedReceivingCourses'),
    rules: ref('LimitedRules'),
    everything: ref('LimitedEverything'),
  }),
  LimitedSendingCourses: objectSchema<AgreementComponents['LimitedSendingCourses']>(
    'The completions that any of these selectors matches.',
    {
      kind: constantSchema('sendingCourses'),
      select: listSchema('The selectors.', ruleRef('Selector'), { minItems: 1, maxItems: termsLimits.limitedCourses }),
    },
    {},
  ),
  LimitedReceivingCourses: objectSchema<AgreementComponents['LimitedReceivingCourses']>(
    'Awards of these named courses; electives never belong to the set.',
    {
      kind: constantSchema('receivingCourses'),
      codes: listSchema('The courses.', codeSchema('A course code, or a pattern: `#` is one digit, `*` any rest.'), {
        minItems: 1,
        maxItems: termsLimits.limitedCourses,
      }),
    },
    {},
  ),
  LimitedRules: objectSchema<AgreementComponents['LimitedRules']>(
    'Awards of these rules.',
    {
      kind: constantSchema('rules'),
      rules: listSchema('The rules.', identifierSchema('The id of a rule of these terms.'), { minItems: 1, maxItems: termsLimits.rules }),
    },
    {},
  ),
  LimitedEverything: objectSchema<AgreementComponents['LimitedEverything']>(
    'All awards under this agreement: the total cap.',
    { kind: constantSchema('everything') },
    {},
  ),
};

const systems = {
  from: identifierSchema('The id of the sending credit system.'),
  to: identifierSchema('The id of the receiving credit system.'),
};
const rounding = { rounding: ref('Rounding') };

const conversionSchemas = {
  Conversion: unionSchema<'method', Conversion>('How credits of one system become credits of another.', 'method', {
    pinned: ref('PinnedConversion'),
    table: ref('TableConversion'),
    yearShare: ref('YearShareConversion'),
    hours: ref('HoursConversion'),
  }),
  PinnedConversion: objectSchema<AgreementComponents['PinnedConversion']>(
    'By a factor that the agreement states.',
    {
      ...systems,
      method: constantSchema('pinned'),
      factor: textSchema('Receiving credits per sending credit, as a fraction or decimal: `3/2` or `1.5`.', { maxLength: 25 }),
    },
    rounding,
  ),
  TableConversion: objectSchema<AgreementComponents['TableConversion']>(
    'By a table: the last row that is reached gives the credits; below the first there are none.',
    {
      ...systems,
      method: constantSchema('table'),
      unit: enumSchema('What `atLeast` counts.', ['weeks', 'hours', 'credits']),
      rows: listSchema(
        'The rows, ascending.',
        objectSchema<AgreementComponents['TableConversion']['rows'][number]>(
          'One row.',
          {
            atLeast: numberSchema('Weeks, hours or credits. At most three decimals.', { minimum: 0, maximum: termsLimits.amount }),
            credits: creditsSchema('Receiving credits.'),
          },
          {},
        ),
        { minItems: 1, maxItems: termsLimits.rows },
      ),
    },
    rounding,
  ),
  YearShareConversion: objectSchema<AgreementComponents['YearShareConversion']>(
    'By the share of a full-time year.',
    { ...systems, method: constantSchema('yearShare') },
    rounding,
  ),
  HoursConversion: objectSchema<AgreementComponents['HoursConversion']>(
    'By hours of workload.',
    { ...systems, method: constantSchema('hours') },
    rounding,
  ),
  Rounding: objectSchema<Rounding>(
    'How the converted sum of one application is rounded.',
    { mode: enumSchema('The way of rounding.', ['none', 'down', 'halfUp']) },
    { step: creditsSchema('To multiples of this; needed unless the mode is none.') },
  ),
};

const scales = {
  from: identifierSchema('The id of the scale that is read.'),
  to: identifierSchema('The id of the scale it is read on.'),
};
const gradeText = (description: string) => textSchema(description, { maxLength: textLimits.word });

const gradeSchemas = {
  GradeTable: unionSchema<'method', GradeTable>('How grades of one scale read on another.', 'method', {
    pairs: ref('GradePairs'),
    distribution: ref('GradeDistribution'),
  }),
  GradePairs: objectSchema<AgreementComponents['GradePairs']>(
    'By pairs of grades.',
    {
      ...scales,
      method: constantSchema('pairs'),
      pairs: listSchema(
        'The pairs.',
        objectSchema<AgreementComponents['GradePairs']['pairs'][number]>(
          'One pair.',
          { from: gradeText('The grade that is read.'), to: gradeText('What it reads as.') },
          {},
        ),
        { minItems: 1, maxItems: termsLimits.pairs },
      ),
    },
    {},
  ),
  GradeDistribution: objectSchema<AgreementComponents['GradeDistribution']>(
    'By the overlap of the two scales’ distributions.',
    {
      ...scales,
      method: constantSchema('distribution'),
      choose: enumSchema('Which of the overlapping grades is taken.', ['minimum', 'mean', 'maximum']),
    },
    {},
  ),
};

/** The terms of agreements as JSON Schema components. They refer to those of the kernel and of the rule language. */
export const agreementSchemas: Components<AgreementComponents> = {
  AgreementTerms: objectSchema<AgreementTerms>(
    'The terms of one revision of an agreement: what its digest covers.',
    {
      parties: listSchema('The institutions between which the rules hold.', identifierSchema('The id of an institution.'), {
        minItems: 2,
        maxItems: termsLimits.parties,
      }),
      period: kernelRef('Period', 'In force on these days.'),
      precedence: enumSchema(
        'Whether a rule on fewer completions gives way to one on more, and a vaguer selector to a more exact one, or the best for the student is taken.',
        ['mostSpecific', 'bestForStudent'],
      ),
      rules: listSchema('The equivalence rules.', ruleRef('Rule'), { maxItems: termsLimits.rules }),
      statements: listSchema('Statements about receiving courses.', ruleRef('Statement'), { maxItems: termsLimits.statements }),
      limits: listSchema('Limits over rules and courses.', ref('Limit'), { maxItems: termsLimits.limits }),
      conversions: listSchema('How credits are converted.', ref('Conversion'), { maxItems: termsLimits.conversions }),
      gradeTables: listSchema('How grades are converted.', ref('GradeTable'), { maxItems: termsLimits.gradeTables }),
      redemption: enumSchema('Where a completion that has earned credit may not earn it again.', [
        'oncePerProgramme',
        'oncePerInstitution',
        'once',
      ]),
    },
    { annexTo: identifierSchema('The id of the framework agreement that this one is an annex to.') },
  ),
  ...limitSchemas,
  ...conversionSchemas,
  ...gradeSchemas,
};
