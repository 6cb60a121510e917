import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { CompactSign, exportJWK, generateKeyPair, type JSONWebKeySet } from 'jose';
import {
  digestBytes,
  digestText,
  type ExportLine,
  exportStatement,
  GrowingTree,
  type HeadLine,
  headStatement,
  leafHash,
  readLine,
  writeLine,
} from '../../src/events/domain/index.js';
import { digestOf } from '../../src/kernel/index.js';

/** What somebody who has an export, but not the key of the service, may make of it. */
export type Tampering = (text: Buffer, forger: Forger) => Promise<Buffer> | Buffer;

/** Somebody with a key of their own. */
export interface Forger {
  readonly keys: JSONWebKeySet;
  sign(statement: string): Promise<string>;
}

export async function newForger(kid: string): Promise<Forger> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA');
  return {
    // The id of the real key: a check that goes by ids alone would take it.
    keys: { keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'EdDSA', use: 'sig' }] },
    sign: (statement) => new CompactSign(new TextEncoder().encode(statement)).setProtectedHeader({ alg: 'EdDSA', kid }).sign(privateKey),
  };
}

const linesOf = (text: Buffer): string[] => text.toString().split('\n').slice(0, -1);
const joined = (lines: readonly string[]): Buffer => Buffer.from(lines.map((line) => `${line}\n`).join(''));
const read = (text: Buffer): ExportLine[] => linesOf(text).flatMap((line) => readLine(line) ?? []);
const written = (lines: readonly ExportLine[]): Buffer => Buffer.from(lines.map(writeLine).join(''));

const onLines =
  (change: (lines: string[]) => readonly string[]): Tampering =>
  (text) =>
    joined(change(linesOf(text)));
const at = <Thing>(things: readonly Thing[], place: number): number => place % things.length;

const place = fc.nat(1_000_000);

const flipped = fc.tuple(place, fc.integer({ min: 1, max: 255 })).map(([where, bits]): Tampering => (text) => {
  const copy = Buffer.from(text);
  const index = at([...text], where);
  copy.writeUInt8((copy[index] ?? 0) ^ bits, index);
  return copy;
});
const cut = place.map(
  (where): Tampering =>
    (text) =>
      text.subarray(0, where % text.length),
);
const inserted = fc.tuple(place, fc.uint8Array({ minLength: 1, maxLength: 3 })).map(
  ([where, bytes]): Tampering =>
    (text) =>
      Buffer.concat([text.subarray(0, where % text.length), bytes, text.subarray(where % text.length)]),
);
const lineDeleted = place.map((where) => onLines((lines) => lines.toSpliced(at(lines, where), 1)));
const lineRepeated = fc
  .tuple(place, place)
  .map(([from, to]) => onLines((lines) => lines.toSpliced(at(lines, to), 0, lines[at(lines, from)] ?? '')));
const linesSwapped = fc.tuple(place, place).map(([one, other]) =>
  onLines((lines) => {
    const [first, second] = [lines[at(lines, one)] ?? '', lines[at(lines, other)] ?? ''];
    return lines.with(at(lines, one), second).with(at(lines, other), first);
  }),
);
const linesCut = place.map((count) => onLines((lines) => lines.slice(0, at(lines, count))));

/** An entry is changed, and its digest with it; everything else stays. */
const entryChanged = fc
  .tuple(place, fc.constantFrom('subject', 'action', 'at', 'after', 'id'))
  .map(([where, field]): Tampering => (text) => {
    const lines = read(text);
    const places = lines.flatMap(({ kind }, index) => (kind === 'leaf' || kind === 'unsealed' ? [index] : []));
    const index = places[at(places, where)] ?? 0;
    const line = lines[index];
    if (line?.kind !== 'leaf' && line?.kind !== 'unsealed') return text;
    const entry = { ...line.entry, [field]: 'forged' };
    return written(lines.with(index, { ...line, entry, digest: digestOf(entry) }));
  });

const onHead = (change: (head: HeadLine, where: number) => HeadLine) =>
  place.map((where): Tampering => (text) => {
    const lines = read(text);
    const places = lines.flatMap(({ kind }, index) => (kind === 'head' ? [index] : []));
    const index = places[at(places, where)] ?? 0;
    const line = lines[index];
    return line?.kind === 'head' ? written(lines.with(index, change(line, where))) : text;
  });
const headResized = onHead((head, where) => ({ ...head, size: head.size + 1 + (where % 3) }));
const headRedated = onHead((head) => ({ ...head, at: '2020-01-01T00:00:00.000Z' }));
const headRerooted = onHead((head) => ({ ...head, root: digestOf(head.root) }));

/** A head with the signature of another key over what it says. */
const headResigned = place.map((where): Tampering => async (text, forger) => {
  const lines = read(text);
  const [opening] = lines;
  const places = lines.flatMap(({ kind }, index) => (kind === 'head' ? [index] : []));
  const index = places[at(places, where)] ?? 0;
  const line = lines[index];
  if (line?.kind !== 'head' || opening?.kind !== 'log') return text;
  const signature = await forger.sign(headStatement({ ...line, institution: opening.institution }));
  return written(lines.with(index, { ...line, signature }));
});

/** The last so many sealed entries are taken back to an earlier head, which is genuine; only the end is not. */
const rolledBack = place.map((where): Tampering => (text) => {
  const lines = read(text);
  const places = lines.flatMap(({ kind }, index) => (kind === 'head' ? [index] : []));
  const last = places[at(places.slice(0, -1), where)] ?? 0;
  return written([...lines.slice(0, last + 1), ...lines.filter(({ kind }) => kind === 'end')]);
});

/** Another history that holds together in itself: an entry is left out or changed, and everything is signed again with another key. */
const forged = fc.tuple(place, fc.boolean(), fc.boolean()).map(([where, isLeftOut, areKeysReplaced]): Tampering => async (text, forger) => {
  const lines = read(text);
  const [opening] = lines;
  if (opening?.kind !== 'log') return text;
  const { institution, exportedAt } = opening;
  const size = lines.filter(({ kind }) => kind === 'leaf').length;
  const forgedLines: ExportLine[] = [areKeysReplaced ? { ...opening, keys: forger.keys } : opening];
  const tree = GrowingTree.empty();
  let unsealed = 0;
  for (const line of lines) {
    if (line.kind === 'leaf') {
      const isTarget = line.index === where % size;
      if (isTarget && isLeftOut) continue;
      const entry = isTarget ? { ...line.entry, subject: 'somebody else' } : line.entry;
      const digest = digestOf(entry);
      forgedLines.push({ kind: 'leaf', index: tree.size, digest, entry });
      tree.append(leafHash(digestBytes(digest) ?? new Uint8Array()));
    } else if (line.kind === 'head') {
      const head = { ...line, size: tree.size, root: digestText(tree.root) };
      forgedLines.push({ ...head, signature: await forger.sign(headStatement({ ...head, institution })) });
    } else if (line.kind === 'unsealed') {
      unsealed += 1;
      forgedLines.push(line);
    }
  }
  const body = written(forgedLines);
  const digest = `sha-256:${createHash('sha256').update(body).digest('hex')}`;
  const statement = exportStatement({ institution, exportedAt, size: tree.size, unsealed, digest });
  return Buffer.concat([body, written([{ kind: 'end', statement: await forger.sign(statement) }])]);
});

/** Any tampering with an export of at least two heads. */
export const tamperings: fc.Arbitrary<Tampering> = fc.oneof(
  flipped,
  cut,
  inserted,
  lineDeleted,
  lineRepeated,
  linesSwapped,
  linesCut,
  entryChanged,
  headResized,
  headRedated,
  headRerooted,
  headResigned,
  rolledBack,
  forged,
);
