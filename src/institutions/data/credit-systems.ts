import type { CreditSystem } from '../../kernel/index.js';

/**
 * The credit systems that ship with the service. Hours are hours of learner workload, class and own study together, unless the source says otherwise.
 */
export const shippedCreditSystems: readonly CreditSystem[] = [
  {
    id: 'ects',
    name: 'European Credit Transfer and Accumulation System (ECTS)',
    creditsPerYear: 60,
    hoursPerCredit: { minimum: 25, maximum: 30 },
    source: 'European Commission, ECTS Users’ Guide 2015, sections 1 and 2: 60 credits for a full-time year of 1,500 to 1,800 hours.',
  },
  {
    id: 'uk-cats',
    name: 'UK credit (CATS)',
    creditsPerYear: 120,
    hoursPerCredit: { minimum: 10, maximum: 10 },
    source:
      'QAA, Higher Education Credit Framework for England, 2nd edition 2021: one credit stands for 10 notional hours, 120 for a year.',
  },
  {
    id: 'us-semester',
    name: 'US semester credit hour',
    creditsPerYear: 30,
    hoursPerCredit: { minimum: 45, maximum: 45 },
    source:
      '34 CFR 600.2 “credit hour”: one hour of class and two hours of other work a week for about 15 weeks; 30 credits for a full-time year.',
  },
  {
    id: 'us-quarter',
    name: 'US quarter credit hour',
    creditsPerYear: 45,
    hoursPerCredit: { minimum: 30, maximum: 30 },
    source: '34 CFR 600.2 “credit hour”: the same weekly work for 10 to 12 weeks; 45 credits for a full-time year of three quarters.',
  },
  {
    id: 'uc-quarter',
    name: 'University of California quarter unit (UC San Diego and others)',
    creditsPerYear: 45,
    hoursPerCredit: { minimum: 30, maximum: 30 },
    source:
      'Academic Senate of the University of California, Regulation 760: one unit for three hours’ work a week for a quarter of ten weeks; 180 units for a degree of four years.',
  },
  {
    id: 'china-credit',
    name: '学分 (credit of Chinese universities)',
    creditsPerYear: 40,
    hoursPerCredit: { minimum: 16, maximum: 16 },
    source:
      'Usual practice of regulations of Chinese universities (学分制管理规定): 16 class hours (学时) for a credit, own study not counted; about 160 credits for a degree of four years. Each institution sets its own figures.',
  },
  {
    id: 'umap-ucts',
    name: 'UMAP Credit Transfer Scheme (UCTS)',
    hoursPerCredit: { minimum: 38, maximum: 48 },
    source:
      'University Mobility in Asia and the Pacific, umap.org/credit-transfer-scheme: 38 to 48 hours of student workload, of which 13 to 16 in class.',
  },
  {
    id: 'japan-unit',
    name: '単位 (credit of Japanese universities)',
    creditsPerYear: 31,
    hoursPerCredit: { minimum: 45, maximum: 45 },
    source:
      'Standards for Establishment of Universities (Order 28 of 1956), Article 21: 45 hours of learning for a credit; Article 32: 124 credits in four years.',
  },
  {
    id: 'india-credit',
    name: 'Credit of the Indian National Credit Framework',
    creditsPerYear: 40,
    hoursPerCredit: { minimum: 30, maximum: 30 },
    source:
      'University Grants Commission, Report on the National Credit Framework, April 2023: 30 notional hours for a credit, 40 credits for a year of 1,200 hours.',
  },
  {
    id: 'indonesia-sks',
    name: 'Satuan kredit semester (SKS)',
    creditsPerYear: 36,
    hoursPerCredit: { minimum: 45, maximum: 45 },
    source:
      'Permendikbudristek 53/2023 on quality assurance of higher education: 45 hours a semester for one SKS; 144 SKS for a bachelor of eight semesters.',
  },
  {
    id: 'uvic-unit',
    name: 'University of Victoria unit',
    creditsPerYear: 15,
    hoursPerCredit: { minimum: 90, maximum: 90 },
    source:
      'University of Victoria, undergraduate calendar: 1.5 units for a course of one term (3 semester credits, 39 contact hours); 60 units for a degree of four years.',
  },
  {
    id: 'nus-unit',
    name: 'National University of Singapore unit (modular credit)',
    creditsPerYear: 40,
    hoursPerCredit: { minimum: 32.5, maximum: 32.5 },
    source:
      'National University of Singapore, Registrar’s Office, Modular System: one unit for 2.5 hours’ work a week for 13 weeks (4 units are 130 hours); 20 units a semester.',
  },
];
