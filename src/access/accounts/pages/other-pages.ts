import type { MessageLanguage } from '../../../platform/index.js';
import type { Account } from '../domain/index.js';
import { html } from './html.js';
import { messagePage, page, type Page } from './layout.js';
import { filled, scopeInWords, texts } from './texts.js';

/** A program asks to act for the person. */
export function consentPage(given: {
  readonly language: MessageLanguage;
  readonly path: string;
  readonly client: string;
  readonly scopes: readonly string[];
}): Page {
  const { language, path, client, scopes } = given;
  const own = texts[language];
  const heading = filled(own.consentHeading, { client });
  const wishes = scopes.map((scope) => html`<li>${scopeInWords(scope, language)} (<code>${scope}</code>)</li>`);
  const body = html`<h1>${heading}</h1>
    <p id="wishes">${filled(own.consentList, { client })}</p>
    <ul aria-labelledby="wishes">
      ${wishes}
    </ul>
    <p>${own.consentNote}</p>
    <form method="post" action="${path}/consent">
      <button name="decision" value="allow">${own.allow}</button>
      <button name="decision" value="deny" class="quiet">${own.deny}</button>
    </form>`;
  return page({ language, title: heading, body });
}

/** Somebody both works and studies. */
export function choicePage(given: {
  readonly language: MessageLanguage;
  readonly path: string;
  readonly institution: string;
  readonly accounts: readonly Account[];
}): Page {
  const { language, path, institution, accounts } = given;
  const own = texts[language];
  const buttons = accounts.map(({ id, kind, displayName: name }) => {
    const label = kind === 'student' ? filled(own.asStudent, { name }) : filled(own.asStaff, { institution });
    return html`<button name="account" value="${id}" class="quiet">${label}</button>`;
  });
  const body = html`<h1>${own.chooseHeading}</h1>
    <p>${own.chooseNote}</p>
    <form method="post" action="${path}/account">${buttons}</form>`;
  return page({ language, title: own.chooseHeading, body });
}

/** Somebody has logged in at their institution, which has nothing for them here. */
export function noRolePage(language: MessageLanguage, path: string, account: Account | undefined, institution: string): Page {
  const own = texts[language];
  const name = account?.displayName ?? '';
  const isDeactivated = account?.state === 'deactivated';
  return messagePage(language, 403, isDeactivated ? own.deactivatedHeading : own.noRoleHeading, [
    html`${filled(isDeactivated ? own.deactivated : own.noRole, { name, institution })}`,
    html`${own.noRoleAdvice} <code>${account?.id ?? ''}</code>`,
    html`<a href="${path}">${own.tryAgain}</a>`,
  ]);
}

/** The identity provider has refused, or what it said was not to be believed. */
export function failedPage(language: MessageLanguage, path: string, institution: string): Page {
  const own = texts[language];
  return messagePage(language, 502, own.failedHeading, [
    html`${filled(own.failed, { institution })}`,
    html`<a href="${path}">${own.tryAgain}</a>`,
  ]);
}

/** There is no such log-in, or not in this browser. */
export function expiredPage(language: MessageLanguage): Page {
  const own = texts[language];
  return messagePage(language, 400, own.expiredHeading, [html`${own.expired}`]);
}

/** A form that no page of ours has sent. */
export function foreignFormPage(language: MessageLanguage): Page {
  const own = texts[language];
  return messagePage(language, 403, own.foreignHeading, [html`${own.foreign}`]);
}

/** The authorisation server cannot send an error back to the program that asked, so the person is told. */
export function refusedPage(language: MessageLanguage, status: number, code: string): Page {
  const own = texts[language];
  return messagePage(language, status, own.refusedHeading, [html`${own.refused} <code>${code}</code>`]);
}
