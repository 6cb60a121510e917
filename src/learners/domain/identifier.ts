import { digestOf } from '../../kernel/index.js';

/** How the link between a person and an identifier was established: the person logged in there, the issuer said so, or a registrar did. */
export const proofs = ['logIn', 'issuer', 'registrar'] as const;
export type Proof = (typeof proofs)[number];

/** What an institution or platform calls one person: student number, European Student Identifier, platform account… */
export interface IdentifierKey {
  /** The institution or platform that gave the identifier. */
  readonly institution: string;
  /** `student-number`, `esi`, `platform-account`… */
  readonly scheme: string;
  readonly value: string;
}

/** An identifier with the way its link to the person was established. */
export interface ProvenIdentifier extends IdentifierKey {
  readonly proof: Proof;
}

export interface LinkedIdentifier extends ProvenIdentifier {
  readonly id: string;
}

/** One person. Names identify nobody: two records are one person only where an identifier says so. */
export interface Learner {
  readonly id: string;
  readonly displayName?: string;
  readonly identifiers: readonly LinkedIdentifier[];
  /** Counts the changes of the learner and of the identifiers. */
  readonly version: number;
  /** RFC 3339, UTC. */
  readonly modifiedAt: string;
}

/** The key under which one identifier is claimed by one learner, whatever node the learner's own rows lie on. */
export function identifierDigest(key: IdentifierKey): string {
  return digestOf([key.institution, key.scheme, key.value]);
}

/** The positions in a list that name the same identifier as an earlier position. */
export function repeatedIdentifiers(keys: readonly IdentifierKey[]): number[] {
  const seen = new Set<string>();
  return keys.flatMap((key, index) => {
    const digest = identifierDigest(key);
    if (seen.has(digest)) return [index];
    seen.add(digest);
    return [];
  });
}
