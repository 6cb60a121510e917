import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { collect, streamOf } from '../../../test/support/bytes.js';
import { readCsv, writeCsv } from './index.js';

async function recordsOf(content: string | Uint8Array, maximumBytes?: number) {
  const rows = await collect(readCsv(streamOf(content), maximumBytes));
  return rows.map((row) =>
    row.kind === 'value' ? { line: row.line, cells: Object.fromEntries(row.value) } : { line: row.line, error: row.error.code },
  );
}

async function textOf(header: readonly string[], rows: readonly (readonly string[])[]): Promise<string> {
  return (await collect(writeCsv(header, rows))).join('');
}

describe('CSV', () => {
  it('is read with quotes, doubled quotes, commas and line breaks in cells, by the names of the header', async () => {
    const content = 'code,title\r\nMATH 7,"Calculus, 1"\r\n"CS ""55""","two\r\nlines"\r\n,\r\n';
    expect(await recordsOf(content)).toEqual([
      { line: 2, cells: { code: 'MATH 7', title: 'Calculus, 1' } },
      { line: 3, cells: { code: 'CS "55"', title: 'two\r\nlines' } },
      { line: 5, cells: { code: '', title: '' } },
    ]);
  });

  it('may begin with a byte order mark, end lines with LF alone, and have blank lines', async () => {
    expect(await recordsOf('\uFEFFcode\n\n中文\n   \n')).toEqual([{ line: 3, cells: { code: '中文' } }]);
  });

  it.each([
    ['a quote within a field that is not quoted', 'a,b\n5" disk,x\n1,2\n', 2, 'malformed'],
    ['something after a quoted field', 'a,b\n"x"y,z\n1,2\n', 2, 'malformed'],
    ['too few fields', 'a,b\n1\n1,2\n', 2, 'columns'],
    ['too many fields', 'a,b\n1,2,3\n1,2\n', 2, 'columns'],
    ['a NUL', 'a,b\n1,\0\n1,2\n', 2, 'nul'],
  ])('with %s reports the line and reads on', async (_, content, line, error) => {
    expect(await recordsOf(content)).toEqual([
      { line, error },
      { line: 3, cells: { a: '1', b: '2' } },
    ]);
  });

  it('with a quote that is never closed reports where it was opened', async () => {
    expect(await recordsOf('a,b\n1,2\n"x,y\nz\n')).toEqual([
      { line: 2, cells: { a: '1', b: '2' } },
      { line: 3, error: 'malformed' },
    ]);
  });

  it('reports a record that has bytes which are not UTF-8, or is too long, where it begins', async () => {
    const bytes = new Uint8Array([...new TextEncoder().encode('a,b\n"x\n'), 0xff, ...new TextEncoder().encode('",y\n1,2\n')]);
    expect(await recordsOf(bytes)).toEqual([
      { line: 2, error: 'encoding' },
      { line: 4, cells: { a: '1', b: '2' } },
    ]);
    expect(await recordsOf('a,b\n"1234\n5678\n",y\n1,2\n', 8)).toEqual([
      { line: 2, error: 'tooLong' },
      { line: 4, error: 'malformed' },
    ]);
  });

  it.each([
    ['names a column twice', 'a,a\n1,2\n', 'columns'],
    ['leaves a column without a name', 'a,\n1,2\n', 'columns'],
    ['has too many columns', `${Array.from({ length: 1001 }, (_, index) => String(index)).join(',')}\n`, 'columns'],
    ['is malformed', 'a"b\n1\n', 'malformed'],
  ])('with a header that %s is not read', async (_, content, error) => {
    expect(await recordsOf(content)).toEqual([{ line: 1, error }]);
  });

  it('is written so that it can be read again', async () => {
    const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r', ' ', '中', '') });
    const table = fc.integer({ min: 1, max: 4 }).chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width })));
    await fc.assert(
      fc.asyncProperty(table, async (rows) => {
        const header = (rows[0] ?? ['']).map((_, index) => `column ${String(index)}`);
        const text = await textOf(header, rows);
        const cells = (await collect(readCsv(streamOf(text)))).map((row) => (row.kind === 'value' ? [...row.value.values()] : row.error));
        expect(cells).toEqual(rows);
      }),
    );
  });

  it('agrees with csv-parse on what csv-stringify writes, and csv-parse reads what it writes', async () => {
    const rows = fc.array(fc.array(fc.string(), { minLength: 2, maxLength: 2 }).map((row) => row.map((cell) => cell.replaceAll('\0', ''))));
    await fc.assert(
      fc.asyncProperty(rows, async (body) => {
        const table = [['a', 'b'], ...body.map((row) => [`x${row[0] ?? ''}`, row[1] ?? ''])];
        const read = (await collect(readCsv(streamOf(stringify(table))))).map((row) =>
          row.kind === 'value' ? [...row.value.values()] : [],
        );
        expect(read).toEqual(parse(stringify(table)).slice(1));
        expect(parse(await textOf(['a', 'b'], table.slice(1)))).toEqual(table);
      }),
    );
  });
});
