import type { ErrorOut, KoaContextWithOIDC } from 'oidc-provider';
import { languagesOf, messageLanguage, type MessageLanguage } from '../../platform/index.js';
import { Html, html } from '../accounts/pages/html.js';
import { page } from '../accounts/pages/layout.js';
import { refusedPage } from '../accounts/pages/other-pages.js';

interface Texts {
  readonly question: string;
  readonly note: string;
  readonly yes: string;
  readonly no: string;
  readonly done: string;
  readonly doneNote: string;
}

const texts: Readonly<Record<MessageLanguage, Texts>> = {
  en: {
    question: 'Do you want to log out?',
    note: 'You are then logged out of every program into which you logged in here with this browser.',
    yes: 'Log out',
    no: 'Stay logged in',
    done: 'Done',
    doneNote: 'You can close this page.',
  },
  zh: {
    question: '您要退出登录吗？',
    note: '之后，您将退出在此浏览器中通过本页面登录的所有程序。',
    yes: '退出登录',
    no: '保持登录',
    done: '已完成',
    doneNote: '您可以关闭此页面。',
  },
  fr: {
    question: 'Voulez-vous vous déconnecter ?',
    note: 'Vous serez alors déconnecté de tous les programmes auxquels vous vous êtes connecté ici avec ce navigateur.',
    yes: 'Se déconnecter',
    no: 'Rester connecté',
    done: 'C’est fait',
    doneNote: 'Vous pouvez fermer cette page.',
  },
};

function languageOf(ctx: KoaContextWithOIDC): MessageLanguage {
  return messageLanguage(languagesOf(ctx.get('accept-language')));
}

/** Tells a person what cannot be sent back to the program that asked. */
export function errorPage(ctx: KoaContextWithOIDC, { error }: ErrorOut): void {
  ctx.type = 'html';
  ctx.body = refusedPage(languageOf(ctx), ctx.status, error).text;
}

/** Asks a person whether they want to log out; the form, which has no button, is oidc-provider's own. */
export function logOutPage(ctx: KoaContextWithOIDC, form: string): void {
  const language = languageOf(ctx);
  const own = texts[language];
  const body = html`<h1>${own.question}</h1>
    <p>${own.note}</p>
    ${new Html(form)}
    <p>
      <button form="op.logoutForm" name="logout" value="yes">${own.yes}</button>
      <button form="op.logoutForm" class="quiet">${own.no}</button>
    </p>`;
  ctx.type = 'html';
  ctx.body = page({ language, title: own.question, body }).text;
}

/** Tells a person that they are logged out, or not, as they chose. */
export function loggedOutPage(ctx: KoaContextWithOIDC): void {
  const language = languageOf(ctx);
  const own = texts[language];
  ctx.type = 'html';
  ctx.body = page({
    language,
    title: own.done,
    body: html`<h1>${own.done}</h1>
      <p>${own.doneNote}</p>`,
  }).text;
}
