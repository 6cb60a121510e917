import { describe, expect, it } from '@jest/globals';
import { digestOf } from '../../kernel/index.js';
import { digestBytes, digestText } from './digests.js';
import { type ExportLine, readLine, writeLine } from './export-lines.js';

const entry = { id: 'e', institution: 'i' };
const lines: readonly ExportLine[] = [
  { kind: 'log', format: 'f', institution: 'i', exportedAt: 't', keys: { keys: [] } },
  { kind: 'leaf', index: 0, digest: 'd', entry },
  { kind: 'head', size: 1, root: 'r', at: 't', signature: 's' },
  { kind: 'unsealed', digest: 'd', entry },
  { kind: 'end', statement: 's' },
];

describe('a line of an export', () => {
  it.each(lines.map((line) => [line.kind, line] as const))('of kind %s is read as it was written, and no other way', (_, line) => {
    const text = writeLine(line).slice(0, -1);
    expect(readLine(text)).toEqual(line);
    expect(readLine(`${text} `)).toBeUndefined();
    expect(readLine(text.replace('{', '{ '))).toBeUndefined();
    expect(readLine(text.replace(/"kind"/, '"\\u006bind"'))).toBeUndefined();
  });

  it.each([
    ...['', 'null', '[]', '1', '{', '{"kind":"none"}', '{"kind":"leaf"}'],
    ...['{"kind":"end","statement":1}', '{"digest":"d","entry":{"id":"e"},"kind":"unsealed"}'],
    '{"digest":"d","entry":{"id":"e","institution":"i"},"index":-1,"kind":"leaf"}',
    '{"at":"t","kind":"head","root":"r","signature":"s","size":1.5}',
    '{"exportedAt":"t","format":"f","institution":"i","keys":[],"kind":"log"}',
    '['.repeat(100_000),
    `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
  ])('is nothing else: %.60s', (text) => {
    expect(readLine(text)).toBeUndefined();
  });
});

describe('a digest', () => {
  it('is written and read', () => {
    const bytes = digestBytes(digestOf('x'));
    expect(bytes).toHaveLength(32);
    expect(digestText(bytes ?? new Uint8Array())).toBe(digestOf('x'));
    expect(digestBytes('sha-256:00')).toBeUndefined();
    expect(digestBytes(`hmac-${digestOf('x')}`)).toBeUndefined();
  });
});
