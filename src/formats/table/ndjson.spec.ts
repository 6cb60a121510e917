import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { collect, streamOf } from '../../../test/support/bytes.js';
import { readNdjson, writeNdjson } from './index.js';

describe('NDJSON', () => {
  it('is an object a line; blank lines are none', async () => {
    expect(await collect(readNdjson(streamOf('\uFEFF{"code":"中"}\r\n\n{"a":{"b":[1]}}')))).toEqual([
      { kind: 'value', line: 1, value: { code: '中' } },
      { kind: 'value', line: 3, value: { a: { b: [1] } } },
    ]);
  });

  it('reports what is no JSON object with its line, and reads on', async () => {
    const rows = await collect(readNdjson(streamOf('{"a":\n[1]\nnull\n"x"\n{"a":1}')));
    expect(rows.map((row) => (row.kind === 'error' ? [row.line, row.error.code] : [row.line, row.value]))).toEqual([
      [1, 'malformed'],
      [2, 'malformed'],
      [3, 'malformed'],
      [4, 'malformed'],
      [5, { a: 1 }],
    ]);
  });

  it('passes on what is wrong with a line', async () => {
    expect(await collect(readNdjson(streamOf('{"a":"\0"}\n{"a":12345}'), 10))).toMatchObject([
      { kind: 'error', line: 1, error: { code: 'nul' } },
      { kind: 'error', line: 2, error: { code: 'tooLong' } },
    ]);
  });

  it('is written so that it can be read again', async () => {
    const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue()));
    await fc.assert(
      fc.asyncProperty(objects, async (all) => {
        const text = (await collect(writeNdjson(all))).join('');
        const read = (await collect(readNdjson(streamOf(text)))).map((row) => (row.kind === 'value' ? row.value : row.error));
        expect(JSON.stringify(read)).toEqual(JSON.stringify(all));
      }),
    );
  });
});
