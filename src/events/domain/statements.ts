import { canonicalJson } from '../../kernel/index.js';

/** Ed25519 (RFC 8037): short signatures, and the same one for the same statement. */
export const signatureAlgorithm = 'EdDSA';

/** A state of an institution's log: so many leaves, this root, signed at this time. */
export interface LogHead {
  /** Whose log; the nil UUID for the service's own. */
  readonly institution: string;
  /** Number of leaves, 1 or more. */
  readonly size: number;
  /** `sha-256:<hex>` of the tree. */
  readonly root: string;
  /** RFC 3339 in UTC, never before that of an earlier head. */
  readonly at: string;
}

/** A head with the JWS over it (RFC 7515, compact). */
export interface SignedHead extends LogHead {
  readonly signature: string;
}

/** The text that a head's signature is over; what kind of statement it is stands in it, so that none passes for another. */
export function headStatement({ institution, size, root, at }: LogHead): string {
  return canonicalJson({ kind: 'head', institution, size, root, at });
}

/** What the service says of an export that it has written to its end. */
export interface ExportStatement {
  readonly institution: string;
  readonly exportedAt: string;
  /** Number of sealed entries in it. */
  readonly size: number;
  /** Number of entries in it that are not sealed yet. */
  readonly unsealed: number;
  /** `sha-256:<hex>` of every byte before the last line. */
  readonly digest: string;
}

/** The text that the signature at the end of an export is over. */
export function exportStatement({ institution, exportedAt, size, unsealed, digest }: ExportStatement): string {
  return canonicalJson({ kind: 'export', institution, exportedAt, size, unsealed, digest });
}
