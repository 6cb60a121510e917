import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { collect, streamOf } from '../../../test/support/bytes.js';
import { readLines } from './index.js';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('lines of a stream of bytes', () => {
  it('are numbered from 1, the last one with or without a line feed', async () => {
    expect(await collect(readLines(streamOf('one\ntwo\n\nfour')))).toEqual([
      { kind: 'value', line: 1, value: 'one' },
      { kind: 'value', line: 2, value: 'two' },
      { kind: 'value', line: 3, value: '' },
      { kind: 'value', line: 4, value: 'four' },
    ]);
    expect(await collect(readLines(streamOf('one\n')))).toHaveLength(1);
    expect(await collect(readLines(streamOf('')))).toEqual([]);
  });

  it('lose a byte order mark at the beginning of the file and nowhere else', async () => {
    const rows = await collect(readLines(streamOf('\uFEFFone\n\uFEFFtwo')));
    expect(rows).toMatchObject([{ value: 'one' }, { value: '\uFEFFtwo' }]);
  });

  it('keep a carriage return, which is content within quotes', async () => {
    expect(await collect(readLines(streamOf('one\r\ntwo')))).toMatchObject([{ value: 'one\r' }, { value: 'two' }]);
  });

  it('that are not UTF-8 or hold a NUL are errors of their own', async () => {
    const bytes = new Uint8Array([...bytesOf('one\n'), 0xc3, 0x28, 0x0a, ...bytesOf('th\0ree\nfour')]);
    expect(await collect(readLines(streamOf(bytes)))).toMatchObject([
      { kind: 'value', line: 1 },
      { kind: 'error', line: 2, error: { code: 'encoding' } },
      { kind: 'error', line: 3, error: { code: 'nul' } },
      { kind: 'value', line: 4, value: 'four' },
    ]);
  });

  it('longer than the limit are skipped and reported, at the limit they are read', async () => {
    expect(await collect(readLines(streamOf('12345\n123456\n1'), 5))).toMatchObject([
      { kind: 'value', value: '12345' },
      { kind: 'error', line: 2, error: { code: 'tooLong', detail: 'is longer than 5 bytes' } },
      { kind: 'value', line: 3, value: '1' },
    ]);
  });

  it('do not grow with a line that never ends', async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (let piece = 0; piece < 20_000; piece += 1) yield await Promise.resolve(new Uint8Array(10_000).fill(0x61));
    }
    const before = process.memoryUsage().arrayBuffers;
    expect(await collect(readLines(endless(), 1000))).toMatchObject([{ kind: 'error', line: 1, error: { code: 'tooLong' } }]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(150_000_000);
  });

  it('are the same however the stream is cut into pieces, even in memory that is used again', async () => {
    const text = fc.array(fc.string({ unit: 'grapheme' }).map((line) => line.replace(/[\n\0]/g, ''))).map((lines) => lines.join('\n'));
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 9 }), async (content, size) => {
        async function* reused(): AsyncGenerator<Uint8Array> {
          const buffer = new Uint8Array(size);
          for await (const piece of streamOf(content, size)) {
            buffer.set(piece);
            yield buffer.subarray(0, piece.length);
            buffer.fill(0x0a);
          }
        }
        const lines = await collect(readLines(reused()));
        const expected = content.replace(/^\uFEFF/u, '').split('\n');
        if (content.endsWith('\n') || content === '') expected.pop();
        expect(lines.map((row) => (row.kind === 'value' ? row.value : row.error))).toEqual(expected);
      }),
    );
  });
});
