import type { StatedCompletion, TranscriptDetails } from '../../transcripts/index.js';
import type { HomeCourseDetails } from '../../programmes/index.js';
import { thousandths } from '../../kernel/index.js';
import type { IdOf } from './institutions.js';
import { percent } from './words.js';

/** A student, invented like all of the five. */
export interface DemoStudent {
  readonly name: string;
  /** Of the institution where the student is enrolled. */
  readonly institution: string;
  readonly studentNumber: string;
  readonly programmeCode: string;
  readonly admissionDate: string;
  readonly homeRecord: readonly Omit<HomeCourseDetails, 'enrolment'>[];
  readonly transcripts: readonly DemoTranscript[];
  /** Codes of completions that have earned credit in this programme already, with the day on which that was decided. */
  readonly redeemed: readonly { readonly code: string; readonly decidedOn: string }[];
}

export interface DemoTranscript extends TranscriptDetails {
  readonly completions: readonly StatedCompletion[];
}

/** The first one is the student whose evaluation the start proposes. */
export function students(id: IdOf): readonly DemoStudent[] {
  return [ayse(id), mehmet(id), siti(id), budi(id), leyla(id)];
}

/** Courses of the home record that only their credits tell apart: `core('CE 221', 5)`. */
function homeCourse(code: string, credits: number, rest: Partial<HomeCourseDetails> = {}): Omit<HomeCourseDetails, 'enrolment'> {
  return { code, attempt: 1, credits: thousandths(credits), status: 'done', passFail: false, attributes: [], ...rest };
}

const core = { attributes: ['core'] };
const watched = { identityVerified: true, proctored: true };
const unwatched = { identityVerified: false, proctored: false };

function passed(provider: string, code: string, completedOn: string, grade: StatedCompletion['grade']): StatedCompletion {
  return { provider, code, outcome: 'achieved', completedOn, evidence: watched, ...(grade === undefined ? {} : { grade }) };
}

/** Civil engineering: two live courses that count more together, open courses, and one open course more than the agreement takes. */
function ayse(id: IdOf): DemoStudent {
  const onXuetangx = (code: string, completedOn: string, mark: number): StatedCompletion => ({
    ...passed(id('tsinghua'), code, completedOn, percent(mark)),
    platform: id('xuetangx'),
  });
  return {
    name: 'Ayşe Yılmaz',
    institution: id('metu'),
    studentNumber: '2584101',
    programmeCode: 'BSC-CE',
    admissionDate: '2025-09-22',
    homeRecord: [
      homeCourse('MATH 119', 7.5),
      homeCourse('PHYS 105', 6.5),
      homeCourse('CHEM 107', 6.5, core),
      homeCourse('CE 221', 5, core),
      homeCourse('CE 222', 6, core),
      homeCourse('CE 244', 5.5, { ...core, status: 'underWay' }),
    ],
    transcripts: [
      {
        issuer: id('tsinghua'),
        issuedOn: '2026-07-10',
        verification: 'attested',
        completions: [
          passed(id('tsinghua'), 'TRA 301', '2026-01-16', percent(88)),
          passed(id('tsinghua'), 'TRA 302', '2026-06-26', percent(81)),
        ],
      },
      {
        issuer: id('xuetangx'),
        issuedOn: '2026-09-01',
        verification: 'verified',
        completions: [
          onXuetangx('CIV 220', '2026-01-09', 85),
          onXuetangx('CSC 101', '2026-01-09', 90),
          onXuetangx('CSC 102', '2026-06-19', 78),
          onXuetangx('TRA 303', '2026-05-08', 74),
          onXuetangx('PRE 010', '2025-10-24', 92),
        ],
      },
    ],
    redeemed: [],
  };
}

/** Civil engineering: a course that needs another one under way, a lower band of marks, and a choice that nobody has made yet. */
function mehmet(id: IdOf): DemoStudent {
  const onXuetangx = { provider: id('tsinghua'), platform: id('xuetangx'), evidence: watched };
  return {
    name: 'Mehmet Kaya',
    institution: id('metu'),
    studentNumber: '2584102',
    programmeCode: 'BSC-CE',
    admissionDate: '2025-09-22',
    homeRecord: [homeCourse('MATH 119', 7.5), homeCourse('PHYS 105', 6.5), homeCourse('CE 221', 5, core)],
    transcripts: [
      {
        issuer: id('tsinghua'),
        issuedOn: '2026-07-10',
        verification: 'attested',
        completions: [
          passed(id('tsinghua'), 'TRA 301', '2026-01-16', percent(76)),
          passed(id('tsinghua'), 'GHC 400', '2026-06-26', percent(83)),
        ],
      },
      {
        issuer: id('xuetangx'),
        issuedOn: '2026-09-01',
        verification: 'verified',
        completions: [
          { ...onXuetangx, code: 'CIV 220', outcome: 'achieved', completedOn: '2026-01-09', grade: percent(72) },
          { ...onXuetangx, code: 'TRA 303', outcome: 'achieved', completedOn: '2026-05-08', grade: percent(68) },
          { ...onXuetangx, code: 'CSC 102', outcome: 'achieved', completedOn: '2026-06-19', grade: percent(70) },
          { ...onXuetangx, code: 'CSC 101', outcome: 'inProgress', enrolledOn: '2026-09-14' },
        ],
      },
    ],
    redeemed: [],
  };
}

/** Economics: open courses counted by their weeks, one of two, two of three, a waiver, and one for the Faculty of Medicine to look at. */
function siti(id: IdOf): DemoStudent {
  const onIcourse = (provider: string, code: string, completedOn: string, mark: number): StatedCompletion => ({
    ...passed(provider, code, completedOn, percent(mark)),
    platform: id('icourse'),
  });
  const onSmartedu = (code: string, completedOn: string, mark: number): StatedCompletion => ({
    ...passed(id('peking'), code, completedOn, percent(mark)),
    platform: id('smartedu'),
  });
  return {
    name: 'Siti Rahmawati',
    institution: id('indonesia'),
    studentNumber: '2506510011',
    programmeCode: 'S1-EKO',
    admissionDate: '2025-08-25',
    homeRecord: [homeCourse('EKO 101', 3, core), homeCourse('EKO 102', 3, core), homeCourse('MAT 101', 4, core)],
    transcripts: [
      {
        issuer: id('icourse'),
        issuedOn: '2026-08-15',
        verification: 'verified',
        completions: [
          onIcourse(id('peking'), 'ECO 150', '2025-12-14', 86),
          onIcourse(id('peking'), 'ECO 250', '2026-05-24', 79),
          onIcourse(id('peking'), 'CHN 101', '2025-10-19', 95),
          onIcourse(id('peking'), 'CHN 103', '2026-03-29', 88),
          onIcourse(id('bucm'), 'ACU 101', '2026-06-07', 90),
        ],
      },
      {
        issuer: id('smartedu'),
        issuedOn: '2026-08-20',
        verification: 'verified',
        completions: [onSmartedu('ECO 260', '2026-06-14', 84), onSmartedu('STA 110', '2025-12-21', 91)],
      },
    ],
    redeemed: [],
  };
}

/** Economics: what goes wrong – no proctored examination, a mark too low, half of a pair, a course failed, and one used already. */
function budi(id: IdOf): DemoStudent {
  const onIcourse = { provider: id('peking'), platform: id('icourse'), evidence: unwatched };
  const onSmartedu = { provider: id('peking'), platform: id('smartedu'), evidence: watched };
  return {
    name: 'Budi Santoso',
    institution: id('indonesia'),
    studentNumber: '2506510012',
    programmeCode: 'S1-EKO',
    admissionDate: '2025-08-25',
    homeRecord: [homeCourse('EKO 101', 3, core), homeCourse('EKO 320', 2, { passFail: true })],
    transcripts: [
      {
        issuer: id('icourse'),
        issuedOn: '2026-08-15',
        verification: 'unverified',
        completions: [
          { ...onIcourse, code: 'ECO 150', outcome: 'achieved', completedOn: '2026-05-24', grade: percent(82) },
          { ...onIcourse, code: 'ECO 250', outcome: 'achieved', completedOn: '2025-12-07', grade: percent(77) },
          { ...onIcourse, code: 'CHN 101', outcome: 'achieved', completedOn: '2025-10-19', grade: percent(84) },
          { ...onIcourse, code: 'CHN 102', outcome: 'failed', completedOn: '2026-03-29', grade: percent(41) },
        ],
      },
      {
        issuer: id('smartedu'),
        issuedOn: '2026-08-20',
        verification: 'verified',
        completions: [
          { ...onSmartedu, code: 'ECO 260', outcome: 'achieved', completedOn: '2026-06-14', grade: percent(73) },
          { ...onSmartedu, code: 'STA 110', outcome: 'achieved', completedOn: '2025-12-21', grade: percent(75) },
        ],
      },
    ],
    // It is EKO 320 on the home record.
    redeemed: [{ code: 'ECO 250', decidedOn: '2026-02-10' }],
  };
}

/** Business: courses of three members of an alliance, two of which make one course together. */
function leyla(id: IdOf): DemoStudent {
  const atSalamanca = (code: string, completedOn: string, grade: string): StatedCompletion => ({
    ...passed(id('salamanca'), code, completedOn, { scale: 'ects', value: grade }),
    enrolledOn: '2026-02-02',
  });
  return {
    name: 'Leyla Məmmədova',
    institution: id('ada'),
    studentNumber: 'P00012345',
    programmeCode: 'BBA',
    admissionDate: '2025-09-15',
    homeRecord: [homeCourse('ECON 201', 6), homeCourse('ACCT 101', 6, core), homeCourse('MATH 110', 6, core)],
    transcripts: [
      {
        issuer: id('xuetangx'),
        issuedOn: '2026-06-30',
        verification: 'verified',
        completions: [
          { ...passed(id('tsinghua'), 'POV 101', '2025-12-07', percent(84)), platform: id('xuetangx'), enrolledOn: '2025-10-13' },
          { ...passed(id('tsinghua'), 'ART 210', '2026-05-31', percent(91)), platform: id('xuetangx'), enrolledOn: '2026-04-06' },
        ],
      },
      {
        issuer: id('nairobi'),
        issuedOn: '2026-07-03',
        verification: 'attested',
        completions: [
          { ...passed(id('nairobi'), 'DEV 310', '2026-05-22', { scale: 'percentage-40', value: '67' }), enrolledOn: '2026-02-09' },
        ],
      },
      {
        issuer: id('salamanca'),
        issuedOn: '2026-07-20',
        verification: 'attested',
        completions: [
          atSalamanca('ESP 101', '2026-04-17', 'B'),
          atSalamanca('ESP 102', '2026-07-03', 'C'),
          atSalamanca('ECO 205', '2026-07-03', 'A'),
          atSalamanca('HIS 220', '2026-07-03', 'B'),
        ],
      },
    ],
    redeemed: [],
  };
}
