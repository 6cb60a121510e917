import type { AgreementTerms } from '../../agreements/domain/index.js';
import type { UoPeopleCourse, UoPeopleCredential, UoPeopleTable, UoPeopleWindow } from '../../formats/uopeople/index.js';
import { digestOf, normaliseCode, textLimits } from '../../kernel/index.js';
import type { Award, Rule } from '../../rules/domain/index.js';
import type { ImportedCourse } from './catalogue.js';
import type { ListedException, ListedExceptionCode } from './listed-exception.js';
import { courseSource, joined } from './sources.js';

/** Who the table speaks of, as the caller knows them. */
export interface UoPeopleIds {
  /** University of the People, and the id of its credit system. */
  readonly receiving: string;
  readonly creditSystem: string;
  /** The id of a provider of certificates by its name in the table. */
  readonly provider: (name: string) => string;
}

export interface UoPeopleImport {
  /** The providers of certificates by their names in the table, each once. The table says neither their country nor other identifiers. */
  readonly providers: readonly { readonly id: string; readonly name: string }[];
  readonly courses: readonly ImportedCourse[];
  readonly terms: AgreementTerms;
  /** What became of each window of each credential of each course, in the order of the file. */
  readonly windows: readonly WindowFate[];
  readonly exceptions: readonly ListedException[];
}

export type WindowFate = { readonly pointer: string } & (
  | { readonly kind: 'rule'; readonly rule: string }
  /** Listed among the exceptions under its pointer. */
  | { readonly kind: 'exception' }
);

/**
 * The table as an agreement: each window in which ACE recommended credit for a certificate is a rule of its own, held against the day on which the
 * certificate was earned. A certificate that stands for several courses has a rule for each, and can be used once.
 */
export function importUoPeople(table: UoPeopleTable, ids: UoPeopleIds): UoPeopleImport {
  const certificates = new Certificates(table, ids);
  const rules = new Map<string, Rule>();
  const exceptions = [...certificates.renamed, ...withoutWindows(table)];
  const windows = linesOf(table).map((line): WindowFate => {
    const { pointer } = line.window;
    const rule = ruleOf(line, certificates, ids);
    if ('detail' in rule) exceptions.push({ ...rule, where: { pointer } });
    else if (rules.has(rule.id))
      exceptions.push({ code: 'duplicate', where: { pointer }, detail: 'states the same certificate, course and days again' });
    else {
      rules.set(rule.id, rule);
      return { pointer, kind: 'rule', rule: rule.id };
    }
    return { pointer, kind: 'exception' };
  });
  const { providers } = certificates;
  return {
    providers,
    courses: [...table.courses.map((course) => receivingCourse(course, ids)), ...certificates.editions],
    terms: termsOf([ids.receiving, ...providers.map(({ id }) => id)], [...rules.values()]),
    windows,
    exceptions,
  };
}

function termsOf(parties: readonly string[], rules: readonly Rule[]): AgreementTerms {
  return {
    parties: [...new Set(parties)],
    period: {},
    precedence: 'bestForStudent',
    rules,
    statements: [],
    limits: [],
    conversions: [],
    gradeTables: [],
    redemption: 'oncePerProgramme',
  };
}

/** One window of one credential of one course. */
interface TableLine {
  readonly course: UoPeopleCourse;
  readonly credential: UoPeopleCredential;
  readonly window: UoPeopleWindow;
}

function linesOf(table: UoPeopleTable): TableLine[] {
  return table.courses.flatMap((course) =>
    course.credentials.flatMap((credential) => credential.windows.map((window) => ({ course, credential, window }))),
  );
}

function withoutWindows(table: UoPeopleTable): ListedException[] {
  const credentials = table.courses.flatMap((course) => course.credentials).filter(({ windows }) => windows.length === 0);
  return credentials.map(({ pointer }) => ({ code: 'incomplete', where: { pointer }, detail: 'has no window' }));
}

function receivingCourse({ code, name, credits }: UoPeopleCourse, ids: UoPeopleIds): ImportedCourse {
  return {
    provider: ids.receiving,
    code,
    titles: { en: name },
    ...(credits === undefined ? {} : { credits, creditSystem: ids.creditSystem }),
    validity: {},
  };
}

interface Certificate {
  readonly provider: { readonly id: string; readonly name: string };
  /** Its own code, else its name. */
  readonly code: string;
  /** Further names under which its page is listed. */
  readonly otherCodes: readonly string[];
}

/** The certificates of the table, each once, by their pages: a page listed under two names is one certificate. */
class Certificates {
  readonly renamed: ListedException[] = [];
  private readonly byKey = new Map<string, Certificate>();
  /** Names by code. */
  private readonly titles = new Map<string, string>();

  constructor(table: UoPeopleTable, ids: UoPeopleIds) {
    for (const credential of table.courses.flatMap(({ credentials }) => credentials)) {
      if (credential.institution !== '' && codeOf(credential) !== '') this.add(credential, ids);
    }
  }

  get providers(): Certificate['provider'][] {
    return [...new Map([...this.byKey.values()].map(({ provider }) => [provider.id, provider])).values()];
  }

  /** Its first name stands for the edition. */
  get editions(): ImportedCourse[] {
    return [...this.byKey.values()].map(({ provider, code }) => ({
      provider: provider.id,
      code,
      titles: { en: this.titles.get(code) ?? code },
      validity: {},
    }));
  }

  find(credential: UoPeopleCredential): Certificate | undefined {
    return this.byKey.get(keyOf(credential));
  }

  private add(credential: UoPeopleCredential, ids: UoPeopleIds): void {
    const code = codeOf(credential);
    const known = this.byKey.get(keyOf(credential));
    if (credential.name !== '') this.titles.set(code, credential.name);
    if (known === undefined) {
      const provider = { id: ids.provider(credential.institution), name: credential.institution };
      this.byKey.set(keyOf(credential), { provider, code, otherCodes: [] });
    } else if (![known.code, ...known.otherCodes].some((other) => normaliseCode(other) === normaliseCode(code))) {
      this.byKey.set(keyOf(credential), { ...known, otherCodes: [...known.otherCodes, code] });
      const detail = `"${code}" has the page of "${known.code}": both names stand for one certificate`;
      this.renamed.push({ code: 'simplified', where: { pointer: credential.pointer }, detail });
    }
  }
}

function codeOf({ code, name }: UoPeopleCredential): string {
  return code === '' ? name : code;
}

/** What tells certificates apart: the provider's own code, else the page, else the name. */
function keyOf({ institution, code, url, name }: UoPeopleCredential): string {
  const own = [normaliseCode(code), url, normaliseCode(name)].find((text) => text !== '') ?? '';
  return `${institution}\n${own}`;
}

function ruleOf(
  { course, credential, window }: TableLine,
  certificates: Certificates,
  ids: UoPeopleIds,
): Rule | Omit<ListedException, 'where'> {
  const incomplete = (detail: string): { code: ListedExceptionCode; detail: string } => ({ code: 'incomplete', detail });
  if (credential.institution === '') return incomplete('names no institution');
  const certificate = certificates.find(credential);
  if (certificate === undefined) return incomplete('names no certificate');
  const { from, until } = window.period;
  if (from === undefined && until === undefined) return incomplete('states no day of an ACE recommendation');
  const { provider, code, otherCodes } = certificate;
  if ([code, ...otherCodes, course.code].some((code) => code.length > textLimits.code))
    return { code: 'tooLarge', detail: 'has a code that is too long' };
  const id = `${provider.name}:${code}=${course.code}@${from ?? ''}..${until ?? ''}`;
  return {
    id: id.length <= textLimits.identifier ? id : digestOf(id),
    from: provider.id,
    to: ids.receiving,
    source: joined('any', [code, ...otherCodes].map(courseSource)),
    outcome: { kind: 'credit', awards: [awardOf(course)] },
    validity: window.period,
    governedBy: 'completion',
  };
}

/** The credits of its own course, which most rows of the table leave out; else what the certificate converts to. */
function awardOf({ code, credits }: UoPeopleCourse): Award {
  return {
    target: { kind: 'course', code },
    credits: credits === undefined ? { kind: 'converted' } : { kind: 'fixed', credits },
    grade: { kind: 'none' },
    effect: 'credit',
  };
}
