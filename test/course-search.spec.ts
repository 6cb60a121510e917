import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DataSource } from 'typeorm';
import { parse } from 'csv-parse/sync';
import { type CourseDetails, type CourseImportOutcome, CoursesService } from '../src/courses/index.js';
import type { LocalisedText } from '../src/kernel/index.js';
import { projectRoot } from '../src/platform/project-root.js';
import { asService } from '../src/platform/index.js';
import { startTestApp, type TestApp } from './support/app.js';
import { itemsOf, pointersOf, recordInstitution } from './support/catalogue.js';

let test: TestApp;
let provider: string;

const course = (code: string, titles: LocalisedText): CourseDetails => ({
  provider,
  code,
  titles,
  credits: 2,
  creditSystem: 'ects',
  languages: [],
  learningOutcomes: [],
  assessment: { proctored: false, identityVerified: false },
  delivery: 'mooc',
  repeatable: false,
  validity: {},
});

const take = (rows: readonly CourseDetails[]): Promise<readonly CourseImportOutcome[]> =>
  asService('test', () => test.dataSource.transaction((manager) => test.app.get(CoursesService).import(manager, rows)));

async function record(rows: readonly CourseDetails[]): Promise<void> {
  const outcomes = await take(rows);
  expect(outcomes.filter(({ kind }) => kind !== 'created')).toEqual([]);
}

const search = async (q: string, language = 'en', more = ''): Promise<string[]> => {
  const answer = await test.request
    .get(`/v1/courses?limit=5&q=${encodeURIComponent(q)}${more}`)
    .set('accept-language', language)
    .expect(200);
  return itemsOf<{ title: string }>(answer).map(({ title }) => title);
};

/** Titles for the index to be worth using: three thousand of two words each, out of a vocabulary in which every word is there some thirty times. */
function crowd(): CourseDetails[] {
  const subjects = Array.from({ length: 100 }, (_, n) => `${'bcdfghjklm'.charAt(n % 10)}o${'npqrstvwxz'.charAt(Math.floor(n / 10))}ulogy`);
  const grounds = Array.from('金木水火土天地玄黄宇宙洪荒日月盈昃辰宿列张');
  return Array.from({ length: 3000 }, (_, n) => {
    const english = `${subjects[n % 100] ?? ''} ${subjects[(n * 7 + 13) % 100] ?? ''} ${String(n)}`;
    const chinese = `${grounds[n % 21] ?? ''}${grounds[(n * 5 + 3) % 21] ?? ''}${grounds[(n * 11 + 7) % 21] ?? ''}论`;
    return course(`CROWD ${String(n)}`, { en: english, zh: chinese });
  });
}

beforeAll(async () => {
  test = await startTestApp();
  provider = (await recordInstitution(test.request)).id;
  await record([
    course('POV 101', { en: 'China’s Poverty Eradication', zh: '中国消除贫困之路', fr: 'L’éradication de la pauvreté en Chine' }),
    course('ART 220', { en: 'Chinese Figure Painting', zh: '中国人物画' }),
    course('TCM 110', { en: 'Introduction to Acupuncture and Moxibustion', zh: '针灸学导论' }),
    course('ENG 305', { en: 'Rail Transit Engineering', zh: '轨道交通工程' }),
    course('ECO 101', { en: 'Economics', zh: '经济学' }),
    course('ECO 240', { en: 'Understanding the Chinese Economy', zh: '解读中国经济', ru: 'Экономика Китая', ar: 'اقتصاد الصين' }),
    course('ART 100', { en: 'Art' }),
    course('AI 100', { en: 'Artificial Intelligence', ja: '人工知能の基礎', th: 'ปัญญาประดิษฐ์' }),
    course('TR 1', { tr: 'İktisada Giriş', az: 'İqtisadiyyata giriş', hi: 'अर्थशास्त्र का परिचय' }),
  ]);
  await record(crowd());
  await test.dataSource.query('VACUUM ANALYZE courses');
  await test.dataSource.query('VACUUM ANALYZE course_words');
}, 60_000);
afterAll(() => test.close());

describe('a search for courses', () => {
  it.each([
    ['poverty', 'China’s Poverty Eradication', 'a word'],
    ['eradication poverty', 'China’s Poverty Eradication', 'words in any order'],
    ['POVERT', 'China’s Poverty Eradication', 'the beginning of a word, in any case'],
    ['povrety eradicaton', 'China’s Poverty Eradication', 'misspelt words'],
    ['消除贫困', 'China’s Poverty Eradication', 'Chinese'],
    ['贫困 中国', 'China’s Poverty Eradication', 'Chinese words in any order'],
    ['画', 'Chinese Figure Painting', 'a single character'],
    ['针灸', 'Introduction to Acupuncture and Moxibustion', 'two characters'],
    ['轨道交通 rail', 'Rail Transit Engineering', 'two scripts at once'],
    ['eradication pauvrete', 'China’s Poverty Eradication', 'French without accents'],
    ['éradication', 'China’s Poverty Eradication', 'French with accents'],
    ['экономика', 'Understanding the Chinese Economy', 'Russian'],
    ['экономка', 'Understanding the Chinese Economy', 'misspelt Russian'],
    ['اقتصاد', 'Understanding the Chinese Economy', 'Arabic'],
    ['人工知能', 'Artificial Intelligence', 'Japanese'],
    ['の基礎', 'Artificial Intelligence', 'hiragana'],
    ['ปัญญา', 'Artificial Intelligence', 'Thai'],
    ['iktisada giris', 'İqtisadiyyata giriş', 'Turkish without its letters'],
    ['परिचय', 'İqtisadiyyata giriş', 'Hindi'],
    ['ＡＲＴＩＦＩＣＩＡＬ', 'Artificial Intelligence', 'full-width letters'],
    ['eco240', 'Understanding the Chinese Economy', 'a code without its blank'],
    ['ECO 240', 'Understanding the Chinese Economy', 'a code'],
  ])('finds by %s: %s (%s)', async (q, title) => {
    expect(await search(q)).toEqual([title]);
  });

  it('answers in the reader’s language, whichever language was searched', async () => {
    expect(await search('poverty', 'zh-CN')).toEqual(['中国消除贫困之路']);
    expect(await search('贫困', 'fr')).toEqual(['L’éradication de la pauvreté en Chine']);
  });

  it('puts whole words before beginnings, short titles before long ones, and a code before all', async () => {
    expect(await search('art')).toEqual(['Art', 'Chinese Figure Painting', 'Artificial Intelligence']);
    expect(await search('econom')).toEqual(['Economics', 'Understanding the Chinese Economy']);
    expect(await search('art 100')).toEqual(['Art', 'Artificial Intelligence']);
    expect(await search('ART100')).toEqual(['Art']);
  });

  it('finds nothing where nothing is', async () => {
    expect(await search('zoroastrianism')).toEqual([]);
    expect(await search('贫画')).toEqual([]);
    expect(await search('poverty painting')).toEqual([]);
  });

  it('is held to filters', async () => {
    expect(await search('chinese', 'en', '&code=art220')).toEqual(['Chinese Figure Painting']);
    expect(await search('chinese', 'en', '&delivery=onCampus')).toEqual([]);
  });

  it('is read page by page, in one order, nothing twice', async () => {
    const found: string[] = [];
    let cursor = '';
    do {
      const answer = await test.request.get(`/v1/courses?limit=7&q=bonulogy${cursor}`).expect(200);
      found.push(...itemsOf<{ id: string }>(answer).map(({ id }) => id));
      const { nextCursor } = answer.body as { nextCursor: string | null };
      cursor = nextCursor === null ? '' : `&cursor=${nextCursor}`;
    } while (cursor !== '');
    expect(found).toHaveLength(60);
    expect(new Set(found).size).toBe(60);
  });

  it('needs something to look for', async () => {
    expect(pointersOf(await test.request.get('/v1/courses?q=%3F%21').expect(422))).toEqual(['q']);
    expect(pointersOf(await test.request.get(`/v1/courses?q=${'x'.repeat(201)}`).expect(422))).toEqual(['q']);
    const other = await test.request.get('/v1/courses?limit=1').expect(200);
    const { nextCursor } = other.body as { nextCursor: string };
    expect(pointersOf(await test.request.get(`/v1/courses?q=art&cursor=${nextCursor}`).expect(422))).toEqual(['cursor']);
  });

  it('takes whatever is typed', async () => {
    for (const q of [`'; DROP TABLE courses --`, `a' | 'b:*`, '\\', '%_%', '&|!():*<->', 'a'.repeat(200), '中'.repeat(200), '🎓 poverty']) {
      const answer = await test.request.get(`/v1/courses?q=${encodeURIComponent(q)}`);
      expect([200, 422]).toContain(answer.status);
    }
    expect(await search('🎓 poverty')).toEqual(['China’s Poverty Eradication']);
  });
});

describe('the plan of a search', () => {
  /** The plans of the statements that a search sends, as text. */
  async function plansOf(q: string, more = ''): Promise<string[]> {
    const { manager } = test.app.get(DataSource);
    const query = jest.spyOn(manager, 'query');
    await search(q, 'en', more);
    const sent = query.mock.calls.map(([sql, values]) => ({ sql, values }));
    query.mockRestore();
    const plans = [];
    for (const { sql, values } of sent) {
      if (!sql.includes('FROM course')) continue;
      const rows = await manager.query<Record<string, string>[]>(`EXPLAIN ${sql}`, values);
      plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
    }
    return plans;
  }

  it('finds words by the index over words', async () => {
    const [words, courses] = await plansOf('poverty');
    expect(words).toContain('course_words_pkey');
    expect(courses).toContain('courses_search_vector_idx');
    expect(courses).not.toContain('Seq Scan');
  });

  it('finds Chinese by the index over pairs of characters', async () => {
    const [courses] = await plansOf('消除贫困');
    expect(courses).toContain('courses_search_pairs_idx');
    expect(courses).not.toContain('Seq Scan');
  });

  it('finds two characters by it too, and a page that is not the first', async () => {
    const first = await test.request.get(`/v1/courses?limit=1&q=${encodeURIComponent('金火')}`).expect(200);
    const { nextCursor } = first.body as { nextCursor: string };
    const [courses] = await plansOf('金火', `&cursor=${nextCursor}`);
    expect(courses).toContain('courses_search_pairs_idx');
    expect(courses).not.toContain('Seq Scan');
  });

  it('matches misspelt words against the distinct words, by trigram', async () => {
    const [words, courses] = await plansOf('povrety');
    expect(words).toContain('course_words_word_trgm_idx');
    expect(courses).toContain('courses_search_vector_idx');
  });
});

const data = join(projectRoot, '../shared/data');
const whereDataIs = existsSync(data) ? describe : describe.skip;

whereDataIs(`real titles (skipped where ${data} is missing)`, () => {
  const read = (path: string): string => readFileSync(join(data, path), 'utf8');
  const rows = (path: string): Record<string, string>[] => parse(read(path), { columns: true, relax_quotes: true });

  const titlesOf = (zh = '', en = ''): LocalisedText => ({ zh: zh.trim() || '?', ...(en.trim() === '' ? {} : { en: en.trim() }) });

  beforeAll(async () => {
    const edx = rows('moocs/mooc_edx/edx_courses.csv').map(({ title = '' }, n) => course(`EDX ${String(n)}`, { en: title }));
    const named = JSON.parse(read('moocs/mooc_xuetangx/xuetangx_named_courses.json')) as { name: string }[];
    const xuetangx = named.map(({ name }, n) => course(`XT ${String(n)}`, { zh: name }));
    const offered = JSON.parse(read('moocs/mooc_nptel/nptel_courses.json')) as { title: string }[];
    const nptel = offered.map(({ title }, n) => course(`NPTEL ${String(n)}`, { en: title }));
    const tjcu = Object.values(JSON.parse(read('catalogues/catalog_tjcu_china/name.json')) as Record<string, Record<string, string>>);
    const catalogue = tjcu.map((row) => course(row['课程号'] ?? '', titlesOf(row['课程名'], row['英文课程名'])));
    for (const part of [edx, xuetangx, nptel]) await record(part);
    // 21 rows whose code differs from another row’s by case or blanks alone name another course under it, or the same one otherwise.
    const outcomes = await take(catalogue);
    expect(outcomes.filter(({ kind }) => kind === 'refused')).toHaveLength(21);
  }, 120_000);

  it.each([
    ['数据结构', /数据结构/],
    ['machine lerning', /machine learning/i],
    ['optical fiber sensers', /optical fiber sensors/i],
    ['微积分', /微积分/],
    ['programación', /programaci[oó]n/i],
    ['会计', /会计/],
  ])('are found by %s', async (q, title) => {
    const found = await search(q, /\p{scx=Han}/u.test(q) ? 'zh' : 'en');
    expect(found.length).toBeGreaterThan(0);
    for (const each of found) expect(each).toMatch(title);
  });
});
