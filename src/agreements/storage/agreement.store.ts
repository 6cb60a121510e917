import type { EntityManager } from 'typeorm';
import type { CalendarDate, LocalisedText } from '../../kernel/index.js';
import {
  addSearchAcross,
  byId,
  Conditions,
  explainConstraints,
  fromDateRange,
  insertRows,
  Keyset,
  type Page,
  type PageQuery,
  preparedQuery,
  rememberWords,
  rowsToRead,
  searchTerms,
  type SearchWish,
  toDateRange,
  wordAlternatives,
} from '../../platform/index.js';
import type { Rule } from '../../rules/domain/index.js';
import { keysOfRule, type Agreement, type AgreementTerms, type PinnedEdition, type Revision, type Visibility } from '../domain/index.js';
import {
  AgreementCreditSystemRow,
  AgreementEditionRow,
  AgreementGradingScaleRow,
  AgreementPartyRow,
  AgreementRevisionRow,
  AgreementRow,
  AgreementRuleCodeRow,
  AgreementRuleRow,
} from './agreement.rows.js';

explainConstraints({
  agreement_revisions_in_force_excl: 'Another revision of the agreement is in force on some of these days.',
  agreement_revisions_agreement_id_fkey: 'The agreement does not exist.',
  agreement_revisions_attested_by_fkey: 'The institution that vouches for the revision does not exist.',
  agreement_parties_institution_id_fkey: 'A party of the agreement is not a known institution.',
  agreement_revisions_pkey: 'Somebody else has recorded this revision at the same time. Read the agreement again and repeat your request.',
});

/** What a list of agreements may be held to. */
export interface AgreementFilter {
  /** A party of some revision. */
  readonly institution?: string;
  /** Some revision is in force on this day. */
  readonly inForceOn?: CalendarDate;
}

interface FoundAgreement {
  readonly id: string;
  readonly title: LocalisedText;
  readonly is_public: boolean;
  readonly version: number;
  readonly modified_at: Date;
}

function agreementOf({ id, title, is_public, version, modified_at }: FoundAgreement): Agreement {
  return { id, title, visibility: is_public ? 'public' : 'parties', version, modifiedAt: modified_at.toISOString() };
}

const agreementColumns = 'id, title, is_public, version, modified_at';

export async function readAgreement(manager: EntityManager, id: string): Promise<Agreement | undefined> {
  const rows = await preparedQuery<FoundAgreement>(manager, `SELECT ${agreementColumns} FROM agreements WHERE id = $1`, [id]);
  return rows.map(agreementOf)[0];
}

/** Reads an agreement of the caller and keeps it for this transaction: its revisions are recorded one after another. */
export async function lockAgreement(manager: EntityManager, id: string): Promise<Agreement | undefined> {
  const rows = await manager.query<FoundAgreement[]>(`SELECT ${agreementColumns} FROM agreements WHERE id = $1 FOR NO KEY UPDATE`, [id]);
  return rows.map(agreementOf)[0];
}

function conditionsOf(filter: AgreementFilter): Conditions {
  const conditions = new Conditions();
  conditions.add(
    filter.institution,
    (institution) => `EXISTS (SELECT FROM agreement_parties WHERE agreement_id = agreements.id AND institution_id = ${institution})`,
  );
  conditions.add(
    filter.inForceOn,
    (date) => `EXISTS (SELECT FROM agreement_revisions WHERE agreement_id = agreements.id AND in_force @> ${date}::date)`,
  );
  return conditions;
}

/** Agreements in the order they were recorded. */
export async function listAgreements(manager: EntityManager, filter: AgreementFilter, query: PageQuery): Promise<Page<Agreement>> {
  const order = byId('agreements');
  const conditions = conditionsOf(filter);
  conditions.add(order.after(query)?.[0], (id) => `id > ${id}`);
  const rows = await manager.query<FoundAgreement[]>(
    `SELECT ${agreementColumns} FROM agreements WHERE ${conditions.sql} ORDER BY id LIMIT ${conditions.parameter(rowsToRead(query))}`,
    conditions.values,
  );
  return order.page(query, rows, ({ id }) => [id], agreementOf);
}

/** In the title of the agreement, or in a name of a party as it is called now. */
const inTitleOrParty = (condition: string): string => `(${condition} OR id IN (
  SELECT agreement_id FROM agreement_parties WHERE institution_id IN (SELECT id FROM institutions WHERE ${condition})))`;

type SearchKey = readonly [rank: number, size: number, id: string];
const byRelevance = new Keyset(
  'agreements-found',
  (parts): parts is SearchKey =>
    parts.length === 3 && Number.isInteger(parts[0]) && Number.isInteger(parts[1]) && typeof parts[2] === 'string',
);

type FoundByWords = FoundAgreement & { readonly rank: number; readonly search_size: number };

/** Agreements by the words of their titles and of their parties' names in any language, those first whose titles say little. */
export async function searchAgreements(
  manager: EntityManager,
  wish: SearchWish,
  filter: AgreementFilter,
  query: PageQuery,
): Promise<Page<Agreement>> {
  const conditions = conditionsOf(filter);
  const inTitles = await wordAlternatives(manager, 'agreement_words', wish.words);
  const inNames = await wordAlternatives(manager, 'institution_words', wish.words);
  const alternatives = inTitles.map((words, index) => [...new Set([...words, ...(inNames[index] ?? [])])]);
  const rank = addSearchAcross(conditions, wish, alternatives, inTitleOrParty);
  const after = byRelevance.after(query);
  const place = after === undefined ? 'TRUE' : `(rank, search_size, id) > (${after.map((part) => conditions.parameter(part)).join(', ')})`;
  const rows = await manager.query<FoundByWords[]>(
    `SELECT * FROM (SELECT ${agreementColumns}, search_size, ${rank} AS rank FROM agreements WHERE ${conditions.sql}) found
     WHERE ${place} ORDER BY rank, search_size, id LIMIT ${conditions.parameter(rowsToRead(query))}`,
    conditions.values,
  );
  return byRelevance.page(query, rows, (row) => [row.rank, row.search_size, row.id], agreementOf);
}

/** What is said of an agreement, as its row says it. */
function columnsOf(agreement: Agreement): Omit<AgreementRow, 'id' | 'parties'> {
  const { title, visibility, version, modifiedAt } = agreement;
  const { vector, pairs, size } = searchTerms(Object.values(title));
  const isPublic = visibility === 'public';
  return { title, version, modifiedAt: new Date(modifiedAt), isPublic, searchVector: vector, searchPairs: pairs, searchSize: size };
}

async function rememberTitle(manager: EntityManager, { title }: Agreement): Promise<void> {
  await rememberWords(manager, 'agreement_words', searchTerms(Object.values(title)).words);
}

/** Records an agreement; the parties are those of its first revision. */
export async function insertAgreement(manager: EntityManager, agreement: Agreement, parties: readonly string[]): Promise<void> {
  await insertRows(manager, AgreementRow, [{ id: agreement.id, parties, ...columnsOf(agreement) }]);
  await rememberTitle(manager, agreement);
}

const tablesOfRevisions = [
  'agreement_revisions',
  'agreement_parties',
  'agreement_editions',
  'agreement_credit_systems',
  'agreement_grading_scales',
  'agreement_rules',
  'agreement_rule_codes',
];

/** Overwrites what is said of an agreement. Who may read it stands on every row of it, those of earlier revisions with other parties included. */
export async function updateAgreement(manager: EntityManager, agreement: Agreement): Promise<void> {
  const { id } = agreement;
  const columns = columnsOf(agreement);
  await manager.update(AgreementRow, { id }, columns);
  await rememberTitle(manager, agreement);
  for (const table of tablesOfRevisions) {
    await manager.query(`UPDATE ${table} SET is_public = $2 WHERE agreement_id = $1 AND is_public <> $2`, [id, columns.isPublic]);
  }
}

/** Lets the parties of a further revision see the agreement, beside those of the revisions before. */
export async function addParties(manager: EntityManager, agreement: string, parties: readonly string[]): Promise<void> {
  await manager.query(
    `UPDATE agreements SET parties = ARRAY(SELECT DISTINCT id FROM unnest(parties || $2::uuid[]) AS party(id) ORDER BY id)
     WHERE id = $1 AND NOT parties @> $2::uuid[]`,
    [agreement, parties],
  );
}

interface FoundRevision {
  readonly agreement_id: string;
  readonly number: number;
  readonly digest: string;
  readonly terms: AgreementTerms;
  readonly in_force: string;
  readonly attested_by: string;
  readonly source: string;
  readonly recorded_at: Date;
}

const revisionColumns = 'agreement_id, number, digest, terms, in_force, attested_by, source, recorded_at';
const noDays = 'empty';

function revisionOf(row: FoundRevision): Revision {
  return {
    agreement: row.agreement_id,
    number: row.number,
    digest: row.digest,
    terms: row.terms,
    ...(row.in_force === noDays ? {} : { inForce: fromDateRange(row.in_force) }),
    attestation: { by: row.attested_by, source: row.source },
    recordedAt: row.recorded_at.toISOString(),
  };
}

export async function readRevision(manager: EntityManager, agreement: string, number: number): Promise<Revision | undefined> {
  const rows = await manager.query<FoundRevision[]>(
    `SELECT ${revisionColumns} FROM agreement_revisions WHERE agreement_id = $1 AND number = $2`,
    [agreement, number],
  );
  return rows.map(revisionOf)[0];
}

/** Revisions of an agreement, the oldest first. */
export async function listRevisions(manager: EntityManager, agreement: string, query: PageQuery): Promise<Page<Revision>> {
  const order = new Keyset('revisions', (parts): parts is readonly [number] => parts.length === 1 && Number.isInteger(parts[0]));
  const rows = await manager.query<FoundRevision[]>(
    `SELECT ${revisionColumns} FROM agreement_revisions WHERE agreement_id = $1 AND number > $2 ORDER BY number LIMIT $3`,
    [agreement, order.after(query)?.[0] ?? 0, rowsToRead(query)],
  );
  return order.page(query, rows, ({ number }) => [number], revisionOf);
}

/** Revisions still in force on some day, the oldest first. */
export async function revisionsWithDays(manager: EntityManager, agreement: string): Promise<readonly Revision[]> {
  const rows = await manager.query<FoundRevision[]>(
    `SELECT ${revisionColumns} FROM agreement_revisions WHERE agreement_id = $1 AND NOT isempty(in_force) ORDER BY number`,
    [agreement],
  );
  return rows.map(revisionOf);
}

export async function latestNumber(manager: EntityManager, agreement: string): Promise<number> {
  const rows = await manager.query<{ number: number }[]>(
    'SELECT coalesce(max(number), 0)::int AS number FROM agreement_revisions WHERE agreement_id = $1',
    [agreement],
  );
  return rows[0]?.number ?? 0;
}

/** Changes the days on which a revision is in force. */
export async function setInForce(manager: EntityManager, { agreement, number, inForce }: Revision): Promise<void> {
  await manager.query('UPDATE agreement_revisions SET in_force = $3 WHERE agreement_id = $1 AND number = $2', [
    agreement,
    number,
    inForce === undefined ? noDays : toDateRange(inForce),
  ]);
}

/** What a revision was agreed on, and does not change its meaning any more. */
export interface RevisionReferences {
  readonly editions: readonly PinnedEdition[];
  /** Ids. */
  readonly creditSystems: readonly string[];
  readonly gradingScales: readonly string[];
}

/** Records a revision of an agreement; its parties see it, and everybody where the agreement is public. */
export async function insertRevision(
  manager: EntityManager,
  revision: Revision,
  visibility: Visibility,
  references: RevisionReferences,
): Promise<void> {
  const { agreement: agreementId, number, digest, terms, inForce, attestation, recordedAt } = revision;
  const readable = { parties: terms.parties, isPublic: visibility === 'public' };
  const row: AgreementRevisionRow = {
    agreementId,
    number,
    digest,
    terms,
    inForce: inForce === undefined ? noDays : toDateRange(inForce),
    attestedBy: attestation.by,
    source: attestation.source,
    recordedAt: new Date(recordedAt),
    ...readable,
  };
  await insertRows(manager, AgreementRevisionRow, [row]);
  await insertRows(
    manager,
    AgreementPartyRow,
    terms.parties.map((institutionId) => ({ agreementId, number, institutionId, ...readable })),
  );
  await insertReferences(manager, { agreementId, number, ...readable }, references);
  await insertRows(
    manager,
    AgreementRuleRow,
    terms.rules.map((rule) => ({ agreementId, number, ruleId: rule.id, rule, ...keysOfRule(rule), ...readable })),
  );
  const codes = terms.rules.flatMap(codesOfRule).map((code) => ({ agreementId, number, ...code, ...readable }));
  await insertRows(manager, AgreementRuleCodeRow, codes);
}

function codesOfRule(rule: Rule): Pick<AgreementRuleCodeRow, 'ruleId' | 'side' | 'code'>[] {
  const { sourceCodes, targetCodes } = keysOfRule(rule);
  return [
    ...sourceCodes.map((code) => ({ ruleId: rule.id, side: 'source' as const, code })),
    ...targetCodes.map((code) => ({ ruleId: rule.id, side: 'target' as const, code })),
  ];
}

async function insertReferences(
  manager: EntityManager,
  revision: Pick<AgreementEditionRow, 'agreementId' | 'number' | 'parties' | 'isPublic'>,
  { editions, creditSystems, gradingScales }: RevisionReferences,
): Promise<void> {
  await insertRows(
    manager,
    AgreementEditionRow,
    editions.map(({ institution, code, edition }) => ({
      ...revision,
      institutionId: institution,
      courseId: edition,
      normalisedCode: code,
    })),
  );
  await insertRows(
    manager,
    AgreementCreditSystemRow,
    creditSystems.map((creditSystem) => ({ ...revision, creditSystem })),
  );
  await insertRows(
    manager,
    AgreementGradingScaleRow,
    gradingScales.map((gradingScale) => ({ ...revision, gradingScale })),
  );
}

/** The editions that a revision was agreed on. */
export async function readPinnedEditions(manager: EntityManager, { agreement, number }: Revision): Promise<readonly PinnedEdition[]> {
  return manager.query(
    `SELECT institution_id AS institution, normalised_code AS code, course_id AS edition FROM agreement_editions
     WHERE agreement_id = $1 AND number = $2 ORDER BY institution_id, course_id`,
    [agreement, number],
  );
}
