import { describe, expect, it } from '@jest/globals';
import { assistAnswer, assistFile, type CourseFacts, type RowFacts } from '../../../../test/support/assist-file.js';
import { exceptionsOf, imported, importFile, line, section } from '../../../../test/support/assist-import.js';
import type { Rule, Source } from '../../../rules/domain/index.js';

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
