import { FieldChecks, parseRational, type FieldError } from '../../kernel/index.js';
import { anyMember, checkRule, checkSelector, checkStatement } from '../../rules/domain/index.js';
import { termsLimits } from './schema.js';
import type { AgreementTerms, Conversion, GradeTable, Limit, Rounding } from './terms.js';

/**
 * Everything that is wrong with terms whose shape is right, at once and in the order of the terms; nothing when they are valid. What only
 * catalogues and scales can tell is for `validateAgainstCatalogue`. `agreement` is the id of the agreement they are terms of, where it
 * is known.
 */
export function validateTerms(terms: AgreementTerms, agreement?: string): readonly FieldError[] {
  const checks = new FieldChecks();
  checkParties(checks, terms, agreement);
  const parties = new Set(terms.parties);
  for (const [index, rule] of terms.rules.entries()) checkRule(checks, `/rules/${String(index)}`, rule, parties);
  const ids = terms.rules.map(({ id }) => id);
  checks.unique(ids, (index) => `/rules/${String(index)}/id`, 'must not be the id of another rule of these terms');
  checkStatements(checks, terms);
  checkLimits(checks, terms, new Set(ids));
  checkConversions(checks, terms.conversions);
  checkGradeTables(checks, terms.gradeTables);
  return checks.errors;
}

function checkParties(checks: FieldChecks, { parties, period, annexTo }: AgreementTerms, agreement: string | undefined): void {
  if (parties.length < 2) checks.report('/parties', 'must name at least two institutions');
  for (const [index, party] of parties.entries()) {
    checks.text(`/parties/${String(index)}`, party);
    if (party === anyMember)
      checks.report(`/parties/${String(index)}`, 'must be the id of an institution; anyMember is a word of the rules');
  }
  checks.unique(parties, (index) => `/parties/${String(index)}`, 'must not be named twice');
  checks.period('/period', period);
  checks.text('/annexTo', annexTo);
  if (annexTo !== undefined && annexTo === agreement) checks.report('/annexTo', 'must be another agreement');
}

function checkStatements(checks: FieldChecks, { statements }: AgreementTerms): void {
  for (const [index, statement] of statements.entries()) checkStatement(checks, `/statements/${String(index)}`, statement);
  checks.uniqueCodes(
    statements.map(({ target, kind }) => `${kind} ${target}`),
    (index) => `/statements/${String(index)}`,
    'must not be said twice of one course',
  );
}

function checkLimits(checks: FieldChecks, { limits }: AgreementTerms, rules: ReadonlySet<string>): void {
  for (const [index, limit] of limits.entries()) checkLimit(checks, `/limits/${String(index)}`, limit, rules);
  checks.unique(
    limits.map(({ id }) => id),
    (index) => `/limits/${String(index)}/id`,
    'must not be the id of another limit of these terms',
  );
}

function checkLimit(checks: FieldChecks, at: string, limit: Limit, rules: ReadonlySet<string>): void {
  checks.text(`${at}/id`, limit.id);
  checkLimitedSet(checks, `${at}/over`, limit.over, rules);
  if (limit.maximumCourses === undefined && limit.maximumCredits === undefined) {
    checks.report(at, 'must say at most how many courses or credits');
  }
  checks.count(`${at}/maximumCourses`, limit.maximumCourses, 0);
  checks.credits(`${at}/maximumCredits`, limit.maximumCredits);
  checks.localisedText(`${at}/note`, limit.note);
}

function checkLimitedSet(checks: FieldChecks, at: string, over: Limit['over'], rules: ReadonlySet<string>): void {
  switch (over.kind) {
    case 'sendingCourses':
      checks.nonEmpty(`${at}/select`, over.select);
      for (const [index, select] of over.select.entries()) checkSelector(checks, `${at}/select/${String(index)}`, select);
      break;
    case 'receivingCourses':
      checks.nonEmpty(`${at}/codes`, over.codes);
      for (const [index, code] of over.codes.entries()) checks.code(`${at}/codes/${String(index)}`, code);
      break;
    case 'rules':
      checks.nonEmpty(`${at}/rules`, over.rules);
      for (const [index, rule] of over.rules.entries()) {
        if (!rules.has(rule)) checks.report(`${at}/rules/${String(index)}`, 'must be the id of a rule of these terms');
      }
      checks.unique(over.rules, (index) => `${at}/rules/${String(index)}`, 'must not be named twice');
      break;
    case 'everything':
      break;
  }
}

function checkConversions(checks: FieldChecks, conversions: readonly Conversion[]): void {
  for (const [index, conversion] of conversions.entries()) checkConversion(checks, `/conversions/${String(index)}`, conversion);
  checks.unique(
    conversions.map(({ from, to, method }) => JSON.stringify([from, to, method])),
    (index) => `/conversions/${String(index)}`,
    'must be the only one of its method between these credit systems',
  );
}

function checkConversion(checks: FieldChecks, at: string, conversion: Conversion): void {
  checks.text(`${at}/from`, conversion.from);
  checks.text(`${at}/to`, conversion.to);
  if (conversion.method === 'pinned') checkFactor(checks, `${at}/factor`, conversion.factor);
  if (conversion.method === 'table') checkRows(checks, `${at}/rows`, conversion.rows);
  if (conversion.rounding !== undefined) checkRounding(checks, `${at}/rounding`, conversion.rounding);
}

function checkFactor(checks: FieldChecks, at: string, factor: string): void {
  const value = parseRational(factor);
  if (value === undefined) checks.report(at, 'must be a fraction or a decimal, such as 3/2 or 1.5');
  else if (value.numerator === 0n) checks.report(at, 'must be more than 0');
}

function checkRows(checks: FieldChecks, at: string, rows: readonly { readonly atLeast: number; readonly credits: number }[]): void {
  checks.nonEmpty(at, rows);
  for (const [index, { atLeast, credits }] of rows.entries()) {
    checks.amount(`${at}/${String(index)}/atLeast`, atLeast, termsLimits.amount);
    checks.credits(`${at}/${String(index)}/credits`, credits);
    const before = rows[index - 1]?.atLeast;
    if (before !== undefined && atLeast <= before) checks.report(`${at}/${String(index)}/atLeast`, 'must be more than in the row before');
  }
}

function checkRounding(checks: FieldChecks, at: string, { mode, step }: Rounding): void {
  if (step === undefined && mode !== 'none') checks.report(`${at}/step`, `is required to round ${mode === 'down' ? 'down' : 'half up'}`);
  checks.credits(`${at}/step`, step, true);
}

function checkGradeTables(checks: FieldChecks, tables: readonly GradeTable[]): void {
  for (const [index, table] of tables.entries()) checkGradeTable(checks, `/gradeTables/${String(index)}`, table);
  checks.unique(
    tables.map(({ from, to }) => JSON.stringify([from, to])),
    (index) => `/gradeTables/${String(index)}`,
    'must be the only one between these scales',
  );
}

function checkGradeTable(checks: FieldChecks, at: string, table: GradeTable): void {
  checks.text(`${at}/from`, table.from);
  checks.text(`${at}/to`, table.to);
  if (table.from === table.to) checks.report(`${at}/to`, 'must be another scale');
  if (table.method !== 'pairs') return;
  checks.nonEmpty(`${at}/pairs`, table.pairs);
  for (const [index, { from, to }] of table.pairs.entries()) {
    checks.text(`${at}/pairs/${String(index)}/from`, from);
    checks.text(`${at}/pairs/${String(index)}/to`, to);
  }
  checks.unique(
    table.pairs.map(({ from }) => from),
    (index) => `${at}/pairs/${String(index)}/from`,
    'must not be read in two ways',
  );
}
