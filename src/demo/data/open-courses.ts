import type { CourseDetails } from '../../courses/index.js';
import type { IdOf } from './institutions.js';

type Stated = Pick<CourseDetails, 'provider' | 'code' | 'titles' | 'credits' | 'delivery' | 'isced' | 'weeks'> & Partial<CourseDetails>;

/** A course with what most of them have in common. */
function course(stated: Stated): CourseDetails {
  return {
    creditSystem: 'china-credit',
    eqfLevel: 6,
    languages: ['zh-CN', 'en'],
    learningOutcomes: [],
    assessment: { proctored: true, identityVerified: true },
    repeatable: false,
    validity: { from: '2022-09-01' },
    ...stated,
  };
}

/** Courses that others take: open courses on the platforms, live global open courses and a hybrid classroom. Codes and syllabuses are invented. */
export function openCourses(id: IdOf): readonly CourseDetails[] {
  return [...tsinghuaMoocs(id), ...tsinghuaLive(id), ...pekingMoocs(id), ...chineseMedicine(id), ...partnerCourses(id)];
}

function tsinghuaMoocs(id: IdOf): readonly CourseDetails[] {
  const onXuetangx = { provider: id('tsinghua'), platform: id('xuetangx'), delivery: 'mooc' } as const;
  return [
    course({
      ...onXuetangx,
      code: 'POV 101',
      titles: {
        en: 'China’s Path out of Poverty',
        zh: '中国消除贫困之路',
        fr: 'La Chine sur la voie de l’éradication de la pauvreté',
        id: 'Jalan Tiongkok Keluar dari Kemiskinan',
        az: 'Çinin yoxsulluqdan çıxış yolu',
        es: 'El camino de China para salir de la pobreza',
      },
      credits: 2,
      workloadHours: 64,
      weeks: 8,
      isced: '0311',
      learningOutcomes: [
        { en: 'Explains how rural poverty was measured and reduced.', zh: '说明农村贫困如何测量、如何减少。' },
        { en: 'Compares targeted measures with general growth.', zh: '比较精准扶贫与一般经济增长。' },
      ],
    }),
    // A changed syllabus is a new edition: two weeks more, and an examination that somebody watches.
    course({
      ...onXuetangx,
      code: 'ART 210',
      titles: { en: 'Chinese Figure Painting', zh: '中国人物画', tr: 'Çin Figür Resmi', es: 'Pintura china de figuras' },
      credits: 1.5,
      weeks: 6,
      isced: '0213',
      assessment: { proctored: false, identityVerified: false },
      validity: { from: '2019-02-01', until: '2024-08-31' },
    }),
    course({
      ...onXuetangx,
      code: 'ART 210',
      titles: { en: 'Chinese Figure Painting', zh: '中国人物画', tr: 'Çin Figür Resmi', es: 'Pintura china de figuras' },
      credits: 2,
      weeks: 8,
      isced: '0213',
      validity: { from: '2024-09-01' },
    }),
    course({
      ...onXuetangx,
      code: 'TRA 303',
      titles: { en: 'High-Speed Railway Engineering', zh: '高速铁路工程', tr: 'Yüksek Hızlı Demiryolu Mühendisliği' },
      credits: 2,
      weeks: 8,
      isced: '0732',
    }),
    course({
      ...onXuetangx,
      code: 'CIV 220',
      titles: { en: 'Structural Mechanics', zh: '结构力学', tr: 'Yapı Mekaniği' },
      credits: 3,
      weeks: 16,
      isced: '0732',
    }),
    course({
      ...onXuetangx,
      code: 'CSC 101',
      titles: { en: 'Fundamentals of Programming', zh: '程序设计基础', tr: 'Programlamanın Temelleri' },
      credits: 3,
      weeks: 16,
      isced: '0613',
    }),
    course({
      ...onXuetangx,
      code: 'CSC 102',
      titles: { en: 'Data Structures', zh: '数据结构', tr: 'Veri Yapıları' },
      credits: 3,
      weeks: 16,
      isced: '0613',
    }),
    course({
      ...onXuetangx,
      code: 'PRE 010',
      titles: { en: 'Mathematics before University', zh: '大学数学先修课' },
      credits: 1,
      weeks: 4,
      eqfLevel: 4,
      isced: '0541',
    }),
  ];
}

function tsinghuaLive(id: IdOf): readonly CourseDetails[] {
  const provider = id('tsinghua');
  return [
    course({
      provider,
      code: 'TRA 301',
      titles: { en: 'Urban Rail Transit', zh: '城市轨道交通', tr: 'Kentsel Raylı Sistemler', fr: 'Transport ferroviaire urbain' },
      credits: 3,
      weeks: 16,
      isced: '1041',
      delivery: 'liveOnline',
      learningOutcomes: [{ en: 'Plans a line: demand, alignment, stations, timetable.', zh: '规划一条线路：客流、线位、车站与运行图。' }],
    }),
    course({
      provider,
      code: 'TRA 302',
      titles: { en: 'Rail Signalling and Train Control', zh: '轨道交通信号与列车控制', tr: 'Demiryolu Sinyalizasyonu ve Tren Kontrolü' },
      credits: 2,
      weeks: 16,
      isced: '0714',
      delivery: 'liveOnline',
    }),
    course({
      provider,
      code: 'GHC 400',
      titles: { en: 'Sustainable Cities', zh: '可持续城市', tr: 'Sürdürülebilir Kentler', id: 'Kota Berkelanjutan', sw: 'Miji Endelevu' },
      credits: 2,
      weeks: 16,
      isced: '0731',
      languages: ['en'],
      delivery: 'hybridClassroom',
    }),
  ];
}

function pekingMoocs(id: IdOf): readonly CourseDetails[] {
  const onIcourse = { provider: id('peking'), platform: id('icourse'), delivery: 'mooc' } as const;
  const onSmartedu = { provider: id('peking'), platform: id('smartedu'), delivery: 'mooc' } as const;
  const chinese = { ...onIcourse, credits: 1, weeks: 4, isced: '0231', eqfLevel: 5 };
  return [
    course({
      ...onIcourse,
      code: 'ECO 150',
      titles: { en: 'Understanding the Chinese Economy', zh: '解读中国经济', id: 'Memahami Ekonomi Tiongkok' },
      credits: 3,
      weeks: 12,
      isced: '0311',
    }),
    course({
      ...onIcourse,
      code: 'ECO 250',
      titles: { en: 'Economic Reform in China', zh: '中国经济改革', id: 'Reformasi Ekonomi Tiongkok' },
      credits: 2,
      weeks: 8,
      isced: '0311',
    }),
    course({
      ...onSmartedu,
      code: 'ECO 260',
      titles: { en: 'The Digital Economy', zh: '数字经济', id: 'Ekonomi Digital' },
      credits: 2,
      weeks: 8,
      isced: '0311',
    }),
    course({
      ...onSmartedu,
      code: 'STA 110',
      titles: { en: 'Probability and Statistics', zh: '概率论与数理统计', id: 'Probabilitas dan Statistika' },
      credits: 3,
      weeks: 12,
      isced: '0542',
    }),
    course({
      ...chinese,
      code: 'CHN 101',
      titles: { en: 'Chinese for Beginners I', zh: '初级汉语（一）', id: 'Bahasa Tionghoa Pemula I' },
    }),
    course({
      ...chinese,
      code: 'CHN 102',
      titles: { en: 'Chinese for Beginners II', zh: '初级汉语（二）', id: 'Bahasa Tionghoa Pemula II' },
    }),
    course({ ...chinese, code: 'CHN 103', titles: { en: 'Chinese Characters', zh: '汉字', id: 'Aksara Tionghoa' } }),
  ];
}

function chineseMedicine(id: IdOf): readonly CourseDetails[] {
  return [
    course({
      provider: id('bucm'),
      platform: id('icourse'),
      code: 'ACU 101',
      titles: { en: 'Acupuncture', zh: '针灸学', id: 'Akupunktur', fr: 'Acupuncture' },
      credits: 2,
      weeks: 8,
      isced: '0917',
      delivery: 'mooc',
    }),
  ];
}

function partnerCourses(id: IdOf): readonly CourseDetails[] {
  const salamanca = { provider: id('salamanca'), credits: 6, creditSystem: 'ects', weeks: 15, delivery: 'liveOnline' } as const;
  return [
    course({
      provider: id('nairobi'),
      code: 'DEV 310',
      titles: { en: 'Development Economics of East Africa', sw: 'Uchumi wa Maendeleo wa Afrika Mashariki', zh: '东非发展经济学' },
      credits: 15,
      creditSystem: 'uk-cats',
      workloadHours: 150,
      weeks: 14,
      isced: '0311',
      languages: ['en'],
      delivery: 'liveOnline',
    }),
    course({
      ...salamanca,
      code: 'ESP 101',
      titles: { en: 'Spanish A1', es: 'Español A1' },
      isced: '0231',
      eqfLevel: 5,
      languages: ['es'],
    }),
    course({
      ...salamanca,
      code: 'ESP 102',
      titles: { en: 'Spanish A2', es: 'Español A2' },
      isced: '0231',
      eqfLevel: 5,
      languages: ['es'],
    }),
    course({
      ...salamanca,
      code: 'ECO 205',
      titles: { en: 'International Economics', es: 'Economía internacional' },
      isced: '0311',
      languages: ['es', 'en'],
    }),
    course({
      ...salamanca,
      code: 'HIS 220',
      titles: { en: 'Europe and East Asia since 1500', es: 'Europa y Asia Oriental desde 1500', zh: '1500年以来的欧洲与东亚' },
      isced: '0222',
      languages: ['es', 'en'],
    }),
  ];
}
