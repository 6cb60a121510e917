import { digestOf } from '../kernel/index.js';
import { digestBytes, type Hash, headStatement, leafHash, provesConsistency, provesInclusion, type SignedHead } from './domain/index.js';
import { signatureFaults, type TrustedKeys } from './signatures.js';

/** A proof as the service answers it, or as somebody has changed it. */
type Proof =
  | {
      readonly kind: 'inclusion';
      readonly entry: object;
      readonly digest: string;
      readonly index: number;
      readonly path: Path;
      readonly head: SignedHead;
    }
  | { readonly kind: 'consistency'; readonly from: SignedHead; readonly to: SignedHead; readonly path: Path };

type Path = readonly Hash[];
type Fields = Readonly<Record<string, unknown>>;

/** What is wrong with a proof that the service has answered, in sentences. */
export async function verifyProof(document: unknown, keys: TrustedKeys): Promise<readonly string[]> {
  const proof = proofOf(document);
  switch (proof?.kind) {
    case undefined:
      return ['The file is no inclusion proof and no consistency proof.'];
    case 'inclusion':
      return [...inclusionFaults(proof), ...(await headFaults('The head', proof.head, keys))];
    case 'consistency':
      return [
        ...consistencyFaults(proof),
        ...(await headFaults('The older head', proof.from, keys)),
        ...(await headFaults('The newer head', proof.to, keys)),
      ];
  }
}

function inclusionFaults({ entry, digest, index, path, head }: Proof & { kind: 'inclusion' }): string[] {
  const faults: string[] = [];
  if (digestOf(entry) !== digest) faults.push('The digest is not that of the entry.');
  if (!('institution' in entry) || entry.institution !== head.institution) faults.push('The entry is of another log than the head.');
  const leaf = leafHash(bytesOf(digest));
  if (!provesInclusion({ leaf, index, size: head.size, path }, bytesOf(head.root)))
    faults.push('The path does not lead to the root of the head.');
  return faults;
}

function consistencyFaults({ from, to, path }: Proof & { kind: 'consistency' }): string[] {
  const faults: string[] = [];
  if (from.institution !== to.institution) faults.push('The heads are of two logs.');
  const stateOf = ({ size, root }: SignedHead) => ({ size, root: bytesOf(root) });
  if (!provesConsistency(stateOf(from), stateOf(to), path))
    faults.push('The path does not show that the newer log begins with the older one.');
  return faults;
}

async function headFaults(subject: string, head: SignedHead, keys: TrustedKeys): Promise<string[]> {
  return (await signatureFaults(head.signature, headStatement(head), keys)).map((fault) => `${subject} ${fault}.`);
}

function bytesOf(digest: string): Hash {
  return digestBytes(digest) ?? new Uint8Array();
}

function proofOf(document: unknown): Proof | undefined {
  if (!isFields(document)) return undefined;
  const { path: hashes, entry, digest, index, head, from, to } = document;
  if (!Array.isArray(hashes)) return undefined;
  const path = hashes.map((hash: unknown) => bytesOf(typeof hash === 'string' ? hash : ''));
  if (isHead(from) && isHead(to)) return { kind: 'consistency', from, to, path };
  if (isFields(entry) && typeof digest === 'string' && typeof index === 'number' && isHead(head)) {
    return { kind: 'inclusion', entry, digest, index, path, head };
  }
  return undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isHead(value: unknown): value is SignedHead {
  if (!isFields(value) || !Number.isSafeInteger(value['size'])) return false;
  return ['institution', 'root', 'at', 'signature'].every((name) => typeof value[name] === 'string');
}
