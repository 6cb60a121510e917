import { describe, expect, it } from '@jest/globals';
import {
  type AssetFacts,
  assistAnswer,
  assistFile,
  assistFileOf,
  type CourseFacts,
  type RowFacts,
} from '../../../../test/support/assist-file.js';
import { validateTerms } from '../../../agreements/domain/index.js';
import { readAssistAgreement } from '../../../formats/assist/index.js';
import { type Requirement, validateProgramme } from '../../../programmes/domain/index.js';
import type { Rule, Source } from '../../../rules/domain/index.js';
import { type AssistImport, editionOf, importAssist } from '../index.js';

function importFile(file: string): AssistImport {
  const reading = readAssistAgreement(file);
  if (!reading.ok) throw new Error(JSON.stringify(reading.errors));
  const result = importAssist(reading.value, { sending: 'smc', receiving: 'ucsd', programme: 'p1' });
  expect(validateTerms(result.terms)).toEqual([]);
  if (result.programme !== undefined) expect(validateProgramme(result.programme)).toEqual([]);
  return result;
}

const imported = (...assets: readonly AssetFacts[]): AssistImport => importFile(assistFileOf(...assets));

/** A line of the agreement in the way a reader sees it: "MATH 20A" from [["MATH 7", "MATH 8"]], the groups joined by OR. */
function line(code: string, ...groups: readonly (readonly string[])[]): RowFacts {
  const joins = groups.slice(1).map((_, index) => ['Or', index, index + 1] as const);
  return {
    receiving: { code },
    articulation: { groups: groups.map((codes) => ({ courses: codes.map((sending) => ({ code: sending })) })), joins },
  };
}

const section = (...rows: readonly RowFacts[]) => ({ rows });
const exceptionsOf = ({ exceptions }: AssistImport) => exceptions.map(({ code, where }) => ({ code, ...where }));

/** A rule in one line: "MATH7+MATH8 → MATH 20A, MATH 20B". */
function said({ id, outcome }: Rule): string {
  const options = outcome.kind === 'credit' ? [outcome.awards] : outcome.kind === 'choice' ? outcome.options : [];
  const codes = options.map((awards) => awards.map(({ target }) => (target.kind === 'course' ? target.code : '')).join(', '));
  return `${id} → ${codes.join(' | ')}`;
}

describe('the articulations of an ASSIST agreement', () => {
  it('become rules from the sending to the receiving institution, valid in the academic year', () => {
    const { terms, institutions } = imported({ sections: [section(line('MATH 20A', ['MATH 7', 'MATH 8']))] });
    expect(terms).toMatchObject({
      parties: ['ucsd', 'smc'],
      period: { from: '2024-10-01', until: '2025-09-30' },
      precedence: 'bestForStudent',
    });
    expect(terms.rules).toEqual([
      {
        id: 'MATH7+MATH8',
        from: 'smc',
        to: 'ucsd',
        source: {
          kind: 'all',
          of: [
            { kind: 'course', select: { kind: 'code', code: 'MATH 7' } },
            { kind: 'course', select: { kind: 'code', code: 'MATH 8' } },
          ],
        },
        outcome: {
          kind: 'credit',
          awards: [
            {
              target: { kind: 'course', code: 'MATH 20A' },
              credits: { kind: 'fixed', credits: 4 },
              grade: { kind: 'none' },
              effect: 'credit',
            },
          ],
        },
        validity: {},
        governedBy: 'request',
      },
    ]);
    expect(institutions).toEqual({
      sending: {
        kind: 'university',
        names: { en: 'Santa Monica College' },
        country: 'US',
        identifiers: [{ scheme: 'assist', value: '137' }],
        homeCreditSystem: 'us-semester',
      },
      receiving: {
        kind: 'university',
        names: { en: 'University of California, San Diego' },
        country: 'US',
        identifiers: [{ scheme: 'assist', value: '7' }],
        homeCreditSystem: 'us-quarter',
      },
    });
  });

  it('are each read against all that is held: a rule awards everything that its courses satisfy', () => {
    const rows = [line('CHEM 6A', ['CHEM 11']), line('CHEM 6B', ['CHEM 11', 'CHEM 12']), line('CHEM 6C', ['CHEM 12'])];
    const { terms, articulations } = imported({ sections: [section(...rows)] });
    expect(terms.rules.map(said)).toEqual(['CHEM11 → CHEM 6A', 'CHEM11+CHEM12 → CHEM 6A, CHEM 6B, CHEM 6C', 'CHEM12 → CHEM 6C']);
    expect(articulations).toEqual([
      { pointer: '/result/articulations/0', kind: 'rules', rules: ['CHEM11'] },
      { pointer: '/result/articulations/1', kind: 'rules', rules: ['CHEM11+CHEM12'] },
      { pointer: '/result/articulations/2', kind: 'rules', rules: ['CHEM12'] },
    ]);
  });

  it('that earn several courses from one set share what it converts to, each at most its own units', () => {
    const { terms } = imported({ sections: [section(line('COGS 14B', ['MATH 54']), line('PSYC 60', ['MATH 54']))] });
    expect(terms.rules[0]?.outcome).toMatchObject({
      awards: [{ credits: { kind: 'converted', maximum: 4 } }, { credits: { kind: 'converted', maximum: 4 } }],
    });
  });

  it('on sets that overlap have a rule for both together, so that nothing held is lost', () => {
    const { terms } = imported({ sections: [section(line('X 1', ['A 1', 'B 1']), line('Y 1', ['B 1', 'C 1']), line('Z 1', ['D 1']))] });
    expect(terms.rules.map(said)).toEqual(['A1+B1 → X 1', 'B1+C1 → Y 1', 'D1 → Z 1', 'A1+B1+C1 → X 1, Y 1']);
  });

  it('in several cells are one rule', () => {
    const { terms, articulations } = imported({
      sections: [section(line('PHYS 2A', ['PHYSCS 21'])), section(line('PHYS 2A', ['PHYSCS 21']))],
    });
    expect(terms.rules.map(said)).toEqual(['PHYSCS21 → PHYS 2A']);
    expect(articulations).toMatchObject([{ rules: ['PHYSCS21'] }, { rules: ['PHYSCS21'] }]);
  });

  it('with groups joined by OR have a rule for each group, joined by AND one for all', () => {
    const or = imported({ sections: [section(line('MATH 10B', ['MATH 8'], ['MATH 28', 'MATH 29']))] });
    expect(or.terms.rules.map(said)).toEqual(['MATH8 → MATH 10B', 'MATH28+MATH29 → MATH 10B']);
    expect(or.articulations).toMatchObject([{ rules: ['MATH8', 'MATH28+MATH29'] }]);
    const groups = [{ courses: [{ code: 'ENGR 12' }] }, { courses: [{ code: 'ENGR 16' }, { code: 'ENGR 17' }], conjunction: 'Or' }];
    const and = imported({ sections: [section({ receiving: { code: 'MAE 30A' }, articulation: { groups, joins: [['And', 0, 1]] } })] });
    expect(and.terms.rules.map(said)).toEqual(['ENGR12+ENGR16 → MAE 30A', 'ENGR12+ENGR17 → MAE 30A', 'ENGR12+ENGR16+ENGR17 → MAE 30A']);
  });

  it('take a cross-listed sending course by any of its codes, whichever a line names first', () => {
    const both = (first: string, second: string): CourseFacts => ({ code: first, crossListed: [{ code: second }] });
    const rows = [
      { receiving: { code: 'POLI 13' }, articulation: { groups: [{ courses: [both('POL SC 51', 'PHILOS 51')] }] } },
      { receiving: { code: 'PHIL 27' }, articulation: { groups: [{ courses: [both('PHILOS 51', 'POL SC 51')] }] } },
    ];
    const { terms } = imported({ sections: [section(...rows)] });
    expect(terms.rules.map(said)).toEqual(['PHILOS51 → PHIL 27, POLI 13']);
    const source: Source | undefined = terms.rules[0]?.source;
    expect(source).toMatchObject({ kind: 'any', of: [{ select: { kind: 'code' } }, { select: { kind: 'code' } }] });
  });

  it('award a cross-listed receiving course once', () => {
    const mgt = {
      receiving: { code: 'MGT 4', crossListed: [{ code: 'ECON 4' }] },
      articulation: { groups: [{ courses: [{ code: 'ACCTG 1' }] }] },
    };
    const econ = { ...mgt, receiving: { code: 'ECON 4', crossListed: [{ code: 'MGT 4' }] } };
    expect(imported({ sections: [section(mgt, econ)] }).terms.rules.map(said)).toEqual(['ACCTG1 → MGT 4']);
  });

  it('to a series award each of its courses, or one of them where it says OR', () => {
    const courses = [
      { code: 'LIFR 1A', units: 2.5 },
      { code: 'LIFR 1AX', units: 2.5 },
    ];
    const articulation = { groups: [{ courses: [{ code: 'FRENCH 1' }] }] };
    const and = imported({ sections: [section({ receiving: { series: courses }, articulation })] });
    expect(and.terms.rules.map(said)).toEqual(['FRENCH1 → LIFR 1A, LIFR 1AX']);
    const or = imported({
      sections: [section({ receiving: { series: courses, conjunction: 'Or' }, articulation }, line('LTFR 1', ['FRENCH 1']))],
    });
    expect(or.terms.rules.map(said)).toEqual(['FRENCH1 → LIFR 1A, LTFR 1 | LIFR 1AX, LTFR 1']);
    expect(or.terms.rules[0]?.outcome).toMatchObject({ kind: 'choice', by: 'best' });
  });

  it('without sending courses become statements, each once', () => {
    const taken = { reason: 'This course must be taken at the university after transfer' };
    const none = { reason: 'No Course Articulated' };
    const rows = [
      { receiving: { code: 'VIS 23' }, articulation: taken },
      { receiving: { code: 'VIS 23' }, articulation: taken },
      { receiving: { series: [{ code: 'LIIT 1A' }, { code: 'LIIT 1AX' }] }, articulation: none },
    ];
    const { terms, articulations } = imported({ sections: [section(...rows)] });
    expect(terms.statements).toEqual([
      { target: 'VIS 23', kind: 'takeAfterTransfer', reason: { en: taken.reason } },
      { target: 'LIIT 1A', kind: 'noArticulation', reason: { en: none.reason } },
      { target: 'LIIT 1AX', kind: 'noArticulation', reason: { en: none.reason } },
    ]);
    expect(articulations.map(({ kind }) => kind)).toEqual(['statement', 'statement', 'statement']);
  });

  const groups = [{ courses: [{ code: 'A 1' }] }, { courses: [{ code: 'B 1' }] }, { courses: [{ code: 'C 1' }] }];
  it.each<[string, RowFacts, string]>([
    ['groups that nothing joins', { receiving: { code: 'X 1' }, articulation: { groups } }, 'conjunctionMissing'],
    ['a group that nothing joins', { receiving: { code: 'X 1' }, articulation: { groups, joins: [['Or', 0, 1]] } }, 'conjunctionMissing'],
    [
      'AND and OR without brackets',
      {
        receiving: { code: 'X 1' },
        articulation: {
          groups,
          joins: [
            ['Or', 0, 1],
            ['And', 1, 2],
          ],
        },
      },
      'conjunctionMissing',
    ],
    [
      'positions with gaps',
      { receiving: { code: 'X 1' }, articulation: { groups: [{ courses: [{ code: 'A 1' }], position: 1 }] } },
      'conjunctionMissing',
    ],
    [
      'a sending course of another type',
      { receiving: { code: 'X 1' }, articulation: { groups: [{ courses: [{ type: 'Exam' }] }] } },
      'unknownPart',
    ],
    ['neither courses nor a reason', { receiving: { code: 'X 1' }, articulation: {} }, 'incomplete'],
    ['a reason that is not known', { receiving: { code: 'X 1' }, articulation: { reason: 'Ask' } }, 'unknownPart'],
    [
      'courses and a reason',
      { receiving: { code: 'X 1' }, articulation: { groups: groups.slice(0, 1), reason: 'No Course Articulated' } },
      'contradiction',
    ],
  ])('with %s are listed, not guessed', (_, row, code) => {
    const result = imported({ sections: [section(row)] });
    expect(result.terms.rules).toEqual([]);
    expect(result.articulations).toEqual([{ pointer: '/result/articulations/0', kind: 'exception' }]);
    expect(result.exceptions).toMatchObject([{ code }]);
  });

  it('with too many combinations are listed', () => {
    const choice = (letter: string) => ({
      courses: Array.from({ length: 11 }, (_, index) => ({ code: `${letter} ${String(index)}` })),
      conjunction: 'Or',
    });
    const joins = [['And', 0, 2]] as const;
    const row = { receiving: { code: 'X 1' }, articulation: { groups: [choice('A'), choice('B'), choice('C')], joins } };
    expect(exceptionsOf(imported({ sections: [section(row)] }))).toEqual([{ code: 'tooLarge', pointer: '/result/articulations/0' }]);
  });

  it('whose sets overlap in too many ways have rules as far as the limit goes, and say so', () => {
    const rows = Array.from({ length: 12 }, (_, index) => line(`X ${String(index)}`, ['A 0', `A ${String(index + 1)}`]));
    const { terms, exceptions } = imported({ sections: [section(...rows)] });
    expect(terms.rules).toHaveLength(1000);
    expect(exceptions).toMatchObject([{ code: 'tooLarge', where: { pointer: '/result/articulations' } }]);
  });

  it('that earn more than one rule can hold are listed', () => {
    const rows = Array.from({ length: 51 }, (_, index) => line(`X ${String(index)}`, ['A 1']));
    const { terms, articulations, exceptions } = imported({ sections: [section(...rows)] });
    expect(terms.rules).toEqual([]);
    expect(articulations.every(({ kind }) => kind === 'exception')).toBe(true);
    expect(exceptions).toHaveLength(52);
  });

  it('keep their notes as exceptions', () => {
    const articulation = {
      groups: [{ courses: [{ code: 'A 1', remarks: ['Honours only'] }], remarks: ['Before 2020'] }],
      remarks: ['With laboratory'],
    };
    const { exceptions } = imported({ sections: [section({ receiving: { code: 'X 1' }, articulation })] });
    expect(exceptions.map(({ code, detail }) => [code, detail])).toEqual([
      ['remarkNotEvaluated', 'attributes: With laboratory'],
      ['remarkNotEvaluated', 'attributes: Before 2020'],
      ['remarkNotEvaluated', 'attributes: Honours only'],
    ]);
  });

  it('of another type are listed', () => {
    const answer = assistAnswer([{ sections: [section(line('X 1', ['A 1']))] }]);
    const file = assistFile(answer).replaceAll('\\"type\\":\\"Course\\",\\"course\\"', '\\"type\\":\\"Requirement\\",\\"course\\"');
    const result = importFile(file);
    expect(result.articulations).toMatchObject([{ kind: 'exception' }]);
    expect(exceptionsOf(result)).toEqual([
      { code: 'unknownPart', pointer: '/result/articulations/0' },
      { code: 'unknownPart', pointer: '/result/templateAssets/0/sections/0/rows/0/cells/0' },
    ]);
  });
});

describe('the courses of an ASSIST agreement', () => {
  it('are editions with the units of their institution’s terms, valid from their first term to their last', () => {
    const rows = [
      {
        receiving: { code: 'PSYC 60', title: 'Statistics', begin: 'F1999' },
        articulation: { groups: [{ courses: [{ code: 'MATH 54', units: 4, begin: 'S2010', end: 'F2025' }] }] },
      },
      { receiving: { code: 'VIS 22', begin: 'W2022', end: 'Su2023' } },
      { receiving: { code: 'VIS 23', begin: '' } },
    ];
    const { courses, exceptions } = imported({ sections: [section(...rows)] });
    expect(courses).toEqual([
      {
        provider: 'ucsd',
        code: 'PSYC 60',
        titles: { en: 'Statistics' },
        credits: 4,
        creditSystem: 'us-quarter',
        validity: { from: '1999-08-01' },
      },
      expect.objectContaining({ code: 'VIS 22', validity: { from: '2022-01-01', until: '2023-09-15' } }),
      expect.objectContaining({ code: 'VIS 23', validity: {} }),
      expect.objectContaining({
        provider: 'smc',
        code: 'MATH 54',
        creditSystem: 'us-semester',
        validity: { from: '2010-01-01', until: '2025-12-31' },
      }),
    ]);
    expect(exceptions).toEqual([]);
  });

  it('are taken once; a range of units and a contradiction are listed', () => {
    const rows = [
      { receiving: { code: 'TDPR 6', units: 4, maxUnits: 6 } },
      { receiving: { code: 'X 1' } },
      { receiving: { code: 'X 1', units: 5 } },
    ];
    const result = imported({ sections: [section(...rows)] });
    expect(result.courses.map(({ code, credits }) => [code, credits])).toEqual([
      ['TDPR 6', 4],
      ['X 1', 4],
    ]);
    expect(exceptionsOf(result)).toEqual([
      { code: 'creditRange', pointer: '/result/templateAssets/0/sections/0/rows/0/cells/0/course' },
      { code: 'contradiction', pointer: '/result/templateAssets/0/sections/0/rows/2/cells/0/course' },
    ]);
  });

  it('become entries of the catalogue where their credits are known', () => {
    const [course] = imported({ sections: [section({ receiving: { code: 'VIS 23' } })] }).courses;
    if (course === undefined) throw new Error('no course');
    expect(editionOf(course, 'onCampus')).toMatchObject({
      code: 'VIS 23',
      credits: 4,
      delivery: 'onCampus',
      languages: [],
      repeatable: false,
    });
    expect(editionOf({ provider: 'p', code: 'c', titles: { en: 't' }, validity: {} }, 'mooc')).toBeUndefined();
    expect(editionOf({ provider: 'p', code: 'c', titles: { en: 't' }, validity: {}, credits: 1 }, 'mooc')).toBeUndefined();
  });

  it('come with the former names of their institutions as exceptions', () => {
    const answer = assistAnswer([]);
    const names = [
      { name: 'Old College', fromYear: 0 },
      { name: 'New College', fromYear: 1999 },
    ];
    const file = assistFile({
      ...answer,
      result: { ...answer.result, sendingInstitution: { ...answer.result.sendingInstitution, names } },
    });
    expect(exceptionsOf(importFile(file))).toEqual([{ code: 'simplified', pointer: '/result/sendingInstitution/names' }]);
  });
});

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
