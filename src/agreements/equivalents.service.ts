import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { validate as isUuid } from 'uuid';
import { CoursesService, type Course } from '../courses/index.js';
import { contains, normaliseCode, type CalendarDate } from '../kernel/index.js';
import { Clock, Keyset, managerOf, notFound, reading, rowsToRead, type Page, type PageQuery } from '../platform/index.js';
import { anyMember, courseSourcesOfRule, selectorMatches, type CourseFacts, type Rule, type Selector } from '../rules/domain/index.js';
import { rulesThatAward, rulesThatMayTake, type RuleInForce, type RuleKey, type RuleSearch } from './storage/in-force.store.js';

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
  (parts): parts is RuleKey => parts.length === 3 && isUuid(parts[0]) && Number.isSafeInteger(parts[1]) && typeof parts[2] === 'string',
);
const keyOf = ({ agreement, number, rule }: RuleInForce): RuleKey => [agreement, number, rule.id];

/** How many rules are read at once while a page is filled: those that select by pattern, subject or field may turn out not to take the course. */
const rulesAtOnce = 500;

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
    const institutions = [course.provider, ...(course.platform === undefined ? [] : [course.platform])];
    const rules = await this.find(query, course, (search) =>
      reading(this.dataSource, (manager) => rulesThatMayTake(manager, search, institutions, query.receiving)),
    );
    return this.page(rules, query, course);
  }

  /** What counts as a course of an institution: the rules in force that award it. */
  async countingAs(courseId: string, query: EquivalentsQuery): Promise<Page<Equivalent>> {
    const { provider, code } = await this.course(courseId);
    const search = { ...this.search(query, code), limit: rowsToRead(query) };
    const rules = await reading(this.dataSource, (manager) => rulesThatAward(manager, search, provider));
    return this.page(rules, query);
  }

  /** As many rules that take the course as a page wants to see. */
  private async find(
    query: EquivalentsQuery,
    course: Course,
    read: (search: RuleSearch) => Promise<readonly RuleInForce[]>,
  ): Promise<readonly RuleInForce[]> {
    const taking: RuleInForce[] = [];
    let search = this.search(query, course.code);
    for (;;) {
      const rules = await read(search);
      taking.push(...rules.filter(({ rule }) => takes(rule, course)));
      const last = rules.at(-1);
      if (last === undefined || rules.length < search.limit || taking.length >= rowsToRead(query)) return taking;
      search = { ...search, after: keyOf(last) };
    }
  }

  private search(query: EquivalentsQuery, code: string): RuleSearch {
    return { date: this.on(query), code: normaliseCode(code), after: order.after(query), limit: rulesAtOnce };
  }

  private on({ on }: EquivalentsQuery): CalendarDate {
    return on ?? this.clock.today();
  }

  private async course(id: string): Promise<Course> {
    const [course] = await this.courses.find(managerOf(this.dataSource), [id]);
    if (course === undefined) throw notFound();
    return course;
  }

  private async page(rules: readonly RuleInForce[], query: EquivalentsQuery, course?: Course): Promise<Page<Equivalent>> {
    const page = order.page(query, rules, keyOf, (rule) => rule);
    return { ...page, items: await this.withCourses(page.items, this.on(query), course) };
  }

  private async withCourses(rules: readonly RuleInForce[], on: CalendarDate, course?: Course): Promise<Equivalent[]> {
    const senders = [...new Set(rules.flatMap(({ rule, parties }) => (rule.from === anyMember ? parties : [rule.from])))];
    const codes = [...new Set(rules.flatMap(({ rule }) => codesOf(rule)))];
    const editions = await this.courses.editionsAt(managerOf(this.dataSource), senders, codes);
    const valid = editions.filter(({ validity }) => contains(validity, on));
    return rules.map((found) => ({
      ...found,
      receiving: found.rule.to === anyMember ? found.parties : [found.rule.to],
      alone: course === undefined ? isAlone(found.rule) : isAlone(found.rule, course),
      sendingCourses: valid.filter((edition) => names(found, edition)),
    }));
  }
}

function selectorsOf(rule: Rule): readonly Selector[] {
  return courseSourcesOfRule(rule, '').consumed.map(({ source }) => source.select);
}

function codesOf(rule: Rule): string[] {
  return selectorsOf(rule).flatMap((select) => (select.kind === 'code' ? [normaliseCode(select.code)] : []));
}

function takes(rule: Rule, course: Course): boolean {
  return selectorsOf(rule).some((select) => selectorMatches(select, factsOf(course)));
}

/** Whether a rule names an edition of one of its senders by code. */
function names({ rule, parties }: RuleInForce, edition: Course): boolean {
  const from = rule.from === anyMember ? parties : [rule.from];
  const isSent = from.includes(edition.provider) || (edition.platform !== undefined && from.includes(edition.platform));
  return isSent && selectorsOf(rule).some((select) => select.kind === 'code' && selectorMatches(select, factsOf(edition)));
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
