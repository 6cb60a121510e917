import type { EvaluationInput } from '../../../src/evaluation/domain/index.js';
import type { Limit } from '../../../src/agreements/domain/index.js';
import { at, matchesPattern, milli, plainCode } from './arithmetic.js';
import type { ValuedApplication, ValuedAward } from './awards.js';
import { membersOf, selects, sizeOf } from './matching.js';
import type { World } from './matching.js';
import { allLargerBroken } from './precedence.js';

/** §5.1 to 5.3 of docs/evaluation.md: which applications can be taken together, and which of their awards granted. */

/** Every admissible set of pairwise disjoint applications, each in the order of level 6; limits on consumption are held. */
export function takings(world: World, applications: readonly ValuedApplication[]): readonly (readonly ValuedApplication[])[] {
  const found: (readonly ValuedApplication[])[] = [];
  const extend = (taken: readonly ValuedApplication[], consumed: number, next: number): void => {
    found.push(taken);
    applications.slice(next).forEach((application, offset) => {
      if ((application.set & consumed) === 0) extend([...taken, application], consumed | application.set, next + offset + 1);
    });
  };
  extend([], 0, 0);
  return found.filter((taken) => allLargerBroken(taken) && consumptionWithinLimits(world, taken));
}

interface Held {
  readonly application: ValuedApplication;
  readonly award: ValuedAward;
}

function limitsOf(taken: readonly ValuedApplication[]): readonly { readonly limit: Limit; readonly agreement: string }[] {
  const revisions = [...new Set(taken.map(({ revision }) => revision))];
  return revisions.flatMap(({ agreement, terms }) => terms.limits.map((limit) => ({ limit, agreement })));
}

/** The completions of an application that a limit over sending courses concerns. */
function concerned(world: World, limit: Limit, application: ValuedApplication): readonly number[] {
  const { over } = limit;
  if (over.kind !== 'sendingCourses') return [];
  return membersOf(application.set).filter((i) => over.select.some((select) => selects(select, at(world.completions, i))));
}

function consumptionWithinLimits(world: World, taken: readonly ValuedApplication[]): boolean {
  return limitsOf(taken).every(({ limit, agreement }) => {
    if (limit.over.kind !== 'sendingCourses') return true;
    const own = taken.filter(({ revision }) => revision.agreement === agreement);
    return own.flatMap((application) => concerned(world, limit, application)).length <= (limit.maximumCourses ?? Infinity);
  });
}

function isLimited(world: World, limit: Limit, { application, award }: Held): boolean {
  const { over } = limit;
  const { target } = award.award;
  if (over.kind === 'everything') return true;
  if (over.kind === 'rules') return over.rules.includes(application.rule.id);
  if (over.kind === 'sendingCourses') return concerned(world, limit, application).length > 0;
  return target.kind === 'course' && over.codes.some((pattern) => matchesPattern(pattern, target.code));
}

function withinLimits(world: World, taken: readonly ValuedApplication[], granted: readonly Held[]): boolean {
  return limitsOf(taken).every(({ limit, agreement }) => {
    const limited = granted.filter((held) => held.application.revision.agreement === agreement && isLimited(world, limit, held));
    const credits = limited.reduce((sum, { award }) => sum + award.credits, 0);
    if (limit.maximumCredits !== undefined && credits > milli(limit.maximumCredits)) return false;
    return limit.over.kind === 'sendingCourses' || limited.length <= (limit.maximumCourses ?? Infinity);
  });
}

function eachCourseOnce(input: EvaluationInput, granted: readonly Held[]): boolean {
  const codes = granted.flatMap(({ award: { award } }) => (award.target.kind === 'course' ? [plainCode(award.target.code)] : []));
  const home = new Set(input.homeRecord.map(({ code }) => plainCode(code)));
  return new Set(codes).size === codes.length && !codes.some((code) => home.has(code));
}

/**
 * The awards of a taking that are granted, one flag per award in order; the flags that level 6 prefers come first. Only those to which no
 * award can be added: an award granted besides can always count nothing and fill nothing, and granted comes before not granted.
 */
export function grants(world: World, taken: readonly ValuedApplication[]): readonly (readonly boolean[])[] {
  const awards = taken.flatMap((application) => application.valued.map((award): Held => ({ application, award })));
  const valid = (mask: number): boolean => {
    const granted = awards.filter((_, i) => (mask & (1 << i)) !== 0);
    return eachCourseOnce(world.input, granted) && withinLimits(world, taken, granted);
  };
  const masks = new Set<number>();
  const extend = (mask: number, next: number): void => {
    if (next === awards.length) masks.add(mask);
    else for (const larger of [mask | (1 << next), mask]) if (larger === mask || valid(larger)) extend(larger, next + 1);
  };
  const all = (1 << awards.length) - 1;
  if (valid(all)) masks.add(all);
  else extend(0, 0);
  // What is granted less is valid too, so one award more tells.
  const maximal = [...masks].filter((mask) => awards.every((_, i) => (mask & (1 << i)) !== 0 || !masks.has(mask | (1 << i))));
  const flags = maximal.map((mask) => awards.map((_, i) => (mask & (1 << i)) !== 0));
  return flags.sort((a, b) => {
    const first = a.findIndex((granted, i) => granted !== b[i]);
    return first < 0 ? 0 : a[first] === true ? -1 : 1;
  });
}

export function consumedBy(taken: readonly ValuedApplication[]): number {
  return taken.reduce((sum, { set }) => sum + sizeOf(set), 0);
}
