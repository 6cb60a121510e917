import type { EntityManager } from 'typeorm';
import { fromThousandths, normaliseCode, thousandths } from '../../kernel/index.js';
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
import type { ProgrammeRecord } from '../domain/index.js';
import { ProgrammeRow } from './programme.rows.js';

explainConstraints({
  programmes_institution_id_normalised_code_catalogue_year_key:
    'The institution has a programme with this code in this catalogue year already.',
  programmes_institution_id_fkey: 'The institution does not exist.',
  programmes_credit_system_fkey: 'The credit system does not exist.',
});

const wordTable = 'programme_words';

/** What a list of programmes may be held to. */
export interface ProgrammeFilter {
  readonly institution?: string;
  readonly code?: string;
  readonly catalogueYear?: number;
}

type FoundProgramme = Readonly<{
  id: string;
  institution_id: string;
  code: string;
  catalogue_year: number;
  title: ProgrammeRecord['title'];
  credit_system: string;
  total_credits: number;
  requirements: ProgrammeRecord['requirements'];
  policy: ProgrammeRecord['policy'];
  digest: string;
  version: number;
  modified_at: Date;
  search_size: number;
  rank: number;
}>;

const columns = `id, institution_id, code, catalogue_year, title, credit_system, total_credits, requirements, policy, digest, version,
  modified_at, search_size`;

function recordOf(row: FoundProgramme): ProgrammeRecord {
  return {
    id: row.id,
    institution: row.institution_id,
    code: row.code,
    catalogueYear: row.catalogue_year,
    title: row.title,
    creditSystem: row.credit_system,
    totalCredits: fromThousandths(row.total_credits),
    requirements: row.requirements,
    policy: row.policy,
    digest: row.digest,
    version: row.version,
    modifiedAt: row.modified_at.toISOString(),
  };
}

function rowOf(programme: ProgrammeRecord): ProgrammeRow {
  const { institution, totalCredits, modifiedAt, ...rest } = programme;
  const terms = searchTerms(Object.values(programme.title));
  return {
    ...rest,
    institutionId: institution,
    normalisedCode: normaliseCode(programme.code),
    totalCredits: thousandths(totalCredits),
    modifiedAt: new Date(modifiedAt),
    searchVector: terms.vector,
    searchPairs: terms.pairs,
    searchSize: terms.size,
  };
}

/** Those of the ids that exist. */
export async function readProgrammes(manager: EntityManager, ids: readonly string[]): Promise<ProgrammeRecord[]> {
  const rows = await preparedQuery<FoundProgramme>(manager, `SELECT ${columns} FROM programmes WHERE id = ANY($1)`, [ids]);
  return rows.map(recordOf);
}

/** Reads a programme and keeps it for this transaction. */
export async function lockProgramme(manager: EntityManager, id: string): Promise<ProgrammeRecord | undefined> {
  const rows = await manager.query<FoundProgramme[]>(`SELECT ${columns} FROM programmes WHERE id = $1 FOR NO KEY UPDATE`, [id]);
  return rows.map(recordOf)[0];
}

/** Reads the programme of an institution with a code in a catalogue year, and keeps it for this transaction. */
export async function lockProgrammeNamed(
  manager: EntityManager,
  { institution, code, catalogueYear }: Required<ProgrammeFilter>,
): Promise<ProgrammeRecord | undefined> {
  const rows = await manager.query<FoundProgramme[]>(
    `SELECT ${columns} FROM programmes
     WHERE institution_id = $1 AND normalised_code = $2 AND catalogue_year = $3 FOR NO KEY UPDATE`,
    [institution, normaliseCode(code), catalogueYear],
  );
  return rows.map(recordOf)[0];
}

/** The code of the institution's programmes that equal a code without regard to case and spacing, as the latest catalogue writes it. */
export async function programmeCode(manager: EntityManager, institution: string, code: string): Promise<string | undefined> {
  const rows = await manager.query<{ code: string }[]>(
    'SELECT code FROM programmes WHERE institution_id = $1 AND normalised_code = $2 ORDER BY catalogue_year DESC LIMIT 1',
    [institution, normaliseCode(code)],
  );
  return rows[0]?.code;
}

async function rememberTitles(manager: EntityManager, programmes: readonly ProgrammeRecord[]): Promise<void> {
  const words = programmes.flatMap(({ title }) => searchTerms(Object.values(title)).words);
  await rememberWords(manager, wordTable, words);
}

export async function insertProgrammes(manager: EntityManager, programmes: readonly ProgrammeRecord[]): Promise<void> {
  await insertRows(manager, ProgrammeRow, programmes.map(rowOf));
  await rememberTitles(manager, programmes);
}

export async function updateProgrammes(manager: EntityManager, programmes: readonly ProgrammeRecord[]): Promise<void> {
  await updateRows(manager, ProgrammeRow, programmes.map(rowOf));
  await rememberTitles(manager, programmes);
}

function conditionsOf(filter: ProgrammeFilter): Conditions {
  const conditions = new Conditions();
  conditions.add(filter.institution, (institution) => `institution_id = ${institution}`);
  conditions.add(filter.code === undefined ? undefined : normaliseCode(filter.code), (code) => `normalised_code = ${code}`);
  conditions.add(filter.catalogueYear, (year) => `catalogue_year = ${year}`);
  return conditions;
}

/** Programmes in the order they were recorded. */
export async function listProgrammes(manager: EntityManager, filter: ProgrammeFilter, query: PageQuery): Promise<Page<ProgrammeRecord>> {
  const order = byId('programmes');
  const conditions = conditionsOf(filter);
  conditions.add(order.after(query)?.[0], (id) => `id > ${id}`);
  const rows = await manager.query<FoundProgramme[]>(
    `SELECT ${columns} FROM programmes WHERE ${conditions.sql} ORDER BY id LIMIT ${conditions.parameter(rowsToRead(query))}`,
    conditions.values,
  );
  return order.page(query, rows, (row) => [row.id], recordOf);
}

type SearchKey = readonly [rank: number, size: number, id: string];
const byRelevance = new Keyset(
  'programmes-found',
  (parts): parts is SearchKey =>
    parts.length === 3 && Number.isInteger(parts[0]) && Number.isInteger(parts[1]) && typeof parts[2] === 'string',
);

/** Programmes by title in any language, those first whose titles say little besides what was asked for. */
export async function searchProgrammes(
  manager: EntityManager,
  wish: SearchWish,
  filter: ProgrammeFilter,
  query: PageQuery,
): Promise<Page<ProgrammeRecord>> {
  const conditions = conditionsOf(filter);
  const rank = addSearch(conditions, wish, await wordAlternatives(manager, wordTable, wish.words));
  const after = byRelevance.after(query);
  const place = after === undefined ? 'TRUE' : `(rank, search_size, id) > (${after.map((part) => conditions.parameter(part)).join(', ')})`;
  const rows = await manager.query<FoundProgramme[]>(
    `SELECT * FROM (SELECT ${columns}, ${rank} AS rank FROM programmes WHERE ${conditions.sql}) found
     WHERE ${place} ORDER BY rank, search_size, id LIMIT ${conditions.parameter(rowsToRead(query))}`,
    conditions.values,
  );
  return byRelevance.page(query, rows, (row) => [row.rank, row.search_size, row.id], recordOf);
}
