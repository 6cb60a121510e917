import { describe, expect, it } from '@jest/globals';
import { type AssetFacts, assistAnswer, assistFile, type RowFacts } from '../../../../test/support/assist-file.js';
import { exceptionsOf, imported, importFile } from '../../../../test/support/assist-import.js';
import type { Requirement } from '../../../programmes/domain/index.js';

/** A tree in one line: "all(MATH 20A, 2 of (A 1, B 1))". */
function shape(requirement: Requirement | undefined): string {
  if (requirement === undefined) return '';
  switch (requirement.kind) {
    case 'course':
      return requirement.codes.join('/');
    case 'all':
      return `all(${requirement.of.map(shape).join(', ')})`;
    case 'atLeast':
      return `${String(requirement.count)} of (${requirement.of.map(shape).join(', ')})`;
    default:
      return requirement.kind;
  }
}

describe('the template of an ASSIST agreement', () => {
  const cell = (code: string, remarks: readonly string[] = []): RowFacts => ({ receiving: { code }, remarks });
  const cells = (...codes: readonly string[]) => ({ rows: codes.map((code) => cell(code)) });
  const select = (courses: number) => [{ type: 'NFollowing', amount: courses, amountUnitType: 'Course', position: 0 }];
  const nFrom = (amount: number, more: object = { type: 'NFromArea' }) => ({ amount, amountUnitType: 'Course', ...more });
  const treeOf = (...assets: readonly AssetFacts[]): string => shape(imported(...assets).programme?.requirements);

  it('becomes a programme with the groups under their headings', () => {
    const { programme, cells: fates } = imported(
      { sections: [cells('A 1')] },
      { type: 'RequirementTitle', content: 'ART HISTORY' },
      { sections: [cells('B 1', 'B 2'), cells('C 1')] },
      { sections: [cells('D 1')] },
      { type: 'RequirementTitle', content: 'MEDIA' },
      { sections: [cells('E 1')] },
      { type: 'RequirementTitle', content: 'EMPTY' },
    );
    expect(programme).toMatchObject({
      id: 'p1',
      institution: 'ucsd',
      code: 'example-studies-b-a',
      catalogueYear: 2024,
      title: { en: 'Example Studies B.A.' },
      creditSystem: 'us-quarter',
      totalCredits: 24,
      policy: {},
    });
    expect(shape(programme?.requirements)).toBe('all(A 1, all(all(all(B 1, B 2), C 1), D 1), E 1)');
    expect(programme?.requirements).toMatchObject({
      of: [
        { id: 'g1.1.1', title: { en: 'Course A 1' } },
        { title: { en: 'ART HISTORY' }, of: [{ id: 'g2' }, { id: 'g3.1.1' }] },
        { title: { en: 'MEDIA' } },
      ],
    });
    expect(fates[1]).toEqual({ pointer: '/result/templateAssets/2/sections/0/rows/0/cells/0', kind: 'requirement', requirement: 'g2.1.1' });
  });

  it.each<[string, AssetFacts, string]>([
    ['nothing said', { sections: [cells('A 1', 'A 2')] }, 'all(all(A 1, A 2))'],
    ['following', { instruction: { type: 'Following' }, sections: [cells('A 1'), cells('B 1', 'B 2')] }, 'all(all(A 1, all(B 1, B 2)))'],
    ['A and B', { instruction: { type: 'Conjunction', conjunction: 'And' }, sections: [cells('A 1'), cells('B 1')] }, 'all(all(A 1, B 1))'],
    [
      'A or B',
      { instruction: { type: 'Conjunction', conjunction: 'Or' }, sections: [cells('A 1', 'A 2'), cells('B 1')] },
      'all(1 of (all(A 1, A 2), B 1))',
    ],
    [
      'n of a section',
      { sections: [{ ...cells('A 1', 'A 2', 'A 3'), advisements: select(2) }, cells('B 1')] },
      'all(all(2 of (A 1, A 2, A 3), B 1))',
    ],
    ['n of an area', { instruction: nFrom(2), sections: [cells('A 1', 'A 2'), cells('B 1')] }, 'all(2 of (A 1, A 2, B 1))'],
    [
      'n of an area, one at most of a section',
      { instruction: nFrom(2), sections: [cells('A 1'), { ...cells('B 1', 'B 2'), advisements: select(1) }] },
      'all(2 of (A 1, 1 of (B 1, B 2)))',
    ],
    [
      'n of an area, n at most of a section',
      { instruction: nFrom(2), sections: [cells('A 1'), { ...cells('B 1', 'B 2'), advisements: select(2) }] },
      'all(2 of (A 1, B 1, B 2))',
    ],
    [
      'n of A or B',
      { instruction: nFrom(1, { type: 'NFromConjunction', conjunction: 'Or' }), sections: [cells('A 1'), cells('B 1')] },
      'all(1 of (A 1, B 1))',
    ],
    [
      'n of one section',
      { instruction: nFrom(1, { type: 'NFromConjunction', conjunction: 'And' }), sections: [cells('A 1', 'A 2')] },
      'all(1 of (A 1, A 2))',
    ],
  ])('says %s exactly', (_, asset, tree) => {
    expect(treeOf(asset)).toBe(tree);
  });

  it('has a cross-listed course by all its codes, and a series in its entirety or one of it', () => {
    const crossListed = { receiving: { code: 'MGT 4', crossListed: [{ code: 'ECON 4' }] } };
    const series = { series: [{ code: 'LISL 1D' }, { code: 'LISL 1DX' }] };
    const rows = [crossListed, { receiving: series }, { receiving: { ...series, conjunction: 'Or' } }];
    expect(treeOf({ sections: [{ rows }] })).toBe('all(all(MGT 4/ECON 4, all(LISL 1D, LISL 1DX), 1 of (LISL 1D, LISL 1DX)))');
  });

  it('has one course in several places share its award', () => {
    const { programme } = imported({
      instruction: { type: 'Conjunction', conjunction: 'Or' },
      sections: [cells('PHYS 2A', 'PHYS 2B'), cells('PHYS 2A')],
    });
    expect(programme?.requirements).toMatchObject({
      of: [{ of: [{ of: [{ id: 'g1.1.1', sharesWith: ['g1.2.1'] }, { id: 'g1.1.2' }] }, { id: 'g1.2.1', sharesWith: ['g1.1.1'] }] }],
    });
  });

  it('says "maximum credit, one course" in the tree and as a limit', () => {
    const note = 'Maximum credit, one course';
    const ofCells = imported({
      sections: [{ rows: [cell('BILD 1', [note]), cell('BILD 2'), cell('BILD 10', [note])], advisements: select(2) }],
    });
    expect(shape(ofCells.programme?.requirements)).toBe('all(2 of (BILD 2, 1 of (BILD 1, BILD 10)))');
    expect(ofCells.terms.limits).toEqual([
      { id: 'g1.1.one', over: { kind: 'receivingCourses', codes: ['BILD 1', 'BILD 10'] }, maximumCourses: 1, note: { en: note } },
    ]);
    const ofSection = imported({
      instruction: nFrom(2),
      sections: [cells('VIS 20', 'VIS 21'), { ...cells('VIS 83', 'VIS 84'), remarks: [note] }],
    });
    expect(shape(ofSection.programme?.requirements)).toBe('all(2 of (VIS 20, VIS 21, 1 of (VIS 83, VIS 84)))');
    expect(ofSection.terms.limits).toMatchObject([{ over: { codes: ['VIS 83', 'VIS 84'] }, maximumCourses: 1 }]);
    expect([...ofCells.exceptions, ...ofSection.exceptions]).toEqual([]);
  });

  it('lists that note where it cannot be meant so, and every other note', () => {
    const note = 'Maximum credit, one course';
    const alone = imported({ sections: [{ rows: [cell('A 1', [note]), cell('A 2')], advisements: select(1) }] });
    const all = imported({
      sections: [{ rows: [cell('A 1', [note]), cell('A 2', [note])], remarks: ['May change'] }],
      remarks: ['Letter grade'],
    });
    expect(alone.exceptions).toMatchObject([{ code: 'remarkNotEvaluated', detail: note }]);
    expect(all.exceptions.map(({ detail }) => detail)).toEqual(['Letter grade', 'May change', note, note]);
    expect([...alone.terms.limits, ...all.terms.limits]).toEqual([]);
  });

  it('leaves out what is recommended and not required, and lists it', () => {
    const result = imported({ type: 'RequirementTitle', content: 'RECOMMENDED BUT NOT REQUIRED' }, { sections: [cells('A 1', 'A 2')] });
    expect(result.programme).toBeUndefined();
    expect(exceptionsOf(result)).toEqual([{ code: 'recommendedOnly', pointer: '/result/templateAssets/1' }]);
    expect(result.cells.map(({ kind }) => kind)).toEqual(['exception', 'exception']);
  });

  const unknown = { type: 'Sometime', amountUnitType: 'Course' };
  it.each<[string, AssetFacts, string]>([
    ['an instruction that is not known', { instruction: { type: 'Sometime' }, sections: [cells('A 1')] }, 'inexpressible'],
    ['an advisement that is not known', { sections: [{ ...cells('A 1'), advisements: [{ ...unknown, position: 0 }] }] }, 'inexpressible'],
    ['two advisements', { sections: [{ ...cells('A 1'), advisements: [...select(1), ...select(1)] }] }, 'inexpressible'],
    ['an advisement on the group', { advisements: select(1), sections: [cells('A 1')] }, 'inexpressible'],
    [
      'n of A and B',
      { instruction: nFrom(1, { type: 'NFromConjunction', conjunction: 'And' }), sections: [cells('A 1'), cells('B 1')] },
      'inexpressible',
    ],
    [
      'at most two of three from a section',
      { instruction: nFrom(3), sections: [cells('A 1', 'A 2'), { ...cells('B 1', 'B 2'), advisements: select(2) }] },
      'inexpressible',
    ],
    [
      'a series among several courses',
      { sections: [{ rows: [cell('A 1'), { receiving: { series: [{ code: 'B 1' }, { code: 'B 2' }] } }], advisements: select(2) }] },
      'inexpressible',
    ],
    ['more courses than there are', { sections: [{ ...cells('A 1'), advisements: select(2) }] }, 'contradiction'],
    ['a cell of another type', { sections: [{ rows: [{ receiving: { type: 'Area' } }] }] }, 'unknownPart'],
    ['no course', { sections: [{ rows: [] }] }, 'incomplete'],
  ])('lists a group with %s, with all its cells', (_, asset, code) => {
    const result = imported(asset);
    expect(result.programme).toBeUndefined();
    expect(result.exceptions[0]).toMatchObject({ code });
    expect(result.cells.every(({ kind }) => kind === 'exception')).toBe(true);
  });

  it('lists a row of several cells', () => {
    const doubled = (field: string, value: unknown): unknown =>
      field === 'cells' && Array.isArray(value) ? [...(value as unknown[]), ...(value as unknown[])] : value;
    const result = importFile(JSON.stringify(assistAnswer([{ sections: [cells('A 1')] }]), doubled));
    expect(result.cells).toHaveLength(2);
    expect(exceptionsOf(result)).toEqual([{ code: 'inexpressible', pointer: '/result/templateAssets/0/sections/0/rows/0' }]);
  });

  it('lists texts in plain words and parts of unknown types', () => {
    const content = '<p>Ask&nbsp;the <a href="https://example.org">office</a> &amp; your advisor&#33; &unknown;</p>';
    const { exceptions } = imported(
      { type: 'GeneralTitle', content: 'General Information' },
      { type: 'GeneralText', content },
      { type: 'Map', content: '' },
    );
    expect(exceptions.map(({ code, detail }) => [code, detail])).toEqual([
      ['textNotEvaluated', 'General Information'],
      ['textNotEvaluated', 'Ask the office & your advisor! &unknown;'],
      ['unknownPart', 'a part of the type "Map" is not known'],
    ]);
  });

  it('has a code that fits however long the name of the major is', () => {
    const answer = assistAnswer([{ sections: [cells('A 1')] }]);
    const codes = ['A', 'B'].map((last) => {
      const name = `Studies of ${'Very '.repeat(20)}${last}`;
      return importFile(assistFile({ ...answer, result: { ...answer.result, name } })).programme?.code ?? '';
    });
    expect(codes.map((code) => code.length)).toEqual([60, 60]);
    expect(new Set(codes).size).toBe(2);
  });
});
