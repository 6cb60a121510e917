import type { StatedRevision } from '../../agreements/index.js';
import type { Rule } from '../../rules/domain/index.js';
import type { IdOf } from './institutions.js';
import { award, converted, course, credit, fixed, percent } from './words.js';

export const moocsIndonesiaTitle = {
  en: 'Chinese open online courses at the University of Indonesia',
  zh: '中国慕课在印度尼西亚大学的学分认定协议',
  id: 'Pengakuan kursus daring Tiongkok di Universitas Indonesia',
};

/** Several providers and two platforms; credit goes by weeks of study, and what is best for the student is taken. */
export function moocsIndonesia(id: IdOf): StatedRevision {
  return {
    attestedBy: id('indonesia'),
    source: 'Demonstration data, written for this service',
    terms: {
      parties: [id('peking'), id('bucm'), id('icourse'), id('smartedu'), id('indonesia')],
      period: { from: '2024-08-01' },
      precedence: 'bestForStudent',
      rules: [...onIcourse(id), ...onSmartedu(id)],
      statements: [
        { target: 'EKO 499', kind: 'noArticulation', reason: { en: 'The thesis is written at home.', id: 'Skripsi ditulis di UI.' } },
        { target: 'EKO 330', kind: 'individualAssessment', reason: { en: 'Ask the department.', id: 'Hubungi departemen.' } },
      ],
      limits: [
        { id: 'six-awards', over: { kind: 'everything' }, maximumCourses: 6 },
        { id: 'one-course-on-china', over: { kind: 'receivingCourses', codes: ['EKO 310'] }, maximumCredits: 3 },
      ],
      conversions: [
        {
          from: 'china-credit',
          to: 'indonesia-sks',
          method: 'table',
          unit: 'weeks',
          rows: [
            { atLeast: 4, credits: 1 },
            { atLeast: 8, credits: 2 },
            { atLeast: 12, credits: 3 },
          ],
        },
      ],
      gradeTables: [],
      redemption: 'once',
    },
  };
}

function onIcourse(id: IdOf): readonly Rule[] {
  const rule = { from: id('icourse'), to: id('indonesia'), validity: { from: '2024-08-01' }, governedBy: 'request' } as const;
  return [
    {
      ...rule,
      id: 'chinese-economy',
      source: course('ECO 150', { minimumGrade: percent(70) }),
      outcome: credit(award('EKO 310', converted(3))),
      conditions: {
        evidence: { identityVerified: true, proctored: true },
        completedWithin: { duration: 'P5Y', before: 'request' },
      },
    },
    {
      ...rule,
      id: 'reform-or-digital-economy',
      from: id('peking'),
      source: { kind: 'any', of: [course('ECO 250'), course('ECO 260')] },
      outcome: credit(award('EKO 320', converted())),
    },
    {
      ...rule,
      id: 'two-courses-of-chinese',
      source: { kind: 'atLeast', courses: 2, of: [course('CHN 101'), course('CHN 102'), course('CHN 103')] },
      outcome: credit(award({ label: { en: 'Chinese', id: 'Bahasa Tionghoa', zh: '汉语' } }, converted(), { attributes: ['language'] })),
      note: { en: 'Any two of the three.', zh: '三门中任选两门。' },
    },
    {
      ...rule,
      id: 'acupuncture',
      source: course('ACU 101'),
      outcome: { kind: 'individualAssessment' },
      note: { en: 'The Faculty of Medicine looks at each case.', id: 'Fakultas Kedokteran menilai setiap kasus.' },
    },
  ];
}

function onSmartedu(id: IdOf): readonly Rule[] {
  const rule = { from: id('smartedu'), to: id('indonesia'), validity: { from: '2024-08-01' }, governedBy: 'request' } as const;
  return [
    {
      ...rule,
      id: 'statistics-waiver',
      source: course('STA 110', { minimumGrade: percent(80) }),
      outcome: credit(award('STK 101', fixed(0), { effect: 'waiver' })),
    },
    {
      ...rule,
      id: 'economics-of-level-200',
      source: { kind: 'course', select: { kind: 'subject', subject: 'ECO', level: 200 } },
      outcome: credit(award({ subject: 'EKO', level: 200, label: { en: 'Economics, unassigned', id: 'Pilihan ekonomi' } }, converted())),
    },
  ];
}
