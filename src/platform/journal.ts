import { randomBytes } from 'node:crypto';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { EntityManager } from 'typeorm';
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
  /** `X-Request-Id` of the request. */
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

/** Both rows in one statement, and neither reads the other, so that each goes straight to where its partition lies. */
const insertEntry = `
  WITH entry AS (
    INSERT INTO journal_entries (partition_id, id, institution_id, at, subject, client_id, request_id, action, resource_kind, resource_id,
      before_digest, after_digest, digest)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13))
  INSERT INTO unsealed_entries (partition_id, id, institution_id) VALUES ($1, $2, $3)`;

/**
 * Writes the journal row of a command in the transaction of the command; answers its id. Waits for no other writer: the order in which entries
 * become leaves of the log is decided later, by the sealer.
 */
export async function record(manager: EntityManager, command: CommandRecord): Promise<string> {
  const entry = entryOf(command, callerOfCommand(), await digester(manager, command));
  await preparedQuery(manager, 'journal-record', insertEntry, [
    entry.partition,
    entry.id,
    entry.institution,
    entry.at,
    entry.subject,
    entry.client,
    entry.request,
    entry.action,
    entry.resource.kind,
    entry.resource.id,
    entry.before,
    entry.after,
    digestOf(entry),
  ]);
  return entry.id;
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
    request: requestContext.getStore()?.requestId ?? null,
    action,
    resource: { kind: resource.kind, id: resource.id },
    before: digest(before),
    after: digest(after),
  };
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

/**
 * How states are digested: with the key of the learner who owns them, so that a digest says nothing to whoever guesses the state once the key is
 * destroyed; others plainly, so that whoever has the state can check it.
 */
async function digester(manager: EntityManager, { learner, before, after }: CommandRecord): Promise<Digest> {
  if (learner === undefined || (before === undefined && after === undefined)) return plainDigest;
  const key = await learnerKey(manager, learner);
  return (state) => (state === undefined ? null : `hmac-sha-256:${bytesToHex(hmac(sha256, key, utf8ToBytes(canonicalJson(state))))}`);
}

function plainDigest(state: unknown): string | null {
  return state === undefined ? null : digestOf(state);
}

const readKey = 'SELECT key FROM learner_keys WHERE learner_id = $1';
const makeKey = 'INSERT INTO learner_keys (learner_id, key) VALUES ($1, $2) ON CONFLICT DO NOTHING';

/** HMAC-SHA-256 wants a key as long as its digest (RFC 2104, section 3). */
const keyBytes = 32;

async function learnerKey(manager: EntityManager, learner: string): Promise<Uint8Array> {
  const read = (): Promise<{ key: Buffer }[]> => preparedQuery(manager, 'journal-learner-key', readKey, [learner]);
  const [known] = await read();
  if (known !== undefined) return known.key;
  await preparedQuery(manager, 'journal-make-learner-key', makeKey, [learner, randomBytes(keyBytes)]);
  const [made] = await read();
  if (made === undefined) throw new Error('the key of a learner was made and is not there');
  return made.key;
}

/** Destroys the key of a learner: the entries about the learner stay sealed as they are, and what their digests were of can be shown no more. */
export async function destroyLearnerKey(manager: EntityManager, learner: string): Promise<void> {
  await manager.query('DELETE FROM learner_keys WHERE learner_id = $1', [learner]);
}
