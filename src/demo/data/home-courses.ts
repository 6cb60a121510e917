import type { CourseDetails } from '../../courses/index.js';
import type { IdOf } from './institutions.js';

interface Stated {
  readonly code: string;
  readonly titles: CourseDetails['titles'];
  readonly credits: number;
}

/** The courses of the receiving universities that agreements name. Codes are invented. */
export function homeCourses(id: IdOf): readonly CourseDetails[] {
  return [...atMetu(id), ...atIndonesia(id), ...atAda(id)];
}

function onCampus(provider: string, creditSystem: string, languages: readonly string[], courses: readonly Stated[]): CourseDetails[] {
  return courses.map((course) => ({
    ...course,
    provider,
    creditSystem,
    languages,
    eqfLevel: 6,
    learningOutcomes: [],
    assessment: { proctored: true, identityVerified: true },
    delivery: 'onCampus',
    repeatable: false,
    validity: { from: '2018-09-01' },
  }));
}

function atMetu(id: IdOf): readonly CourseDetails[] {
  return onCampus(
    id('metu'),
    'ects',
    ['en'],
    [
      { code: 'CENG 240', titles: { en: 'Programming for Engineers', tr: 'Mühendisler için Programlama' }, credits: 5 },
      { code: 'CE 383', titles: { en: 'Structural Analysis', tr: 'Yapı Analizi' }, credits: 6 },
      { code: 'CE 410', titles: { en: 'Graduation Project', tr: 'Bitirme Projesi' }, credits: 8 },
      { code: 'CE 421', titles: { en: 'Railway Engineering', tr: 'Demiryolu Mühendisliği' }, credits: 5 },
      { code: 'CRP 401', titles: { en: 'Introduction to City Planning', tr: 'Şehir Planlamaya Giriş' }, credits: 4 },
    ],
  );
}

function atIndonesia(id: IdOf): readonly CourseDetails[] {
  return onCampus(
    id('indonesia'),
    'indonesia-sks',
    ['id'],
    [
      { code: 'STK 101', titles: { en: 'Statistics for Economists', id: 'Statistika Ekonomi' }, credits: 3 },
      { code: 'EKO 310', titles: { en: 'The Chinese Economy', id: 'Perekonomian Tiongkok' }, credits: 3 },
      { code: 'EKO 320', titles: { en: 'Economies in Transition', id: 'Ekonomi Transisi' }, credits: 2 },
      { code: 'EKO 330', titles: { en: 'The Economies of ASEAN', id: 'Perekonomian ASEAN' }, credits: 3 },
      { code: 'EKO 499', titles: { en: 'Bachelor’s Thesis', id: 'Skripsi' }, credits: 6 },
    ],
  );
}

function atAda(id: IdOf): readonly CourseDetails[] {
  return onCampus(
    id('ada'),
    'ects',
    ['en'],
    [
      { code: 'ECON 201', titles: { en: 'Principles of Economics', az: 'İqtisadiyyatın əsasları' }, credits: 6 },
      { code: 'ECON 240', titles: { en: 'Development Economics', az: 'İnkişaf iqtisadiyyatı' }, credits: 6 },
      { code: 'SPAN 101', titles: { en: 'Spanish I', az: 'İspan dili I' }, credits: 6 },
      { code: 'SPAN 102', titles: { en: 'Spanish II', az: 'İspan dili II' }, credits: 6 },
      { code: 'BUS 499', titles: { en: 'Capstone Project', az: 'Buraxılış layihəsi' }, credits: 12 },
    ],
  );
}
