import type { InstitutionImport } from '../../institutions/index.js';

export const institutionKeys = [
  'tsinghua',
  'peking',
  'bucm',
  'xuetangx',
  'icourse',
  'smartedu',
  'metu',
  'indonesia',
  'ada',
  'nairobi',
  'salamanca',
] as const;
export type InstitutionKey = (typeof institutionKeys)[number];

/** The id under which an institution was recorded. */
export type IdOf = (institution: InstitutionKey) => string;

/** Real institutions and platforms. An identifier that we are not sure of is left out; a platform is known by its domain. */
export const institutions: Readonly<Record<InstitutionKey, InstitutionImport>> = {
  tsinghua: {
    kind: 'university',
    names: { en: 'Tsinghua University', zh: '清华大学', fr: 'Université Tsinghua', es: 'Universidad Tsinghua' },
    country: 'CN',
    identifiers: [
      { scheme: 'cn-moe', value: '4111010003' },
      { scheme: 'ror', value: 'https://ror.org/03cve4549' },
    ],
    homeCreditSystem: 'china-credit',
    website: 'https://www.tsinghua.edu.cn',
  },
  peking: {
    kind: 'university',
    names: { en: 'Peking University', zh: '北京大学', fr: 'Université de Pékin', id: 'Universitas Peking' },
    country: 'CN',
    identifiers: [
      { scheme: 'cn-moe', value: '4111010001' },
      { scheme: 'ror', value: 'https://ror.org/02v51f717' },
    ],
    homeCreditSystem: 'china-credit',
    website: 'https://www.pku.edu.cn',
  },
  bucm: {
    kind: 'university',
    names: { en: 'Beijing University of Chinese Medicine', zh: '北京中医药大学' },
    country: 'CN',
    identifiers: [{ scheme: 'cn-moe', value: '4111010026' }],
    homeCreditSystem: 'china-credit',
    website: 'https://www.bucm.edu.cn',
  },
  xuetangx: {
    kind: 'platform',
    names: { en: 'XuetangX', zh: '学堂在线' },
    country: 'CN',
    identifiers: [{ scheme: 'domain', value: 'xuetangx.com' }],
    homeGradingScale: 'percentage-60',
    website: 'https://www.xuetangx.com',
  },
  icourse: {
    kind: 'platform',
    names: { en: 'iCourse (China University MOOC)', zh: '爱课程（中国大学MOOC）' },
    country: 'CN',
    identifiers: [{ scheme: 'domain', value: 'icourse163.org' }],
    homeGradingScale: 'percentage-60',
    website: 'https://www.icourse163.org',
  },
  smartedu: {
    kind: 'platform',
    names: { en: 'Smart Education of China, Higher Education', zh: '国家高等教育智慧教育平台' },
    country: 'CN',
    identifiers: [{ scheme: 'domain', value: 'higher.smartedu.cn' }],
    homeGradingScale: 'percentage-60',
    website: 'https://higher.smartedu.cn',
  },
  metu: {
    kind: 'university',
    names: { en: 'Middle East Technical University', tr: 'Orta Doğu Teknik Üniversitesi', zh: '中东技术大学' },
    country: 'TR',
    identifiers: [
      { scheme: 'erasmus', value: 'TR ANKARA04' },
      { scheme: 'schac', value: 'metu.edu.tr' },
    ],
    homeCreditSystem: 'ects',
    homeGradingScale: 'turkish-letter',
    website: 'https://www.metu.edu.tr',
  },
  indonesia: {
    kind: 'university',
    names: { en: 'University of Indonesia', id: 'Universitas Indonesia', zh: '印度尼西亚大学' },
    country: 'ID',
    identifiers: [
      { scheme: 'ror', value: 'https://ror.org/0116zj450' },
      { scheme: 'schac', value: 'ui.ac.id' },
    ],
    homeCreditSystem: 'indonesia-sks',
    homeGradingScale: 'indonesian-letter',
    website: 'https://www.ui.ac.id',
  },
  ada: {
    kind: 'university',
    names: { en: 'ADA University', az: 'ADA Universiteti', zh: '阿塞拜疆ADA大学' },
    country: 'AZ',
    identifiers: [{ scheme: 'schac', value: 'ada.edu.az' }],
    homeCreditSystem: 'ects',
    homeGradingScale: 'percentage-51',
    website: 'https://www.ada.edu.az',
  },
  nairobi: {
    kind: 'university',
    names: { en: 'University of Nairobi', sw: 'Chuo Kikuu cha Nairobi', zh: '内罗毕大学' },
    country: 'KE',
    identifiers: [
      { scheme: 'ror', value: 'https://ror.org/02y9nww90' },
      { scheme: 'schac', value: 'uonbi.ac.ke' },
    ],
    homeGradingScale: 'percentage-40',
    website: 'https://www.uonbi.ac.ke',
  },
  salamanca: {
    kind: 'university',
    names: { en: 'University of Salamanca', es: 'Universidad de Salamanca', fr: 'Université de Salamanque', zh: '萨拉曼卡大学' },
    country: 'ES',
    identifiers: [
      { scheme: 'ror', value: 'https://ror.org/02f40zc51' },
      { scheme: 'erasmus', value: 'E SALAMAN02' },
      { scheme: 'schac', value: 'usal.es' },
    ],
    homeCreditSystem: 'ects',
    website: 'https://www.usal.es',
  },
};
