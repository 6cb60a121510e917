import type { StatedRevision } from '../../agreements/index.js';
import type { Rule } from '../../rules/domain/index.js';
import type { IdOf } from './institutions.js';
import { award, bands, converted, course, credit, fixed, graded, percent } from './words.js';

export const tsinghuaMetuTitle = {
  en: 'Open courses of Tsinghua University at Middle East Technical University',
  zh: '清华大学与中东技术大学开放课程学分互认协议',
  tr: 'Tsinghua Üniversitesi açık derslerinin Orta Doğu Teknik Üniversitesinde tanınması',
};

/** One sender, live courses and open courses; the most specific rule goes first. */
export function tsinghuaMetu(id: IdOf): StatedRevision {
  const rules = [...liveCourses(id), ...onXuetangx(id)];
  return {
    attestedBy: id('metu'),
    source: 'Demonstration data, written for this service',
    terms: {
      parties: [id('tsinghua'), id('xuetangx'), id('metu')],
      period: { from: '2024-09-01' },
      precedence: 'mostSpecific',
      rules,
      statements: [
        {
          target: 'CE 410',
          kind: 'takeAfterTransfer',
          reason: { en: 'The graduation project is done at METU.', zh: '毕业设计须在中东技术大学完成。' },
        },
      ],
      limits: [
        {
          id: 'three-open-courses',
          over: { kind: 'sendingCourses', select: [{ kind: 'pattern', pattern: '*', platform: id('xuetangx') }] },
          maximumCourses: 3,
          note: { en: 'At most three courses taken on XuetangX.', zh: '学堂在线课程至多认定三门。' },
        },
        { id: 'in-all', over: { kind: 'everything' }, maximumCredits: 40 },
      ],
      // By the share of a year a credit would be 1.5 ECTS; the parties agreed on 2.
      conversions: [{ from: 'china-credit', to: 'ects', method: 'pinned', factor: '2', rounding: { mode: 'halfUp', step: 0.5 } }],
      gradeTables: [
        bands('percentage-60', 'turkish-letter', 100, [90, 'AA'], [85, 'BA'], [80, 'BB'], [75, 'CB'], [70, 'CC'], [65, 'DC'], [60, 'DD']),
      ],
      redemption: 'oncePerProgramme',
    },
  };
}

function liveCourses(id: IdOf): readonly Rule[] {
  const rule = { from: id('tsinghua'), to: id('metu'), validity: { from: '2024-09-01' }, governedBy: 'completion' } as const;
  return [
    {
      ...rule,
      id: 'rail-transit',
      source: course('TRA 301', { minimumGrade: percent(70) }),
      outcome: credit(award('CE 421', converted(6), graded)),
    },
    {
      ...rule,
      id: 'rail-transit-with-signalling',
      source: { kind: 'all', of: [course('TRA 301', { minimumGrade: percent(70) }), course('TRA 302', { minimumGrade: percent(70) })] },
      outcome: credit(
        award('CE 421', fixed(5), graded),
        award({ subject: 'CE', level: 400, label: { en: 'Rail signalling', zh: '轨道交通信号' } }, converted(), graded),
      ),
      note: { en: 'Taken together the two courses earn an advanced elective as well.', zh: '两门课程合修另可获得一门高阶选修课学分。' },
    },
    {
      ...rule,
      id: 'sustainable-cities',
      source: course('GHC 400', { minimumGrade: percent(60) }),
      outcome: {
        kind: 'choice',
        by: 'student',
        options: [
          [award('CRP 401', fixed(4))],
          [award({ subject: 'CE', level: 400, label: { en: 'Sustainable cities', zh: '可持续城市' } }, fixed(4))],
        ],
      },
    },
  ];
}

function onXuetangx(id: IdOf): readonly Rule[] {
  const rule = { from: id('xuetangx'), to: id('metu'), validity: { from: '2024-09-01' }, governedBy: 'completion' } as const;
  return [
    {
      ...rule,
      id: 'structural-mechanics-80',
      source: course('CIV 220', { minimumGrade: percent(80) }),
      outcome: credit(award('CE 383', converted(), graded)),
    },
    {
      ...rule,
      id: 'structural-mechanics-60',
      source: course('CIV 220', { minimumGrade: percent(60), maximumGrade: percent(79) }),
      outcome: credit(award({ subject: 'CE', level: 300, label: { en: 'Structural mechanics', zh: '结构力学' } }, converted(), graded)),
    },
    {
      ...rule,
      id: 'programming-exemption',
      source: course('CSC 101', { minimumGrade: percent(75) }),
      outcome: credit(award('CENG 240', fixed(0), { effect: 'exemption' })),
      conditions: { evidence: { identityVerified: true, proctored: true } },
    },
    {
      ...rule,
      id: 'data-structures',
      source: course('CSC 102'),
      outcome: credit(award({ subject: 'CENG', level: 200, label: { en: 'Data structures', zh: '数据结构' } }, converted(6))),
      conditions: { alsoHolds: course('CSC 101') },
    },
    {
      ...rule,
      id: 'other-rail-courses',
      source: { kind: 'course', select: { kind: 'pattern', pattern: 'TRA 3##' } },
      outcome: credit(award({ subject: 'CE', level: 300, label: { en: 'Railways, unassigned', zh: '轨道交通类选修' } }, converted(4))),
    },
    {
      ...rule,
      id: 'no-preparatory-courses',
      source: { kind: 'course', select: { kind: 'pattern', pattern: 'PRE *' } },
      outcome: { kind: 'noCredit', reason: 'remedial' },
    },
  ];
}
