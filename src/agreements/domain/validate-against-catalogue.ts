import { compareRational, FieldChecks, normaliseCode, overlaps, rankOf, type Grade } from '../../kernel/index.js';
import { courseSourcesOfRule, type CourseSource } from '../../rules/domain/index.js';
import {
  placeOf,
  type Catalogue,
  type CatalogueEdition,
  type CatalogueFindings,
  type CatalogueWarning,
  type PinnedEdition,
} from './catalogue.js';
import { mentionedCourses, type CourseMention } from './mentions.js';
import type { AgreementTerms, Conversion, GradeTable } from './terms.js';

/**
 * Holds valid terms against what is known of courses, scales and credit systems; `pinned` are the editions that the revision was agreed on. A course
 * that is in no catalogue is an error where every institution that could have it keeps its courses here, and a warning elsewhere. A course that is
 * never taught while the rule is valid is an error, and a warning as well: catalogues change after terms were recorded.
 */
export function validateAgainstCatalogue(
  terms: AgreementTerms,
  catalogue: Catalogue,
  pinned: readonly PinnedEdition[] = [],
): CatalogueFindings {
  const checks = new FieldChecks();
  const mentions = mentionedCourses(terms);
  const warnings = mentions.flatMap((mention) => courseWarnings(checks, mention, catalogue));
  for (const [index, rule] of terms.rules.entries()) {
    const { consumed, held } = courseSourcesOfRule(rule, `/rules/${String(index)}`);
    for (const { at, source } of [...consumed, ...held]) checkBand(checks, at, source, catalogue);
  }
  for (const [index, table] of terms.gradeTables.entries()) checkGradeTable(checks, `/gradeTables/${String(index)}`, table, catalogue);
  for (const [index, conversion] of terms.conversions.entries())
    checkConversion(checks, `/conversions/${String(index)}`, conversion, catalogue);
  return { errors: checks.errors, warnings: [...warnings, ...changedEditions(mentions, pinned, catalogue)] };
}

function courseWarnings(checks: FieldChecks, mention: CourseMention, catalogue: Catalogue): readonly CatalogueWarning[] {
  const { at, code, institutions, consumedBy } = mention;
  const editions = editionsAt(catalogue, code, institutions);
  if (editions.length === 0) {
    if (!institutions.every((institution) => catalogue.keepsCoursesOf(institution)))
      return [{ kind: 'unknownCourse', pointer: at, code, institutions }];
    checks.report(at, 'must be the code of a course in the catalogue');
    return [];
  }
  // A rule that asks for the date of the request or of the admission is valid long after a course has ended.
  if (consumedBy?.governedBy !== 'completion' && consumedBy?.governedBy !== 'enrolment') return [];
  if (editions.some(({ validity }) => overlaps(validity, consumedBy.validity))) return [];
  checks.report(at, 'must be the code of a course that is taught while the rule is valid: every edition of it lies outside');
  return [{ kind: 'sourceOutsideValidity', pointer: at, code, institutions }];
}

/** The editions of a code that one of the institutions teaches or that run on one. */
function editionsAt(catalogue: Catalogue, code: string, institutions: readonly string[]): readonly CatalogueEdition[] {
  return catalogue.editionsOf(code).filter((edition) => placeOf(edition, institutions) !== undefined);
}

/** What terms are agreed on when they are recorded: of every course that they name the latest edition, of each provider where several have the code. */
export function editionsToPin(terms: AgreementTerms, catalogue: Catalogue): readonly PinnedEdition[] {
  const pinned = mentionedCourses(terms).flatMap(({ code, institutions }) => {
    const editions = editionsAt(catalogue, code, institutions);
    const providers = [...new Set(editions.map(({ provider }) => provider))];
    return providers.flatMap((provider): PinnedEdition[] => {
      const latest = latestOf(editions.filter((edition) => edition.provider === provider));
      const institution = latest === undefined ? undefined : placeOf(latest, institutions);
      return latest === undefined || institution === undefined ? [] : [{ institution, code: normaliseCode(code), edition: latest.id }];
    });
  });
  return [...new Map(pinned.map((one) => [`${one.institution} ${one.edition}`, one])).values()];
}

function changedEditions(
  mentions: readonly CourseMention[],
  pinned: readonly PinnedEdition[],
  catalogue: Catalogue,
): readonly CatalogueWarning[] {
  const byCode = new Map<string, CourseMention[]>();
  for (const mention of mentions) {
    const key = normaliseCode(mention.code);
    byCode.set(key, [...(byCode.get(key) ?? []), mention]);
  }
  return pinned.flatMap(({ institution, code, edition }) => {
    const editions = editionsAt(catalogue, code, [institution]);
    const provider = editions.find(({ id }) => id === edition)?.provider;
    const latest = latestOf(provider === undefined ? editions : editions.filter((other) => other.provider === provider));
    if (latest?.id === edition) return [];
    const concerned = (byCode.get(normaliseCode(code)) ?? []).filter(({ institutions }) => institutions.includes(institution));
    return concerned.map((mention): CatalogueWarning => ({
      kind: 'editionChanged',
      pointer: mention.at,
      code: mention.code,
      institutions: [institution],
      edition,
      ...(latest !== undefined && { replacedBy: latest.id }),
    }));
  });
}

/** Editions of one code never overlap: the one that begins last is the latest. */
function latestOf(editions: readonly CatalogueEdition[]): CatalogueEdition | undefined {
  return editions.reduce<CatalogueEdition | undefined>(
    (latest, edition) => (latest === undefined || (edition.validity.from ?? '') > (latest.validity.from ?? '') ? edition : latest),
    undefined,
  );
}

function checkBand(checks: FieldChecks, at: string, { minimumGrade, maximumGrade }: CourseSource, catalogue: Catalogue): void {
  const least = checkGrade(checks, `${at}/minimumGrade`, minimumGrade, catalogue);
  const greatest = checkGrade(checks, `${at}/maximumGrade`, maximumGrade, catalogue);
  if (least === undefined || greatest === undefined || minimumGrade?.scale !== maximumGrade?.scale) return;
  if (compareRational(least, greatest) > 0) checks.report(`${at}/maximumGrade`, 'must not be below the least grade: no grade lies between');
}

/** The rank of a grade; reports a scale that is not known and a value that is not on it. */
function checkGrade(checks: FieldChecks, at: string, grade: Grade | undefined, catalogue: Catalogue): ReturnType<typeof rankOf> {
  if (grade === undefined || !checkScale(checks, `${at}/scale`, grade.scale, catalogue)) return undefined;
  return checkValue(checks, `${at}/value`, grade, catalogue);
}

function checkScale(checks: FieldChecks, at: string, scale: string, catalogue: Catalogue): boolean {
  const known = catalogue.gradingScale(scale) !== undefined;
  if (!known) checks.report(at, 'must be the id of a grading scale that is known here');
  return known;
}

function checkValue(checks: FieldChecks, at: string, { scale, value }: Grade, catalogue: Catalogue): ReturnType<typeof rankOf> {
  const known = catalogue.gradingScale(scale);
  const rank = known === undefined ? undefined : rankOf(known, value);
  if (known !== undefined && rank === undefined) checks.report(at, `must be a grade of the scale ${JSON.stringify(known.id)}`);
  return rank;
}

function checkGradeTable(checks: FieldChecks, at: string, table: GradeTable, catalogue: Catalogue): void {
  for (const end of ['from', 'to'] as const) {
    const known = checkScale(checks, `${at}/${end}`, table[end], catalogue);
    if (known && table.method === 'distribution' && (catalogue.gradingScale(table[end])?.distribution ?? []).length === 0) {
      checks.report(`${at}/${end}`, 'must be a scale with a distribution of grades');
    }
  }
  if (table.method !== 'pairs') return;
  for (const [index, pair] of table.pairs.entries()) {
    checkValue(checks, `${at}/pairs/${String(index)}/from`, { scale: table.from, value: pair.from }, catalogue);
    checkValue(checks, `${at}/pairs/${String(index)}/to`, { scale: table.to, value: pair.to }, catalogue);
  }
}

function checkConversion(checks: FieldChecks, at: string, { from, to, method }: Conversion, catalogue: Catalogue): void {
  const [sending, receiving] = [catalogue.creditSystem(from), catalogue.creditSystem(to)];
  if (sending === undefined) checks.report(`${at}/from`, 'must be the id of a credit system that is known here');
  if (receiving === undefined) checks.report(`${at}/to`, 'must be the id of a credit system that is known here');
  if (method === 'yearShare') {
    const missing = 'must be a credit system that says how many credits make a year';
    if (sending !== undefined && sending.creditsPerYear === undefined) checks.report(`${at}/from`, missing);
    if (receiving !== undefined && receiving.creditsPerYear === undefined) checks.report(`${at}/to`, missing);
  }
  // The hours of a sending course may be stated on the completion.
  if (method === 'hours' && receiving !== undefined && receiving.hoursPerCredit === undefined) {
    checks.report(`${at}/to`, 'must be a credit system that says how many hours a credit stands for');
  }
}
