import type { EntityManager } from 'typeorm';
import type { LocalisedText } from '../../kernel/index.js';
import {
  addSearch,
  byId,
  Conditions,
  explainConstraints,
  insertRows,
  Keyset,
  type Page,
  type PageQuery,
  preparedQuery,
  rememberWords,
  rowsToRead,
  searchTerms,
  type SearchWish,
  updateRows,
  wordAlternatives,
} from '../../platform/index.js';
import type { ExternalIdentifier, Institution, InstitutionKind } from '../domain/index.js';
import { InstitutionIdentifierRow, InstitutionMemberRow, InstitutionRow } from './institution.rows.js';

explainConstraints({
  institution_identifiers_pkey: 'Another institution has one of these identifiers already.',
  institutions_home_credit_system_fkey: 'The home credit system does not exist.',
  institutions_home_grading_scale_fkey: 'The home grading scale does not exist.',
  institution_members_member_id_fkey: 'A member does not exist.',
  institution_members_check: 'A consortium cannot be a member of itself.',
});

const wordTable = 'institution_words';

/** What a list of institutions may be held to. */
export interface InstitutionFilter {
  readonly kind?: InstitutionKind;
  readonly country?: string;
  readonly identifierScheme?: string;
  readonly identifier?: string;
  /** Id of a consortium. */
  readonly memberOf?: string;
}

interface FoundInstitution {
  readonly id: string;
  readonly kind: InstitutionKind;
  readonly names: LocalisedText;
  readonly country: string | null;
  readonly home_credit_system: string | null;
  readonly home_grading_scale: string | null;
  readonly website: string | null;
  readonly version: number;
  readonly modified_at: Date;
  readonly identifiers: readonly ExternalIdentifier[];
  readonly members: readonly string[];
  readonly search_size: number;
  readonly rank: number;
}

const columns = `
  institution.id, kind, names, country, home_credit_system, home_grading_scale, website, version, modified_at, search_size,
  (SELECT coalesce(json_agg(json_build_object('scheme', scheme, 'value', value) ORDER BY scheme, value), '[]')
   FROM institution_identifiers identifier WHERE identifier.institution_id = institution.id) AS identifiers,
  (SELECT coalesce(json_agg(member_id ORDER BY member_id), '[]')
   FROM institution_members member WHERE member.consortium_id = institution.id) AS members`;

function institutionOf(row: FoundInstitution): Institution {
  return {
    id: row.id,
    kind: row.kind,
    names: row.names,
    ...(row.country === null ? {} : { country: row.country }),
    identifiers: row.identifiers,
    ...(row.home_credit_system === null ? {} : { homeCreditSystem: row.home_credit_system }),
    ...(row.home_grading_scale === null ? {} : { homeGradingScale: row.home_grading_scale }),
    members: row.members,
    ...(row.website === null ? {} : { website: row.website }),
    version: row.version,
    modifiedAt: row.modified_at.toISOString(),
  };
}

function rowOf(institution: Institution): InstitutionRow {
  const terms = searchTerms(Object.values(institution.names));
  return {
    id: institution.id,
    kind: institution.kind,
    names: institution.names,
    country: institution.country ?? null,
    homeCreditSystem: institution.homeCreditSystem ?? null,
    homeGradingScale: institution.homeGradingScale ?? null,
    website: institution.website ?? null,
    version: institution.version,
    modifiedAt: new Date(institution.modifiedAt),
    searchVector: terms.vector,
    searchPairs: terms.pairs,
    searchSize: terms.size,
  };
}

/** Those of the ids that exist. */
export async function readInstitutions(manager: EntityManager, ids: readonly string[]): Promise<Institution[]> {
  const rows = await preparedQuery<FoundInstitution>(manager, `SELECT ${columns} FROM institutions institution WHERE id = ANY($1)`, [ids]);
  return rows.map(institutionOf);
}

/** The names alone, for those of the ids that exist. */
export async function readNames(manager: EntityManager, ids: readonly string[]): Promise<Pick<Institution, 'id' | 'names'>[]> {
  return manager.query<Pick<Institution, 'id' | 'names'>[]>('SELECT id, names FROM institutions WHERE id = ANY($1)', [ids]);
}

/** Reads those institutions that the caller may change, and keeps them for this transaction, in one order, so that two commands never wait for each other in a circle. */
export async function lockInstitutions(manager: EntityManager, ids: readonly string[]): Promise<Institution[]> {
  const locked = await manager.query<{ id: string }[]>('SELECT id FROM institutions WHERE id = ANY($1) ORDER BY id FOR NO KEY UPDATE', [
    ids,
  ]);
  return readInstitutions(
    manager,
    locked.map(({ id }) => id),
  );
}

/** The ids of the institutions that any of the identifiers names. */
export async function idsNamedBy(manager: EntityManager, identifiers: readonly ExternalIdentifier[]): Promise<string[]> {
  const rows = await manager.query<{ institution_id: string }[]>(
    `SELECT DISTINCT institution_id FROM institution_identifiers
     JOIN unnest($1::text[], $2::text[]) AS wanted(scheme, value) USING (scheme, value)`,
    [identifiers.map(({ scheme }) => scheme), identifiers.map(({ value }) => value)],
  );
  return rows.map((row) => row.institution_id);
}

async function writeParts(manager: EntityManager, institutions: readonly Institution[]): Promise<void> {
  const identifiers = institutions.flatMap(({ id, identifiers }) =>
    identifiers.map((identifier) => ({ ...identifier, institutionId: id })),
  );
  const members = institutions.flatMap(({ id, members }) => members.map((memberId) => ({ consortiumId: id, memberId })));
  await insertRows(manager, InstitutionIdentifierRow, identifiers);
  await insertRows(manager, InstitutionMemberRow, members);
  await rememberWords(
    manager,
    wordTable,
    institutions.flatMap(({ names }) => searchTerms(Object.values(names)).words),
  );
}

export async function insertInstitutions(manager: EntityManager, institutions: readonly Institution[]): Promise<void> {
  await insertRows(manager, InstitutionRow, institutions.map(rowOf));
  await writeParts(manager, institutions);
}

/** Overwrites institutions, their identifiers and members included. */
export async function updateInstitutions(manager: EntityManager, institutions: readonly Institution[]): Promise<void> {
  if (institutions.length === 0) return;
  const ids = institutions.map(({ id }) => id);
  await updateRows(manager, InstitutionRow, institutions.map(rowOf));
  await manager.query('DELETE FROM institution_identifiers WHERE institution_id = ANY($1)', [ids]);
  await manager.query('DELETE FROM institution_members WHERE consortium_id = ANY($1)', [ids]);
  await writeParts(manager, institutions);
}

function conditionsOf(filter: InstitutionFilter): Conditions {
  const conditions = new Conditions();
  const named = (condition: string) =>
    `EXISTS (SELECT FROM institution_identifiers named WHERE named.institution_id = institution.id AND ${condition})`;
  conditions.add(filter.kind, (kind) => `kind = ${kind}`);
  conditions.add(filter.country, (country) => `country = ${country}`);
  conditions.add(filter.identifierScheme, (scheme) => named(`named.scheme = ${scheme}`));
  conditions.add(filter.identifier, (value) => named(`named.value = ${value}`));
  conditions.add(filter.memberOf, (consortium) => `id IN (SELECT member_id FROM institution_members WHERE consortium_id = ${consortium})`);
  return conditions;
}

/** Institutions in the order they were recorded. */
export async function listInstitutions(manager: EntityManager, filter: InstitutionFilter, query: PageQuery): Promise<Page<Institution>> {
  const order = byId('institutions');
  const conditions = conditionsOf(filter);
  conditions.add(order.after(query)?.[0], (id) => `id > ${id}`);
  const rows = await manager.query<FoundInstitution[]>(
    `SELECT ${columns} FROM institutions institution WHERE ${conditions.sql} ORDER BY id LIMIT ${conditions.parameter(rowsToRead(query))}`,
    conditions.values,
  );
  return order.page(query, rows, (row) => [row.id], institutionOf);
}

type SearchKey = readonly [rank: number, size: number, id: string];
const byRelevance = new Keyset(
  'institutions-found',
  (parts): parts is SearchKey =>
    parts.length === 3 && Number.isInteger(parts[0]) && Number.isInteger(parts[1]) && typeof parts[2] === 'string',
);

/** Institutions by name in any language, those first whose names say little besides what was asked for. */
export async function searchInstitutions(
  manager: EntityManager,
  wish: SearchWish,
  filter: InstitutionFilter,
  query: PageQuery,
): Promise<Page<Institution>> {
  const conditions = conditionsOf(filter);
  const rank = addSearch(conditions, wish, await wordAlternatives(manager, wordTable, wish.words));
  const after = byRelevance.after(query);
  const place = after === undefined ? 'TRUE' : `(rank, search_size, id) > (${after.map((part) => conditions.parameter(part)).join(', ')})`;
  const rows = await manager.query<FoundInstitution[]>(
    `SELECT * FROM (SELECT ${columns}, ${rank} AS rank FROM institutions institution WHERE ${conditions.sql}) found
     WHERE ${place} ORDER BY rank, search_size, id LIMIT ${conditions.parameter(rowsToRead(query))}`,
    conditions.values,
  );
  return byRelevance.page(query, rows, (row) => [row.rank, row.search_size, row.id], institutionOf);
}
