import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessScopes, demoPassword } from '../src/access/index.js';
import { scopeInWords, texts } from '../src/access/accounts/pages/texts.js';
import { type LogInApp, startLogInApp } from './support/log-in.js';
import { publicUrl } from './support/oauth.js';
import type { Stop } from './support/visitor.js';

let test: LogInApp;
beforeAll(async () => {
  test = await startLogInApp({ SEED_DEMO: 'true' });
});
afterAll(() => test.close());

const languages = ['en', 'zh', 'fr'] as const;

/** A visitor who has been sent to the log-in page. */
async function atTheDoor(client = test.ownClient, parameters: Readonly<Record<string, string>> = {}, language = 'en') {
  const visitor = test.visitor(language);
  const { url, verifier } = await test.ask(client, parameters);
  const page = await visitor.go(url);
  return {
    visitor,
    verifier,
    page,
    enter: (userName: string, password = demoPassword) => visitor.send(page, page.url.pathname, { userName, password }),
  };
}

const codeOf = ({ url }: Stop) => url.searchParams.get('code');

describe('logging in', () => {
  it('ends at the program with a token for the person’s own roles', async () => {
    const { page, enter, verifier } = await atTheDoor();
    expect(page.status).toBe(200);
    const end = await enter('registrar');
    expect(end.url.searchParams.get('state')).toBe('mine');
    const claims = await test.claims(end, test.ownClient, verifier);
    expect(claims).toMatchObject({ roles: ['registrar'], institution: test.institutions[0], scope: 'transcripts:read learners:read' });
    expect(claims).not.toHaveProperty('learner');
  });

  it('binds a student to their learner', async () => {
    const { enter, verifier } = await atTheDoor();
    const claims = await test.claims(await enter('ayse'), test.ownClient, verifier);
    expect(claims).toMatchObject({ roles: ['student'], learner: test.learner });
    expect(claims).not.toHaveProperty('institution');
  });

  it('names every field that is missing, and keeps the name that was given', async () => {
    const { enter } = await atTheDoor();
    const empty = await enter('', '');
    expect(empty.status).toBe(422);
    expect(empty.text).toContain('<title>Error: Log in');
    expect(empty.text).toContain('<a href="#userName">Enter your user name.</a>');
    expect(empty.text).toContain('<a href="#password">Enter your password.</a>');
    const half = await enter('"><script>alert(1)</script>', '');
    expect(half.text).toContain('value="&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;"');
    expect(half.text).not.toContain('<script');
  });

  it('says the same about a wrong name and a wrong password, and shows neither password nor hash', async () => {
    const { enter } = await atTheDoor();
    const sentences = await Promise.all(
      [enter('auditor', 'guess-7531'), enter('nobody-here', 'guess-7531')].map(async (answer) => {
        const { status, text } = await answer;
        expect(status).toBe(422);
        expect(text).not.toContain('guess-7531');
        return /<li>[^]*?<\/li>/.exec(text)?.[0];
      }),
    );
    expect(sentences[0]).toBe('<li><a href="#userName">The user name or the password is wrong.</a></li>');
    expect(sentences[1]).toBe(sentences[0]);
  });

  it('is refused after five wrong passwords for one name, even with the right one, and for that name alone', async () => {
    const { enter } = await atTheDoor();
    const answers = await Promise.all(Array.from({ length: 7 }, () => enter('signatory', 'wrong')));
    expect(answers.map(({ status }) => status).sort()).toEqual([422, 422, 422, 422, 422, 429, 429]);
    const late = await enter('signatory');
    expect(late.status).toBe(429);
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(800);
    expect(late.text).toContain('There were too many attempts. Try again in 15 minutes.');
    expect(codeOf(await enter('negotiator'))).not.toBeNull();
  });

  it('can be cancelled', async () => {
    const { visitor, page } = await atTheDoor();
    const end = await visitor.send(page, `${page.url.pathname}/abort`, {});
    expect(end.url.searchParams.get('error')).toBe('access_denied');
  });
});

describe('the log-in page', () => {
  it('loads nothing but its stylesheet, runs nothing, is framed by nobody and kept by nobody', async () => {
    const { page, visitor } = await atTheDoor();
    expect(page.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'self'; form-action 'self' http://127.0.0.1:49151; base-uri 'none'; frame-ancestors 'none'",
    );
    expect(page.headers.get('cache-control')).toBe('no-store');
    expect(page.headers.get('referrer-policy')).toBe('same-origin');
    expect(page.text).not.toMatch(/<script|style=| on\w+=/);
    const style = await visitor.go(`${publicUrl}/login/style.css`);
    expect(style.headers.get('content-type')).toBe('text/css; charset=utf-8');
    expect(style.text).toContain(':focus-visible');
  });

  it.each(languages)('speaks %s to whoever reads it, unless the program wishes another language', async (language) => {
    const { page } = await atTheDoor(test.ownClient, {}, language);
    expect(page.text).toContain(`<html lang="${language}">`);
    expect(page.text).toContain(`<h1>${texts[language].logIn}</h1>`);
    const wished = await atTheDoor(test.ownClient, { ui_locales: `de ${language}-XX` }, 'en');
    expect(wished.page.text).toContain(`<html lang="${language}">`);
  });

  it('lists the people of the demonstration with their roles and the password of them all', async () => {
    const { page } = await atTheDoor();
    expect(page.text).toContain(`<code>${demoPassword}</code>`);
    expect(page.text).toMatch(/<code>appeals-officer<\/code><\/th>\s*<td>Selin Koç<\/td>\s*<td>appeals officer<\/td>/);
    expect(page.text).toMatch(/<code>ayse<\/code><\/th>\s*<td>Ayşe Yılmaz<\/td>\s*<td>student<\/td>/);
  });

  it('has people and passwords in the demonstration alone', async () => {
    const real = await startLogInApp();
    try {
      const visitor = real.visitor();
      const page = await visitor.go((await real.ask(real.ownClient)).url);
      expect(page.text).not.toContain('type="password"');
      expect(page.text).toContain('No institution has set up its log-in here yet.');
      const answer = await visitor.send(page, page.url.pathname, { userName: 'registrar', password: demoPassword });
      expect(answer.url.origin).toBe(publicUrl);
      expect(answer.text).not.toContain('type="password"');
    } finally {
      await real.close();
    }
  });

  it('is the browser’s that was sent to it, and nobody else’s', async () => {
    const { page } = await atTheDoor();
    const stranger = test.visitor();
    const seen = await stranger.go(page.url);
    expect(seen.status).toBe(400);
    expect(seen.text).toContain('This log-in has ended');
    const sent = await stranger.send(page, page.url.pathname, { userName: 'registrar', password: demoPassword });
    expect(sent.status).toBe(400);
    const other = await atTheDoor();
    expect((await other.visitor.go(page.url)).status).toBe(400);
  });

  it('takes forms of its own alone', async () => {
    const { visitor, page } = await atTheDoor();
    const form = { userName: 'registrar', password: demoPassword };
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, { origin: 'null', 'sec-fetch-site': 'same-site' }]) {
      const answer = await visitor.send(page, page.url.pathname, form, headers);
      expect(answer.status).toBe(403);
      expect(answer.text).toContain('This form came from elsewhere');
    }
    expect(codeOf(await visitor.send(page, page.url.pathname, form, { origin: 'null', 'sec-fetch-site': 'same-origin' }))).not.toBeNull();
  });

  it('takes forms of a few kilobytes, in the form of forms', async () => {
    const { visitor, page } = await atTheDoor();
    const large = await visitor.send(page, page.url.pathname, { userName: 'x'.repeat(9000), password: 'x' });
    expect(large.status).toBe(413);
    const json = await test.fetch(page.url, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });
    expect(json.status).toBe(415);
  });
});

describe('consent', () => {
  it('is asked of students by a program of an institution, with every wish in words, and given once', async () => {
    const { enter, visitor, verifier } = await atTheDoor(test.client);
    const asked = await enter('ayse');
    expect(asked.status).toBe(200);
    expect(asked.text).toContain('<h1>May Advising &lt;b&gt; act for you?</h1>');
    expect(asked.text).toContain('<li>read transcripts (<code>transcripts:read</code>)</li>');
    const end = await visitor.send(asked, `${asked.url.pathname}/consent`, { decision: 'allow' });
    expect(await test.claims(end, test.client, verifier)).toMatchObject({ learner: test.learner, scope: 'transcripts:read learners:read' });
    const again = await visitor.go((await test.ask(test.client)).url);
    expect(codeOf(again)).not.toBeNull();
  });

  it('may be refused', async () => {
    const { enter, visitor } = await atTheDoor(test.client);
    const asked = await enter('ayse');
    const end = await visitor.send(asked, `${asked.url.pathname}/consent`, { decision: 'deny' });
    expect(end.url.searchParams.get('error')).toBe('access_denied');
  });

  it('has words for every scope in every language', () => {
    expect(scopeInWords('learners:erase', 'en')).toBe('erase records of students for good');
    for (const scope of accessScopes) {
      // Where there are no words, all three are the scope itself.
      expect([scope, new Set(languages.map((language) => scopeInWords(scope, language))).size]).toEqual([scope, 3]);
    }
  });
});
