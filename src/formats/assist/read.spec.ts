import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assistAnswer, assistFile, assistFileOf } from '../../../test/support/assist-file.js';
import { readAssistAgreement, type AssistAgreement } from './index.js';

function read(file: string): AssistAgreement {
  const reading = readAssistAgreement(file);
  if (!reading.ok) throw new Error(JSON.stringify(reading.errors));
  return reading.value;
}

function errorsOf(file: string): string[] {
  const reading = readAssistAgreement(file);
  return reading.ok ? [] : reading.errors.map(({ pointer, detail }) => `${pointer} ${detail}`);
}

const one = {
  sections: [{ rows: [{ receiving: { code: 'MATH 20A' }, articulation: { groups: [{ courses: [{ code: 'MATH 7', units: 5 }] }] } }] }],
};

describe('an ASSIST agreement', () => {
  it('has its frame read from JSON inside JSON', () => {
    expect(read(assistFileOf(one))).toMatchObject({
      name: 'Example Studies B.A.',
      academicYear: { code: '2024-2025', begin: '2024-10-01', end: '2025-10-01' },
      catalogueYear: 2024,
      sending: { id: 137, code: 'SMCC', name: 'Santa Monica College', formerNames: [], terms: 'Semester' },
      receiving: { id: 7, code: 'UCSD', terms: 'Quarter' },
    });
  });

  it('is read from parts that stand openly as well', () => {
    expect(read(JSON.stringify(assistAnswer([one])))).toEqual(read(assistFileOf(one)));
  });

  it('has a template of groups, sections, rows and cells, each with its pointer', () => {
    const cell = { code: 'MGT 4', begin: 'Su2012', end: 'F2025', units: 4, maxUnits: 6, crossListed: [{ code: 'ECON 4' }] };
    const series = { series: [{ code: 'LIFR 1A' }, { code: 'LIFR 1AX' }], conjunction: 'Or' };
    const section = { rows: [{ receiving: cell, remarks: ['Maximum credit, one course'] }, { receiving: series }] };
    const [group] = read(assistFileOf({ sections: [section] })).assets;
    expect(group).toMatchObject({
      kind: 'group',
      pointer: '/result/templateAssets/0',
      sections: [
        {
          rows: [
            {
              cells: [
                {
                  pointer: '/result/templateAssets/0/sections/0/rows/0/cells/0',
                  remarks: [{ field: 'attributes', content: 'Maximum credit, one course' }],
                  receiving: {
                    kind: 'Course',
                    course: {
                      prefix: 'MGT',
                      number: '4',
                      units: { minimum: 4, maximum: 6 },
                      begin: { season: 'Su', year: 2012 },
                      end: { season: 'F', year: 2025 },
                    },
                    crossListed: [{ prefix: 'ECON', number: '4' }],
                  },
                },
              ],
            },
            { cells: [{ receiving: { kind: 'Series', name: 'LIFR 1A, LIFR 1AX', conjunction: 'Or', courses: [{}, {}] } }] },
          ],
        },
      ],
    });
  });

  it('has instructions and advisements that count whole courses', () => {
    const plain = { amountUnitType: 'Course', amountQuantifier: 'None', toAmount: 0, toAmountDeterminer: 'None', areaType: 'None' };
    const instructions = [
      { type: 'Following' },
      { type: 'Conjunction', conjunction: 'Or' },
      { type: 'NFromArea', amount: 3, ...plain },
      { type: 'NFromConjunction', conjunction: 'And', amount: 2, amountUnitType: 'Course' },
      { type: 'NFromArea', amount: 8, ...plain, amountUnitType: 'Unit' },
      { type: 'NFromArea', amount: 1.5, ...plain },
      { type: 'NFromConjunction', conjunction: 'Or', amount: 1, ...plain, amountQuantifier: 'AtLeast' },
      { type: 'Sometime' },
    ];
    const advisements = [
      { type: 'NFollowing', amount: 1, amountUnitType: 'Course', position: 0 },
      { type: 'NFollowing', amount: 3, amountUnitType: 'Unit', position: 1 },
      { type: 'Other', position: 2 },
    ];
    const { assets } = read(assistFileOf(...instructions.map((instruction) => ({ instruction, sections: [{ rows: [], advisements }] }))));
    const groups = assets.flatMap((asset) => (asset.kind === 'group' ? [asset] : []));
    expect(groups.map(({ instruction }) => instruction)).toEqual([
      { kind: 'Following' },
      { kind: 'Conjunction', conjunction: 'Or' },
      { kind: 'NFromArea', courses: 3 },
      { kind: 'NFromConjunction', conjunction: 'And', courses: 2 },
      ...[4, 5, 6, 7].map((index) => ({ kind: 'unknown', description: JSON.stringify(instructions[index]) })),
    ]);
    expect(groups[0]?.sections[0]?.advisements).toMatchObject([
      { kind: 'NFollowing', courses: 1 },
      { kind: 'unknown' },
      { kind: 'unknown' },
    ]);
  });

  it('keeps texts and parts of unknown types, in the order of their positions', () => {
    const answer = assistAnswer([
      { type: 'GeneralText', content: '<p>Advice</p>' },
      { type: 'RequirementTitle', content: 'REQUIRED' },
      { type: 'Map', content: '' },
    ]);
    const [first, second, third] = answer.result.templateAssets;
    const reordered = [first, second, third].map((asset, index) => ({ ...asset, position: [2, 0, 1][index] }));
    expect(read(assistFile({ ...answer, result: { ...answer.result, templateAssets: reordered } } as typeof answer)).assets).toEqual([
      { kind: 'RequirementTitle', pointer: '/result/templateAssets/1', content: 'REQUIRED' },
      { kind: 'unknown', pointer: '/result/templateAssets/2', type: 'Map' },
      { kind: 'GeneralText', pointer: '/result/templateAssets/0', content: '<p>Advice</p>' },
    ]);
  });

  it('has articulations with their groups, joins, reasons and notes', () => {
    const articulation = {
      groups: [
        { courses: [{ code: 'POL SC 51', crossListed: [{ code: 'PHILOS 51' }], remarks: ['Honours only'] }], position: 0 },
        { courses: [{ type: 'Requirement' }], conjunction: 'Or', remarks: ['Before 2020'] },
      ],
      joins: [['Or', 0, 1]],
      remarks: ['With laboratory'],
    } as const;
    const rows = [
      { receiving: { code: 'POLI 13' }, articulation },
      { receiving: { code: 'POLI 14' }, articulation: { reason: 'No Course Articulated' } },
    ];
    const [first, second] = read(assistFileOf({ sections: [{ rows }] })).articulations;
    expect(first).toMatchObject({
      pointer: '/result/articulations/0',
      cellId: 'cell-0',
      groups: [
        {
          position: 0,
          conjunction: 'And',
          courses: [{ kind: 'Course', crossListed: [{ prefix: 'PHILOS' }] }],
          remarks: [{ content: 'Honours only' }],
        },
        { position: 1, conjunction: 'Or', courses: [{ kind: 'unknown', type: 'Requirement' }], remarks: [{ content: 'Before 2020' }] },
      ],
      groupConjunctions: [{ conjunction: 'Or', from: 0, until: 1 }],
      remarks: [{ content: 'With laboratory' }],
    });
    expect(second).toMatchObject({ groups: [], noArticulationReason: 'No Course Articulated' });
  });

  it('keeps a note of another shape as JSON', () => {
    const answer = assistAnswer([one]);
    const [articulation] = answer.result.articulations;
    const odd = { ...articulation, receivingAttributes: { attributes: [{ grade: 'C' }] } };
    const file = assistFile({ ...answer, result: { ...answer.result, articulations: [odd] } } as typeof answer);
    expect(read(file).articulations[0]?.remarks).toEqual([
      { pointer: '/result/articulations/0/receivingAttributes/attributes/0', field: 'attributes', content: '{"grade":"C"}' },
    ]);
  });

  it('takes the latest of an institution’s names', () => {
    const answer = assistAnswer([]);
    const names = [
      { name: 'Old College', fromYear: 0 },
      { name: 'New College', fromYear: 1999 },
    ];
    const file = assistFile({
      ...answer,
      result: { ...answer.result, sendingInstitution: { ...answer.result.sendingInstitution, names } },
    });
    expect(read(file).sending).toMatchObject({ name: 'New College', formerNames: ['Old College'] });
  });

  it('is refused with all errors, each located, where parts are missing or of another shape', () => {
    const answer = assistAnswer([
      {
        sections: [
          {
            rows: [
              {
                receiving: { code: 'MATH 20A', units: -1, begin: 'X2012' },
                articulation: { groups: [{ courses: [], conjunction: 'Xor' }] },
              },
              { receiving: { code: 'MATH 20B', units: 5, maxUnits: 4 } },
              { receiving: { series: [] } },
            ],
          },
        ],
      },
    ]);
    const institution = { ...answer.result.receivingInstitution, names: [], termType: 'Trimester' };
    const year = { ...answer.result.academicYear, endDate: '2025-13-01' };
    const file = assistFile({
      ...answer,
      isSuccessful: false,
      result: { ...answer.result, type: 'Department', receivingInstitution: institution, academicYear: year },
    });
    expect(errorsOf(file)).toEqual([
      '/isSuccessful must be true: this is the answer to a request that failed',
      '/result/type must be one of Major, not "Department"',
      '/result/academicYear/endDate must begin with a date such as 2024-10-01',
      '/result/receivingInstitution/names must have a name',
      '/result/receivingInstitution/termType must be one of Semester, Quarter, not "Trimester"',
      '/result/templateAssets/0/sections/0/rows/0/cells/0/course/begin must be a term such as F2012, W2013, S2013 or Su2013, not "X2012"',
      '/result/templateAssets/0/sections/0/rows/0/cells/0/course/minUnits must be a number of units, not negative and with at most three decimals',
      '/result/templateAssets/0/sections/0/rows/0/cells/0/course/maxUnits must be a number of units, not negative and with at most three decimals',
      '/result/templateAssets/0/sections/0/rows/1/cells/0/course/maxUnits must not be less than minUnits',
      '/result/templateAssets/0/sections/0/rows/2/cells/0/series/courses must not be empty',
      '/result/articulations/0/articulation/course/begin must be a term such as F2012, W2013, S2013 or Su2013, not "X2012"',
      '/result/articulations/0/articulation/course/minUnits must be a number of units, not negative and with at most three decimals',
      '/result/articulations/0/articulation/course/maxUnits must be a number of units, not negative and with at most three decimals',
      '/result/articulations/0/articulation/sendingArticulation/items/0/items must not be empty',
      '/result/articulations/0/articulation/sendingArticulation/items/0/courseConjunction must be one of And, Or, not "Xor"',
    ]);
  });

  it('that is no JSON, or JSON of something else, is refused', () => {
    expect(errorsOf('<html>')).toHaveLength(1);
    expect(errorsOf('null')[0]).toBe(' must be an object, not null');
    expect(errorsOf('{"result":{"templateAssets":"["}}')).toContain('/result/templateAssets must be a text that holds JSON');
  });

  it('with any part replaced by anything gives an agreement or located errors, never a failure', () => {
    const whole = JSON.parse(JSON.stringify(assistAnswer([one, { type: 'GeneralText', content: 'x' }]))) as unknown;
    const paths = pathsOf(whole);
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
        const reading = readAssistAgreement(JSON.stringify(replaced(whole, path, value)));
        if (!reading.ok) for (const { pointer } of reading.errors) expect(pointer).toMatch(/^(\/|$)/);
      }),
      { numRuns: 2000 },
    );
  });
});

function pathsOf(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [[]];
  return [[], ...Object.entries(value).flatMap(([field, part]) => pathsOf(part).map((path) => [field, ...path]))];
}

function replaced(whole: unknown, [field, ...rest]: readonly string[], value: unknown): unknown {
  if (field === undefined) return value;
  if (Array.isArray(whole)) return whole.map((part: unknown, index) => (String(index) === field ? replaced(part, rest, value) : part));
  if (typeof whole !== 'object' || whole === null) return whole;
  return Object.fromEntries(
    Object.entries(whole).map(([name, part]) => [name, name === field ? replaced(part, rest, value) : (part as unknown)]),
  );
}
