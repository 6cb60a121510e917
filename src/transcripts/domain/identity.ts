import { digestOf, type FieldError, normaliseCode } from '../../kernel/index.js';
import type { StatedCompletion } from './completion.js';

/**
 * What makes two statements one achievement of a learner: the same certificate of a provider, else the same attempt at the same course.
 */
export interface CompletionIdentity {
  readonly provider: string;
  /** In normal form. */
  readonly code: string;
  readonly attempt: number;
  readonly certificateId?: string;
}

/** A completion of the learner that is on record already. */
export interface KnownCompletion extends CompletionIdentity {
  readonly id: string;
}

/** What one row of a transcript turned out to be: a completion on record (which may gain a certificate), or a new one. */
export interface IdentifiedRow {
  readonly identity: CompletionIdentity;
  readonly known?: KnownCompletion;
}

export type Identification =
  | { readonly kind: 'identified'; readonly rows: readonly IdentifiedRow[] }
  /** Pointers are relative to the list of rows: `/3/attempt`. */
  | { readonly kind: 'contradiction'; readonly errors: readonly FieldError[] };

/** The key under which one certificate of a provider is claimed by one learner, whatever node the learner's own rows lie on. */
export function certificateDigest(provider: string, certificateId: string): string {
  return digestOf([provider, 'certificate', certificateId]);
}

/** Tells for every row of one transcript which achievement it states, or everything that speaks against one another. */
export function identify(rows: readonly StatedCompletion[], known: readonly KnownCompletion[]): Identification {
  const onRecord = new Index(known);
  const errors: FieldError[] = [];
  const identified = rows.map((row, index) => {
    const found = identifyRow(row, onRecord);
    errors.push(...contradictions(row, index, found));
    return found;
  });
  errors.push(...duplicates(identified));
  return errors.length > 0 ? { kind: 'contradiction', errors } : { kind: 'identified', rows: identified };
}

/** The learner's completions by certificate and by attempt. */
class Index {
  private readonly byCertificate = new Map<string, KnownCompletion>();
  private readonly byAttempt = new Map<string, KnownCompletion>();

  constructor(known: readonly KnownCompletion[]) {
    for (const completion of known) {
      this.byAttempt.set(attemptKey(completion), completion);
      const certificate = certificateKey(completion);
      if (certificate !== undefined) this.byCertificate.set(certificate, completion);
    }
  }

  withCertificate(identity: CompletionIdentity): KnownCompletion | undefined {
    return this.byCertificate.get(certificateKey(identity) ?? '');
  }

  withAttempt(identity: CompletionIdentity): KnownCompletion | undefined {
    return this.byAttempt.get(attemptKey(identity));
  }
}

function attemptKey(identity: CompletionIdentity): string {
  return JSON.stringify([identity.provider, identity.code, identity.attempt]);
}

function certificateKey(identity: CompletionIdentity): string | undefined {
  return identity.certificateId === undefined ? undefined : JSON.stringify([identity.provider, identity.certificateId]);
}

/** A certificate says which attempt it is of; without one the attempt is what the row says, or the first. */
function identifyRow(row: StatedCompletion, onRecord: Index): IdentifiedRow {
  const stated: CompletionIdentity = {
    provider: row.provider,
    code: normaliseCode(row.code),
    attempt: row.attempt ?? 1,
    ...(row.certificateId === undefined ? {} : { certificateId: row.certificateId }),
  };
  const certified = onRecord.withCertificate(stated);
  if (certified !== undefined) return { identity: { ...stated, attempt: row.attempt ?? certified.attempt }, known: certified };
  const known = onRecord.withAttempt(stated);
  return known === undefined ? { identity: stated } : { identity: stated, known };
}

function contradictions(row: StatedCompletion, index: number, { identity, known }: IdentifiedRow): FieldError[] {
  if (known === undefined) return [];
  const at = `/${String(index)}/certificateId`;
  if (known.code !== identity.code || known.attempt !== identity.attempt) {
    return [{ pointer: at, detail: `is the certificate of attempt ${String(known.attempt)} at ${known.code} already` }];
  }
  if (known.certificateId !== undefined && row.certificateId !== undefined && known.certificateId !== row.certificateId) {
    const detail = `attempt ${String(known.attempt)} at ${row.code} has another certificate already; state its own attempt if this is another one`;
    return [{ pointer: at, detail }];
  }
  return [];
}

/** A transcript states an achievement once. */
function duplicates(rows: readonly IdentifiedRow[]): FieldError[] {
  const stated = new Set<string>();
  return rows.flatMap(({ identity, known }, index) => {
    const keys = [attemptKey(known ?? identity), certificateKey(identity)].filter((key) => key !== undefined);
    const isRepeated = keys.some((key) => stated.has(key));
    for (const key of keys) stated.add(key);
    if (!isRepeated) return [];
    const detail =
      'states the same achievement as one before it (provider, code and attempt, or certificate); number the attempts if they are several';
    return [{ pointer: `/${String(index)}`, detail }];
  });
}
