import type { AgreementTerms } from '../../../agreements/domain/index.js';
import type { TesCodeType, TesInstitution, TesRow } from '../../../formats/tes/index.js';
import type { InstitutionImport } from '../../../institutions/domain/index.js';
import { digestOf, normaliseCode, textLimits } from '../../../kernel/index.js';
import type { Award, Rule } from '../../../rules/domain/index.js';
import type { ListedException, ListedExceptionCode } from '../listed-exception.js';
import { courseSource, joined } from '../sources.js';

/** What the caller knows of the world of a file. */
export interface TesContext {
  /** The id of an institution by the code that the file names it with. */
  readonly institution: (codeType: TesCodeType, code: string) => string;
  /** The credits of a receiving course, in its institution's credit system, where the catalogue knows them. */
  readonly credits: (institution: string, code: string) => number | undefined;
}

/** A row with the line of the file that it stands on. */
export interface TesLineRow {
  readonly line: number;
  readonly value: TesRow;
}

export interface TesImport {
  /** One for each pair of a sending and a receiving institution, in the order of the file. */
  readonly agreements: readonly AgreementTerms[];
  /** Remarks of the receiving institution for itself: they stay outside the agreement. */
  readonly privateComments: readonly { readonly line: number; readonly rule: string; readonly text: string }[];
  /** Rows in are rules out and rows listed as not carried over. */
  readonly rows: readonly TesRowFate[];
  readonly exceptions: readonly ListedException[];
}

export type TesRowFate = { readonly line: number } & ({ readonly kind: 'rule'; readonly rule: string } | { readonly kind: 'exception' });

/**
 * The equivalencies of a TES file as agreements: a row is a rule on all its sending courses, held against the days on which they were completed. Where
 * two rows take some of the same courses, the one that takes more of them goes first, as in the tables of such systems.
 */
export function importTes(rows: Iterable<TesLineRow>, context: TesContext): TesImport {
  const file = new TesFile(context);
  for (const row of rows) file.take(row);
  const { fates, privateComments, exceptions } = file;
  return { agreements: file.agreements(), privateComments, rows: fates, exceptions };
}

/** The identifier scheme of each type of code. */
export const codeSchemes: Readonly<Record<TesCodeType, string>> = { IPEDSID: 'ipeds', UNITID: 'ipeds', OPEID: 'opeid', CEEB: 'ceeb' };

/** Countries as such files write them. Others are left open. */
const countries: Readonly<Record<string, string>> = { 'united states': 'US', usa: 'US', 'united states of america': 'US', canada: 'CA' };

/** The institutions that a row names, for the caller to record or to find. City and state have no place of their own. */
export function tesInstitutions(row: TesRow): { readonly sending: InstitutionImport; readonly receiving: InstitutionImport } {
  const named = ({ code, name }: TesInstitution): InstitutionImport => ({
    kind: 'university',
    names: { en: name === '' ? code : name },
    identifiers: [{ scheme: codeSchemes[row.codeType], value: code }],
  });
  const stated = row.sending.country;
  const country = /^[A-Z]{2}$/.test(stated) ? stated : countries[stated.toLowerCase()];
  return { sending: { ...named(row.sending), ...(country === undefined ? {} : { country }) }, receiving: named(row.receiving) };
}

class TesFile {
  readonly fates: TesRowFate[] = [];
  readonly privateComments: TesImport['privateComments'][number][] = [];
  readonly exceptions: ListedException[] = [];
  /** Rules by id, by pair of institutions. */
  private readonly pairs = new Map<string, { readonly from: string; readonly to: string; readonly rules: Map<string, Rule> }>();

  constructor(private readonly context: TesContext) {}

  take({ line, value: row }: TesLineRow): void {
    const rule = this.ruleOf(line, row);
    this.fates.push(rule === undefined ? { line, kind: 'exception' } : { line, kind: 'rule', rule: rule.id });
    if (rule === undefined) return;
    if (row.hidden) this.list('simplified', line, 'HideFlag', 'is hidden from the public; a rule is seen by all who may see its agreement');
    if (row.privateComments !== '') this.privateComments.push({ line, rule: rule.id, text: row.privateComments });
  }

  agreements(): AgreementTerms[] {
    return [...this.pairs.values()].map(({ from, to, rules }) => ({
      parties: from === to ? [to] : [to, from],
      period: {},
      precedence: 'mostSpecific',
      rules: [...rules.values()],
      statements: [],
      limits: [],
      conversions: [],
      gradeTables: [],
      redemption: 'oncePerProgramme',
    }));
  }

  private ruleOf(line: number, row: TesRow): Rule | undefined {
    const sources = row.sendingCourses;
    const targets = this.targets(line, row);
    const fault = faultOf(sources, targets);
    if (fault !== undefined) {
      this.list(fault.code, line, fault.field, fault.detail);
      return undefined;
    }
    const [from, to] = [row.sending, row.receiving].map(({ code }) => this.context.institution(row.codeType, code));
    if (from === undefined || to === undefined) return undefined;
    const note = this.note(line, row.publicComments);
    const rule: Rule = {
      id: ruleIdOf(row),
      from,
      to,
      source: joined('all', sources.map(courseSource)),
      outcome: { kind: 'credit', awards: targets.map((code) => awardOf(code, this.context.credits(to, code))) },
      validity: row.validity,
      // A row without days holds whenever the courses were completed, and that need not be known.
      governedBy: hasDays(row) ? 'completion' : 'request',
      ...(note === undefined ? {} : { note: { en: note } }),
    };
    return this.added(line, rule) ? rule : undefined;
  }

  private added(line: number, rule: Rule): boolean {
    const key = `${rule.from} ${rule.to}`;
    const pair = this.pairs.get(key) ?? { from: rule.from, to: rule.to, rules: new Map<string, Rule>() };
    this.pairs.set(key, pair);
    if (pair.rules.has(rule.id)) {
      this.list('duplicate', line, undefined, 'states the same courses and days as an earlier row');
      return false;
    }
    pair.rules.set(rule.id, rule);
    return true;
  }

  /** A receiving course is awarded once. */
  private targets(line: number, row: TesRow): string[] {
    const byCode = new Map(row.receivingCourses.map((code) => [normaliseCode(code), code]));
    if (byCode.size < row.receivingCourses.length)
      this.list('simplified', line, undefined, 'names a receiving course twice; it is awarded once');
    return [...byCode.values()];
  }

  private note(line: number, comments: string): string | undefined {
    if (comments.length <= textLimits.prose) return comments === '' ? undefined : comments;
    this.list('simplified', line, 'CommentsPublic', `is cut to ${String(textLimits.prose)} characters`);
    return comments.slice(0, textLimits.prose);
  }

  private list(code: ListedExceptionCode, line: number, field: string | undefined, detail: string): void {
    this.exceptions.push({ code, where: { line, ...(field === undefined ? {} : { field }) }, detail });
  }
}

/** Why a row is no rule. */
interface RowFault {
  readonly code: ListedExceptionCode;
  readonly field?: string;
  readonly detail: string;
}

function faultOf(sources: readonly string[], targets: readonly string[]): RowFault | undefined {
  if (sources.length === 0) return { code: 'incomplete', field: 'SendCourseCode1', detail: 'names no sending course' };
  if (targets.length === 0) {
    return { code: 'incomplete', field: 'ReceiveCourseCode1', detail: 'names no receiving course: what is earned is not said' };
  }
  const long = [...sources, ...targets].find((code) => code.length > textLimits.code);
  return long === undefined ? undefined : { code: 'tooLarge', detail: `names a code that is too long: ${long.slice(0, textLimits.code)}…` };
}

function hasDays({ validity }: Pick<TesRow, 'validity'>): boolean {
  return validity.from !== undefined || validity.until !== undefined;
}

/** The same courses on the same days are one rule, whatever else a row says. */
function ruleIdOf({ sendingCourses, receivingCourses, validity }: TesRow): string {
  const side = (codes: readonly string[]): string => codes.map(normaliseCode).sort().join('+');
  const days = hasDays({ validity }) ? `@${validity.from ?? ''}..${validity.until ?? ''}` : '';
  const id = `${side(sendingCourses)}=${side(receivingCourses)}${days}`;
  return id.length <= textLimits.identifier ? id : digestOf(id);
}

/** The format states no credits: those of the receiving course, else what the sending courses convert to. */
function awardOf(code: string, credits: number | undefined): Award {
  return {
    target: { kind: 'course', code },
    credits: credits === undefined ? { kind: 'converted' } : { kind: 'fixed', credits },
    grade: { kind: 'none' },
    effect: 'credit',
  };
}
