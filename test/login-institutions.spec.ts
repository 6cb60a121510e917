import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { JWK } from 'jose';
import { IdentityProvidersService } from '../src/access/accounts/identity-providers.service.js';
import type { IdentityProvider, IdentityProviderDetails } from '../src/access/accounts/domain/index.js';
import { asService, ExpectedVersion } from '../src/platform/index.js';
import { startIdentityProvider, type TestIdentityProvider } from './support/identity-provider.js';
import { type LogInApp, startLogInApp } from './support/log-in.js';
import { publicUrl } from './support/oauth.js';
import type { Stop, Visitor } from './support/visitor.js';

let test: LogInApp;
let idp: TestIdentityProvider;
let first: string;
let second: string;
let here: IdentityProvider;
let there: IdentityProvider;
beforeAll(async () => {
  test = await startLogInApp({ OUTGOING_PRIVATE: 'allow' });
  [first, second] = test.institutions;
  // What fetch itself parses are objects of another realm, which oidc-provider refuses.
  const keys = JSON.parse(await (await test.fetch(`${publicUrl}/oauth/jwks`)).text()) as { keys: JWK[] };
  idp = await startIdentityProvider(
    [first, second].map((institution) => `${publicUrl}/login/callback/${institution}`),
    keys,
  );
  here = await register(first);
  there = await register(second, {
    clientId: 'public',
    authentication: 'none',
    roleMappings: [{ claim: '/entitlement', value: 'audits', role: 'auditor' }],
    identifierClaims: [],
  });
});
afterAll(async () => {
  await test.close();
  await idp.close();
});

function register(institution: string, details: Partial<IdentityProviderDetails> = {}): Promise<IdentityProvider> {
  return asService('test', () =>
    test.app.get(IdentityProvidersService).create(institution, {
      issuer: idp.issuer,
      clientId: 'credits',
      authentication: 'privateKeyJwt',
      scopes: [],
      roleMappings: [
        { claim: '/realm_access/roles', value: 'records', role: 'registrar' },
        { claim: '/entitlement', value: 'audits', role: 'auditor' },
      ],
      identifierClaims: [{ claim: '/student_number', scheme: 'student-number' }],
      ...details,
    }),
  );
}

/** A browser at the log-in page, and what its person must prove at the end. */
async function atTheDoor(): Promise<{ visitor: Visitor; page: Stop; verifier: string }> {
  const visitor = test.visitor();
  const { url, verifier } = await test.ask(test.ownClient);
  return { visitor, verifier, page: await visitor.go(url) };
}

const pathTo = (page: Stop, { institution, id }: IdentityProvider) => new URL(`${page.url.pathname}/at/${institution}/${id}`, page.url);

/** Somebody about whom their institution says something logs in there; `change` may meddle with the addresses on the way. */
async function arrive(subject: string, said: Readonly<Record<string, unknown>>, provider = here, change?: (url: URL) => void) {
  idp.people.set(subject, said);
  idp.person = subject;
  const { visitor, page, verifier } = await atTheDoor();
  const stop = await visitor.go(pathTo(page, provider), change);
  return { visitor, stop, claims: () => test.claims(stop, test.ownClient, verifier) };
}

const accountsOf = (subject: string) =>
  test.dataSource.query<{ kind: string; institution_id: string; claimed_roles: string[] }[]>(
    'SELECT kind, institution_id, claimed_roles FROM accounts WHERE subject = $1 ORDER BY kind',
    [subject],
  );

describe('somebody who logs in at their institution', () => {
  it('finds it on the log-in page, by name', async () => {
    const { visitor, page } = await atTheDoor();
    expect(page.text).toContain(`href="${page.url.pathname}/at/${first}/${here.id}">First</a>`);
    expect(page.text).not.toContain('type="search"');
    const found = await visitor.go(`${page.url.href}?institution=SEC`);
    expect(found.text).toContain('>Second</a>');
    expect(found.text).not.toContain('>First</a>');
    expect((await visitor.go(`${page.url.href}?institution=nowhere`)).text).toContain('No institution with this name');
  });

  it('goes on with the roles that its claims mean there, and is known again', async () => {
    const said = { name: 'Elif Demir', realm_access: { roles: ['staff', 'records'] }, hd: 'second.example' };
    const claims = await (await arrive('elif', said)).claims();
    expect(claims).toMatchObject({ roles: ['registrar'], institution: first });
    const again = await (await arrive('elif', { ...said, entitlement: 'audits' })).claims();
    expect(again).toMatchObject({ sub: claims['sub'], roles: ['registrar', 'auditor'], institution: first });
    const later = await (await arrive('elif', { ...said, realm_access: { roles: [] }, entitlement: ['audits'] })).claims();
    expect(later).toMatchObject({ sub: claims['sub'], roles: ['auditor'] });
    expect(await accountsOf('elif')).toEqual([{ kind: 'staff', institution_id: first, claimed_roles: ['auditor'] }]);
  });

  it('is another person at another institution, whose claims alone count there, even under the same issuer', async () => {
    const said = { name: 'Can', realm_access: { roles: ['records'] }, entitlement: 'audits' };
    const claims = await (await arrive('can', said, there)).claims();
    expect(claims).toMatchObject({ roles: ['auditor'], institution: second });
    const other = await (await arrive('can', said)).claims();
    expect(other).toMatchObject({ roles: ['registrar', 'auditor'], institution: first });
    expect(other['sub']).not.toBe(claims['sub']);
  });

  it('is the learner to whom the institution gave the number that it claims', async () => {
    const claims = await (await arrive('ayse', { name: 'Ayşe Yılmaz', student_number: '2584101' })).claims();
    expect(claims).toMatchObject({ roles: ['student'], learner: test.learner });
    expect(claims).not.toHaveProperty('institution');
    const { stop } = await arrive('ayse', { student_number: '2584101' }, there);
    expect(stop.status).toBe(403);
  });

  it('chooses as what to go on who both works and studies', async () => {
    const said = { name: 'Zeynep', entitlement: 'audits', student_number: '2584101' };
    idp.people.set('zeynep', said);
    idp.person = 'zeynep';
    const { visitor, page, verifier } = await atTheDoor();
    const choice = await visitor.go(pathTo(page, here));
    expect(choice.text).toContain('As staff of First');
    const ids = [...choice.text.matchAll(/name="account" value="([\w-]+)"/g)].map(([, id]) => id ?? '');
    expect(ids).toHaveLength(2);
    const foreign = (await arrive('elif-2', { entitlement: 'audits' })).claims();
    const stolen = await visitor.send(choice, `${page.url.pathname}/account`, { account: String((await foreign)['sub']) });
    expect(stolen.status).toBe(400);
    const end = await visitor.send(choice, `${page.url.pathname}/account`, { account: ids[1] ?? '' });
    expect(await test.claims(end, test.ownClient, verifier)).toMatchObject({ sub: ids[1], roles: ['student'], learner: test.learner });
  });

  it('may do nothing who has no role, and is told whom to ask', async () => {
    const { stop } = await arrive('nobody', { name: 'Nobody <i>' });
    expect(stop.status).toBe(403);
    expect(stop.text).toContain('You are known as Nobody &lt;i&gt; at First, but nothing has been assigned to you');
    const [account] = await test.dataSource.query<{ id: string; kind: string }[]>(`SELECT id, kind FROM accounts WHERE subject = 'nobody'`);
    expect(account?.kind).toBe('unassigned');
    expect(stop.text).toContain(`<code>${String(account?.id)}</code>`);
  });

  it('stays out whose account is deactivated, whatever is claimed', async () => {
    const said = { entitlement: 'audits' };
    await (await arrive('selin', said)).claims();
    await test.dataSource.query(`UPDATE accounts SET state = 'deactivated' WHERE subject = 'selin'`);
    const { stop } = await arrive('selin', said);
    expect(stop.status).toBe(403);
    expect(stop.text).toContain('The account of selin at First has been deactivated.');
  });

  it('may refuse there, and choose again', async () => {
    idp.person = undefined;
    const { visitor, page } = await atTheDoor();
    const stop = await visitor.go(pathTo(page, here));
    expect(stop.status).toBe(502);
    expect(stop.text).toContain('The log-in at First did not succeed. Nothing has been changed.');
    expect((await visitor.go(page.url)).text).toContain('>First</a>');
  });
});

describe('what an identity provider says is not believed', () => {
  const said = { entitlement: 'audits' };

  /** Changes a parameter of the addresses that lie at an origin. */
  const changing = (origin: string, path: RegExp, name: string, value: string | undefined) => (url: URL) => {
    if (url.origin !== origin || !path.test(url.pathname) || !url.searchParams.has(name)) return;
    if (value === undefined) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
  };

  async function expectNoAccount(subject: string, answer: Promise<{ stop: Stop }>, status: number): Promise<void> {
    const { stop } = await answer;
    expect(stop.status).toBe(status);
    expect(await accountsOf(subject)).toEqual([]);
  }

  it('when its token was made for another log-in, or for none', async () => {
    await expectNoAccount('nonce', arrive('nonce', said, here, changing(idp.issuer, /^\/auth$/, 'nonce', 'another')), 502);
    await expectNoAccount('nonce', arrive('nonce', said, here, changing(idp.issuer, /^\/auth$/, 'nonce', undefined)), 502);
  });

  it('when its code was made for another challenge', async () => {
    const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM';
    await expectNoAccount('pkce', arrive('pkce', said, here, changing(idp.issuer, /^\/auth$/, 'code_challenge', challenge)), 502);
  });

  it('when it comes from another issuer than was asked', async () => {
    await expectNoAccount('iss', arrive('iss', said, here, changing(publicUrl, /^\/login\/callback/, 'iss', 'https://evil.example')), 502);
    await expectNoAccount('iss', arrive('iss', said, here, changing(publicUrl, /^\/login\/callback/, 'iss', undefined)), 502);
  });

  it('when its documents name another issuer than the institution did', async () => {
    const liar = await register(first, { issuer: idp.issuer.replace('127.0.0.1', 'localhost') });
    await expectNoAccount('liar', arrive('liar', said, liar), 502);
    await asService('test', () => test.app.get(IdentityProvidersService).remove(first, liar.id, ExpectedVersion.of('*')));
  });

  it('when it comes back to another institution than the person chose', async () => {
    await expectNoAccount(
      'swap',
      arrive('swap', said, here, (url) => {
        if (url.origin === publicUrl) url.pathname = url.pathname.replace(`callback/${first}`, `callback/${second}`);
      }),
      400,
    );
  });

  it('when the state is another’s, or is used again, or comes to another browser', async () => {
    await expectNoAccount('state', arrive('state', said, here, changing(publicUrl, /^\/login\/callback/, 'state', 'mine')), 400);
    let answer: URL | undefined;
    const { visitor, stop } = await arrive('once', said, here, (url) => {
      if (url.pathname.startsWith('/login/callback/')) answer = new URL(url);
    });
    expect(stop.url.searchParams.get('code')).not.toBeNull();
    expect((await visitor.go(answer ?? '')).status).toBe(400);
    let stolen: URL | undefined;
    const stop2 = (
      await arrive('thief', said, here, (url) => {
        if (!url.pathname.startsWith('/login/callback/')) return;
        stolen = new URL(url);
        url.pathname = '/login/callback/nowhere';
      })
    ).stop;
    expect(stop2.status).toBe(400);
    expect((await test.visitor().go(stolen ?? '')).status).toBe(400);
    expect(await accountsOf('thief')).toEqual([]);
  });

  it('when it is another institution’s', async () => {
    idp.person = 'foreign';
    idp.people.set('foreign', said);
    const { visitor, page } = await atTheDoor();
    const stop = await visitor.go(pathTo(page, { ...here, institution: second }));
    expect(stop.status).toBe(404);
    expect(await accountsOf('foreign')).toEqual([]);
  });

  it('when there is no such institution or provider, whatever they are called', async () => {
    const { visitor, page } = await atTheDoor();
    for (const odd of ['x', '%0d%0aset-cookie:a', '..%2f..', here.id]) {
      expect((await visitor.go(new URL(`${page.url.pathname}/at/${odd}/${here.id}`, page.url))).status).toBe(404);
      expect((await visitor.go(new URL(`${page.url.pathname}/at/${first}/${odd === here.id ? first : odd}`, page.url))).status).toBe(404);
      const state = `${page.url.pathname.split('/')[2] ?? ''}.${'x'.repeat(22)}`;
      expect((await visitor.go(new URL(`/login/callback/${odd}?state=${state}`, page.url))).status).toBe(400);
    }
  });

  it('when it lies on a private address and those are not allowed', async () => {
    const closed = await startLogInApp();
    try {
      const [institution] = closed.institutions;
      const { id: _id, institution: _institution, version: _version, modifiedAt: _modifiedAt, ...details } = here;
      const provider = await asService('test', () => closed.app.get(IdentityProvidersService).create(institution, details));
      const visitor = closed.visitor();
      const page = await visitor.go((await closed.ask(closed.ownClient)).url);
      expect((await visitor.go(pathTo(page, provider))).status).toBe(502);
    } finally {
      await closed.close();
    }
  });
});
