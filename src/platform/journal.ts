import { randomBytes } from 'node:crypto';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { DataSource, EntityManager } from 'typeorm';
import { validate } from 'uuid';
import { canonicalJson, digestOf } from '../kernel/index.js';
import { preparedQuery } from './database.js';
import { newId } from './ids.js';
import { type Caller, requestContext, serviceScope } from './request-context.js';

/** What a command was about: `{ kind: 'course', id: '…' }`. */
export interface JournalResource {
  readonly kind: string;
  readonly id: string;
}

/**
 * One line of the journal, exactly the JSON that its digest is of. What is absent is null.
 * It holds no personal data: a student is a learner's or an account's id.
 */
export interface JournalEntry {
  /** UUIDv7. */
  readonly id: string;
  /** Whose the changed thing is: a learner's id, else an institution's, else the nil UUID for the service. */
  readonly partition: string;
  /** In whose log it is sealed: the acting institution's, or the nil UUID for the service's own. */
  readonly institution: string;
  /** RFC 3339 in UTC with milliseconds: the time in the id. */
  readonly at: string;
  /** Who: `sub` of the access token, or the name of a part of the service. */
  readonly subject: string;
  /** The OAuth client. */
  readonly client: string | null;
  /** `X-Request-Id` of the request, where it is a UUID. */
  readonly request: string | null;
  /** What was done, in the past tense: `course.changed`. */
  readonly action: string;
  readonly resource: JournalResource;
  /** The digest of the state before, null of what is new. */
  readonly before: string | null;
  /** The digest of the state after, null of what is gone. */
  readonly after: string | null;
}

/** What a service says of a command. Who, when and through which client come from the request. */
export interface CommandRecord {
  /** What was done, in the past tense: two words of letters, `course.changed`. */
  readonly action: string;
  readonly resource: JournalResource;
  /** The learner who owns the resource, if one does. */
  readonly learner?: string;
  /** The institution that the command concerns; it counts where the caller acts for none. */
  readonly institution?: string;
  /** The state of the resource, a JSON value, before and after. It is digested, never kept. */
  readonly before?: unknown;
  readonly after?: unknown;
}

/**
 * The command that has made one state of a resource out of another; it is created where there was none. The state is what the API shows of it, what
 * depends on the reader’s language aside.
 */
export function changeOf<State extends { readonly id: string }>(
  kind: string,
  owner: Pick<CommandRecord, 'learner' | 'institution'>,
  before: State | undefined,
  after: State,
): CommandRecord {
  return { action: `${kind}.${before === undefined ? 'created' : 'changed'}`, resource: { kind, id: after.id }, ...owner, before, after };
}

/** A line of the journal by the columns of its table, in the order in which a statement takes them as parameters. */
function rowOf(entry: JournalEntry) {
  return {
    partition_id: entry.partition,
    id: entry.id,
    institution_id: entry.institution,
    at: entry.at,
    subject: entry.subject,
    client_id: entry.client,
    request_id: entry.request,
    action: entry.action,
    resource_kind: entry.resource.kind,
    resource_id: entry.resource.id,
    before_digest: entry.before,
    after_digest: entry.after,
    digest: digestOf(entry),
  };
}

const columns: readonly (keyof ReturnType<typeof rowOf>)[] = [
  'partition_id',
  'id',
  'institution_id',
  'at',
  'subject',
  'client_id',
  'request_id',
  'action',
  'resource_kind',
  'resource_id',
  'before_digest',
  'after_digest',
  'digest',
];

/** What names an entry among those that are not sealed yet. */
const keyColumns = columns.slice(0, 3);

/**
 * The two inserts of an entry, whose parameters begin at `$first`, by which a statement of a command writes its journal row, too. Neither reads the other, so
 * that each goes straight to where its partition lies.
 */
export function entryInserts(first: number): { readonly entry: string; readonly unsealed: string } {
  const insert = (table: string, names: readonly string[]): string => {
    const values = names.map((_, index) => `$${String(first + index)}`);
    return `INSERT INTO ${table} (${names.join(', ')}) VALUES (${values.join(', ')})`;
  };
  return { entry: insert('journal_entries', columns), unsealed: insert('unsealed_entries', keyColumns) };
}

const { entry: insertEntry, unsealed: insertUnsealed } = entryInserts(1);

const insertBoth = `WITH entry AS (${insertEntry}) ${insertUnsealed}`;

const given = 'json_populate_recordset(NULL::journal_entries, $1::json)';

const insertAll = `
  WITH entries AS (INSERT INTO journal_entries (${columns.join(', ')}) SELECT ${columns.join(', ')} FROM ${given})
  INSERT INTO unsealed_entries (${keyColumns.join(', ')}) SELECT ${keyColumns.join(', ')} FROM ${given}`;

/**
 * Writes the journal row of a command in the transaction of the command; answers its id. Waits for no other writer: the order in which entries
 * become leaves of the log is decided later, by the sealer.
 */
export async function record(manager: EntityManager, command: CommandRecord): Promise<string> {
  const entry = await entryValues(manager, command);
  await preparedQuery(manager, insertBoth, entry.values);
  return entry.id;
}

/** The same for commands that are carried out as one set: in one statement, however many there are. */
export async function recordAll(manager: EntityManager, commands: readonly CommandRecord[]): Promise<void> {
  if (commands.length === 0) return;
  const caller = callerOfCommand();
  const keys = await learnerKeys(manager, learnersOf(commands));
  const rows = commands.map((command) => rowOf(entryOf(command, caller, digesterOf(command, keys))));
  await preparedQuery(manager, insertAll, [JSON.stringify(rows)]);
}

/** What `entryInserts` takes. Whoever has read the key of the learner by {@link learnerKeySql} spares a query. */
export async function entryValues(
  source: DataSource | EntityManager,
  command: CommandRecord,
  key?: Uint8Array,
): Promise<{ readonly id: string; readonly values: readonly unknown[] }> {
  const { learner } = command;
  const keys = learner !== undefined && key !== undefined ? new Map([[learner, key]]) : await learnerKeys(source, learnersOf([command]));
  const row = rowOf(entryOf(command, callerOfCommand(), digesterOf(command, keys)));
  return { id: row.id, values: columns.map((column) => row[column]) };
}

type Digest = (state: unknown) => string | null;

function entryOf({ action, resource, learner, institution, before, after }: CommandRecord, caller: Caller, digest: Digest): JournalEntry {
  const id = newId();
  const log = caller.institution ?? institution ?? serviceScope;
  return {
    id,
    partition: learner ?? log,
    institution: log,
    at: timeOfId(id),
    subject: caller.subject,
    client: caller.client ?? null,
    request: requestIdOf(),
    action,
    resource: { kind: resource.kind, id: resource.id },
    before: digest(before),
    after: digest(after),
  };
}

/** A caller may choose the id of a request, and the journal is for ever: one that is no UUID might say something about somebody. */
function requestIdOf(): string | null {
  const id = requestContext.getStore()?.requestId;
  return id !== undefined && validate(id) ? id : null;
}

function callerOfCommand(): Caller {
  const caller = requestContext.getStore()?.caller;
  if (caller === undefined) throw new Error('a command was carried out on behalf of nobody');
  return caller;
}

/** The first 48 bits of a UUIDv7 are its time in milliseconds since 1970 (RFC 9562, section 5.7). */
function timeOfId(id: string): string {
  return new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toISOString();
}

/** The keys of learners by their ids. */
type LearnerKeys = ReadonlyMap<string, Uint8Array>;

/**
 * How states are digested: with the key of the learner who owns them, so that a digest says nothing to whoever guesses the state once the key is
 * destroyed; others plainly, so that whoever has the state can check it.
 */
function digesterOf({ learner }: CommandRecord, keys: LearnerKeys): Digest {
  if (learner === undefined) return (state) => (state === undefined ? null : digestOf(state));
  return (state) => {
    if (state === undefined) return null;
    const key = keys.get(learner);
    if (key === undefined) throw new Error('the key of a learner was made and is not there');
    return `hmac-sha-256:${bytesToHex(hmac(sha256, key, utf8ToBytes(canonicalJson(state))))}`;
  };
}

/** The learners whose keys the commands want. */
function learnersOf(commands: readonly CommandRecord[]): readonly string[] {
  const wanted = commands.filter(({ before, after }) => before !== undefined || after !== undefined);
  return [...new Set(wanted.flatMap(({ learner }) => (learner === undefined ? [] : [learner])))].sort();
}

/** The key of a learner in base64, as an SQL expression; null where there is none yet. */
export function learnerKeySql(learner: string): string {
  return `(SELECT encode(key, 'base64') FROM learner_keys WHERE learner_id = ${learner})`;
}

const readKeys = 'SELECT learner_id, key FROM learner_keys WHERE learner_id = ANY($1)';
const makeKeys = `
  INSERT INTO learner_keys (learner_id, key) SELECT * FROM unnest($1::uuid[], $2::bytea[]) ON CONFLICT DO NOTHING
  RETURNING learner_id, key`;

/** HMAC-SHA-256 wants a key as long as its digest (RFC 2104, section 3). */
const keyBytes = 32;

/** The keys of learners, made where there are none yet. */
async function learnerKeys(source: DataSource | EntityManager, learners: readonly string[]): Promise<LearnerKeys> {
  if (learners.length === 0) return new Map();
  const known = keysOf(await preparedQuery(source, readKeys, [learners]));
  const missing = learners.filter((learner) => !known.has(learner));
  if (missing.length === 0) return known;
  const keys = missing.map(() => randomBytes(keyBytes));
  const made = keysOf(await preparedQuery(source, makeKeys, [missing, keys]));
  if (made.size === missing.length) return new Map([...known, ...made]);
  // Somebody else has made some of them meanwhile.
  return keysOf(await preparedQuery(source, readKeys, [learners]));
}

function keysOf(rows: readonly { readonly learner_id: string; readonly key: Buffer }[]): LearnerKeys {
  return new Map(rows.map(({ learner_id, key }) => [learner_id, key]));
}

/** Destroys the key of a learner: the entries about the learner stay sealed as they are, and what their digests were of can be shown no more. */
export async function destroyLearnerKey(manager: EntityManager, learner: string): Promise<void> {
  await manager.query('DELETE FROM learner_keys WHERE learner_id = $1', [learner]);
}
