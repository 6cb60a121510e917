import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountsService, type AccountClaims, demoPassword, seedDemoAccounts } from '../src/access/accounts/index.js';
import { ExpectedVersion, requestContext } from '../src/platform/index.js';
import { asService } from '../src/platform/request-context.js';
import { startTestApp, type TestApp } from './support/app.js';
import { itemsOf, pointersOf, type Recorded, recordInstitution } from './support/catalogue.js';
import { recordLearner } from './support/students.js';

let test: TestApp;
let university: string;
let other: string;
let accounts: string;
let providers: string;
beforeAll(async () => {
  test = await startTestApp();
  university = (await recordInstitution(test.request)).id;
  other = (await recordInstitution(test.request, { names: { en: 'Peking University' } })).id;
  accounts = `/v1/institutions/${university}/accounts`;
  providers = `/v1/institutions/${university}/identity-providers`;
  await test.request.post(providers).send(provider()).expect(201);
});
afterAll(() => test.close());

const nobody = '0190d7a0-0000-7000-8000-000000000000';
const issuer = 'https://login.tsinghua.example';

const provider = (fields: Readonly<Record<string, unknown>> = {}) => ({
  issuer,
  clientId: 'credits',
  authentication: 'privateKeyJwt',
  ...fields,
});

let people = 0;
const person = (fields: Readonly<Record<string, unknown>> = {}) => {
  people += 1;
  return { issuer, subject: `person-${String(people)}`, displayName: '李雷', roles: ['registrar'], ...fields };
};

async function recordAccount(fields: Readonly<Record<string, unknown>> = {}): Promise<Recorded> {
  return (await test.request.post(accounts).send(person(fields)).expect(201)).body as Recorded;
}

const claimsOf = (id: string): Promise<AccountClaims | undefined> => test.app.get(AccountsService).claimsOf(id);

describe('an account', () => {
  it('is made before its person comes by, read, and means roles at its institution', async () => {
    const form = person({ roles: ['registrar', 'assessor'] });
    const created = await test.request.post(accounts).send(form).expect(201);
    expect(created.headers['etag']).toBe('"1"');
    expect(created.body).toMatchObject({ ...form, kind: 'staff', claimedRoles: [], state: 'active', version: 1 });
    const { id } = created.body as Recorded;
    expect((await test.request.get(`${accounts}/${id}`).expect(200)).body).toEqual(created.body);
    expect(await claimsOf(id)).toEqual({ roles: ['registrar', 'assessor'], institution: university });
  });

  it('is made once for a log-in', async () => {
    const form = person();
    await test.request.post(accounts).send(form).expect(201);
    const answer = await test.request.post(accounts).send(form).expect(409);
    expect(answer.body).toMatchObject({ detail: 'There is an account of this kind for this log-in already.' });
  });

  it('logs in at an identity provider of its own institution', async () => {
    const answer = await test.request
      .post(accounts)
      .send(person({ issuer: 'https://login.pku.example' }))
      .expect(422);
    expect(pointersOf(answer)).toEqual(['/issuer']);
    await test.request.post(`/v1/institutions/${other}/accounts`).send(person()).expect(422);
    await test.request.post(`/v1/institutions/${nobody}/accounts`).send(person()).expect(422);
  });

  it('is refused with every invalid field at once', async () => {
    const form = { issuer: '', subject: ' x', displayName: 7, roles: ['registrar', 'registrar', 'student'], password: 'x' };
    const answer = await test.request.post(accounts).send(form).expect(422);
    expect(pointersOf(answer)).toEqual(['/displayName', '/issuer', '/password', '/roles', '/roles', '/subject']);
    await test.request
      .post(accounts)
      .send(person({ roles: ['operator'] }))
      .expect(422);
    await test.request
      .post(accounts)
      .send(person({ roles: ['registrar_system'] }))
      .expect(422);
  });

  it('changes its roles for whoever has the present version, and for nobody else', async () => {
    const { id } = await recordAccount();
    const path = `${accounts}/${id}`;
    const change = { displayName: 'Li Lei', roles: ['auditor'] };
    await test.request.put(path).send(change).expect(428);
    await test.request.put(path).set('if-match', '"2"').send(change).expect(412);
    const changed = await test.request.put(path).set('if-match', '"1"').send(change).expect(200);
    expect(changed.body).toMatchObject({ ...change, version: 2 });
    expect(await claimsOf(id)).toEqual({ roles: ['auditor'], institution: university });
    await test.request
      .put(path)
      .set('if-match', '"2"')
      .send({ ...change, roles: [] })
      .expect(200);
    expect(await claimsOf(id)).toBeUndefined();
  });

  it('that is deactivated may do nothing until it is active again', async () => {
    const { id } = await recordAccount();
    await test.request.post(`${accounts}/${id}/deactivation`).expect(428);
    const ended = await test.request.post(`${accounts}/${id}/deactivation`).set('if-match', '"1"').expect(200);
    expect(ended.body).toMatchObject({ state: 'deactivated', version: 2 });
    expect(await claimsOf(id)).toBeUndefined();
    await test.request.post(`${accounts}/${id}/deactivation`).set('if-match', '"2"').expect(409);
    await test.request.post(`${accounts}/${id}/reactivation`).set('if-match', '"2"').expect(200);
    expect(await claimsOf(id)).toEqual({ roles: ['registrar'], institution: university });
  });

  it('is listed page by page, all or those of one kind', async () => {
    const { id } = await recordAccount({ roles: [] });
    const first = await test.request.get(`${accounts}?limit=1`).expect(200);
    expect(itemsOf(first)).toHaveLength(1);
    expect(first.headers['link']).toMatch(/rel="next"/);
    const kinds = await test.request.get(`${accounts}?kind=unassigned`).expect(200);
    expect(itemsOf<Recorded>(kinds).map((account) => account.id)).toEqual([id]);
    expect(itemsOf(await test.request.get(`/v1/institutions/${other}/accounts`).expect(200))).toEqual([]);
    await test.request.get(`${accounts}?kind=machine`).expect(422);
  });

  it('of another institution is as good as none', async () => {
    const { id } = await recordAccount();
    for (const wrong of [`/v1/institutions/${other}/accounts/${id}`, `${accounts}/${nobody}`, `${accounts}/me`]) {
      await test.request.get(wrong).expect(404);
      await test.request.put(wrong).set('if-match', '*').send({ displayName: 'x', roles: [] }).expect(404);
      await test.request.post(`${wrong}/deactivation`).set('if-match', '*').expect(404);
    }
  });

  it('is nobody’s who may not see it, whatever the code forgets', async () => {
    const { id } = await recordAccount();
    const service = test.app.get(AccountsService);
    const read = (scope: string) => requestContext.run({ caller: { scope, subject: 'somebody' } }, () => service.read(university, id));
    await expect(read(university)).resolves.toMatchObject({ id });
    await expect(read(other)).rejects.toMatchObject({ code: 'notFound' });
    await expect(requestContext.run({}, () => service.read(university, id))).rejects.toMatchObject({ code: 'notFound' });
  });

  it('of an administrator is not taken from them by themselves', async () => {
    const { id } = await recordAccount({ roles: ['administrator'] });
    const service = test.app.get(AccountsService);
    const any = ExpectedVersion.of('*');
    const itself = { caller: { scope: university, subject: id } };
    const change = { displayName: 'x', roles: ['registrar' as const] };
    await expect(requestContext.run(itself, () => service.change(university, id, change, any))).rejects.toMatchObject({
      code: 'ruleViolated',
    });
    await expect(requestContext.run(itself, () => service.setState(university, id, 'deactivated', any))).rejects.toMatchObject({
      code: 'ruleViolated',
    });
    const another = { caller: { scope: university, subject: nobody } };
    await expect(requestContext.run(another, () => service.change(university, id, change, any))).resolves.toMatchObject({ version: 2 });
  });
});

describe('a student', () => {
  const known = (institution: string, value: string) => ({
    identifiers: [{ scheme: 'student-number', value, institution, proof: 'registrar' }],
  });

  it('is bound by a registrar to a learner whom the institution knows', async () => {
    const { id } = await recordAccount({ roles: [] });
    const learner = (await recordLearner(test.request, known(university, '7001'))).id;
    const foreign = (await recordLearner(test.request, known(other, '7001'))).id;
    const bind = (to: string) => test.request.put(`${accounts}/${id}/learner`).set('if-match', '*').send({ learner: to });
    expect(pointersOf(await bind(foreign).expect(422))).toEqual(['/learner']);
    expect(pointersOf(await bind(nobody).expect(422))).toEqual(['/learner']);
    const bound = await bind(learner).expect(200);
    expect(bound.body).toMatchObject({ kind: 'student', learner, roles: [] });
    expect(await claimsOf(id)).toEqual({ roles: ['student'], learner });
    await test.request
      .put(`${accounts}/${id}`)
      .set('if-match', '*')
      .send({ displayName: 'x', roles: ['registrar'] })
      .expect(409);
    expect(
      (await test.request.put(`${accounts}/${id}`).set('if-match', '*').send({ displayName: 'Han', roles: [] }).expect(200)).body,
    ).toMatchObject({
      displayName: 'Han',
      learner,
    });
  });

  it('has no account that somebody works with', async () => {
    const { id } = await recordAccount();
    const learner = (await recordLearner(test.request, known(university, '7002'))).id;
    await test.request.put(`${accounts}/${id}/learner`).set('if-match', '*').send({ learner }).expect(409);
  });
});

describe('an identity provider', () => {
  it('is registered, read, changed and removed, and tells its redirect URI', async () => {
    const form = provider({
      issuer: 'https://second.tsinghua.example/realms/all',
      label: 'Alumni',
      scopes: ['profile'],
      roleMappings: [{ claim: '/realm_access/roles', value: 'registrar', role: 'registrar' }],
      identifierClaims: [{ claim: '/student_number', scheme: 'student-number' }],
    });
    const created = await test.request.post(providers).send(form).expect(201);
    expect(created.body).toMatchObject({ ...form, redirectUri: `http://127.0.0.1:3000/login/callback/${university}`, version: 1 });
    const path = `${providers}/${(created.body as Recorded).id}`;
    expect((await test.request.get(path).expect(200)).body).toEqual(created.body);
    expect(itemsOf(await test.request.get(providers).expect(200))).toHaveLength(2);
    await test.request.put(path).send(form).expect(428);
    const changed = await test.request
      .put(path)
      .set('if-match', '"1"')
      .send(provider({ issuer: form.issuer }))
      .expect(200);
    expect(changed.body).toMatchObject({ roleMappings: [], scopes: [], version: 2 });
    expect(changed.body).not.toHaveProperty('label');
    await test.request.delete(path).set('if-match', '"1"').expect(412);
    await test.request.delete(path).set('if-match', '"2"').expect(204);
    await test.request.get(path).expect(404);
  });

  it('has one issuer of its own at its institution', async () => {
    await test.request.post(providers).send(provider()).expect(409);
    await test.request.post(`/v1/institutions/${other}/identity-providers`).send(provider()).expect(201);
  });

  it('is refused with every invalid field at once', async () => {
    const form = {
      issuer: 'ftp://login.example.edu',
      clientId: '',
      authentication: 'clientSecret',
      scopes: ['open id', 'a', 'a'],
      roleMappings: [{ claim: 'roles', value: '', role: 'operator' }],
      identifierClaims: [{ claim: '/', scheme: 'Student' }],
      clientSecret: 'x',
    };
    const answer = await test.request.post(providers).send(form).expect(422);
    expect([...new Set(pointersOf(answer))]).toEqual([
      '/authentication',
      '/clientId',
      '/clientSecret',
      '/identifierClaims/0/claim',
      '/identifierClaims/0/scheme',
      '/issuer',
      '/roleMappings/0/claim',
      '/roleMappings/0/role',
      '/roleMappings/0/value',
      '/scopes',
    ]);
    await test.request.post(`/v1/institutions/${nobody}/identity-providers`).send(provider()).expect(422);
  });
});

describe('the journal', () => {
  it('tells everything that was done with accounts and identity providers, in the order it was done', async () => {
    const { id } = await recordAccount();
    const path = `${accounts}/${id}`;
    await test.request.put(path).set('if-match', '*').send({ displayName: 'x', roles: [] }).expect(200);
    await test.request.post(`${path}/deactivation`).set('if-match', '*').expect(200);
    await test.request.post(`${path}/reactivation`).set('if-match', '*').expect(200);
    const form = provider({ issuer: 'https://third.tsinghua.example' });
    const registered = (await test.request.post(providers).send(form).expect(201)).body as Recorded;
    await test.request.put(`${providers}/${registered.id}`).set('if-match', '*').send(form).expect(200);
    await test.request.delete(`${providers}/${registered.id}`).set('if-match', '*').expect(204);
    const rows = await test.dataSource.query<{ action: string }[]>(
      'SELECT action FROM journal_entries WHERE resource_id = ANY($1) AND institution_id = $2 ORDER BY id',
      [[id, registered.id], university],
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'account.created',
      'account.changed',
      'account.deactivated',
      'account.reactivated',
      'identityProvider.created',
      'identityProvider.changed',
      'identityProvider.removed',
    ]);
  });
});

describe('the people of the demonstration', () => {
  const userNamesOf = async (app: TestApp): Promise<readonly unknown[]> =>
    app.dataSource.query('SELECT user_name FROM accounts WHERE user_name IS NOT NULL ORDER BY user_name');

  it('are one for each role, and the students, and log in with the password of them all', async () => {
    const demo = await startTestApp({ environment: { SEED_DEMO: 'true' } });
    try {
      const institution = (await recordInstitution(demo.request)).id;
      const learner = (await recordLearner(demo.request, {})).id;
      const seed = () =>
        asService('demonstration', () => seedDemoAccounts(demo.app, { institution, learners: [{ name: 'Ayşe Yılmaz', learner }] }));
      await seed();
      await seed();
      expect(await userNamesOf(demo)).toEqual(
        [
          'administrator',
          'appeals-officer',
          'assessor',
          'auditor',
          'ayse',
          'catalogue-editor',
          'negotiator',
          'operator',
          'registrar',
          'signatory',
        ].map((userName) => ({ user_name: userName })),
      );
      const service = demo.app.get(AccountsService);
      const claims = async (userName: string) => service.claimsOf((await service.demoLogIn(userName, demoPassword))?.id ?? nobody);
      expect(await claims('ayse')).toEqual({ roles: ['student'], learner });
      expect(await claims('appeals-officer')).toEqual({ roles: ['appeals_officer'], institution });
      expect(await claims('operator')).toEqual({ roles: ['operator'] });
      expect(await service.demoLogIn('ayse', `${demoPassword} `)).toBeUndefined();
      expect(await service.demoLogIn('nobody', demoPassword)).toBeUndefined();
      const [row] = await demo.dataSource.query<{ password_hash: string }[]>(
        'SELECT password_hash FROM accounts WHERE user_name IS NOT NULL',
      );
      expect(row?.password_hash).toMatch(/^\$scrypt\$ln=15,r=8,p=1\$[\w-]{22}\$[\w-]{43}$/);
    } finally {
      await demo.close();
    }
  });

  it('cannot log in, nor be listed, and are removed at the next start, when the demonstration is off', async () => {
    await asService('demonstration', () => seedDemoAccounts(test.app, { institution: university, learners: [] }));
    const service = test.app.get(AccountsService);
    const [row] = await test.dataSource.query<{ id: string }[]>(`SELECT id FROM accounts WHERE user_name = 'operator'`);
    expect(await service.demoLogIn('operator', demoPassword)).toBeUndefined();
    expect(await service.claimsOf(row?.id ?? nobody)).toBeUndefined();
    expect(await service.demoPeople()).toEqual([]);
    await service.onModuleInit();
    expect(await userNamesOf(test)).toEqual([]);
  });
});
