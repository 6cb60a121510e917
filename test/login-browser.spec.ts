import { afterAll, afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import axe, { type AxeResults } from 'axe-core';
import type { BrowserContext, Page } from 'playwright-core';
import { demoPassword } from '../src/access/index.js';
import { IdentityProvidersService } from '../src/access/accounts/identity-providers.service.js';
import type { Account } from '../src/access/accounts/domain/index.js';
import type { Page as OurPage } from '../src/access/accounts/pages/layout.js';
import { logInPage } from '../src/access/accounts/pages/log-in-page.js';
import { choicePage, failedPage, foreignFormPage, noRolePage, refusedPage } from '../src/access/accounts/pages/other-pages.js';
import { texts } from '../src/access/accounts/pages/texts.js';
import { asService, type MessageLanguage } from '../src/platform/index.js';
import { startBrowser } from './support/chromium.js';
import { startIdentityProvider } from './support/identity-provider.js';
import { programs, startLogInApp } from './support/log-in.js';
import { publicUrl } from './support/oauth.js';

/** Where the browser reaches the app without TLS; to browsers a name below localhost is as good as with it. */
const host = 'credits.localhost';
const origin = `http://${host}`;
const test = await startLogInApp({ SEED_DEMO: 'true', PUBLIC_URL: origin, OUTGOING_PRIVATE: 'allow' });
const idp = await startIdentityProvider([`${origin}/login/callback/${test.institutions[0]}`], { keys: [] });
const started = await startBrowser(host, new URL(test.url).port);
async function close(): Promise<void> {
  if (!('reason' in started)) await started.close();
  await test.close();
  await idp.close();
}

if ('reason' in started) {
  console.log(`The log-in pages are not tested in a browser, because none can start on this machine: ${started.reason}`);
  // Where every test is skipped, so is what follows them.
  await close();
}
afterAll(() => ('reason' in started ? undefined : close()));

let context: BrowserContext;
let page: Page;
afterEach(() => ('reason' in started ? undefined : context.close()));

async function open(language: MessageLanguage): Promise<void> {
  if ('reason' in started) throw new Error(started.reason);
  context = await started.browser.newContext({ locale: { en: 'en-GB', zh: 'zh-CN', fr: 'fr-FR' }[language] });
  page = await context.newPage();
}

/** Sends the browser to the log-in page as a program does. */
async function goToDoor(client = test.ownClient): Promise<void> {
  const { url } = await test.ask(client);
  await page.goto(url.href.replace(publicUrl, origin));
}

/** What axe finds wrong with the page that is open, in words. */
async function faults(): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations, passes } = await page.evaluate<AxeResults>('axe.run(document)');
  // A page that nothing could be said about would be as silent as a good one.
  expect(passes.length).toBeGreaterThan(10);
  return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map(({ html }) => html).join(', ')})`);
}

async function enter(userName: string, password: string): Promise<void> {
  await page.fill('#userName', userName);
  await page.fill('#password', password);
  await page.press('#password', 'Enter');
  await page.waitForLoadState();
}

const focused = (property: string) => page.evaluate<string>(`document.activeElement.${property}`);

const account: Account = {
  id: '0190d7a0-0000-7000-8000-000000000000',
  kind: 'student',
  learner: '0190d7a0-0000-7000-8000-000000000001',
  displayName: 'Ayşe Yılmaz',
  logIn: { kind: 'demo', userName: 'ayse' },
  state: 'active',
  version: 1,
  modifiedAt: '2026-11-24T00:00:00.000Z',
};

/** The pages that an institution’s identity provider leads to, and those that only mischief does. */
function furtherPages(language: MessageLanguage): readonly (readonly [name: string, page: OurPage])[] {
  const path = '/login/x';
  const shown = [{ name: 'Université de Lille', path: `${path}/at/a/b` }];
  const found = { language, path, client: 'Documentation', demo: undefined, faults: [] };
  return [
    ['institutions', logInPage({ ...found, doors: { shown, more: 0, search: undefined } })],
    ['institutions to search', logInPage({ ...found, doors: { shown, more: 30, search: undefined } })],
    ['no institution found', logInPage({ ...found, doors: { shown: [], more: 0, search: 'x' } })],
    ['no institution', logInPage({ ...found, doors: { shown: [], more: 0, search: undefined } })],
    ['choice', choicePage({ language, path, institution: 'METU', accounts: [account, { ...account, kind: 'operator' }] })],
    ['no role', noRolePage(language, path, account, 'METU')],
    ['deactivated', noRolePage(language, path, { ...account, state: 'deactivated' }, 'METU')],
    ['failed', failedPage(language, path, 'METU')],
    ['foreign form', foreignFormPage(language)],
    ['refused', refusedPage(language, 400, 'invalid_request')],
  ];
}

describe.each(['en', 'zh', 'fr'] as const)('in a browser that reads %s', (language) => {
  const own = texts[language];
  const described = 'reason' in started ? it.skip : it;
  beforeEach(() => ('reason' in started ? undefined : open(language)));

  described('axe finds nothing on the log-in page, whatever went wrong', async () => {
    await goToDoor();
    expect(await page.getAttribute('html', 'lang')).toBe(language);
    expect(await faults()).toEqual([]);
    await enter('', '');
    expect(await page.title()).toContain(own.errorPrefix);
    // The page is loaded before the browser gives the focus to what asks for it.
    await page.waitForSelector('[role="alert"]:focus');
    expect(await page.getAttribute('#password', 'aria-describedby')).toBe('password-error');
    expect(await faults()).toEqual([]);
    const name = `nobody-${language}`;
    for (let attempt = 1; attempt <= 5; attempt += 1) await enter(name, 'wrong');
    expect(await page.innerText('[role=alert]')).toContain(own.wrongPassword);
    expect(await page.inputValue('#userName')).toBe(name);
    expect(await faults()).toEqual([]);
    await enter(name, 'wrong');
    expect(await page.innerText('[role=alert]')).toContain(own.tooMany.replace('{minutes}', '15'));
    expect(await faults()).toEqual([]);
  });

  described('axe finds nothing on the page of consent, nor where a log-in has ended', async () => {
    await goToDoor(test.client);
    const door = page.url();
    await enter('ayse', demoPassword);
    expect(await page.innerText('h1')).toBe(own.consentHeading.replace('{client}', 'Advising <b>'));
    expect(await faults()).toEqual([]);
    await page.goto(door);
    expect(await page.innerText('h1')).toBe(own.expiredHeading);
    expect(await faults()).toEqual([]);
  });

  described('axe finds nothing on any other page', async () => {
    for (const [name, { status, text }] of furtherPages(language)) {
      await page.route(`${origin}/shown`, (route) => route.fulfill({ status, body: text, contentType: 'text/html; charset=utf-8' }));
      await page.goto(`${origin}/shown`);
      expect([name, await faults()]).toEqual([name, []]);
      await page.unroute(`${origin}/shown`);
    }
  });

  described('a person logs in and consents with the keyboard alone, and sees where they are', async () => {
    await goToDoor(test.client);
    await page.keyboard.press('Tab');
    expect(await focused('id')).toBe('userName');
    expect(await page.evaluate<string>('getComputedStyle(document.activeElement).outline')).toBe('rgb(179, 71, 0) solid 3px');
    await page.keyboard.type('ayse');
    await page.keyboard.press('Tab');
    expect(await focused('id')).toBe('password');
    await page.keyboard.type(demoPassword);
    await page.keyboard.press('Tab');
    expect(await focused('innerText')).toBe(own.logIn);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/login\//);
    await page.getByText(own.consentNote).waitFor();
    await page.keyboard.press('Tab');
    expect(await focused('innerText')).toBe(own.allow);
    const end = page.waitForRequest((request) => request.url().startsWith(programs));
    await page.keyboard.press('Space');
    expect(new URL((await end).url()).searchParams.get('code')).toMatch(/^[\w-]{20,}$/);
  });
});

describe('the Authorize button of the documentation', () => {
  const described = 'reason' in started ? it.skip : it;
  beforeEach(() => ('reason' in started ? undefined : open('en')));

  described('logs a person in, and what is tried out is done in their name', async () => {
    const refused: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') refused.push(message.text());
    });
    await page.goto(`${origin}/docs/`);
    await page.click('.auth-wrapper .authorize');
    const flow = page.locator('.auth-container', { hasText: 'authorizationCode' });
    await flow.locator('label[for="learners:read-authorizationCode-checkbox-oauth2"] .item').click();
    const [popup] = await Promise.all([page.waitForEvent('popup'), flow.locator('button.authorize').click()]);
    await popup.fill('#userName', 'registrar');
    await popup.fill('#password', demoPassword);
    await popup.press('#password', 'Enter');
    await flow.locator('button', { hasText: 'Logout' }).waitFor();
    await page.click('.close-modal');
    const operation = page.locator('#operations-learners-learnersList');
    await operation.locator('.opblock-summary-control').click();
    await operation.getByRole('button', { name: 'Try it out' }).click();
    const answer = page.waitForResponse((response) => new URL(response.url()).pathname === '/v1/learners');
    await operation.getByRole('button', { name: 'Execute' }).click();
    expect((await answer).status()).toBe(200);
    expect(refused).toEqual([]);
  });

  described('logs a person in by way of their institution', async () => {
    idp.people.set('elif', { name: 'Elif Demir', entitlement: 'registrar' });
    idp.person = 'elif';
    await asService('test', () =>
      test.app.get(IdentityProvidersService).create(test.institutions[0], {
        issuer: idp.issuer,
        clientId: 'public',
        authentication: 'none',
        scopes: [],
        roleMappings: [{ claim: '/entitlement', value: 'registrar', role: 'registrar' }],
        identifierClaims: [],
      }),
    );
    await page.goto(`${origin}/docs/`);
    await page.click('.auth-wrapper .authorize');
    const flow = page.locator('.auth-container', { hasText: 'authorizationCode' });
    await flow.locator('label[for="learners:read-authorizationCode-checkbox-oauth2"] .item').click();
    const [popup] = await Promise.all([page.waitForEvent('popup'), flow.locator('button.authorize').click()]);
    await popup.getByRole('link', { name: 'First' }).click();
    await flow.locator('button', { hasText: 'Logout' }).waitFor();
  });
});
