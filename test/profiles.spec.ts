import { expect, it } from '@jest/globals';
import { fromThousandths, thousandths } from '../src/kernel/index.js';
import { describeOnSharedData } from './support/describe-on-shared-data.js';
import { accepted, applied, judged, levelsOf, requirementsThatAre, stateOf, statuses } from './support/judged.js';
import { profileInputs, profilesFolder } from './support/smc-profiles.js';

/**
 * Ten students of Santa Monica College, each against the articulation agreement with UC San Diego of the major they ask for. Santa Monica counts
 * semester credits, San Diego quarter credits: 30 and 45 a year, so one is 1.5 of the other. A line of an agreement awards the San Diego course with its own
 * credits (mostly 4) where it stands alone; where one set of courses satisfies several lines, what it converts to is shared by them, at most the own
 * credits of each. English composition and other courses that no agreement names carry no credits here, and no rule speaks of them.
 */

interface Expected {
  readonly major: string;
  /** `rule: completions → San Diego courses with the credits that count`. */
  readonly applied: readonly string[];
  /** What remains of parts of the programme, and of the whole. */
  readonly remaining: Readonly<Record<string, number>>;
  readonly complete: readonly string[];
  /** Converted credits that earn nothing. */
  readonly loss: number;
  readonly statuses: Readonly<Record<string, string>>;
  /** More ways than the oracle can look at. */
  readonly tooLargeForTheOracle?: true;
}

const expectations: Readonly<Record<string, Expected>> = {
  U01: {
    major: 'cse_computer_science_bs',
    applied: [
      'CHEM11: U01-07 → CHEM 6A 4',
      'CS55: U01-03 → CSE 11 2.25, CSE 8B 2.25', // 3 × 1.5 = 4.5 for two courses
      'MATH7+MATH8: U01-01+U01-02 → MATH 20A 4, MATH 20B 4', // 10 × 1.5 = 15 for two courses of 4: MATH 20A needs both
      'PHYSCS21: U01-05 → PHYS 2A 4',
    ],
    remaining: {
      g1: 0, // CSE 11 instead of CSE 8A and 8B
      'g2.1': 18, // CSE 12, 15L (2), 20, 21 and 30: CSE 12 wants CS 20B beside CS 20A, which is under way
      'g2.2': 8, // MATH 18 and 20C
      g3: 0, // two of nine: CHEM 6A and PHYS 2A
      all: 26,
    },
    complete: ['g1', 'g1.1.2', 'g1.2.1', 'g2.2.2', 'g2.2.3', 'g3', 'g3.1.4', 'g3.1.6'],
    loss: 14, // CHEM 11 7.5 − 4, CS 55 nothing, MATH 15 − 8, PHYSCS 21 7.5 − 4
    statuses: { 'U01-04': 'incompleteSet', 'U01-06': 'unmatched', 'U01-08': 'inProgress', 'U01-09': 'inProgress' },
  },
  U02: {
    major: 'economics_bs',
    applied: [
      'ECON1: U02-04 → ECON 1 4',
      'ECON2: U02-05 → ECON 3 4',
      // MATH 28 and MATH 7 both stand for MATH 10A, which is awarded once: by MATH 28 with 4, since the pair would give it 15 / 4 = 3.75.
      'MATH28: U02-01 → MATH 10A 4',
      'MATH7+MATH8: U02-02+U02-03 → (MATH 10A 0), MATH 10B 3.75, MATH 20A 3.75, MATH 20B 3.75',
    ],
    remaining: {
      'g1.1': 4, // MATH 20C
      'g1.2': 4, // MATH 10C, which no course of the college earns
      g1: 4, // one of the two
      g2: 4, // ECON 5, which no course earns
      all: 8,
    },
    complete: ['g1.1.1', 'g1.1.2', 'g1.2.1', 'g1.2.2', 'g2.1.1', 'g2.1.2'],
    loss: 8.25, // ECON 4.5 − 4 twice, MATH 28 7.5 − 4, MATH 7 and 8 15 − 11.25
    statuses: { 'U02-06': 'unmatched', 'U02-08': 'unmatched' },
  },
  U03: {
    major: 'psychology_bs',
    applied: ['CHEM10: U03-06 → CHEM 4 4', 'PSYCH2: U03-01 → COGS 17 2.25, PSYC 2 2.25', 'PSYCH7: U03-02 → PSYC 70 4'],
    remaining: {
      // Three natural sciences, of each of two sections one at most: CHEM 4, one of COGS 17 and PSYC 2, and PHYS 1A, the cheapest that is open.
      g1: 3,
      g2: 8, // MATH 10A and 10B, or 20A and 20B: MATH 7 is under way
      g3: 0, // PSYC 70
      g4: 4,
      g5: 4, // the college's MATH 11 is no MATH 11 of San Diego
      all: 19,
    },
    complete: ['g1.2', 'g1.2.1', 'g1.5', 'g1.5.2', 'g1.5.3', 'g3', 'g3.1.1'],
    loss: 4, // CHEM 10 7.5 − 4, PSYCH 7 4.5 − 4
    statuses: { 'U03-03': 'unmatched', 'U03-04': 'incompleteSet', 'U03-05': 'incompleteSet', 'U03-09': 'inProgress' },
  },
  U04: {
    major: 'biology_general_biology_bs',
    applied: [
      'BIOL21+BIOL22+BIOL23: U04-01+U04-02+U04-03 → BILD 1 4, BILD 2 4, BILD 3 4, BILD 4 2', // 13 × 1.5 = 19.5 for 14
      'CHEM11+CHEM12: U04-04+U04-05 → CHEM 6A 3.75, CHEM 6B 3.75, CHEM 6C 3.75, CHEM 7L 3.75', // 15 for four courses
      'MATH7+MATH8: U04-06+U04-07 → MATH 10A 3.75, MATH 10B 3.75, MATH 20A 3.75, MATH 20B 3.75',
      'PHYSCS21: U04-08 → PHYS 2A 4, PHYS 2BL 2', // 7.5 for 6
    ],
    remaining: {
      g1: 4, // BILD 5
      'g2.1': 0,
      'g2.2': 8, // CHEM 41A and 41B
      g3: 5, // MATH 11, in either series
      'g4.2': 8, // PHYS 2B and 2C; the laboratory 2BL is done
      'g4.3': 10, // and the laboratory 2CL
      'g4.1': 15,
      g4: 8,
      all: 25,
    },
    complete: [
      ...['g1.1.1', 'g1.1.2', 'g1.1.3', 'g1.1.4', 'g2.1', 'g2.1.1', 'g2.1.2', 'g2.1.3', 'g2.1.4'],
      ...['g3.1.1', 'g3.1.2', 'g3.2.1', 'g3.2.2', 'g4.2.1', 'g4.2.4', 'g4.3.1', 'g4.4.1'], // PHYS 2A stands in all three series
    ],
    loss: 7, // 5.5 of biology, 1.5 of physics
    statuses: { 'U04-09': 'unmatched', 'U04-10': 'inProgress', 'U04-11': 'inProgress' },
    tooLargeForTheOracle: true,
  },
  U05: {
    major: 'cinematic_arts_and_film_studies_cinematic_arts_ba',
    applied: [],
    // The agreement says nothing of any course: FILM 71 to 73 and VIS 84 (16), and three of ten more (12), remain, and are excused as not offered.
    remaining: { g1: 16, g2: 12, all: 28 },
    complete: [],
    loss: 0,
    statuses: { 'U05-01': 'unmatched', 'U05-06': 'unmatched', 'U05-08': 'inProgress' },
  },
  U06: {
    major: 'political_science_ba',
    applied: [],
    remaining: { all: 20 }, // POLI 10 to 13, and 30 after transfer: no political science was taken
    complete: [],
    loss: 0,
    statuses: { 'U06-04': 'unmatched', 'U06-06': 'unmatched' },
  },
  U07: {
    major: 'mae_mechanical_engineering_bs',
    applied: [
      'CHEM11: U07-06 → CHEM 6A 4',
      'MATH11: U07-03 → MATH 20C 3.75, MATH 20E 3.75',
      'MATH7+MATH8: U07-01+U07-02 → MATH 20A 4, MATH 20B 4',
      'PHYSCS21: U07-04 → PHYS 2A 4',
      'PHYSCS22: U07-05 → PHYS 2B 4',
    ],
    remaining: {
      'g1.1': 8, // MATH 18 and 20D
      'g1.2': 4, // PHYS 2C, under way
      'g1.3.1': 4, // MAE 8
      'g1.4': 12, // MAE 20, 3 and 11, which no course earns
      'g1.5.1': 0,
      'g1.6': 12, // MAE 30A, 30B and 40
      all: 40,
    },
    complete: ['g1.1.2', 'g1.1.3', 'g1.1.4', 'g1.1.6', 'g1.2.1', 'g1.2.2', 'g1.5.1'],
    loss: 17.5, // 3.5 of chemistry, 7 of MATH 7 and 8, 3.5 of either physics course
    statuses: { 'U07-07': 'unmatched', 'U07-08': 'unmatched', 'U07-10': 'inProgress' }, // CS 55 is for other majors
  },
  U08: {
    major: 'cse_computer_engineering_bs',
    applied: [],
    remaining: { g1: 4, 'g2.1': 18, 'g2.2': 12, 'g2.3': 20, 'g2.4': 12, all: 66 }, // nothing is completed yet
    complete: [],
    loss: 0,
    statuses: { 'U08-01': 'inProgress', 'U08-02': 'inProgress' },
  },
  U09: {
    major: 'art_media_ba_visual_arts',
    applied: [],
    remaining: { g1: 10, g2: 8, g3: 8, g4: 4, all: 30 }, // a beginner without courses
    complete: [],
    loss: 0,
    statuses: {},
  },
  U10: {
    major: 'marine_biology_bs',
    applied: ['CHEM11: U10-10 → CHEM 6A 4', 'MATH7: U10-02 → MATH 10A 4'],
    remaining: {
      'g1.1': 12, // BILD 1 to 3 are for all three courses of biology: one is done, one under way
      'g1.2': 12, // CHEM 6B, 6C and 7L
      'g2.1': 8,
      'g2.2': 12, // MATH 7 alone earns no MATH 20A
      g2: 8,
      g3: 12, // PHYS 2A to 2C; the other series is 15
      'g4.1.1': 1, // SIO 90, after transfer
      all: 45,
    },
    complete: ['g1.2.1', 'g2.1.1'],
    loss: 7, // 7.5 − 4 twice
    statuses: { 'U10-03': 'failed', 'U10-05': 'incompleteSet', 'U10-06': 'failed', 'U10-08': 'unmatched', 'U10-11': 'inProgress' },
  },
};

/** The credits of awards as they are written above, those in brackets not granted. */
function creditsOf(written: readonly string[]): number {
  const awards = written.flatMap((text) => text.replace(/^.* → /, '').split(', ')).filter((award) => !award.startsWith('('));
  return fromThousandths(awards.reduce((sum, award) => sum + thousandths(Number(award.split(' ').at(-1))), 0));
}

describeOnSharedData('the ten student profiles against the agreement of the major they ask for', profilesFolder, () => {
  const inputs = profileInputs();

  it('are ten, each with an expectation', () => {
    expect(inputs.map(({ profile }) => [profile.id, profile.major])).toEqual(
      Object.entries(expectations).map(([id, { major }]) => [id, major]),
    );
  });

  it.each(inputs)('$profile.id: $profile.major', ({ profile, own }) => {
    const expected = expectations[profile.id];
    if (expected === undefined) throw new Error(`${profile.id} has no expectation`);
    const result = expected.tooLargeForTheOracle === true ? accepted(own) : judged(own);
    expect(applied(result)).toEqual(expected.applied);
    const parts = Object.keys(expected.remaining);
    expect(Object.fromEntries(parts.map((id) => [id, stateOf(result, id).remaining]))).toEqual(expected.remaining);
    expect([...requirementsThatAre(result, 'complete')].sort()).toEqual([...expected.complete].sort());
    expect(statuses(result)).toMatchObject(expected.statuses);
    expect(levelsOf(result)).toEqual([
      expected.remaining['all'],
      expected.complete.length,
      creditsOf(expected.applied), // no cap cuts anything
      expected.applied.reduce((sum, text) => sum + text.split('+').filter((part) => part.includes(profile.id)).length, 0),
      expected.loss,
    ]);
    expect(result.attested).toEqual(expected.applied.length === 0 ? [] : [`assist-${profile.major}`]);
  });

  it('what no course of the college earns is excused: U06 lacks POLI 10 to 13, and POLI 30 only after transfer', () => {
    const own = inputs.find(({ profile }) => profile.id === 'U06')?.own;
    if (own === undefined) throw new Error('U06 is missing');
    const result = judged(own);
    expect(requirementsThatAre(result, 'completeAsOffered')).toEqual(['g1.1.5']);
    expect(stateOf(result, 'g1.1.5')).toMatchObject({ offered: false, statements: [{ target: 'POLI 30', kind: 'takeAfterTransfer' }] });
    expect(stateOf(result, 'g1.1.1')).toMatchObject({ offered: true, statements: [] });
  });

  it('what if U01 finishes MATH 13 and CS 20B: MATH 18, and with CS 20A CSE 12 as well', () => {
    const own = inputs.find(({ profile }) => profile.id === 'U01')?.own;
    if (own === undefined) throw new Error('U01 is missing');
    const result = judged({ ...own, whatIf: true });
    expect(applied(result)).toEqual([
      'CHEM11: U01-07 → CHEM 6A 4',
      'CS20A+CS20B: U01-04+U01-09 → CSE 12 4',
      'CS55: U01-03 → CSE 11 2.25, CSE 8B 2.25',
      'MATH13: U01-08 → MATH 18 4',
      'MATH7+MATH8: U01-01+U01-02 → MATH 20A 4, MATH 20B 4',
      'PHYSCS21: U01-05 → PHYS 2A 4',
    ]);
    // 26 − 4 − 4; two more courses complete; 20.5 + 8; 5 + 3 completions; 14 + (9 − 4) + (4.5 − 4).
    expect(levelsOf(result)).toEqual([18, 10, 28.5, 8, 19.5]);
    expect(result.whatIf).toBe(true);
  });

  it('against all agreements of the two institutions at once, proven and accepted too', () => {
    for (const { profile, all } of inputs) {
      const result = accepted(all);
      expect(result.objective.remainingStudy).toBe(expectations[profile.id]?.remaining['all']); // another major's agreement adds no course of this one
    }
  });
});
