import { expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { readCsv, readNdjson } from '../src/formats/table/index.js';
import { collect, streamOf } from './support/bytes.js';
import { describeOnSharedData } from './support/describe-on-shared-data.js';
import { readSharedFile } from './support/shared-data.js';

async function recordsOf(folder: string, file: string): Promise<string[][]> {
  const rows = await collect(readCsv(streamOf(readSharedFile(folder, file), 65_536)));
  return rows.map((row) => (row.kind === 'value' ? [...row.value.values()] : [row.error.detail]));
}

describeOnSharedData('CSV files of others', 'moocs', () => {
  // Dirty and multilingual, with line breaks in cells, mojibake and quotes; csv-parse is the second opinion.
  it.each([
    ['moocs/mooc_sophia_ace', 'courses.csv', 77],
    ['moocs/mooc_sophia_ace', 'labs.csv', 5],
    ['moocs/mooc_edx', 'edx_courses.csv', 975],
    ['moocs/mooc_xuetangx', 'mooccube_concept_major.csv', 25_201],
    ['moocs/mooc_xuetangx', 'mooccube_school_course.csv', 705],
    ['moocs/mooc_coursera', 'coursera_jenyagl_2025.csv', 1008],
    ['moocs/mooc_coursera', 'coursera_vedanth_2026.csv', 500],
    ['rules/hku_exchange', 'credit_transfer_database_first_half.csv', 12_597],
    ['rules/uw_superior', 'transfer_rules.csv', 9484],
  ])('%s/%s is read record by record as another reader reads it', async (folder, file, count) => {
    const expected: unknown[] = parse(Buffer.from(readSharedFile(folder, file)), { bom: true });
    const records = await recordsOf(folder, file);
    expect(records).toHaveLength(count);
    expect(records).toEqual(expected.slice(1));
  });

  it('a table whose first column has no name is refused at its header', async () => {
    expect(await recordsOf('moocs/mooc_coursera', 'coursera_siddharth_2020.csv')).toEqual([['must name column 1']]);
  });
});

describeOnSharedData('institutions of the Research Organization Registry', 'institutions/institutions_ror', () => {
  it('are JSON lines', async () => {
    const rows = await collect(readNdjson(streamOf(readSharedFile('institutions/institutions_ror', 'ror_education_v2x.jsonl'), 65_536)));
    expect(rows.filter(({ kind }) => kind === 'value')).toHaveLength(2804);
    expect(rows).toHaveLength(2804);
  });
});
