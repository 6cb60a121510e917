import type { EntityManager } from 'typeorm';
import { normaliseCode } from '../../kernel/index.js';
import {
  addSearch,
  byId,
  Conditions,
  Keyset,
  type Page,
  type PageQuery,
  rowsToRead,
  type SearchWish,
  wordAlternatives,
} from '../../platform/index.js';
import type { Course, DeliveryMode } from '../domain/index.js';
import { courseColumns, courseOf, type FoundCourse, wordTable } from './course.store.js';

/** What a list of courses may be held to. */
export interface CourseFilter {
  readonly provider?: string;
  readonly platform?: string;
  readonly code?: string;
  /** Only editions valid on this day. */
  readonly validOn?: string;
  readonly delivery?: DeliveryMode;
  /** A code of ISCED-F 2013, or the field above it. */
  readonly isced?: string;
  /** A language of instruction; `zh` finds `zh-CN` too. */
  readonly language?: string;
}

function conditionsOf(filter: CourseFilter): Conditions {
  const conditions = new Conditions();
  const code = filter.code === undefined ? undefined : normaliseCode(filter.code);
  conditions.add(filter.provider, (provider) => `provider_id = ${provider}`);
  conditions.add(filter.platform, (platform) => `platform_id = ${platform}`);
  conditions.add(code, (wanted) => `normalised_code = ${wanted}`);
  conditions.add(filter.validOn, (date) => `validity @> ${date}::date`);
  conditions.add(filter.delivery, (delivery) => `delivery = ${delivery}`);
  // ':' follows '9' in C collation: everything that begins with the code.
  conditions.add(filter.isced, (isced) => `isced >= ${isced} AND isced < ${isced} || ':'`);
  conditions.add(
    filter.language,
    (tag) => `EXISTS (SELECT FROM unnest(languages) AS spoken WHERE spoken = ${tag} OR starts_with(spoken, ${tag} || '-'))`,
  );
  return conditions;
}

/** Courses in the order they were recorded. */
export async function listCourses(manager: EntityManager, filter: CourseFilter, query: PageQuery): Promise<Page<Course>> {
  const order = byId('courses');
  const conditions = conditionsOf(filter);
  conditions.add(order.after(query)?.[0], (id) => `id > ${id}`);
  const rows = await manager.query<FoundCourse[]>(
    `SELECT ${courseColumns} FROM courses WHERE ${conditions.sql} ORDER BY id LIMIT ${conditions.parameter(rowsToRead(query))}`,
    conditions.values,
  );
  return order.page(query, rows, (row) => [row.id], courseOf);
}

type SearchKey = readonly [rank: number, size: number, id: string];

const byRelevance = new Keyset(
  'courses-found',
  (parts): parts is SearchKey =>
    parts.length === 3 && Number.isInteger(parts[0]) && Number.isInteger(parts[1]) && typeof parts[2] === 'string',
);

interface RankedCourse extends FoundCourse {
  readonly rank: number;
  readonly search_size: number;
}

/** What somebody looks for: the text, and how it is cut. */
export interface CourseSearch {
  readonly text: string;
  readonly wish: SearchWish;
}

/** Courses by title in any language, or by code: the code asked for first, then those whose titles say little besides what was asked for. */
export async function searchCourses(
  manager: EntityManager,
  search: CourseSearch,
  filter: CourseFilter,
  query: PageQuery,
): Promise<Page<Course>> {
  const conditions = conditionsOf(filter);
  const fit = addSearch(conditions, search.wish, await wordAlternatives(manager, wordTable, search.wish.words));
  const rank = `CASE WHEN normalised_code = ${conditions.parameter(normaliseCode(search.text))} THEN 0 ELSE ${fit} END`;
  const after = byRelevance.after(query);
  const place = after === undefined ? 'TRUE' : `(rank, search_size, id) > (${after.map((part) => conditions.parameter(part)).join(', ')})`;
  const rows = await manager.query<RankedCourse[]>(
    `SELECT * FROM (SELECT ${courseColumns}, search_size, ${rank} AS rank FROM courses WHERE ${conditions.sql}) found
     WHERE ${place} ORDER BY rank, search_size, id LIMIT ${conditions.parameter(rowsToRead(query))}`,
    conditions.values,
  );
  return byRelevance.page(query, rows, (row) => [row.rank, row.search_size, row.id], courseOf);
}
