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

  it('refuses characters that no database takes, even as escapes', async () => {
    const lines = ['{"a":"\\u0000"}', '{"a":[{"b\\ud800":1}]}', '{"a":"\\u4e2d"}', '{"a":"\\\\u0000"}'];
    const rows = await collect(readNdjson(streamOf(lines.join('\n'))));
    expect(rows.map((row) => (row.kind === 'error' ? row.error.code : row.value))).toEqual(['nul', 'nul', { a: '中' }, { a: '\\u0000' }]);
  });

  it('passes on what is wrong with a line', async () => {
    expect(await collect(readNdjson(streamOf('{"a":"\0"}\n{"a":12345}'), 10))).toMatchObject([
      { kind: 'error', line: 1, error: { code: 'nul' } },
      { kind: 'error', line: 2, error: { code: 'tooLong' } },
    ]);
  });

  it('is written so that it can be read again', async () => {
    const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue())).filter((all) => !JSON.stringify(all).includes('\\u0000'));
    await fc.assert(
      fc.asyncProperty(objects, async (all) => {
        const text = (await collect(writeNdjson(all))).join('');
        const read = (await collect(readNdjson(streamOf(text)))).map((row) => (row.kind === 'value' ? row.value : row.error));
        expect(JSON.stringify(read)).toEqual(JSON.stringify(all));
      }),
    );
  });
});
