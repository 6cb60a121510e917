import { describe, expect, it } from '@jest/globals';
import { Place } from '../src/formats/json/index.js';
import { type Programme, type Requirement, validateProgramme } from '../src/programmes/domain/index.js';
import { describeOnSharedData } from './support/describe-on-shared-data.js';
import { filled, judged, levelsOf, requirementsThatAre, stateOf } from './support/judged.js';
import {
  californiaFolder,
  californianProgrammes,
  californianRequirement,
  type Earned,
  princetonFolder,
  princetonProgramme,
  texanProgramme,
  texasFolder,
  transferring,
} from './support/real-programmes.js';
import { sharedFiles } from './support/shared-data.js';

/** Programme trees from real life: degrees of the University of California, Princeton and Texas at Dallas, and what students with made-up courses lack. */

function evaluated(programme: Programme, earned: readonly Earned[]) {
  return judged(transferring(programme, earned));
}

/** What remains of these requirements. */
function remaining(programme: Programme, earned: readonly Earned[], ...ids: readonly string[]): readonly (number | undefined)[] {
  const result = evaluated(programme, earned);
  return ids.map((id) => stateOf(result, id).remaining);
}

describeOnSharedData('degrees of the University of California', californiaFolder, () => {
  const science = californianProgrammes('uc_degree_requirements.json');
  const biology = californianProgrammes('uc_degree_requirements_bio.json');
  const economics = californianProgrammes('uc_degree_requirements_econ.json');
  const at = (programmes: readonly Programme[], campus: string): Programme => {
    const found = programmes.find(({ code }) => code === campus);
    if (found === undefined) throw new Error(`${campus} is missing`);
    return found;
  };
  const units = (credits: number, ...codes: readonly string[]): Earned[] => codes.map((code) => ({ code, credits }));

  it('three subjects of nine campuses are valid programmes', () => {
    const all = [...science, ...biology, ...economics];
    expect(all).toHaveLength(27);
    expect(all.flatMap((programme) => validateProgramme(programme))).toEqual([]);
  });

  it('a beginner at Davis lacks the whole degree of 180 units', () => {
    // 12 + 4 of mathematics, 4 + 12 + 4 of computer science, 15 of science, 40 + 4 of general education, 56 + 8 at Davis, 14 + 7 of electives.
    expect(levelsOf(evaluated(at(science, 'UCD'), []))).toEqual([180, 0, 0, 0, 0]);
  });

  it('select one complete series: courses of different series complete none', () => {
    // 15 units for three courses of any of four series: two of chemistry leave 5, and one each of others change nothing.
    const davis = at(science, 'UCD');
    const result = evaluated(davis, units(5, 'CHE 002A', 'CHE 002B', 'PHY 009A', 'BIS 002A'));
    expect(stateOf(result, 'g3.1')).toMatchObject({ remaining: 5, complete: false });
    expect(levelsOf(result)).toEqual([170, 4, 20, 4, 0]);
    expect(remaining(davis, units(5, 'CHE 002A', 'CHE 004B', 'PHY 009C'), 'g3.1')).toEqual([10]);
    expect(remaining(davis, units(5, 'CHE 002A', 'CHE 002B', 'CHE 002C'), 'g3.1')).toEqual([0]);
  });

  it('select three of four, select one of two', () => {
    const sanDiego = at(science, 'UCSD');
    expect(remaining(sanDiego, units(4, 'MATH 20A', 'MATH 31BH'), 'g1.1', 'g1.2')).toEqual([4, 4]);
    expect(remaining(sanDiego, units(4, 'MATH 20A', 'MATH 31BH', 'MATH 20B', 'MATH 31AH'), 'g1.1', 'g1.2')).toEqual([0, 0]);
  });

  it('units of a block are shared by its courses', () => {
    // 19 units for the five courses of one series (3.8 each), or the six of another (3.167 and 3.166).
    const losAngeles = at(biology, 'UCLA');
    expect(remaining(losAngeles, [], 'g1.1', 'g1.1.1', 'g1.1.2')).toEqual([19, 19, 19]);
    expect(remaining(losAngeles, units(4, 'CHEM 14A', 'CHEM 14B', 'CHEM 14BL', 'CHEM 14C'), 'g1.1')).toEqual([3.8]);
    expect(remaining(losAngeles, units(4, 'CHEM 20A', 'CHEM 14A'), 'g1.1')).toEqual([15.2]); // 19 − 3.8 is less than 19 − 3.167
  });

  it('general education by area, and a proficiency without units', () => {
    const losAngeles = at(biology, 'UCLA');
    const result = evaluated(losAngeles, [
      { code: 'HIST 1', credits: 4, attributes: ['GE'] },
      { code: 'LOTE', credits: 1 },
    ]);
    expect(stateOf(result, 'g6.1')).toMatchObject({ remaining: 31, complete: false }); // 35 − 4
    expect(stateOf(result, 'g6.2')).toMatchObject({ remaining: 0, complete: true });
    expect(stateOf(evaluated(losAngeles, []), 'g6.2')).toMatchObject({ remaining: 0, complete: false });
  });

  it('what is taken at the university takes nothing that is transferred', () => {
    const result = evaluated(at(science, 'UCD'), [{ code: 'ECS 150', credits: 4, attributes: ['g6.1'] }]);
    expect(stateOf(result, 'g6.1')).toMatchObject({ remaining: 56 });
    expect(result.totals).toMatchObject({ recognised: 4, unplaced: 4 });
    expect(result.binding).toEqual([{ kind: 'requirementTransfer', id: 'g6.1' }]);
  });

  it('so many courses of departments, numbered below 100', () => {
    const stated = { select: 2, from: { departments: ['ECON', 'POLI'], max_number: 99 } };
    const electives = californianRequirement(Place.root(stated, []), 'e');
    const programme: Programme = { ...at(science, 'UCSD'), requirements: { id: 'all', kind: 'all', of: [electives] } };
    expect(remaining(programme, units(4, 'ECON 3', 'ECON 120'), 'e')).toEqual([4]);
    expect(remaining(programme, units(4, 'ECON 3', 'POLI 13', 'HILD 12'), 'e')).toEqual([0]);
  });
});

describeOnSharedData('degrees of Princeton', princetonFolder, () => {
  const courses = (...codes: readonly string[]): Earned[] => codes.map((code) => ({ code, credits: 1 }));

  it('the majors whose file holds a whole tree are valid programmes', () => {
    // Of six majors of engineering the folder has only the head of the file; one states its least number as text.
    const partial = ['CBE', 'CEE', 'COS-BSE', 'EAS', 'ECE', 'MAE', 'ORF'];
    const codes = sharedFiles(`${princetonFolder}/majors`, '.yaml').map((file) => file.replace('.yaml', ''));
    const whole = codes.filter((code) => !partial.includes(code));
    expect(whole).toHaveLength(33);
    for (const code of whole) expect([code, validateProgramme(princetonProgramme('majors', code))]).toEqual([code, []]);
  });

  it('Mathematics: a course may fill a prerequisite and a requirement, and counts once', () => {
    const mathematics = princetonProgramme('majors', 'MAT');
    const result = evaluated(mathematics, courses('MAT 217', 'MAT 300', 'MAT 345', 'MAT 375', 'MAT 419', 'MAT 520'));
    expect(filled(result)).toEqual([
      'MAT 217: g1.3/MAT 217 1', // linear algebra; "introduction to proofs" is filled by another
      'MAT 300: g1.2/MAT 300 1, g2/MAT 300 1', // multivariable calculus and real analysis
      'MAT 345: g1.1 1, g3/MAT 345 1', // proofs and complex analysis, not algebra as well: these two do not share
      // The others would do as introductions to proofs as well, which is filled already: 0 credits of them count there.
      'MAT 375: g1.1 0, g5/MAT 375 1',
      'MAT 419: g1.1 0, g6.1 1',
      'MAT 520: g1.1 0, g6.rest 1',
    ]);
    // Algebra 1, and of four more courses two. Six courses are recognised, though they fill eight places.
    expect(levelsOf(result).slice(0, 1)).toEqual([3]);
    expect(result.totals.recognised).toBe(6);
    expect(['g1', 'g2', 'g3', 'g4', 'g5', 'g6'].map((id) => stateOf(result, id).remaining)).toEqual([0, 0, 0, 1, 0, 2]);
  });

  it('Mathematics: without double counting the same courses would leave more', () => {
    const mathematics = princetonProgramme('majors', 'MAT');
    const strip = (node: Requirement): Requirement => {
      if (node.kind === 'all' || node.kind === 'atLeast') return { ...node, of: node.of.map(strip) };
      const { sharesWith: _, ...alone } = node;
      return alone;
    };
    const once = { ...mathematics, requirements: strip(mathematics.requirements) };
    // MAT 217 is one of three prerequisites, which is enough; MAT 300 in real analysis, MAT 345 in complex analysis, and nothing beside that.
    const earned = courses('MAT 217', 'MAT 300', 'MAT 345');
    expect(evaluated(once, earned).objective).toMatchObject({ remainingStudy: 6, recognisedCredits: 3 });
    expect(evaluated(mathematics, courses('MAT 300', 'MAT 345')).objective).toMatchObject({ remainingStudy: 6, recognisedCredits: 2 });
    expect(evaluated(once, courses('MAT 300', 'MAT 345')).objective).toMatchObject({ remainingStudy: 7 });
  });

  it('Computer Science: one of each of four categories, and three electives of which two at most are of other departments', () => {
    const science = princetonProgramme('majors', 'COS-AB');
    const result = evaluated(science, courses('COS 316', 'COS 423', 'COS 429', 'COS 320', 'ECE 301', 'ORF 309', 'ORF 405'));
    // Systems, theory and learning are done, breadth is not. COS 320 is the elective that must be of the department, two of three others fill the rest.
    expect(['g3.1', 'g3.2', 'g3.3', 'g3.4', 'g3'].map((id) => stateOf(result, id).remaining)).toEqual([0, 0, 0, 1, 1]);
    expect(stateOf(result, 'g4')).toMatchObject({ remaining: 0, complete: true });
    expect(result.totals).toMatchObject({ recognised: 7, unplaced: 1 });
    const others = evaluated(science, courses('ECE 301', 'ORF 309', 'ORF 405'));
    expect(stateOf(others, 'g4')).toMatchObject({ remaining: 1, complete: false });
  });

  it('Computer Science: an introduction by one course, or by all four of another series', () => {
    const science = princetonProgramme('majors', 'COS-AB');
    const series = courses('ISC 231', 'ISC 232', 'ISC 233', 'ISC 234');
    expect(requirementsThatAre(evaluated(science, series), 'complete')).toContain('g1.1');
    expect(requirementsThatAre(evaluated(science, series.slice(1)), 'complete')).not.toContain('g1.1');
    expect(requirementsThatAre(evaluated(science, courses('COS 126')), 'complete')).toContain('g1.1');
  });

  it('A.B.: distribution areas, one of which may be filled concurrently with another', () => {
    const degree = princetonProgramme('degrees', 'AB');
    const result = evaluated(degree, [
      { code: 'HIS 210', credits: 1, attributes: ['HA', 'CD'] },
      { code: 'ENG 201', credits: 1, attributes: ['LA'] },
      { code: 'ENG 335', credits: 1, attributes: ['LA', 'EM'] }, // two of literature, or ethics: not both
      { code: 'PHY 103', credits: 1, attributes: ['SEL'] },
      { code: 'PHY 115', credits: 1, attributes: ['SEN'] },
      { code: 'COS 126', credits: 1, attributes: ['QCR'] },
      { code: 'WRI 150', credits: 1 },
    ]);
    // 13 places (writing, language, culture, cognition, ethics, history, 2 literature, 2 social, quantitative, 2 science) less 8 that 7 courses fill.
    expect(levelsOf(result).slice(0, 1)).toEqual([5]);
    expect(result.totals).toMatchObject({ recognised: 7, unplaced: 0 });
    expect(stateOf(result, 'g11')).toMatchObject({ remaining: 0, complete: true }); // one with a laboratory, one without
  });

  it('A.B.: no more than so many courses without a grade', () => {
    const degree: Programme = { ...princetonProgramme('degrees', 'AB'), policy: { passFail: { maximumHomeCourses: 1 } } };
    const homeRecord = ['HA', 'EC', 'EM'].map((area, index) => {
      return {
        id: `h${String(index)}`,
        code: `ANT ${String(201 + index)}`,
        credits: 1,
        status: 'done',
        passFail: true,
        attributes: [area],
      } as const;
    });
    const result = judged({ ...transferring(degree, []), homeRecord });
    expect(result.objective.remainingStudy).toBe(12); // one of three counts
  });
});

describeOnSharedData('degrees of the University of Texas at Dallas', texasFolder, () => {
  const hours = (credits: number, ...codes: readonly string[]): Earned[] => codes.map((code) => ({ code, credits }));

  it('are eight valid programmes', () => {
    const files = sharedFiles(texasFolder, '.json');
    expect(files).toHaveLength(8);
    for (const file of files) expect([file, validateProgramme(texanProgramme(file))]).toEqual([file, []]);
  });

  describe('Computer Science', () => {
    const science = () => texanProgramme('Computer Science(BS).json');

    it('asks for 103 hours beside the core curriculum', () => {
      // Preparatory 42 (calculus by the cheaper of two sequences of 8), major core 42, guided electives 9, free electives 10.
      expect(remaining(science(), [], 'g1', 'g2', 'g3', 'g4', 'all')).toEqual([42, 42, 9, 10, 103]);
    });

    it('one of two sequences, not half of either', () => {
      // Halves of two sequences: 4 are missing of either; the other half serves as a free elective. The degree lacks 103 − 8 both times.
      expect(remaining(science(), hours(4, 'MATH 2413', 'MATH 2419'), 'g1.8', 'g4', 'all')).toEqual([4, 6, 95]);
      expect(remaining(science(), hours(4, 'MATH 2417', 'MATH 2419'), 'g1.8', 'g4', 'all')).toEqual([0, 10, 95]);
    });

    it('guided electives by the beginning of the code, or by name; a core course fills the core', () => {
      const result = evaluated(science(), hours(3, 'CS 4347', 'CS 4314', 'CS 4375', 'EE 4325'));
      expect(filled(result)).toEqual(['CS 4314: g3 3', 'CS 4347: g2.11 3', 'CS 4375: g3 3', 'EE 4325: g3 3']);
      expect(stateOf(result, 'g3')).toMatchObject({ remaining: 0, complete: true });
    });
  });

  it('Global Business: select two of four', () => {
    const business = texanProgramme('Global Business(BS).json');
    expect(remaining(business, hours(3, 'BA 1310'), 'g1.6')).toEqual([3]);
    expect(remaining(business, hours(3, 'BA 1310', 'ECON 2302'), 'g1.6')).toEqual([0]);
  });

  it('Information Technology: twelve hours of one of six tracks', () => {
    const technology = texanProgramme('Information Technology And Systems(BS).json');
    expect(remaining(technology, hours(3, 'ITSS 4352', 'ITSS 4353', 'ITSS 4354'), 'g4.1')).toEqual([3]);
    expect(remaining(technology, hours(3, 'ITSS 4352', 'ITSS 4353', 'ITSS 4354', 'ITSS 4355'), 'g4.1')).toEqual([0]);
    // A track may take any course of the department beside its own.
    expect(remaining(technology, hours(3, 'ENTP 3301', 'ENTP 3320', 'ITSS 3390', 'ITSS 4399'), 'g4.1')).toEqual([0]);
  });
});
