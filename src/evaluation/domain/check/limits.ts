import { normaliseCode, patternToRegExp, thousandths, type Thousandths } from '../../../kernel/index.js';
import type { AgreementTerms, Limit, LimitedSet } from '../../../agreements/domain/index.js';
import type { Taken } from './applications.js';
import type { Granted } from './awards.js';
import { grouped, type Facts, type Learned } from './facts.js';
import { inScope, readSelector } from './terms.js';
import type { Report } from './violation.js';

/** How much of a limit is used: courses consumed or awards granted, and credits. */
interface Use {
  readonly courses: number;
  readonly credits: Thousandths;
}

type Measure = (taken: readonly Taken[], granted: readonly Granted[]) => Use;

const known = new WeakMap<AgreementTerms, readonly { readonly limit: Limit; readonly measure: Measure }[]>();

function limitsOf(terms: AgreementTerms): readonly { readonly limit: Limit; readonly measure: Measure }[] {
  const before = known.get(terms);
  if (before !== undefined) return before;
  const limits = terms.limits.map((limit) => ({ limit, measure: measureOf(limit.over) }));
  known.set(terms, limits);
  return limits;
}

function measureOf(over: LimitedSet): Measure {
  switch (over.kind) {
    case 'sendingCourses': {
      const selectors = over.select.map(readSelector);
      const isLimited = (one: Learned): boolean => selectors.some((selector) => inScope(selector, one) && selector.matches(one));
      return (taken, granted) => ({
        courses: taken.flatMap(({ learned }) => learned).filter(isLimited).length,
        credits: creditsOf(granted.filter((award) => award.taken.learned.some(isLimited))),
      });
    }
    case 'receivingCourses': {
      const patterns = over.codes.map((code) => patternToRegExp(normaliseCode(code)));
      return overAwards(({ code }) => code !== undefined && patterns.some((pattern) => pattern.test(code)));
    }
    case 'rules': {
      const rules = new Set(over.rules);
      return overAwards(({ taken }) => rules.has(taken.stated.rule));
    }
    case 'everything':
      return overAwards(() => true);
  }
}

function overAwards(isLimited: (award: Granted) => boolean): Measure {
  return (_, granted) => {
    const limited = granted.filter(isLimited);
    return { courses: limited.length, credits: creditsOf(limited) };
  };
}

function creditsOf(awards: readonly Granted[]): Thousandths {
  return awards.reduce((sum, { credits }) => sum + credits, 0);
}

/** §5.2: a named course is granted once, and never when it is on the home record. */
export function checkGranted(facts: Facts, granted: readonly Granted[], report: Report): void {
  const home = new Set(facts.home.map(({ code }) => code));
  const before = new Set<string>();
  for (const { code, path } of granted) {
    if (code === undefined) continue;
    if (home.has(code)) report('onHomeRecord', code, path);
    if (before.has(code)) report('awardedTwice', code, path);
    before.add(code);
  }
}

/** §5.3: the limits of each agreement, over what is taken and granted under it. */
export function checkLimits(taken: readonly Taken[], granted: readonly Granted[], report: Report): void {
  for (const [agreement, group] of grouped(taken, ({ stated }) => stated.agreement)) {
    const terms = group[0]?.rule.agreement.revision.terms;
    const limits = terms === undefined ? [] : limitsOf(terms);
    const awards = limits.length === 0 ? [] : granted.filter((award) => award.taken.stated.agreement === agreement);
    for (const { limit, measure } of limits) {
      const { courses, credits } = measure(group, awards);
      if (courses > (limit.maximumCourses ?? Infinity)) report('limit', `${limit.id} of ${agreement}: ${String(courses)} courses`);
      if (limit.maximumCredits !== undefined && credits > thousandths(limit.maximumCredits)) {
        report('limit', `${limit.id} of ${agreement}: ${String(credits)} thousandths`);
      }
    }
  }
}
