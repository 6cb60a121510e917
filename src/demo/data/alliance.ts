import type { StatedRevision } from '../../agreements/index.js';
import { anyMember, type Rule } from '../../rules/domain/index.js';
import type { IdOf } from './institutions.js';
import { award, bands, converted, course, credit, fixed, graded } from './words.js';

export const allianceTitle = {
  en: 'Framework of an alliance for shared online courses',
  zh: '在线课程共享联盟学分互认框架协议',
  fr: 'Accord-cadre d’une alliance pour des cours en ligne partagés',
  es: 'Acuerdo marco de una alianza de cursos en línea compartidos',
};

/** Every member recognises what every member teaches, by field and level; a few courses are named. */
export function alliance(id: IdOf): StatedRevision {
  return {
    attestedBy: id('ada'),
    source: 'Demonstration data, written for this service',
    terms: {
      parties: [id('tsinghua'), id('ada'), id('nairobi'), id('salamanca')],
      period: { from: '2024-09-01' },
      precedence: 'mostSpecific',
      rules: [...betweenMembers(id), ...atAda(id)],
      statements: [{ target: 'BUS 499', kind: 'noArticulation', reason: { en: 'The capstone project is done at home.' } }],
      limits: [
        { id: 'social-sciences', over: { kind: 'rules', rules: ['social-sciences', 'poverty-eradication'] }, maximumCredits: 12 },
        { id: 'in-all', over: { kind: 'everything' }, maximumCredits: 60 },
      ],
      conversions: [
        { from: 'china-credit', to: 'ects', method: 'hours', rounding: { mode: 'halfUp', step: 0.5 } },
        { from: 'uk-cats', to: 'ects', method: 'yearShare', rounding: { mode: 'halfUp', step: 0.5 } },
      ],
      gradeTables: [
        bands('percentage-60', 'percentage-51', 100, [90, '95'], [80, '85'], [70, '75'], [60, '60']),
        bands('percentage-40', 'percentage-51', 100, [70, '95'], [60, '85'], [50, '70'], [40, '55']),
        {
          from: 'ects',
          to: 'percentage-51',
          method: 'pairs',
          pairs: [
            { from: 'A', to: '95' },
            { from: 'B', to: '88' },
            { from: 'C', to: '78' },
            { from: 'D', to: '65' },
            { from: 'E', to: '55' },
          ],
        },
      ],
      redemption: 'oncePerInstitution',
    },
  };
}

function betweenMembers(id: IdOf): readonly Rule[] {
  const rule = { from: anyMember, to: anyMember, validity: { from: '2024-09-01' } } as const;
  return [
    {
      ...rule,
      id: 'social-sciences',
      source: { kind: 'course', select: { kind: 'field', isced: '031', minimumEqf: 6 } },
      outcome: credit(
        award({ subject: 'SOC', label: { en: 'Social sciences', zh: '社会科学', es: 'Ciencias sociales' } }, converted(), {
          ...graded,
          attributes: ['global'],
        }),
      ),
      conditions: { evidence: { verifiedTranscript: true } },
      governedBy: 'enrolment',
    },
    {
      ...rule,
      id: 'poverty-eradication',
      source: course('POV 101', { provider: id('tsinghua') }),
      outcome: credit(
        award({ subject: 'SOC', label: { en: 'Poverty eradication', zh: '消除贫困' } }, converted(), { attributes: ['global'] }),
      ),
      governedBy: 'completion',
    },
    {
      ...rule,
      id: 'figure-painting',
      source: course('ART 210', { provider: id('tsinghua') }),
      outcome: credit(award({ subject: 'ART', label: { en: 'Chinese painting', zh: '中国画' } }, fixed(3), { attributes: ['arts'] })),
      governedBy: 'completion',
      note: { en: 'Of the edition of 2024: the one before had no examination.', zh: '限2024年版课程；此前的版本没有考试。' },
    },
  ];
}

function atAda(id: IdOf): readonly Rule[] {
  const rule = { to: id('ada'), validity: { from: '2024-09-01' }, governedBy: 'completion' } as const;
  return [
    {
      ...rule,
      id: 'development-economics',
      from: anyMember,
      source: { kind: 'all', of: [course('POV 101', { provider: id('tsinghua') }), course('DEV 310', { provider: id('nairobi') })] },
      outcome: credit(
        award('ECON 240', fixed(6), graded),
        award({ subject: 'SOC', label: { en: 'Development studies', zh: '发展研究' } }, converted(), { attributes: ['global'] }),
      ),
      note: { en: 'Two cases, China and East Africa, make the course.', zh: '中国与东非两个案例合为一门课程。' },
    },
    {
      ...rule,
      id: 'spanish',
      from: id('salamanca'),
      source: { kind: 'atLeast', credits: 12, of: [{ kind: 'course', select: { kind: 'subject', subject: 'ESP' } }] },
      outcome: credit(
        award('SPAN 101', fixed(6), { grade: { kind: 'converted', combine: 'creditWeightedMean' } }),
        award('SPAN 102', fixed(6), { grade: { kind: 'converted', combine: 'creditWeightedMean' } }),
      ),
    },
    {
      ...rule,
      id: 'european-history',
      from: id('salamanca'),
      source: course('HIS 220'),
      outcome: credit(award({ subject: 'HIST', level: 200, label: { en: 'Europe and Asia', es: 'Europa y Asia' } }, fixed(6), graded)),
      conditions: { programmes: { only: ['BBA'] } },
      // For those admitted since the agreement holds.
      validity: { from: '2025-09-01' },
      governedBy: 'admission',
    },
  ];
}
