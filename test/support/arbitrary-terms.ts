import fc from 'fast-check';
import type { Grade, LocalisedText, Period } from '../../src/kernel/index.js';
import type { AgreementTerms, Conversion, GradeTable, Limit } from '../../src/agreements/domain/index.js';
import type { CourseMatch, Requirement, TransferPolicy } from '../../src/programmes/domain/index.js';
import {
  anyMember,
  refusalReasons,
  type Award,
  type Conditions,
  type Outcome,
  type Rule,
  type Selector,
  type Source,
} from '../../src/rules/domain/index.js';

/** Any value of the recursive shapes, small but with every variant and every field; valid in shape, not always in sense. */

const identifier = fc.stringMatching(/^[a-z][a-z0-9-]{0,11}$/);
const code = fc.constantFrom('MATH 1273', 'CMPT 120', '30240184X', 'com st 20A', '数据结构');
const thousandths = fc.integer({ min: 0, max: 60_000 }).map((amount) => amount / 1000);
const localisedText: fc.Arbitrary<LocalisedText> = fc.dictionary(
  fc.constantFrom('en', 'fr', 'zh-Hans', 'pt-BR'),
  fc.string({ minLength: 1, maxLength: 20 }),
  { minKeys: 1 },
);
const date = fc.constantFrom('1995-05-01', '2020-02-29', '2024-12-31');
const period: fc.Arbitrary<Period> = fc.record({ from: date, until: date }, { requiredKeys: [] });
const grade: fc.Arbitrary<Grade> = fc.record({ scale: identifier, value: fc.constantFrom('A', 'C-', '60') });
const duration = fc.constantFrom('P5Y', 'P18M', 'P1Y2M3W4D');
const level = fc.constantFrom(7, 100, 2000);
const some = <T>(item: fc.Arbitrary<T>, minLength = 1): fc.Arbitrary<T[]> => fc.array(item, { minLength, maxLength: 3 });

const scope = { provider: identifier, platform: identifier };

export const selector: fc.Arbitrary<Selector> = fc.oneof(
  fc.record({ kind: fc.constant('code' as const), code, ...scope }, { requiredKeys: ['kind', 'code'] }),
  fc.record(
    { kind: fc.constant('pattern' as const), pattern: fc.constantFrom('CMPT 1##', 'M*'), ...scope },
    { requiredKeys: ['kind', 'pattern'] },
  ),
  fc.record({ kind: fc.constant('subject' as const), subject: code, level, ...scope }, { requiredKeys: ['kind', 'subject'] }),
  fc.record(
    {
      kind: fc.constant('field' as const),
      isced: fc.constantFrom('06', '061', '0613'),
      minimumEqf: fc.integer({ min: 1, max: 8 }),
      ...scope,
    },
    { requiredKeys: ['kind', 'isced'] },
  ),
);

const courseSource = fc.record(
  { kind: fc.constant('course' as const), select: selector, minimumGrade: grade, maximumGrade: grade, minimumCredits: thousandths },
  { requiredKeys: ['kind', 'select'] },
);

export const source: fc.Arbitrary<Source> = fc.letrec<{ source: Source }>((tie) => ({
  source: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    courseSource,
    fc.record({ kind: fc.constantFrom('all' as const, 'any' as const), of: some(tie('source')) }),
    fc.record(
      { kind: fc.constant('atLeast' as const), courses: fc.integer({ min: 1, max: 5 }), credits: thousandths, of: some(tie('source')) },
      { requiredKeys: ['kind', 'of'] },
    ),
  ),
})).source;

const award: fc.Arbitrary<Award> = fc.record(
  {
    target: fc.oneof(
      fc.record({ kind: fc.constant('course' as const), code }),
      fc.record({ kind: fc.constant('elective' as const), subject: code, level, label: localisedText }, { requiredKeys: ['kind'] }),
    ),
    credits: fc.oneof(
      fc.record({ kind: fc.constant('fixed' as const), credits: thousandths }),
      fc.record({ kind: fc.constant('converted' as const), maximum: thousandths }, { requiredKeys: ['kind'] }),
    ),
    grade: fc.oneof(
      fc.record({ kind: fc.constant('none' as const) }),
      fc.record({ kind: fc.constant('converted' as const), combine: fc.constantFrom('lowest' as const, 'creditWeightedMean' as const) }),
    ),
    effect: fc.constantFrom('credit' as const, 'exemption' as const, 'waiver' as const),
    attributes: some(fc.constantFrom('Q', 'Lab', 'UCTA'), 0),
  },
  { requiredKeys: ['target', 'credits', 'grade', 'effect'] },
);

export const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.record({ kind: fc.constant('credit' as const), awards: some(award) }),
  fc.record({
    kind: fc.constant('choice' as const),
    by: fc.constantFrom('student' as const, 'registrar' as const, 'best' as const),
    options: some(some(award)),
  }),
  fc.record({ kind: fc.constant('noCredit' as const), reason: fc.constantFrom(...refusalReasons) }),
  fc.record({ kind: fc.constant('individualAssessment' as const) }),
);

const conditions: fc.Arbitrary<Conditions> = fc.record(
  {
    programmes: fc.record({ only: some(code), except: some(code) }, { requiredKeys: [] }),
    alsoHolds: source,
    doesNotHold: source,
    completedWithin: fc.record({ duration, before: fc.constantFrom('request' as const, 'admission' as const) }),
    evidence: fc.record(
      {
        identityVerified: fc.boolean(),
        proctored: fc.boolean(),
        verifiedTranscript: fc.boolean(),
        minimumHours: fc.integer({ min: 0, max: 300 }),
      },
      { requiredKeys: [] },
    ),
  },
  { requiredKeys: [] },
);

const party = fc.oneof(identifier, fc.constant(anyMember));

export const rule: fc.Arbitrary<Rule> = fc.record(
  {
    id: identifier,
    from: party,
    to: party,
    source,
    outcome,
    conditions,
    validity: period,
    governedBy: fc.constantFrom('completion' as const, 'enrolment' as const, 'request' as const, 'admission' as const),
    note: localisedText,
  },
  { requiredKeys: ['id', 'from', 'to', 'source', 'outcome', 'validity', 'governedBy'] },
);

const limit: fc.Arbitrary<Limit> = fc.record(
  {
    id: identifier,
    over: fc.oneof(
      fc.record({ kind: fc.constant('sendingCourses' as const), select: some(selector) }),
      fc.record({ kind: fc.constant('receivingCourses' as const), codes: some(code) }),
      fc.record({ kind: fc.constant('rules' as const), rules: some(identifier) }),
      fc.record({ kind: fc.constant('everything' as const) }),
    ),
    maximumCourses: fc.nat(10),
    maximumCredits: thousandths,
    note: localisedText,
  },
  { requiredKeys: ['id', 'over'] },
);

const rounding = fc.record(
  { mode: fc.constantFrom('none' as const, 'down' as const, 'halfUp' as const), step: thousandths },
  { requiredKeys: ['mode'] },
);
const systems = { from: identifier, to: identifier, rounding };

const conversion: fc.Arbitrary<Conversion> = fc.oneof(
  fc.record(
    { ...systems, method: fc.constant('pinned' as const), factor: fc.constantFrom('3/2', '1.5') },
    { requiredKeys: ['from', 'to', 'method', 'factor'] },
  ),
  fc.record(
    {
      ...systems,
      method: fc.constant('table' as const),
      unit: fc.constantFrom('weeks' as const, 'hours' as const, 'credits' as const),
      rows: some(fc.record({ atLeast: thousandths, credits: thousandths })),
    },
    { requiredKeys: ['from', 'to', 'method', 'unit', 'rows'] },
  ),
  fc.record({ ...systems, method: fc.constantFrom('yearShare' as const, 'hours' as const) }, { requiredKeys: ['from', 'to', 'method'] }),
);

const gradeTable: fc.Arbitrary<GradeTable> = fc.oneof(
  fc.record({
    from: identifier,
    to: identifier,
    method: fc.constant('pairs' as const),
    pairs: some(fc.record({ from: identifier, to: identifier })),
  }),
  fc.record({
    from: identifier,
    to: identifier,
    method: fc.constant('distribution' as const),
    choose: fc.constantFrom('minimum' as const, 'mean' as const, 'maximum' as const),
  }),
);

export const agreementTerms: fc.Arbitrary<AgreementTerms> = fc.record(
  {
    parties: some(identifier, 2),
    period,
    precedence: fc.constantFrom('mostSpecific' as const, 'bestForStudent' as const),
    annexTo: identifier,
    rules: some(rule, 0),
    statements: some(
      fc.record(
        {
          target: code,
          kind: fc.constantFrom('takeAfterTransfer' as const, 'noArticulation' as const, 'individualAssessment' as const),
          reason: localisedText,
        },
        { requiredKeys: ['target', 'kind'] },
      ),
      0,
    ),
    limits: some(limit, 0),
    conversions: some(conversion, 0),
    gradeTables: some(gradeTable, 0),
    redemption: fc.constantFrom('oncePerProgramme' as const, 'oncePerInstitution' as const, 'once' as const),
  },
  {
    requiredKeys: ['parties', 'period', 'precedence', 'rules', 'statements', 'limits', 'conversions', 'gradeTables', 'redemption'],
  },
);

const courseMatch: fc.Arbitrary<CourseMatch> = fc.oneof(
  fc.record({ kind: fc.constant('code' as const), pattern: fc.constantFrom('CMPT 1##', 'MATH 101') }),
  fc.record({ kind: fc.constant('subject' as const), subject: code, minimumLevel: level }, { requiredKeys: ['kind', 'subject'] }),
  fc.record({ kind: fc.constant('attribute' as const), attribute: fc.constantFrom('Q', 'Lab') }),
);

const common = {
  id: identifier,
  title: localisedText,
  sharesWith: some(identifier, 0),
  transfer: fc.record({ maximumCourses: fc.nat(5), maximumCredits: thousandths }, { requiredKeys: [] }),
};

export const requirement: fc.Arbitrary<Requirement> = fc.letrec<{ requirement: Requirement }>((tie) => ({
  requirement: fc.oneof(
    { depthSize: 'small', maxDepth: 3 },
    fc.record(
      { ...common, kind: fc.constant('course' as const), codes: some(code), credits: thousandths },
      { requiredKeys: ['id', 'kind', 'codes', 'credits'] },
    ),
    fc.record(
      { ...common, kind: fc.constant('credits' as const), credits: thousandths, from: some(courseMatch) },
      { requiredKeys: ['id', 'kind', 'credits', 'from'] },
    ),
    fc.record(
      { ...common, kind: fc.constant('freeElectives' as const), credits: thousandths },
      { requiredKeys: ['id', 'kind', 'credits'] },
    ),
    fc.record({ ...common, kind: fc.constant('all' as const), of: some(tie('requirement')) }, { requiredKeys: ['id', 'kind', 'of'] }),
    fc.record(
      { ...common, kind: fc.constant('atLeast' as const), count: fc.integer({ min: 1, max: 3 }), of: some(tie('requirement')) },
      { requiredKeys: ['id', 'kind', 'count', 'of'] },
    ),
  ),
})).requirement;

export const transferPolicy: fc.Arbitrary<TransferPolicy> = fc.record(
  {
    maximumTransferredCredits: thousandths,
    maximumTransferredShare: fc.constantFrom('1/2', '0.25'),
    residencyCredits: thousandths,
    maximumMoocCredits: thousandths,
    passFail: fc.record({ maximumCredits: thousandths, maximumHomeCourses: fc.nat(5) }, { requiredKeys: [] }),
    minimumGrades: some(grade, 0),
    maximumAge: duration,
    electivesOnly: fc.constantFrom('transferred' as const, 'mooc' as const),
    moocWithoutGrade: fc.boolean(),
    surplusToElectives: fc.boolean(),
  },
  { requiredKeys: [] },
);
