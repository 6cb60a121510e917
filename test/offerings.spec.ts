import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from './support/app.js';
import { courseForm, editionForm, itemsOf, pointersOf, type Recorded, recordCourse, recordInstitution } from './support/catalogue.js';

let test: TestApp;
let provider: string;
let platform: string;
beforeAll(async () => {
  test = await startTestApp();
  provider = (await recordInstitution(test.request)).id;
  platform = (await recordInstitution(test.request, { kind: 'platform', names: { en: 'XuetangX', zh: '学堂在线' } })).id;
});
afterAll(() => test.close());

const nobody = '0190d7a0-0000-7000-8000-000000000000';

describe('an offering', () => {
  const offeringForm = (course: string, fields: Readonly<Record<string, unknown>> = {}) => ({
    course,
    period: { from: '2024-09-01', until: '2025-01-15' },
    hosts: [provider],
    language: 'en',
    ...fields,
  });

  it('runs at several hosts at once, and is found by each', async () => {
    const partner = (await recordInstitution(test.request, { names: { en: 'Universitas Indonesia' }, country: 'ID' })).id;
    const { id: course } = await recordCourse(test.request, provider, { code: 'TST 1', delivery: 'hybridClassroom' });
    const form = offeringForm(course, { hosts: [partner, provider], capacity: 120 });
    const created = await test.request.post('/v1/offerings').send(form).expect(201);
    expect(created.body).toMatchObject({ ...form, hosts: [partner, provider].sort(), version: 1 });
    const { id } = created.body as Recorded;
    expect((await test.request.get(`/v1/offerings/${id}`).expect(200)).text).toBe(created.text);
    await recordCourse(test.request, provider, { code: 'TST 2' });

    const found = async (query: string) =>
      itemsOf<Recorded>(await test.request.get(`/v1/offerings?${query}`).expect(200)).map((item) => item.id);
    expect(await found(`course=${course}`)).toEqual([id]);
    expect(await found(`host=${partner}`)).toEqual([id]);
    expect(await found(`host=${partner}&runsOn=2025-01-15&language=en`)).toEqual([id]);
    expect(await found(`host=${partner}&runsOn=2025-01-16`)).toEqual([]);
    expect(await found(`course=${course}&language=zh`)).toEqual([]);
  });

  it('is changed by whoever has its present version', async () => {
    const { id: course } = await recordCourse(test.request, provider, { code: 'TST 3' });
    const { body } = (await test.request
      .post('/v1/offerings')
      .send(offeringForm(course, { capacity: 30 }))
      .expect(201)) as { body: Recorded };
    const form = offeringForm(course, { hosts: [platform], language: 'zh-CN' });
    await test.request.put(`/v1/offerings/${body.id}`).send(form).expect(428);
    await test.request.put(`/v1/offerings/${body.id}`).set('if-match', '"2"').send(form).expect(412);
    const changed = await test.request.put(`/v1/offerings/${body.id}`).set('if-match', '"1"').send(form).expect(200);
    expect(changed.body).toMatchObject({ ...form, version: 2 });
    expect(changed.body).not.toHaveProperty('capacity');
    await test.request.put(`/v1/offerings/${nobody}`).set('if-match', '*').send(form).expect(404);
    await test.request.get(`/v1/offerings/${nobody}`).expect(404);
  });

  it('is refused where it cannot be', async () => {
    const { id: course } = await recordCourse(test.request, provider, {
      code: 'TST 4',
      validity: { from: '2024-01-01', until: '2024-12-31' },
    });
    const form = { course: 'x', period: { from: '2024-09-31' }, hosts: [], language: 'English', capacity: 0 };
    expect(pointersOf(await test.request.post('/v1/offerings').send(form).expect(422))).toEqual([
      '/capacity',
      '/course',
      '/hosts',
      '/language',
      '/period/from',
      '/period/until',
    ]);
    const unknown = offeringForm(nobody, { hosts: [provider, nobody] });
    expect(pointersOf(await test.request.post('/v1/offerings').send(unknown).expect(422))).toEqual(['/course', '/hosts/1']);
    const outside = offeringForm(course, { period: { from: '2025-01-01', until: '2024-12-31' } });
    expect(pointersOf(await test.request.post('/v1/offerings').send(outside).expect(422))).toEqual(['/period/from', '/period/until']);
  });

  it('holds the validity of its edition to itself', async () => {
    const code = 'TST 5';
    const { id: course } = await recordCourse(test.request, provider, { code });
    await test.request.post('/v1/offerings').send(offeringForm(course)).expect(201);
    const shorter = courseForm(provider, { code, validity: { from: '2020-01-01', until: '2024-08-31' } });
    await test.request.put(`/v1/courses/${course}`).set('if-match', '"1"').send(shorter).expect(409);
    const next = editionForm({ validity: { from: '2024-09-01' } });
    await test.request.post(`/v1/courses/${course}/editions`).set('if-match', '"1"').send(next).expect(409);
    expect((await test.request.get(`/v1/courses/${course}`).expect(200)).body).toMatchObject({ version: 1 });
  });
});
