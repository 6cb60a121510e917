import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cellsOf, headerOf, recordColumns, type RecordKind, recordKinds, resourceOfCells, unknownColumns } from '../index.js';

const read = (kind: RecordKind, cells: Readonly<Record<string, string>>) => resourceOfCells(kind, new Map(Object.entries(cells)));

describe('a row of a table as a resource', () => {
  it('has simple fields by their types, nested ones by dots, texts by language', () => {
    const cells = {
      provider: 'thu',
      code: '30700313',
      'titles.en': 'Poverty Eradication',
      'titles.zh-Hans': '消除贫困',
      credits: '2.5',
      repeatable: 'false',
      'assessment.proctored': 'true',
      languages: '["en","zh"]',
      'validity.from': '2024-01-01',
      'validity.until': '',
    };
    expect(read('course', cells)).toEqual({
      ok: true,
      value: {
        provider: 'thu',
        code: '30700313',
        titles: { en: 'Poverty Eradication', 'zh-Hans': '消除贫困' },
        credits: 2.5,
        repeatable: false,
        assessment: { proctored: true },
        languages: ['en', 'zh'],
        validity: { from: '2024-01-01' },
      },
    });
  });

  it('takes nested values as JSON in one cell, and single fields beside it', () => {
    const cells = { names: '{"en":"Tsinghua University"}', 'names.zh': '清华大学', identifiers: '[{"scheme":"ror","value":"03cve4549"}]' };
    expect(read('institution', cells)).toEqual({
      ok: true,
      value: { names: { en: 'Tsinghua University', zh: '清华大学' }, identifiers: [{ scheme: 'ror', value: '03cve4549' }] },
    });
  });

  it('gives all errors of the row at once', () => {
    const cells = {
      credits: '1e3',
      attempt: 'two',
      'evidence.proctored': 'yes',
      grade: '{',
      'grade.value': 'A',
      colour: 'red',
      'titles.en': 'x',
      evidence: '[]',
    };
    const reading = read('completion', cells);
    expect(reading.ok ? [] : reading.errors).toEqual([
      { field: 'credits', detail: 'must be a number such as 3 or 2.5' },
      { field: 'attempt', detail: 'must be a number such as 3 or 2.5' },
      { field: 'evidence.proctored', detail: 'must be true or false' },
      { field: 'grade', detail: 'must be JSON' },
      { field: 'colour', detail: 'is not a column of a table of completions' },
      { field: 'titles.en', detail: 'is not a column of a table of completions' },
    ]);
  });

  it('refuses one field in two columns', () => {
    const twice = read('rule', { 'validity.from': '2024-01-01', validity: '{"from":"2023-01-01"}' });
    expect(twice).toMatchObject({ ok: false, errors: [{ field: 'validity' }] });
    const onto = read('rule', { validity: '[]', 'validity.from': '2024-01-01' });
    expect(onto).toMatchObject({ ok: false, errors: [{ field: 'validity.from' }] });
  });

  it('knows its columns, languages by their tags', () => {
    expect(unknownColumns('institution', ['names.en', 'names.sr-Latn-RS', 'names.', 'names.English', 'name', '__proto__'])).toEqual([
      'names.',
      'names.English',
      'name',
      '__proto__',
    ]);
    expect(read('institution', { 'names.__proto__': 'x' })).toMatchObject({ ok: false });
  });

  it('is written so that it can be read again', () => {
    const filled = (kind: RecordKind) => {
      const header = headerOf(kind);
      const types = new Map(recordColumns[kind].map(({ path, type }) => [path, type]));
      const cell = (path: string) =>
        ({
          text: fc.string(),
          number: fc.integer({ min: 0, max: 100_000_000 }).map((thousandths) => String(thousandths / 1000)),
          boolean: fc.boolean().map(String),
          json: fc
            .oneof(fc.dictionary(fc.constantFrom('en', 'zh', 'fr'), fc.string()), fc.array(fc.string()))
            .map((value) => JSON.stringify(value)),
        })[types.get(path) ?? 'text'];
      return fc.tuple(...header.map((path) => fc.option(cell(path), { nil: '' })));
    };
    for (const kind of recordKinds) {
      fc.assert(
        fc.property(filled(kind), (cells) => {
          const reading = resourceOfCells(kind, new Map(headerOf(kind).map((name, index) => [name, cells[index] ?? ''])));
          expect(reading.ok ? cellsOf(kind, reading.value) : reading.errors).toEqual(cells);
        }),
      );
    }
  });

  it('is written without what no table takes', () => {
    const cells = cellsOf('rule', { id: 'r1', version: 7, validity: null, note: { en: 'x' }, source: { kind: 'any', of: [] } });
    expect(Object.fromEntries(headerOf('rule').map((name, index) => [name, cells[index]]))).toEqual({
      id: 'r1',
      from: '',
      to: '',
      source: '{"kind":"any","of":[]}',
      outcome: '',
      conditions: '',
      'validity.from': '',
      'validity.until': '',
      governedBy: '',
      note: '{"en":"x"}',
    });
  });
});
