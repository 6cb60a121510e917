import type { ProgrammeDetails } from '../../programmes/index.js';
import type { IdOf } from './institutions.js';

/** Three bachelor programmes, abridged: what cannot be taken elsewhere is one requirement, `core`. The universities are real, the curricula are not. */
export function programmes(id: IdOf): readonly ProgrammeDetails[] {
  return [civilEngineering(id), economics(id), businessAdministration(id)];
}

function civilEngineering(id: IdOf): ProgrammeDetails {
  return {
    institution: id('metu'),
    code: 'BSC-CE',
    catalogueYear: 2025,
    title: { en: 'Civil Engineering', tr: 'İnşaat Mühendisliği', zh: '土木工程' },
    creditSystem: 'ects',
    totalCredits: 240,
    requirements: {
      kind: 'all',
      id: 'degree',
      of: [
        { kind: 'course', id: 'mathematics', title: { en: 'Calculus' }, codes: ['MATH 119'], credits: 7.5 },
        { kind: 'course', id: 'physics', title: { en: 'Physics' }, codes: ['PHYS 105'], credits: 6.5 },
        { kind: 'course', id: 'programming', title: { en: 'Programming' }, codes: ['CENG 240'], credits: 5 },
        { kind: 'course', id: 'structures', title: { en: 'Structural analysis' }, codes: ['CE 383'], credits: 6 },
        {
          kind: 'atLeast',
          id: 'specialisation',
          title: { en: 'One specialisation in its entirety', tr: 'Bir uzmanlık alanının tamamı' },
          count: 1,
          of: [
            {
              kind: 'all',
              id: 'transport',
              title: { en: 'Transport' },
              of: [
                { kind: 'course', id: 'railways', title: { en: 'Railways' }, codes: ['CE 421'], credits: 5 },
                {
                  kind: 'credits',
                  id: 'transport-electives',
                  title: { en: 'Advanced transport electives' },
                  credits: 5,
                  from: [{ kind: 'subject', subject: 'CE', minimumLevel: 400 }],
                },
              ],
            },
            {
              kind: 'all',
              id: 'planning',
              title: { en: 'Planning' },
              of: [
                { kind: 'course', id: 'city-planning', title: { en: 'City planning' }, codes: ['CRP 401'], credits: 4 },
                {
                  kind: 'credits',
                  id: 'planning-electives',
                  title: { en: 'Planning electives' },
                  credits: 6,
                  from: [{ kind: 'code', pattern: 'CRP ###' }],
                },
              ],
            },
          ],
        },
        {
          kind: 'course',
          id: 'graduation-project',
          title: { en: 'Graduation project' },
          codes: ['CE 410'],
          credits: 8,
          transfer: { maximumCourses: 0 },
        },
        { kind: 'freeElectives', id: 'electives', title: { en: 'Free electives' }, credits: 12, transfer: { maximumCredits: 10 } },
        { kind: 'credits', id: 'core', title: { en: 'Core courses' }, credits: 185, from: [{ kind: 'attribute', attribute: 'core' }] },
      ],
    },
    policy: {
      maximumTransferredShare: '1/4',
      residencyCredits: 150,
      maximumMoocCredits: 12,
      passFail: { maximumCredits: 12 },
      minimumGrades: [{ scale: 'percentage-60', value: '60' }],
      maximumAge: 'P6Y',
    },
  };
}

function economics(id: IdOf): ProgrammeDetails {
  return {
    institution: id('indonesia'),
    code: 'S1-EKO',
    catalogueYear: 2025,
    title: { en: 'Economics', id: 'Ilmu Ekonomi', zh: '经济学' },
    creditSystem: 'indonesia-sks',
    totalCredits: 144,
    requirements: {
      kind: 'all',
      id: 'degree',
      of: [
        { kind: 'course', id: 'statistics', title: { en: 'Statistics', id: 'Statistika' }, codes: ['STK 101'], credits: 3 },
        {
          kind: 'atLeast',
          id: 'economies',
          title: { en: 'Two economies of Asia', id: 'Dua perekonomian Asia' },
          count: 2,
          of: [
            { kind: 'course', id: 'china', title: { en: 'China' }, codes: ['EKO 310'], credits: 3 },
            { kind: 'course', id: 'transition', title: { en: 'Economies in transition' }, codes: ['EKO 320'], credits: 2 },
            { kind: 'course', id: 'asean', title: { en: 'ASEAN' }, codes: ['EKO 330'], credits: 3 },
          ],
        },
        {
          kind: 'credits',
          id: 'economics-electives',
          title: { en: 'Electives in economics', id: 'Pilihan ekonomi' },
          credits: 6,
          from: [{ kind: 'subject', subject: 'EKO', minimumLevel: 200 }],
        },
        {
          kind: 'credits',
          id: 'language',
          title: { en: 'A foreign language', id: 'Bahasa asing' },
          credits: 2,
          from: [{ kind: 'attribute', attribute: 'language' }],
        },
        { kind: 'freeElectives', id: 'electives', title: { en: 'Free electives', id: 'Pilihan bebas' }, credits: 4 },
        {
          kind: 'course',
          id: 'thesis',
          title: { en: 'Thesis', id: 'Skripsi' },
          codes: ['EKO 499'],
          credits: 6,
          transfer: { maximumCourses: 0 },
        },
        { kind: 'credits', id: 'core', title: { en: 'Core courses' }, credits: 118, from: [{ kind: 'attribute', attribute: 'core' }] },
      ],
    },
    policy: {
      maximumTransferredCredits: 20,
      maximumMoocCredits: 10,
      moocWithoutGrade: true,
      minimumGrades: [{ scale: 'percentage-60', value: '70' }],
    },
  };
}

function businessAdministration(id: IdOf): ProgrammeDetails {
  return {
    institution: id('ada'),
    code: 'BBA',
    catalogueYear: 2025,
    title: { en: 'Business Administration', az: 'Biznesin idarə edilməsi', zh: '工商管理' },
    creditSystem: 'ects',
    totalCredits: 240,
    requirements: {
      kind: 'all',
      id: 'degree',
      of: [
        { kind: 'course', id: 'economics', title: { en: 'Principles of economics' }, codes: ['ECON 201'], credits: 6 },
        { kind: 'course', id: 'development', title: { en: 'Development economics' }, codes: ['ECON 240'], credits: 6 },
        {
          kind: 'credits',
          id: 'society',
          title: { en: 'Social sciences' },
          credits: 6,
          from: [{ kind: 'subject', subject: 'SOC' }],
          sharesWith: ['global'],
        },
        {
          kind: 'atLeast',
          id: 'breadth',
          title: { en: 'Two of arts, a language, a global perspective' },
          count: 2,
          of: [
            { kind: 'credits', id: 'arts', title: { en: 'Arts' }, credits: 3, from: [{ kind: 'attribute', attribute: 'arts' }] },
            {
              kind: 'all',
              id: 'spanish',
              title: { en: 'Spanish, both courses' },
              of: [
                { kind: 'course', id: 'spanish-1', title: { en: 'Spanish I' }, codes: ['SPAN 101'], credits: 6 },
                { kind: 'course', id: 'spanish-2', title: { en: 'Spanish II' }, codes: ['SPAN 102'], credits: 6 },
              ],
            },
            {
              kind: 'credits',
              id: 'global',
              title: { en: 'A global perspective' },
              credits: 6,
              from: [{ kind: 'attribute', attribute: 'global' }],
              sharesWith: ['society'],
            },
          ],
        },
        { kind: 'freeElectives', id: 'electives', title: { en: 'Free electives' }, credits: 10 },
        {
          kind: 'course',
          id: 'capstone',
          title: { en: 'Capstone project' },
          codes: ['BUS 499'],
          credits: 12,
          transfer: { maximumCourses: 0 },
        },
        { kind: 'credits', id: 'core', title: { en: 'Core courses' }, credits: 191, from: [{ kind: 'attribute', attribute: 'core' }] },
      ],
    },
    policy: { maximumTransferredShare: '1/2', residencyCredits: 60 },
  };
}
