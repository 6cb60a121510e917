import type { AgreementTerms } from '../../../agreements/domain/index.js';
import { maximumTesCourses, type TesCodeType, type TesInstitution, type TesRow } from '../../../formats/tes/index.js';
import { anyMember, type Award, type CourseSource, type Rule, type Source } from '../../../rules/domain/index.js';
import type { ListedException } from '../listed-exception.js';

/** What a file needs to know that an agreement does not say. */
export interface TesDirectory {
  readonly codeType: TesCodeType;
  /** An institution by its id; undefined where it has no code of this type. */
  readonly institution: (id: string) => TesAddress | undefined;
  /** The credits of a receiving course where the catalogue knows them: a file states none, so others are lost. */
  readonly credits: (institution: string, code: string) => number | undefined;
}

export type TesAddress = TesInstitution & { readonly city?: string; readonly state?: string; readonly country?: string };

export interface TesExport {
  readonly rows: readonly TesRow[];
  /** `inexpressible`: not in the file; `simplified`: in the file, but not all of it. Pointers lead into the terms. */
  readonly exceptions: readonly ListedException[];
}

/** More rows than this are not made of one rule. */
const maximumRows = 100;

/**
 * An agreement as rows of a TES file, which knows one kind of rule: these courses, completed between these days, stand for those. A rule on
 * alternatives becomes a row for each; a rule that asks for more is left out and listed, since without it the row would promise too much.
 */
export function exportTes(terms: AgreementTerms, directory: TesDirectory): TesExport {
  const written = terms.rules.map((rule, index) => exportRule(rule, `/rules/${String(index)}`, directory));
  return {
    rows: written.flatMap(({ rows }) => rows),
    exceptions: [...termsLost(terms), ...written.flatMap(({ exceptions }) => exceptions)],
  };
}

/** What holds for the agreement as a whole and has no column. */
function termsLost(terms: AgreementTerms): ListedException[] {
  const lists = ['statements', 'limits', 'conversions', 'gradeTables'] as const;
  const lost = lists.filter((name) => terms[name].length > 0).map((name) => listed('inexpressible', `/${name}`, 'has no column'));
  if (terms.precedence === 'bestForStudent')
    lost.push(listed('simplified', '/precedence', 'is not stated: readers of a file take the row with most courses first'));
  if (terms.annexTo !== undefined) lost.push(listed('simplified', '/annexTo', 'has no column'));
  if (terms.period.from !== undefined || terms.period.until !== undefined) lost.push(listed('simplified', '/period', 'has no column'));
  return lost;
}

function exportRule(rule: Rule, pointer: string, directory: TesDirectory): TesExport {
  const plain = plainRuleOf(rule, directory);
  if ('fault' in plain) return { rows: [], exceptions: [listed('inexpressible', pointer + plain.field, plain.fault)] };
  const { sending, receiving, alternatives, awards } = plain;
  const rows = alternatives.map((sendingCourses): TesRow => ({
    codeType: directory.codeType,
    sending: { ...addressOf(sending), city: sending.city ?? '', state: sending.state ?? '', country: sending.country ?? '' },
    validity: rule.validity,
    sendingCourses,
    receiving: addressOf(receiving),
    receivingCourses: awards.map(({ code }) => code),
    privateComments: '',
    publicComments: rule.note?.['en'] ?? '',
    hidden: false,
  }));
  return { rows, exceptions: ruleLost(rule, awards, pointer, directory) };
}

/** A rule of the one kind that the format knows. */
interface PlainRule {
  readonly sending: TesAddress;
  readonly receiving: TesAddress;
  /** Sets of codes, of which any one is enough. */
  readonly alternatives: readonly (readonly string[])[];
  readonly awards: readonly NamedAward[];
}

interface NamedAward extends Award {
  readonly code: string;
}

interface Fault {
  readonly field: string;
  readonly fault: string;
}

function plainRuleOf(rule: Rule, directory: TesDirectory): PlainRule | Fault {
  const [sending, receiving] = [rule.from, rule.to].map((id) => (id === anyMember ? undefined : directory.institution(id)));
  if (sending === undefined) return { field: '/from', fault: `has no ${directory.codeType} code` };
  if (receiving === undefined) return { field: '/to', fault: `has no ${directory.codeType} code` };
  if (rule.conditions !== undefined) return { field: '/conditions', fault: 'has no column' };
  if (rule.governedBy !== 'completion' && (rule.validity.from ?? rule.validity.until) !== undefined) {
    return { field: '/governedBy', fault: 'cannot be stated: a file knows the days of completion only' };
  }
  const awards = namedAwards(rule);
  if (awards === undefined) return { field: '/outcome', fault: 'is something else than credit for named courses' };
  const alternatives = alternativesOf(rule.source);
  if (alternatives === undefined) return { field: '/source', fault: 'asks for more than courses by their codes, or in too many ways' };
  if ([awards, ...alternatives].some((courses) => courses.length > maximumTesCourses)) {
    return { field: '', fault: `names more than ${String(maximumTesCourses)} courses on one side` };
  }
  return { sending, receiving, alternatives, awards };
}

function namedAwards({ outcome }: Rule): NamedAward[] | undefined {
  if (outcome.kind !== 'credit') return undefined;
  const named = outcome.awards.flatMap((award) =>
    award.target.kind === 'course' && award.effect === 'credit' ? [{ ...award, code: award.target.code }] : [],
  );
  return named.length === outcome.awards.length ? named : undefined;
}

function addressOf({ code, name }: TesInstitution): TesInstitution {
  return { code, name };
}

/** What the rows of a rule do not say of it. */
function ruleLost(rule: Rule, awards: readonly NamedAward[], pointer: string, directory: TesDirectory): ListedException[] {
  const lost: ListedException[] = [];
  if (Object.keys(rule.note ?? {}).some((tag) => tag !== 'en'))
    lost.push(listed('simplified', `${pointer}/note`, 'is written in English only'));
  for (const [index, { code, credits, grade, attributes }] of awards.entries()) {
    const at = `${pointer}/outcome/awards/${String(index)}`;
    const known = directory.credits(rule.to, code);
    // Read again, an award carries the credits of its course, else what the sending courses convert to.
    const isKept = credits.kind === 'fixed' ? credits.credits === known : known === undefined && credits.maximum === undefined;
    if (!isKept) lost.push(listed('simplified', `${at}/credits`, 'has no column'));
    if (grade.kind !== 'none') lost.push(listed('simplified', `${at}/grade`, 'has no column'));
    if ((attributes ?? []).length > 0) lost.push(listed('simplified', `${at}/attributes`, 'has no column'));
  }
  return lost;
}

/** The sets of codes of which any one satisfies a source; undefined where it asks for anything else, or for too many. */
function alternativesOf(source: Source): (readonly string[])[] | undefined {
  switch (source.kind) {
    case 'course': {
      const code = plainCodeOf(source);
      return code === undefined ? undefined : [[code]];
    }
    case 'any': {
      const parts = source.of.map(alternativesOf);
      const sets = parts.flatMap((part) => part ?? []);
      return parts.includes(undefined) || sets.length > maximumRows ? undefined : sets;
    }
    case 'all':
      return source.of.reduce<(readonly string[])[] | undefined>((sets, part) => combined(sets, alternativesOf(part)), [[]]);
    case 'atLeast':
      return undefined;
  }
}

function combined(left: (readonly string[])[] | undefined, right: (readonly string[])[] | undefined): (readonly string[])[] | undefined {
  if (left === undefined || right === undefined || left.length * right.length > maximumRows) return undefined;
  return left.flatMap((a) => right.map((b) => [...a, ...b]));
}

/** The code that a source asks for, if it asks for nothing else. */
function plainCodeOf({ select, minimumGrade, maximumGrade, minimumCredits }: CourseSource): string | undefined {
  if (minimumGrade !== undefined || maximumGrade !== undefined || minimumCredits !== undefined) return undefined;
  if (select.kind !== 'code' || select.provider !== undefined || select.platform !== undefined) return undefined;
  return select.code;
}

function listed(code: ListedException['code'], pointer: string, detail: string): ListedException {
  return { code, where: { pointer }, detail };
}
