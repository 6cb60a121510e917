import { ApiProperty } from '@nestjs/swagger';
import { asView, type JournalEntry, PageOf } from '../../platform/index.js';
import type { ConsistencyProof, FiledEntry, InclusionProof } from '../audit.service.js';
import type { SignedHead } from '../domain/index.js';
import type { LogKeySet } from '../log-keys.js';

const digestPattern = '^sha-256:[0-9a-f]{64}$';
const stateDigestPattern = '^(hmac-)?sha-256:[0-9a-f]{64}$';

/** A signed state of the log. */
export class AuditHeadView {
  /** Whose log. */
  @ApiProperty({ format: 'uuid' })
  institution!: string;

  /** Number of entries. */
  @ApiProperty({ type: 'integer', minimum: 1 })
  size!: number;

  /** The root of the Merkle tree over them (RFC 6962, section 2.1). */
  @ApiProperty({ pattern: digestPattern })
  root!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  /** A compact JWS (RFC 7515) over `{"at":…,"institution":…,"kind":"head","root":…,"size":…}`. */
  signature!: string;
}

export function auditHeadView(head: SignedHead): AuditHeadView {
  return asView(AuditHeadView, head);
}

export class AuditHeadPage extends PageOf(AuditHeadView) {}

/** What a command was about. */
export class JournalResourceView {
  kind!: string;
  id!: string;
}

/** What was done, by whom, when. Its canonical JSON (RFC 8785) is what its digest is over. */
export class JournalEntryView {
  /** A UUIDv7. */
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** Whose the changed resource is: a learner's id, else an institution's, else the nil UUID for the service. */
  @ApiProperty({ format: 'uuid' })
  partition!: string;

  /** Whose log it is in. */
  @ApiProperty({ format: 'uuid' })
  institution!: string;

  @ApiProperty({ format: 'date-time' })
  at!: string;

  /** Who: `sub` of the access token, or the name of a part of the service. */
  subject!: string;

  /** The OAuth client. */
  @ApiProperty({ type: 'string', nullable: true })
  client!: string | null;

  /** `X-Request-Id` of the request. */
  @ApiProperty({ type: 'string', nullable: true })
  request!: string | null;

  /**
   * What was done.
   * @example "course.changed"
   */
  action!: string;

  @ApiProperty({ type: JournalResourceView })
  resource!: JournalResourceView;

  /** Digest of the resource's state before; of what a learner owns, with a key of that learner (`hmac-sha-256:`). */
  @ApiProperty({ type: 'string', nullable: true, pattern: stateDigestPattern })
  before!: string | null;

  /** Digest of the resource's state after. */
  @ApiProperty({ type: 'string', nullable: true, pattern: stateDigestPattern })
  after!: string | null;
}

/** An entry of the journal, and where it is in the log. */
export class AuditEntryView {
  @ApiProperty({ type: JournalEntryView })
  entry!: JournalEntryView;

  /** Of the entry; the leaf is SHA-256(0x00 ‖ the 32 bytes of this digest). */
  @ApiProperty({ pattern: digestPattern })
  digest!: string;

  /** The place of the leaf, from 0 on; null until the entry is sealed. */
  @ApiProperty({ type: 'integer', minimum: 0, nullable: true })
  index!: number | null;
}

function journalEntryView(entry: JournalEntry): JournalEntryView {
  return asView(JournalEntryView, { ...entry, resource: asView(JournalResourceView, entry.resource) });
}

export function auditEntryView({ entry, digest, index }: FiledEntry): AuditEntryView {
  return asView(AuditEntryView, { entry: journalEntryView(entry), digest, index });
}

export class AuditEntryPage extends PageOf(AuditEntryView) {}

/** That an entry is in the log (RFC 6962, section 2.1.1). */
export class InclusionProofView {
  @ApiProperty({ type: JournalEntryView })
  entry!: JournalEntryView;

  @ApiProperty({ pattern: digestPattern })
  digest!: string;

  /** The place of the leaf, from 0 on. */
  @ApiProperty({ type: 'integer', minimum: 0 })
  index!: number;

  /** The hashes that lead from the leaf to the root. */
  @ApiProperty({ type: 'array', items: { type: 'string', pattern: digestPattern } })
  path!: readonly string[];

  @ApiProperty({ type: AuditHeadView })
  head!: AuditHeadView;
}

export function inclusionProofView({ entry, digest, index, path, head }: InclusionProof): InclusionProofView {
  return asView(InclusionProofView, { entry: journalEntryView(entry), digest, index, path, head: auditHeadView(head) });
}

/** That the log of the older head is the beginning of that of the newer one (RFC 6962, section 2.1.2). */
export class ConsistencyProofView {
  @ApiProperty({ type: AuditHeadView })
  from!: AuditHeadView;

  @ApiProperty({ type: AuditHeadView })
  to!: AuditHeadView;

  @ApiProperty({ type: 'array', items: { type: 'string', pattern: digestPattern } })
  path!: readonly string[];
}

export function consistencyProofView({ from, to, path }: ConsistencyProof): ConsistencyProofView {
  return asView(ConsistencyProofView, { from: auditHeadView(from), to: auditHeadView(to), path });
}

/** A public key of Ed25519 (RFC 8037, section 2). */
export class LogKeyView {
  @ApiProperty({ enum: ['OKP'] })
  kty!: 'OKP';

  @ApiProperty({ enum: ['Ed25519'] })
  crv!: 'Ed25519';

  /** The key, base64url. */
  x!: string;

  /** Its thumbprint (RFC 7638). */
  kid!: string;

  @ApiProperty({ enum: ['EdDSA'] })
  alg!: 'EdDSA';

  @ApiProperty({ enum: ['sig'] })
  use!: 'sig';
}

/** A JWK set (RFC 7517). */
export class LogKeySetView {
  @ApiProperty({ type: [LogKeyView] })
  keys!: readonly LogKeyView[];
}

export function logKeySetView({ keys }: LogKeySet): LogKeySetView {
  return asView(LogKeySetView, { keys: keys.map((key) => asView(LogKeyView, key)) });
}
