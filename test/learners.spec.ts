import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { LearnersService } from '../src/learners/index.js';
import { startTestApp, type TestApp } from './support/app.js';
import { callers, memberOf } from './support/callers.js';
import { itemsOf, pointersOf, type Recorded, recordInstitution } from './support/catalogue.js';
import { recordLearner } from './support/students.js';

let test: TestApp;
let university: string;
let platform: string;
beforeAll(async () => {
  test = await startTestApp();
  university = (await recordInstitution(test.request)).id;
  platform = (await recordInstitution(test.request, { kind: 'platform', names: { en: 'XuetangX' } })).id;
});
afterAll(() => test.close());

const nobody = '0190d7a0-0000-7000-8000-000000000000';

interface LearnerBody extends Recorded {
  readonly identifiers: readonly { readonly id: string }[];
}

const studentNumber = (value: string, institution = university) => ({ scheme: 'student-number', value, institution, proof: 'registrar' });

const idsOf = async (query: string): Promise<string[]> =>
  itemsOf<Recorded>(await test.request.get(`/v1/learners?${query}`).expect(200)).map(({ id }) => id);

describe('a learner', () => {
  it('is recorded with identifiers at several institutions, and read', async () => {
    const form = {
      displayName: '李雷',
      identifiers: [studentNumber('1001'), { scheme: 'platform-account', value: 'lilei', institution: platform, proof: 'logIn' }],
    };
    const created = await test.request.post('/v1/learners').send(form).expect(201);
    expect(created.headers['etag']).toBe('"1"');
    expect(created.body).toMatchObject({ ...form, version: 1 });
    const { id } = created.body as Recorded;
    const read = await test.request.get(`/v1/learners/${id}`).expect(200);
    expect(read.body).toEqual(created.body);
  });

  it('has an identifier proven by its issuer only where the issuer says so', async () => {
    const identifiers = [{ ...studentNumber('1900'), proof: 'issuer' }];
    const as = callers(test);
    const refused = await as(memberOf(platform)).post('/v1/learners').send({ identifiers }).expect(422);
    expect(refused.body).toMatchObject({ errors: [{ pointer: '/identifiers/0/proof' }] });
    await as(memberOf(university)).post('/v1/learners').send({ identifiers }).expect(201);
  });

  it('needs neither name nor identifier', async () => {
    const created = await test.request.post('/v1/learners').send({}).expect(201);
    expect(Object.keys(created.body as object).sort()).toEqual(['id', 'identifiers', 'modifiedAt', 'version']);
  });

  it('is changed by whoever has the present version, and by nobody else', async () => {
    const { id } = await recordLearner(test.request, { displayName: 'Han' });
    const path = `/v1/learners/${id}`;
    await test.request.put(path).send({ displayName: 'Han Meimei' }).expect(428);
    await test.request.put(path).set('if-match', '"2"').send({ displayName: 'Han Meimei' }).expect(412);
    const changed = await test.request.put(path).set('if-match', '"1"').send({ displayName: 'Han Meimei' }).expect(200);
    expect(changed.body).toMatchObject({ displayName: 'Han Meimei', version: 2 });
    const unnamed = await test.request.put(path).set('if-match', '"2"').send({}).expect(200);
    expect(unnamed.body).not.toHaveProperty('displayName');
  });

  it('that is not on record is not found, whatever is asked of it', async () => {
    await test.request.get(`/v1/learners/${nobody}`).expect(404);
    await test.request.get('/v1/learners/me-too').expect(404);
    await test.request.put(`/v1/learners/${nobody}`).set('if-match', '*').send({}).expect(404);
    for (const list of ['enrolments', 'home-courses', 'transcripts', 'completions', 'redemptions']) {
      await test.request.get(`/v1/learners/${nobody}/${list}`).expect(404);
    }
  });

  it('is refused with every invalid field at once', async () => {
    const form = {
      displayName: ' padded ',
      surname: 'unknown',
      identifiers: [{ scheme: 'Student Number', value: '', institution: 'here', proof: 'hearsay' }, 'esi'],
    };
    const answer = await test.request.post('/v1/learners').send(form).expect(422);
    expect(pointersOf(answer)).toEqual([
      '/displayName',
      '/identifiers',
      '/identifiers/0/institution',
      '/identifiers/0/proof',
      '/identifiers/0/scheme',
      '/identifiers/0/value',
      '/identifiers/1',
      '/surname',
    ]);
  });
});

describe('an identifier', () => {
  it('finds its learner, by value alone or with scheme and institution', async () => {
    const { id } = await recordLearner(test.request, { identifiers: [studentNumber('2001'), studentNumber('A-7', platform)] });
    expect(await idsOf('identifier=2001')).toEqual([id]);
    expect(await idsOf(`identifier=2001&identifierScheme=student-number&identifierInstitution=${university}`)).toEqual([id]);
    // The parts are of one identifier, not of two.
    expect(await idsOf(`identifier=2001&identifierInstitution=${platform}`)).toEqual([]);
    expect(await idsOf('identifier=2002')).toEqual([]);
  });

  it('says whose it is to other modules', async () => {
    const identifier = studentNumber('2101');
    const { id } = await recordLearner(test.request, { identifiers: [identifier] });
    const learners = test.app.get(LearnersService);
    expect(await learners.findByIdentifier(test.dataSource.manager, identifier)).toBe(id);
    expect(await learners.findByIdentifier(test.dataSource.manager, studentNumber('2102'))).toBeUndefined();
  });

  it('belongs to one learner', async () => {
    const { id } = await recordLearner(test.request, { identifiers: [studentNumber('3001')] });
    const refused = await test.request
      .post('/v1/learners')
      .send({ identifiers: [studentNumber('3002'), studentNumber('3001')] })
      .expect(409);
    expect(pointersOf(refused)).toEqual(['/identifiers/1']);
    // Nothing of the refused learner was recorded, the claim of the other number included.
    expect(await idsOf('identifier=3002')).toEqual([]);
    await recordLearner(test.request, { identifiers: [studentNumber('3002')] });
    // The same value elsewhere is another identifier.
    await recordLearner(test.request, { identifiers: [studentNumber('3001', platform)] });
    expect(await idsOf(`identifier=3001&identifierInstitution=${university}`)).toEqual([id]);
  });

  it('is linked and unlinked one by one, and may then be another learner’s', async () => {
    const { id } = await recordLearner(test.request);
    const path = `/v1/learners/${id}/identifiers`;
    const linked = await test.request.post(path).send(studentNumber('4001')).expect(201);
    expect(linked.body).toMatchObject({ version: 2, identifiers: [studentNumber('4001')] });
    await test.request.post(path).send(studentNumber('4001')).expect(409);
    const other = await recordLearner(test.request);
    await test.request.post(`/v1/learners/${other.id}/identifiers`).send(studentNumber('4001')).expect(409);

    const identifier = (linked.body as LearnerBody).identifiers[0]?.id ?? '';
    await test.request.delete(`${path}/${identifier}`).expect(428);
    await test.request.delete(`${path}/${identifier}`).set('if-match', '"1"').expect(412);
    await test.request.delete(`${path}/${nobody}`).set('if-match', '"2"').expect(404);
    const unlinked = await test.request.delete(`${path}/${identifier}`).set('if-match', '"2"').expect(200);
    expect(unlinked.body).toMatchObject({ version: 3, identifiers: [] });
    await test.request.post(`/v1/learners/${other.id}/identifiers`).send(studentNumber('4001')).expect(201);
  });

  it('is given once in a request, by an institution that exists', async () => {
    const twice = await test.request
      .post('/v1/learners')
      .send({ identifiers: [studentNumber('5001'), studentNumber('5001')] })
      .expect(422);
    expect(pointersOf(twice)).toEqual(['/identifiers/1']);
    const nowhere = await test.request
      .post('/v1/learners')
      .send({ identifiers: [studentNumber('5001', nobody)] })
      .expect(422);
    expect(pointersOf(nowhere)).toEqual(['/identifiers/0/institution']);
  });

  it('goes to one of two learners who are recorded with it at the same time', async () => {
    const form = { identifiers: [studentNumber('6001'), studentNumber('6002')] };
    const answers = await Promise.all([
      test.request.post('/v1/learners').send(form),
      test.request.post('/v1/learners').send({ identifiers: [...form.identifiers].reverse() }),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await idsOf('identifier=6001')).toHaveLength(1);
  });
});

describe('the list of learners', () => {
  it('comes in pages that leave nothing out', async () => {
    const first = await test.request.get('/v1/learners?limit=3').expect(200);
    expect(itemsOf(first)).toHaveLength(3);
    expect(first.headers['link']).toMatch(/^<\/v1\/learners\?limit=3&cursor=.+>; rel="next"$/);
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Response = await test.request.get(`/v1/learners?limit=3${cursor === null ? '' : `&cursor=${cursor}`}`).expect(200);
      seen.push(...itemsOf<Recorded>(page).map(({ id }) => id));
      cursor = (page.body as { nextCursor: string | null }).nextCursor;
    } while (cursor !== null);
    expect(seen).toEqual(await idsOf('limit=200'));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('refuses unknown filters and cursors of other lists', async () => {
    expect(pointersOf(await test.request.get('/v1/learners?name=Li').expect(422))).toEqual(['name']);
    const institutions = await test.request.get('/v1/institutions?limit=1').expect(200);
    const { nextCursor } = institutions.body as { nextCursor: string };
    expect(pointersOf(await test.request.get(`/v1/learners?cursor=${nextCursor}`).expect(422))).toEqual(['cursor']);
  });
});
