import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { collect, streamOf } from '../../../test/support/bytes.js';
import { readTes, tesColumns, tesHeader, type TesRow, writeTesRow } from './index.js';

const example: TesRow = {
  codeType: 'IPEDSID',
  sending: { code: '111111', name: 'Harbour Community College', city: 'Duluth', state: 'MN', country: 'United States' },
  validity: { from: '1999-09-01' },
  sendingCourses: ['MATH 1100', 'MATH 1101'],
  receiving: { code: '222222', name: 'Lake University' },
  receivingCourses: ['MATH 140'],
  privateComments: 'Evaluated by the department, 11/7/2023.',
  publicComments: 'Meets the requirement in quantitative reasoning.',
  hidden: false,
};

/** A file of one row whose cells are those of the example but for these. */
function fileWith(cells: Readonly<Record<string, string>>): string {
  const written = writeTesRow(example);
  if (written.kind !== 'line') throw new Error(written.detail);
  const fields = written.text.trimEnd().split('|');
  const row = tesColumns.map((column, index) => cells[column] ?? fields[index] ?? '');
  return `${tesHeader}${row.join('|')}\r\n`;
}

const errorsOf = async (content: string) =>
  (await collect(readTes(streamOf(content)))).map((row) => (row.kind === 'error' ? [row.line, row.error.code, row.error.field] : []));

describe('TES flat file', () => {
  it('has 33 columns', () => {
    expect(tesColumns).toHaveLength(33);
  });

  it('is read column by column: dates month first, blank and NULL courses left out', async () => {
    const row = { EQValidDateEnd: '2024-06-30', SendCourseCode2: 'NULL', SendCourseCode3: ' MATH 1101 ', HideFlag: '1' };
    expect(await collect(readTes(streamOf(fileWith(row))))).toEqual([
      { kind: 'value', line: 2, value: { ...example, validity: { from: '1999-09-01', until: '2024-06-30' }, hidden: true } },
    ]);
  });

  it('takes columns in any order and case, and blank lines', async () => {
    const [header = '', body = ''] = fileWith({}).split('\r\n');
    const reversed = [header, body].map((line) => line.split('|').reverse().join('|'));
    const content = `${(reversed[0] ?? '').toUpperCase()}\n\n${reversed[1] ?? ''}\n`;
    expect(await collect(readTes(streamOf(content)))).toEqual([{ kind: 'value', line: 3, value: example }]);
  });

  it.each([
    ['InstitutionCodeType', 'FICE'],
    ['InstitutionCodeType', ''],
    ['SendInstitutionCode', ''],
    ['ReceiveInstitutionCode', ''],
    ['EQValidDateStart', '13/1/2020'],
    ['EQValidDateStart', '2/30/2020'],
    ['EQValidDateEnd', '1/1/1999'],
    ['HideFlag', 'maybe'],
    ['SendCourseCode1', '"MATH 1100"'],
  ])('refuses a row whose %s is "%s"', async (column, cell) => {
    expect(await errorsOf(fileWith({ [column]: cell }))).toEqual([[2, 'malformed', column]]);
  });

  it('refuses a row with other fields than the header, and reads on', async () => {
    const rows = await collect(readTes(streamOf(`${tesHeader}a|b\n${fileWith({}).split('\r\n')[1] ?? ''}`)));
    expect(rows).toMatchObject([
      { kind: 'error', line: 2, error: { code: 'columns' } },
      { kind: 'value', line: 3 },
    ]);
  });

  it.each([
    ['a column missing', tesHeader.replace('|HideFlag', '')],
    ['a column of another name', tesHeader.replace('HideFlag', 'Hidden')],
    ['a column twice', tesHeader.replace('\r\n', '|HideFlag\r\n')],
  ])('is not read with %s', async (_, header) => {
    expect(await errorsOf(`${header}${fileWith({}).split('\r\n')[1] ?? ''}`)).toEqual([[1, 'columns', undefined]]);
  });

  it('is not read after a header that is no text, but is after such a row', async () => {
    const [header = '', body = ''] = fileWith({}).split('\r\n');
    expect(await errorsOf(`\0${header}\n${body}`)).toEqual([[1, 'nul', undefined]]);
    expect(await errorsOf(`${header}\n\0\n${body}`)).toEqual([[2, 'nul', undefined], []]);
  });

  it('is written so that it can be read again', async () => {
    const text = fc
      .string({ unit: 'grapheme' })
      .map((value) => value.replace(/[|\r\n\0"\uFEFF]/gu, '').trim())
      .filter((value) => value !== 'NULL');
    const some = text.filter((value) => value !== '');
    const date = fc
      .date({ min: new Date('1900-01-01'), max: new Date('2100-12-31'), noInvalidDate: true })
      .map((day) => day.toISOString().slice(0, 10));
    const rows = fc.record({
      codeType: fc.constantFrom('IPEDSID' as const, 'UNITID' as const, 'OPEID' as const, 'CEEB' as const),
      sending: fc.record({ code: some, name: text, city: text, state: text, country: text }),
      validity: fc.oneof(
        fc.constant({}),
        date.map((from) => ({ from })),
        date.map((until) => ({ until })),
      ),
      sendingCourses: fc.array(some, { maxLength: 10 }),
      receiving: fc.record({ code: some, name: text }),
      receivingCourses: fc.array(some, { maxLength: 10 }),
      privateComments: text,
      publicComments: text,
      hidden: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(rows, async (row) => {
        const written = writeTesRow(row);
        expect(written.kind).toBe('line');
        const content = tesHeader + (written.kind === 'line' ? written.text : '');
        expect(await collect(readTes(streamOf(content)))).toEqual([{ kind: 'value', line: 2, value: row }]);
      }),
    );
  });

  it.each([
    ['a bar', { publicComments: 'a|b' }, 'CommentsPublic'],
    ['a line break', { privateComments: 'a\nb' }, 'CommentsPrivate'],
    ['the word NULL', { sendingCourses: ['NULL'] }, 'SendCourseCode1'],
    ['a quoted text', { receivingCourses: ['"A 1"'] }, 'ReceiveCourseCode1'],
    ['more than ten sending courses', { sendingCourses: Array.from({ length: 11 }, () => 'A 1') }, 'SendCourseCode1'],
    ['more than ten receiving courses', { receivingCourses: Array.from({ length: 11 }, () => 'A 1') }, 'ReceiveCourseCode1'],
  ])('cannot be written with %s', (_, part, field) => {
    expect(writeTesRow({ ...example, ...part })).toMatchObject({ kind: 'unwritable', field });
  });
});
