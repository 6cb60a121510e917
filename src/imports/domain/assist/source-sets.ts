import type { AssistArticulation, AssistConjunction, AssistCourseGroup } from '../../../formats/assist/index.js';
import { normaliseCode } from '../../../kernel/index.js';
import type { ListedException } from '../listed-exception.js';
import { codeOf } from './catalogue.js';

/** A sending course by all its codes: more than one where it is cross-listed. */
export interface SendingCourse {
  /** Compares and sorts, see {@link courseKey}. */
  readonly key: string;
  readonly codes: readonly string[];
}

/** One key for a course, whichever of its cross-listed codes a line names first. */
export function courseKey(codes: readonly string[]): string {
  return codes.map(normaliseCode).reduce((least, code) => (code < least ? code : least));
}

/** Courses that must all be held, sorted by key, none twice. */
export type SourceSet = readonly SendingCourse[];

/** More alternatives than this in one articulation are not written out. */
const maximumSets = 100;

export type SourceSets =
  | { readonly kind: 'sets'; readonly sets: readonly SourceSet[] }
  | { readonly kind: 'exceptions'; readonly exceptions: readonly ListedException[] };

/** Which sets of sending courses an articulation takes: any one of them. */
export function sourceSetsOf(articulation: AssistArticulation): SourceSets {
  const exceptions = [...unknownCourses(articulation), ...joinFaults(articulation)];
  if (exceptions.length > 0) return { kind: 'exceptions', exceptions };
  const groups = articulation.groups.map(setsOfGroup);
  const sets = joinOf(articulation) === 'And' ? product(groups) : groups.flat();
  if (sets.length <= maximumSets) return { kind: 'sets', sets: distinct(sets) };
  const detail = `its courses can be combined in more than ${String(maximumSets)} ways`;
  return { kind: 'exceptions', exceptions: [{ code: 'tooLarge', where: { pointer: articulation.pointer }, detail }] };
}

function unknownCourses(articulation: AssistArticulation): ListedException[] {
  return articulation.groups
    .flatMap(({ courses }) => courses)
    .flatMap((item) =>
      item.kind === 'Course'
        ? []
        : [
            {
              code: 'unknownPart',
              where: { pointer: item.pointer },
              detail: `a sending course of the type "${item.type}" is not known`,
            } as const,
          ],
    );
}

function joinOf(articulation: AssistArticulation): AssistConjunction | undefined {
  return articulation.groupConjunctions[0]?.conjunction;
}

/**
 * Groups are joined as the file says: every neighbouring pair by a stated conjunction, all of one kind. A mixture of both without brackets could be
 * read in two ways, and is not.
 */
function joinFaults(articulation: AssistArticulation): ListedException[] {
  const { groups, groupConjunctions, pointer } = articulation;
  const fault = (detail: string): ListedException[] => [{ code: 'conjunctionMissing', where: { pointer }, detail }];
  if (groups.some((group, index) => group.position !== index)) return fault('the positions of its course groups have gaps');
  const isJoined = (index: number): boolean => groupConjunctions.some(({ from, until }) => from <= index && index + 1 <= until);
  const open = groups.slice(1).findIndex((_, index) => !isJoined(index));
  if (open >= 0) return fault(`nothing says whether its course groups ${String(open + 1)} and ${String(open + 2)} are joined by AND or OR`);
  if (new Set(groupConjunctions.map(({ conjunction }) => conjunction)).size > 1) {
    return fault('its course groups are joined by AND and OR without brackets');
  }
  return [];
}

function setsOfGroup({ conjunction, courses }: AssistCourseGroup): SourceSet[] {
  const sending = courses.flatMap((item): SourceSet => {
    if (item.kind !== 'Course') return [];
    const codes = [item.course, ...item.crossListed].map(codeOf);
    return [{ key: courseKey(codes), codes }];
  });
  return conjunction === 'And' ? [union([sending])] : sending.map((course) => [course]);
}

/** One of each, in all ways; stops where there are too many. */
function product(groups: readonly (readonly SourceSet[])[]): SourceSet[] {
  let sets: SourceSet[] = [[]];
  for (const group of groups) {
    if (sets.length > maximumSets) break;
    sets = sets.flatMap((set) => group.map((other) => union([set, other])));
  }
  return sets;
}

/** All courses of several sets, sorted, each once. */
export function union(sets: readonly SourceSet[]): SourceSet {
  const byKey = new Map(sets.flat().map((course) => [course.key, course]));
  return [...byKey.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** One text for a set: the id of its rule. */
export function keyOf(set: SourceSet): string {
  return set.map(({ key }) => key).join('+');
}

function distinct(sets: readonly SourceSet[]): SourceSet[] {
  return [...new Map(sets.map((set) => [keyOf(set), set])).values()];
}

export function isSubset(part: SourceSet, whole: SourceSet): boolean {
  return part.every(({ key }) => whole.some((course) => course.key === key));
}

export function meets(a: SourceSet, b: SourceSet): boolean {
  return a.some(({ key }) => b.some((course) => course.key === key));
}
