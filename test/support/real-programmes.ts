import { parse } from 'yaml';
import type { EvaluationInput } from '../../src/evaluation/domain/index.js';
import { Place, readJson } from '../../src/formats/json/index.js';
import { shippedCreditSystems } from '../../src/institutions/data/credit-systems.js';
import { digestOf, type FieldError, fromThousandths, splitByLargestRemainder, thousandths } from '../../src/kernel/index.js';
import type { CourseMatch, Programme, Requirement } from '../../src/programmes/domain/index.js';
import { agreement, completion, course, named, rule } from './oracle/builders.js';
import { readSharedFile } from './shared-data.js';

/**
 * Degree requirements as three collections of real ones write them, converted to requirement trees. Only what the collections hold is covered; what a
 * requirement tree cannot say is named where it is met. Ids are places in the file: `g3.2` is the second requirement of the third group.
 */

export const californiaFolder = 'programmes/degree_requirements_uc';
export const princetonFolder = 'programmes/degree_requirements_princeton';
export const texasFolder = 'programmes/degree_requirements_utd';

function programmeOf(code: string, creditSystem: string, totalCredits: number, of: readonly Requirement[]): Programme {
  const requirements: Requirement = { id: 'all', kind: 'all', of };
  return {
    id: code,
    institution: 'H',
    code,
    catalogueYear: 2024,
    title: { en: code },
    creditSystem,
    totalCredits,
    requirements,
    policy: {},
  };
}

function reading<T>(root: unknown, read: (place: Place) => T): T {
  const errors: FieldError[] = [];
  const value = read(Place.root(root, errors));
  if (errors.length > 0) throw new Error(JSON.stringify(errors.slice(0, 5)));
  return value;
}

/** n of these parts; all of them where there are no more. */
function ofThese(id: string, count: number, of: readonly Requirement[]): Requirement {
  return count >= of.length ? { id, kind: 'all', of } : { id, kind: 'atLeast', count, of };
}

/** Each text once: some files name a course twice. */
function texts(place: Place | undefined): string[] {
  return place === undefined ? [] : [...new Set(place.items().map((item) => item.text()))];
}

/** University of California: campus → groups of requirements, "select n from" codes, complete series or areas, or from nothing that transfers. */
export function californianProgrammes(file: string): Programme[] {
  const document = readJson(readSharedFile(californiaFolder, file));
  if (!document.ok) throw new Error(JSON.stringify(document.errors));
  return reading(document.value, (root) =>
    root
      .names()
      .filter((campus) => campus !== '_meta')
      .map((campus) => {
        const groups = root.at(campus).at('groups').items();
        const total = root.at(campus).at('total_units').number();
        const of = groups.map((group, index) => californianGroup(group, `g${String(index + 1)}`));
        return programmeOf(campus, total < 150 ? 'us-semester' : 'us-quarter', total, of);
      }),
  );
}

function californianGroup(group: Place, id: string): Requirement {
  const of = group.at('requirements').items().map((part, index) => californianRequirement(part, `${id}.${String(index + 1)}`)); // prettier-ignore
  return { id, kind: 'all', of, title: { en: group.at('title').text() } };
}

/** Where units are not stated the file counts four a course; those of a block are shared by its courses. */
export function californianRequirement(part: Place, id: string): Requirement {
  const select = part.at('select').integer();
  const units = part.optional('units')?.number() ?? 4 * select;
  const from = part.optional('from');
  if (from === undefined) {
    const label = part.optional('label')?.text() ?? id;
    // Taken at the university: nothing that is transferred counts.
    return { id, kind: 'credits', credits: units, from: [{ kind: 'attribute', attribute: label }], transfer: { maximumCourses: 0 } };
  }
  if (from.json().startsWith('[')) return ofThese(id, select, coursesOf(id, texts(from), units, select));
  const series = from.optional('series');
  if (series !== undefined) {
    const of = series.items().map((codes, index) => {
      const own = `${id}.${String(index + 1)}`;
      const parts = coursesOf(own, texts(codes), units, codes.items().length);
      return ofThese(own, parts.length, parts);
    });
    return ofThese(id, select, of);
  }
  const departments = from.optional('departments');
  if (departments !== undefined) return { id, kind: 'credits', credits: units, from: texts(departments).flatMap(lowerDivision) };
  const code = from.at('code').text();
  if (units === 0) return { id, kind: 'course', codes: [code], credits: 0 };
  return { id, kind: 'credits', credits: units, from: [{ kind: 'attribute', attribute: code }] };
}

/** Courses numbered below 100. Numbers with a letter ("ECON 20A") would need a greatest level, which a requirement cannot state. */
function lowerDivision(department: string): CourseMatch[] {
  return ['#', '##'].map((digits) => ({ kind: 'code', pattern: `${department} ${digits}` }));
}

function coursesOf(id: string, codes: readonly string[], units: number, among: number): Requirement[] {
  const weights = Array.from({ length: among }, () => 1);
  const shares = splitByLargestRemainder(thousandths(units), weights, 1);
  return codes.map((code, index) => ({
    id: `${id}/${code}`,
    kind: 'course',
    codes: [code],
    credits: fromThousandths(shares[index] ?? shares.at(-1) ?? 0),
  }));
}

/**
 * Princeton: a tree of `min_needed` of parts or of courses, with `COS 3**` for any of a hundred, or of distribution areas; courses count one each. A part with
 * `double_counting_allowed` shares its courses with every other part. What no course fulfils (`no_req`: a thesis) is a named course of no credits.
 * Left out: progress by semester, courses excluded from a list, and which parts a course taken pass/fail cannot fill.
 */
export function princetonProgramme(folder: string, code: string): Programme {
  const text = new TextDecoder().decode(readSharedFile(`${princetonFolder}/${folder}`, `${code}.yaml`));
  return reading(parse(text), (root) => {
    const of = root.at('req_list').items().flatMap((part, index) => princetonPart(part, `g${String(index + 1)}`)); // prettier-ignore
    return programmeOf(code, 'course', 31, sharing(of, doubleCounted(root.at('req_list'), 'g')));
  });
}

/** None for a part that only counts courses by semester, or needs none. */
function princetonPart(part: Place, id: string): Requirement[] {
  const parts = part.optional('req_list');
  if (parts?.items().some((own) => own.optional('num_courses') !== undefined) === true) return [];
  const needed = part.at('min_needed').json() === '"ALL"' ? undefined : part.at('min_needed').integer();
  if (needed === 0) return [];
  if (parts !== undefined) return [princetonInner(parts.items(), id, needed)];
  const codes = texts(part.optional('course_list'));
  const from = princetonMatches(part);
  if (from.length === 0) return [{ id, kind: 'course', codes: [id], credits: 0 }];
  if (codes.length > 0 && (needed === undefined || codes.every((code) => !code.includes('*')))) {
    const of = codes.map((code): Requirement => ({ id: `${id}/${code}`, kind: 'course', codes: [code], credits: 1 }));
    return [ofThese(id, needed ?? of.length, of)];
  }
  return [{ id, kind: 'credits', credits: needed ?? 1, from }];
}

/** The courses of a part, by list or by distribution area. */
function princetonMatches(part: Place): CourseMatch[] {
  const codes = texts(part.optional('course_list')).map((code): CourseMatch => ({ kind: 'code', pattern: code.replaceAll('**', '##') }));
  const areas = part.optional('dist_req');
  const attributes = areas === undefined ? [] : areas.json().startsWith('[') ? texts(areas) : [areas.text()];
  return [...codes, ...attributes.map((attribute): CourseMatch => ({ kind: 'attribute', attribute }))];
}

/**
 * "Three, of which one at least from here and two at most from there": that one, and two from either. Elsewhere `min_needed` counts
 * parts.
 */
function princetonInner(parts: readonly Place[], id: string, needed: number | undefined): Requirement {
  const demanded = parts.flatMap((part, index) => princetonPart(part, `${id}.${String(index + 1)}`));
  const isAmongSome = parts.some((part) => part.at('min_needed').json() === '0');
  if (needed === undefined || !isAmongSome) return ofThese(id, needed ?? demanded.length, demanded);
  const rest = needed - demanded.reduce((sum, part) => sum + (part.kind === 'credits' ? part.credits : 0), 0);
  const from = parts.flatMap((part): CourseMatch[] => {
    const own = princetonMatches(part);
    return own.length > 0 ? own : [{ kind: 'attribute', attribute: 'cognate' }]; // "other departments, with permission"
  });
  return { id, kind: 'all', of: rest > 0 ? [...demanded, { id: `${id}.rest`, kind: 'credits', credits: rest, from }] : demanded };
}

/** The beginnings of the ids of parts that may count twice. */
function doubleCounted(parts: Place, prefix: string): string[] {
  return parts.items().flatMap((part, index) => {
    const id = `${prefix}${String(index + 1)}`;
    if (part.optional('double_counting_allowed')?.boolean() === true) return [id];
    const inner = part.optional('req_list');
    return inner === undefined ? [] : doubleCounted(inner, `${id}.`);
  });
}

/** Every leaf of a part that counts twice shares with every leaf outside it. */
function sharing(of: readonly Requirement[], twice: readonly string[]): readonly Requirement[] {
  const leaves = of.flatMap(leavesOf);
  const partOf = (id: string): string | undefined =>
    twice.find((part) => id === part || id.startsWith(`${part}.`) || id.startsWith(`${part}/`));
  const share = (node: Requirement): Requirement => {
    if (node.kind === 'all' || node.kind === 'atLeast') return { ...node, of: node.of.map(share) };
    const own = partOf(node.id);
    const others = leaves.filter(({ id }) => id !== node.id && partOf(id) !== own).map(({ id }) => id);
    const shares = own === undefined ? others.filter((id) => partOf(id) !== undefined) : others;
    return shares.length === 0 ? node : { ...node, sharesWith: shares };
  };
  return of.map(share);
}

export function leavesOf(node: Requirement): Requirement[] {
  return node.kind === 'all' || node.kind === 'atLeast' ? node.of.flatMap(leavesOf) : [node];
}

/** University of Texas at Dallas: a tree of matchers. The second digit of a course's number is its hours; "4V97" may carry any, here three. */
export function texanProgramme(file: string): Programme {
  const document = readJson(readSharedFile(texasFolder, file));
  if (!document.ok) throw new Error(JSON.stringify(document.errors));
  return reading(document.value, (root) => {
    const parts = root.at('requirements').at('major').items();
    const of = parts.flatMap((part, index) => texanPart(part, `g${String(index + 1)}`));
    return programmeOf(root.at('display_name').text(), 'us-semester', root.at('minimum_credit_hours').number(), of);
  });
}

function hoursOf(code: string): number {
  return Number(/\d(\d)\d\d$/.exec(code)?.[1] ?? '3');
}

/** None for a part that asks for nothing (0 hours of electives). */
function texanPart(part: Place, id: string): Requirement[] {
  const inner = (): Requirement[] => part.at('requirements').items().flatMap((own, index) => texanPart(own, `${id}.${String(index + 1)}`)); // prettier-ignore
  const kinds = ['CourseRequirement', 'AndRequirement', 'OrRequirement', 'SelectRequirement', 'HoursRequirement', 'PrefixBucketRequirement', 'CSGuidedElectiveRequirement', 'FreeElectiveRequirement'] as const; // prettier-ignore
  switch (part.at('matcher').oneOf(kinds)) {
    case 'CourseRequirement': {
      const code = part.at('course').text();
      return [{ id, kind: 'course', codes: [code], credits: hoursOf(code) }];
    }
    case 'AndRequirement':
      return [{ id, kind: 'all', of: inner() }];
    case 'OrRequirement':
      return [ofThese(id, 1, inner())];
    case 'SelectRequirement':
      return [ofThese(id, part.at('required_count').integer(), inner())];
    case 'HoursRequirement':
      return [{ id, kind: 'credits', credits: part.at('required_hours').number(), from: texanMatches(part) }];
    case 'PrefixBucketRequirement':
      return [{ id, kind: 'credits', credits: 3, from: texanMatches(part) }];
    case 'CSGuidedElectiveRequirement': {
      const from: CourseMatch[] = [{ kind: 'code', pattern: `${part.at('starts_with').text()}##` }];
      const also = part.at('also_fulfills').items().flatMap(texanMatches);
      return [{ id, kind: 'credits', credits: 3 * part.at('required_count').integer(), from: [...from, ...also] }];
    }
    case 'FreeElectiveRequirement': {
      // The courses excluded are those of the major, which fill their own requirements: an award fills one only.
      const credits = part.at('required_hours').number();
      return credits === 0 ? [] : [{ id, kind: 'freeElectives', credits }];
    }
  }
}

/** Everything that a part of a list of hours names. */
function texanMatches(part: Place): CourseMatch[] {
  const code = part.optional('course')?.text();
  if (code !== undefined) return [{ kind: 'code', pattern: code }];
  const prefix = part.optional('prefix')?.text();
  if (prefix !== undefined) return [{ kind: 'subject', subject: prefix }];
  return part.at('requirements').items().flatMap(texanMatches);
}

/** A course of the programme's institution that a student earns by a transferred one of the same name and credits. */
export interface Earned {
  readonly code: string;
  readonly credits: number;
  readonly attributes?: readonly string[];
}

/** A student who has transferred just these courses. */
export function transferring(programme: Programme, earned: readonly Earned[]): EvaluationInput {
  const { terms, ...revision } = agreement(
    'g',
    earned.map(({ code, credits, attributes = [] }) => rule(code, course(code), [named(code, credits, { attributes })])),
  );
  return {
    policyDate: '2024-09-01',
    requestDate: '2024-09-01',
    programme,
    agreements: [{ ...revision, digest: digestOf(terms), terms }],
    completions: earned.map(({ code, credits }) => completion(code, code, credits, { creditSystem: programme.creditSystem })),
    homeRecord: [],
    redemptions: [],
    choices: [],
    exceptions: [],
    creditSystems: [...shippedCreditSystems, { id: 'course', name: 'Course', source: 'Princeton counts courses' }],
    gradingScales: [],
    whatIf: false,
  };
}
