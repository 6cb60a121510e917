import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CoursesService, type Course } from '../courses/index.js';
import { normaliseCode, type CalendarDate } from '../kernel/index.js';
import { Clock, Keyset, notFound, type Page, type PageQuery } from '../platform/index.js';
import { anyMember, courseSourcesOfRule, selectorMatches, type CourseFacts, type Rule } from '../rules/domain/index.js';
import { rulesThatAward, rulesThatMayTake, type RuleInForce } from './storage/in-force.store.js';

/** What a course may count as, or what may count as a course: a rule in force, and the courses that it names on the sending side. */
export interface Equivalent extends RuleInForce {
  /** The institutions that recognise by this rule. */
  readonly receiving: readonly string[];
  /** True when the course is all that the rule asks for. */
  readonly alone: boolean;
  /** Editions in the catalogue, valid on the day, that the rule's source names by code. */
  readonly sendingCourses: readonly Course[];
}

export interface EquivalentsQuery extends PageQuery {
  readonly receiving?: string;
  /** Today unless stated. */
  readonly on?: CalendarDate;
}

const order = new Keyset(
  'equivalents',
  (parts): parts is readonly [string, number, string] =>
    parts.length === 3 && typeof parts[0] === 'string' && typeof parts[1] === 'number' && typeof parts[2] === 'string',
);
const keyOf = ({ agreement, number, rule }: RuleInForce): readonly [string, number, string] => [agreement, number, rule.id];

@Injectable()
export class EquivalentsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly courses: CoursesService,
  ) {}

  /** What a course counts as elsewhere: the rules in force that may take it. */
  async equivalentsOf(courseId: string, query: EquivalentsQuery): Promise<Page<Equivalent>> {
    const course = await this.course(courseId);
    const on = query.on ?? this.clock.today();
    const institutions = [course.provider, ...(course.platform === undefined ? [] : [course.platform])];
    const rules = await rulesThatMayTake(this.dataSource.manager, on, institutions, normaliseCode(course.code));
    const taking = rules.filter((found) => takes(found, course, institutions) && recognisedBy(found, query.receiving));
    return this.page(taking, query, on, course);
  }

  /** What counts as a course of an institution: the rules in force that award it. */
  async countingAs(courseId: string, query: EquivalentsQuery): Promise<Page<Equivalent>> {
    const course = await this.course(courseId);
    const on = query.on ?? this.clock.today();
    const rules = await rulesThatAward(this.dataSource.manager, on, [course.provider], normaliseCode(course.code));
    return this.page(
      rules.filter((found) => recognisedBy(found, course.provider)),
      query,
      on,
    );
  }

  private async course(id: string): Promise<Course> {
    const [course] = await this.courses.find(this.dataSource.manager, [id]);
    if (course === undefined) throw notFound();
    return course;
  }

  private async page(rules: readonly RuleInForce[], query: EquivalentsQuery, on: CalendarDate, course?: Course): Promise<Page<Equivalent>> {
    const after = order.after(query);
    const rest = after === undefined ? rules : rules.filter((rule) => compareKeys(keyOf(rule), after) > 0);
    const page = order.page(query, rest, keyOf, (rule) => rule);
    return { ...page, items: await this.withCourses(page.items, on, course) };
  }

  private async withCourses(rules: readonly RuleInForce[], on: CalendarDate, course?: Course): Promise<Equivalent[]> {
    const senders = [...new Set(rules.flatMap(({ rule, parties }) => (rule.from === anyMember ? parties : [rule.from])))];
    const codes = [...new Set(rules.flatMap(({ rule }) => codesOf(rule)))];
    const editions = await this.courses.editionsAt(this.dataSource.manager, senders, codes);
    const valid = editions.filter(({ validity }) => (validity.from ?? '') <= on && on <= (validity.until ?? on));
    return rules.map((found) => ({
      ...found,
      receiving: found.rule.to === anyMember ? found.parties : [found.rule.to],
      alone: course === undefined ? isAlone(found.rule) : isAlone(found.rule, course),
      sendingCourses: valid.filter((edition) => {
        const from = found.rule.from === anyMember ? found.parties : [found.rule.from];
        const named = codesOf(found.rule).includes(normaliseCode(edition.code));
        return named && (from.includes(edition.provider) || (edition.platform !== undefined && from.includes(edition.platform)));
      }),
    }));
  }
}

function codesOf(rule: Rule): string[] {
  return courseSourcesOfRule(rule, '').consumed.flatMap(({ source }) =>
    source.select.kind === 'code' ? [normaliseCode(source.select.code)] : [],
  );
}

function takes({ rule, parties }: RuleInForce, course: Course, institutions: readonly string[]): boolean {
  const from = rule.from === anyMember ? parties : [rule.from];
  if (!institutions.some((institution) => from.includes(institution))) return false;
  return courseSourcesOfRule(rule, '').consumed.some(({ source }) => selectorMatches(source.select, factsOf(course)));
}

function factsOf({ provider, platform, code, isced, eqfLevel }: Course): CourseFacts {
  return {
    provider,
    code,
    ...(platform === undefined ? {} : { platform }),
    ...(isced === undefined ? {} : { isced }),
    ...(eqfLevel === undefined ? {} : { eqfLevel }),
  };
}

/** Refusals are told too: that a course earns nothing is worth knowing before it is taken. */
function recognisedBy({ rule, parties }: RuleInForce, receiving: string | undefined): boolean {
  return receiving === undefined || rule.to === receiving || (rule.to === anyMember && parties.includes(receiving));
}

/** Whether one course satisfies the whole source: that course, where one is given, else some course. */
function isAlone({ source }: Rule, course?: Course): boolean {
  const satisfied = (part: Rule['source']): boolean => {
    switch (part.kind) {
      case 'course':
        return course === undefined || selectorMatches(part.select, factsOf(course));
      case 'any':
        return part.of.some(satisfied);
      case 'all':
        return part.of.length === 1 && part.of.every(satisfied);
      case 'atLeast':
        return (part.courses ?? 1) <= 1 && (part.credits ?? 0) <= (course?.credits ?? 0) && part.of.some(satisfied);
    }
  };
  return satisfied(source);
}

function compareKeys(a: readonly [string, number, string], b: readonly [string, number, string]): number {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1;
  if (a[1] !== b[1]) return a[1] - b[1];
  return a[2] < b[2] ? -1 : a[2] > b[2] ? 1 : 0;
}
