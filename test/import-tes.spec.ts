import { expect, it } from '@jest/globals';
import { collect, streamOf } from './support/bytes.js';
import { readTes, tesHeader, type TesRow, writeTesRow } from '../src/formats/tes/index.js';
import { exportTes, importTes } from '../src/imports/domain/index.js';
import type { Rule } from '../src/rules/domain/index.js';
import { assistAgreements, assistFolder, sanDiego, santaMonica } from './support/assist-agreements.js';
import { describeOnSharedData } from './support/describe-on-shared-data.js';

/** Institutions by their IPEDS ids. */
const institutions = [
  { id: santaMonica, code: '121886', name: 'Santa Monica College', city: 'Santa Monica', state: 'CA', country: 'United States' },
  { id: sanDiego, code: '110680', name: 'University of California-San Diego' },
];

/** A rule without its id, which the file does not carry. */
function facts({ id: _id, ...rule }: Rule): string {
  return JSON.stringify(rule);
}

function textOf(rows: readonly TesRow[]): string {
  const lines = rows.map((row) => {
    const line = writeTesRow(row);
    if (line.kind === 'unwritable') throw new Error(`${line.field} ${line.detail}`);
    return line.text;
  });
  return tesHeader + lines.join('');
}

describeOnSharedData('real articulation agreements as TES files', assistFolder, () => {
  it('come back as the rules they were; what a file cannot say is listed', async () => {
    for (const { imported } of assistAgreements()) {
      const ownCredits = new Map(
        imported.courses.flatMap(({ provider, code, credits }) => (provider === sanDiego ? [[code, credits]] : [])),
      );
      const directory = {
        codeType: 'IPEDSID',
        institution: (id: string) => institutions.find((institution) => institution.id === id),
        credits: (_: string, code: string) => ownCredits.get(code),
      } as const;
      const { rows, exceptions } = exportTes(imported.terms, directory);
      const read = await collect(readTes(streamOf(textOf(rows), 4096)));
      const lines = read.flatMap((row) => (row.kind === 'value' ? [row] : []));
      expect(lines.map(({ value }) => value)).toEqual(rows);

      const institution = (_: string, code: string) => institutions.find((known) => known.code === code)?.id ?? code;
      const again = importTes(lines, { institution, credits: directory.credits });
      const lost = new Set(exceptions.map(({ where }) => ('pointer' in where ? (/^\/rules\/(\d+)/.exec(where.pointer)?.[1] ?? '') : '')));
      const kept = imported.terms.rules.filter((_, index) => !lost.has(String(index)));
      const returned = new Set(again.agreements.flatMap(({ rules }) => rules.map(facts)));
      expect(again.exceptions).toEqual([]);
      // A rule on cross-listed codes is a row for each; every other rule that loses nothing is the same again.
      const single = kept.filter(({ source }) => !JSON.stringify(source).includes('"any"'));
      for (const rule of single) expect(returned).toContain(facts(rule));
    }
  });
});
