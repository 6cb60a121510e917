import type { Response } from 'supertest';
import type { TestClient } from './app.js';

/** Institutions and courses for tests, recorded over HTTP. */

type Fields = Readonly<Record<string, unknown>>;

/** What a test reads of a recorded resource. */
export interface Recorded {
  readonly id: string;
  readonly version: number;
}

export async function recordInstitution(request: TestClient, fields: Fields = {}): Promise<Recorded> {
  const form = { kind: 'university', names: { en: 'Tsinghua University', zh: '清华大学' }, country: 'CN', ...fields };
  const { body } = (await request.post('/v1/institutions').send(form).expect(201)) as { body: Recorded };
  return body;
}

/** A course in every field, valid from 2020 on, so that a test changes only what it is about. */
export function courseForm(provider: string, fields: Fields = {}): Fields {
  return {
    provider,
    code: 'POV 101',
    titles: { en: 'China’s Poverty Eradication', zh: '中国消除贫困之路' },
    credits: 2,
    creditSystem: 'china-credit',
    workloadHours: 64,
    weeks: 8,
    eqfLevel: 6,
    isced: '0311',
    languages: ['zh-CN', 'en'],
    learningOutcomes: [{ en: 'Explains how rural poverty was measured.', zh: '说明农村贫困的测量方法。' }],
    assessment: { proctored: true, identityVerified: true },
    delivery: 'mooc',
    repeatable: false,
    validity: { from: '2020-01-01' },
    ...fields,
  };
}

/** The next edition of a course: everything but who teaches it under which code. */
export function editionForm(fields: Fields = {}): Fields {
  return Object.fromEntries(Object.entries(courseForm('', fields)).filter(([name]) => name !== 'provider' && name !== 'code'));
}

export async function recordCourse(request: TestClient, provider: string, fields: Fields = {}): Promise<Recorded> {
  const { body } = (await request.post('/v1/courses').send(courseForm(provider, fields)).expect(201)) as { body: Recorded };
  return body;
}

/** The items of a page, as a test reads them. */
export function itemsOf<Item>(answer: Response): readonly Item[] {
  return (answer.body as { items: readonly Item[] }).items;
}

/** The pointers of a refusal, sorted. */
export function pointersOf(answer: Response): readonly string[] {
  const { errors = [] } = answer.body as { errors?: readonly { pointer: string }[] };
  return errors.map(({ pointer }) => pointer).sort();
}
