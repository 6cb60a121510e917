import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { type CsvRecord, readCsv, writeCsv } from '../src/formats/table/index.js';
import { cellsOf, headerOf } from '../src/imports/domain/index.js';
import { startTestApp, type TestApp } from './support/app.js';
import { collect, streamOf } from './support/bytes.js';
import { itemsOf, recordInstitution } from './support/catalogue.js';
import { describeOnSharedData } from './support/describe-on-shared-data.js';
import { countsOf, csv, importFile, lines, ndjson } from './support/imports.js';
import { readSharedFile } from './support/shared-data.js';

/** Real catalogues of MOOC platforms, brought into the shape of our tables and imported over HTTP. */

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

async function platformNamed(name: string): Promise<string> {
  return (await recordInstitution(app.request, { kind: 'platform', names: { en: name } })).id;
}

async function recordsOf(folder: string, file: string): Promise<readonly CsvRecord[]> {
  const rows = await collect(readCsv(streamOf(readSharedFile(folder, file), 65_536)));
  return rows.flatMap((row) => (row.kind === 'value' ? [row.value] : []));
}

async function titlesFound(provider: string, words: string): Promise<readonly string[]> {
  const answer = await app.request.get(`/v1/courses?provider=${provider}&q=${encodeURIComponent(words)}`);
  return itemsOf<{ title: string }>(answer).map(({ title }) => title);
}

/** What these catalogues do not say. */
const unsaid = { assessment: { proctored: false, identityVerified: false }, delivery: 'mooc', validity: {} };

describeOnSharedData('the catalogue of edX', 'moocs/mooc_edx', () => {
  const tags: Readonly<Record<string, string>> = {
    English: 'en',
    Español: 'es',
    Français: 'fr',
    Italiano: 'it',
    中文: 'zh',
    Português: 'pt',
    日本語: 'ja',
    'اللغة العربية': 'ar',
    Deutsch: 'de',
  };

  it('is imported in nine languages; codes that are too long are reported', async () => {
    const provider = await platformNamed('edX');
    const records = await recordsOf('moocs/mooc_edx', 'edx_courses.csv');
    const courses = records.map((record) => {
      const language = tags[record.get('language') ?? ''] ?? '';
      return {
        provider,
        code: record.get('course_url')?.split('/').at(-1),
        titles: { [language]: record.get('title') },
        credits: 0,
        creditSystem: 'us-semester',
        weeks: Number.parseInt(record.get('course_length') ?? '', 10),
        languages: [language],
        ...unsaid,
      };
    });
    const file = lines(...courses);
    const report = await importFile(app.request, 'courses', ndjson, file);
    // 975 rows in = 965 courses + 1 that stands there twice + 9 codes of more than 60 characters.
    expect(countsOf(report, 'courses')).toEqual({ created: 965, unchanged: 1, refused: 9 });
    expect(report.errors.map(({ code, field }) => [code, field])).toEqual(Array.from({ length: 9 }, () => ['invalid', '/code']));
    expect(await titlesFound(provider, 'Programacion')).toContain('Android: Introducción a la Programación');
    expect(countsOf(await importFile(app.request, 'courses', ndjson, file), 'courses')).toEqual({ unchanged: 966, refused: 9 });
  }, 60_000);
});

describeOnSharedData('the catalogue of XuetangX', 'moocs/mooc_xuetangx', () => {
  it('is imported with its Chinese titles, run by run', async () => {
    const provider = await platformNamed('XuetangX');
    const named = JSON.parse(new TextDecoder().decode(readSharedFile('moocs/mooc_xuetangx', 'xuetangx_named_courses.json'))) as {
      course_id: string;
      name: string;
    }[];
    const file = lines(
      ...named.map(({ course_id, name }) => ({
        provider,
        code: course_id,
        titles: { zh: name },
        credits: 0,
        creditSystem: 'china-credit',
        ...unsaid,
      })),
    );
    expect(countsOf(await importFile(app.request, 'courses', ndjson, file), 'courses')).toEqual({ created: 406 });
    expect(await titlesFound(provider, '软件工程')).toContain('软件工程(2016春)');
    expect(countsOf(await importFile(app.request, 'courses', ndjson, file), 'courses')).toEqual({ unchanged: 406 });
  });
});

describeOnSharedData('the catalogue of Sophia', 'moocs/mooc_sophia_ace', () => {
  it('is imported as CSV with the credits that ACE recommends', async () => {
    const provider = await platformNamed('Sophia Learning');
    const records = await recordsOf('moocs/mooc_sophia_ace', 'courses.csv');
    const rows = records.map((record) =>
      cellsOf('course', {
        provider,
        code: record.get('course_code'),
        titles: { en: record.get('course_name') },
        credits: Number(record.get('credits')),
        creditSystem: 'us-semester',
        ...unsaid,
      }),
    );
    const file = (await collect(writeCsv(headerOf('course'), rows))).join('');
    expect(countsOf(await importFile(app.request, 'courses', csv, file), 'courses')).toEqual({ created: 77 });
    expect(countsOf(await importFile(app.request, 'courses', csv, file), 'courses')).toEqual({ unchanged: 77 });
    const [course] = itemsOf(await app.request.get(`/v1/courses?provider=${provider}&code=BUSI1025`));
    expect(course).toMatchObject({ titles: { en: 'Business Communication' }, credits: 3, delivery: 'mooc' });
  });
});
