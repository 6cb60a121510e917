import type { GradingScale } from '../../kernel/index.js';

/** Grades from lowest to highest with their points: `letters('F 0', 'D 1')`. */
function letters(...grades: readonly string[]): GradingScale['grades'] {
  return grades.map((grade) => {
    const blank = grade.lastIndexOf(' ');
    return { value: grade.slice(0, blank), points: grade.slice(blank + 1) };
  });
}

/** Grades from lowest to highest that are words only. */
function words(...grades: readonly string[]): GradingScale['grades'] {
  return grades.map((value) => ({ value }));
}

/** Marks from 0 to 100; what passes differs, so each pass mark is a scale of its own. */
function percentage(id: string, passMark: string, where: string, source: string): GradingScale {
  return { id, name: `Percentage, pass at ${passMark} (${where})`, grades: [], passMark, numeric: { lowest: '0', highest: '100' }, source };
}

/** The Italian exam marks that pass: 18 to 30. */
const italianMarks = Array.from({ length: 13 }, (_, index) => String(18 + index));

/** The grading scales that ship with the service. */
export const shippedGradingScales: readonly GradingScale[] = [
  {
    id: 'us-letter',
    name: 'US letter grades with plus and minus',
    grades: letters(
      'F 0',
      'D- 0.7',
      'D 1.0',
      'D+ 1.3',
      'C- 1.7',
      'C 2.0',
      'C+ 2.3',
      'B- 2.7',
      'B 3.0',
      'B+ 3.3',
      'A- 3.7',
      'A 4.0',
      'A+ 4.0',
    ),
    passMark: 'D-',
    source: 'Academic Senate of the University of California, Regulation 780: grade points; an A+ carries no more points than an A.',
  },
  {
    id: 'ects',
    name: 'ECTS grades A to F',
    grades: words('F', 'FX', 'E', 'D', 'C', 'B', 'A'),
    passMark: 'E',
    distribution: [
      { value: 'A', share: '0.10' },
      { value: 'B', share: '0.25' },
      { value: 'C', share: '0.30' },
      { value: 'D', share: '0.25' },
      { value: 'E', share: '0.10' },
    ],
    source: 'European Commission, ECTS Users’ Guide (before 2009): the best 10 % of those who pass, the next 25, 30, 25 and 10 %.',
  },
  percentage(
    'percentage-40',
    '40',
    'India, Kenya, United Kingdom',
    'QAA, Annex D Outcome Classification Descriptions (2019); University of Nairobi, common regulations for bachelor degrees.',
  ),
  percentage(
    'percentage-50',
    '50',
    'Canada',
    'University of Victoria, undergraduate calendar, grading scale: 50 is the lowest passing mark.',
  ),
  percentage(
    'percentage-51',
    '51',
    'Azerbaijan',
    'Cabinet of Ministers of Azerbaijan, Decision 348 of 24 December 2013 on the credit system: 51 points pass.',
  ),
  percentage(
    'percentage-60',
    '60',
    'China',
    '百分制: regulations of Chinese universities on academic records (学籍管理规定): 60 points pass.',
  ),
  percentage('percentage-70', '70', 'Sophia', 'Sophia Learning, course policies under ACE recommendation: 70 % pass.'),
  {
    id: 'china-five-level',
    name: '五级制 (Chinese five levels)',
    grades: words('不及格', '及格', '中等', '良好', '优秀'),
    passMark: '及格',
    source: 'Regulations of Chinese universities on academic records (学籍管理规定): 优秀, 良好, 中等, 及格, 不及格.',
  },
  {
    id: 'german',
    name: 'German marks 1.0 to 5.0',
    grades: [],
    passMark: '4.0',
    numeric: { lowest: '1.0', highest: '5.0', descending: true },
    source:
      'Kultusministerkonferenz, Ländergemeinsame Strukturvorgaben and framework examination regulations: 1.0 is best, 4.0 passes, 5.0 fails.',
  },
  {
    id: 'french',
    name: 'French marks 0 to 20',
    grades: [],
    passMark: '10',
    numeric: { lowest: '0', highest: '20' },
    source: 'Arrêté du 30 juillet 2018 relatif au diplôme national de licence: marks out of 20, 10 validates.',
  },
  {
    id: 'italian',
    name: 'Italian exam marks 18 to 30 with honours',
    grades: [{ value: 'respinto' }, ...italianMarks.map((mark) => ({ value: mark, points: mark })), { value: '30L', points: '30' }],
    passMark: '18',
    source: 'Decreto ministeriale 270/2004 and the universities’ regulations: 18 of 30 passes, 30L is 30 e lode and counts as 30 in means.',
  },
  {
    id: 'uk-honours',
    name: 'UK honours classes',
    grades: words('Fail', 'Third', '2:2', '2:1', 'First'),
    passMark: 'Third',
    source: 'QAA, Annex D Outcome Classification Descriptions for FHEQ Level 6 (2019).',
  },
  {
    id: 'pass-fail',
    name: 'Pass or fail',
    grades: words('Fail', 'Pass'),
    passMark: 'Pass',
    source: 'Recognition without a grade; general practice.',
  },
  {
    id: 'nptel',
    name: 'NPTEL consolidated score with certificate classes',
    grades: letters('Successfully completed 40', 'Elite 60', 'Elite + Silver 75', 'Elite + Gold 90'),
    passMark: '40',
    numeric: { lowest: '0', highest: '100' },
    source: 'NPTEL, certification criteria (nptel.ac.in): 40 passes; certificates from 60 Elite, from 75 Silver, from 90 Gold.',
  },
  {
    id: 'india-ten-point',
    name: 'Indian ten-point letter grades',
    grades: letters('F 0', 'P 4', 'C 5', 'B 6', 'B+ 7', 'A 8', 'A+ 9', 'O 10'),
    passMark: 'P',
    source: 'University Grants Commission, Guidelines on Adoption of the Choice Based Credit System, 2015, table 1.',
  },
  {
    id: 'nus',
    name: 'National University of Singapore grades',
    grades: letters('F 0', 'D 1.0', 'D+ 1.5', 'C 2.0', 'C+ 2.5', 'B- 3.0', 'B 3.5', 'B+ 4.0', 'A- 4.5', 'A 5.0', 'A+ 5.0'),
    passMark: 'D',
    source: 'National University of Singapore, Registrar’s Office, Modular System: grade points on a five-point scale.',
  },
  {
    id: 'uvic',
    name: 'University of Victoria nine-point letter grades',
    grades: letters('F 0', 'D 1', 'C 2', 'C+ 3', 'B- 4', 'B 5', 'B+ 6', 'A- 7', 'A 8', 'A+ 9'),
    passMark: 'D',
    source: 'University of Victoria, undergraduate calendar, grading scale.',
  },
  {
    id: 'turkish-letter',
    name: 'Turkish letter grades AA to FF',
    grades: letters('FF 0.0', 'FD 0.5', 'DD 1.0', 'DC 1.5', 'CC 2.0', 'CB 2.5', 'BB 3.0', 'BA 3.5', 'AA 4.0'),
    passMark: 'DD',
    source: 'Middle East Technical University, rules and regulations governing undergraduate studies: grade coefficients.',
  },
  {
    id: 'indonesian-letter',
    name: 'Indonesian letter grades A to E',
    grades: letters('E 0', 'D 1', 'C 2', 'B 3', 'A 4'),
    passMark: 'D',
    source: 'Permendikbud 3/2020, Article 24: A is 4, B 3, C 2, D 1, E 0.',
  },
];
