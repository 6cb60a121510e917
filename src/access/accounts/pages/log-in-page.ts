import type { MessageLanguage } from '../../../platform/index.js';
import type { Account } from '../domain/index.js';
import { type Html, html } from './html.js';
import { alert, type Fault, page, type Page } from './layout.js';
import { filled, roleNames, texts } from './texts.js';

/** A way in at an institution, by the name that people choose it by. */
export interface NamedDoor {
  readonly name: string;
  /** Where the choice leads. */
  readonly path: string;
}

export interface LogInPage {
  readonly language: MessageLanguage;
  /** `/login/<uid>`. */
  readonly path: string;
  /** The program that asks. */
  readonly client: string;
  readonly doors: {
    readonly shown: readonly NamedDoor[];
    /** How many more match. */
    readonly more: number;
    /** What was searched for; undefined where nothing was. */
    readonly search: string | undefined;
  };
  /** The demonstration, where it is on. */
  readonly demo: { readonly people: readonly Account[]; readonly password: string; readonly userName: string } | undefined;
  readonly faults: readonly Fault[];
  readonly status?: number;
}

/** The first page: who are you? */
export function logInPage(given: LogInPage): Page {
  const { language, path, client, doors, demo, faults, status = 200 } = given;
  const own = texts[language];
  const body = html`${alert(language, faults)}
    <h1>${own.logIn}</h1>
    <p>${filled(own.logInTo, { client })}</p>
    ${demo === undefined ? undefined : demoForm(given, demo)}
    ${demo !== undefined && doors.shown.length === 0 && doors.search === undefined ? undefined : doorList(given)}
    <form method="post" action="${path}/abort"><button class="quiet">${own.cancel}</button></form>`;
  return page({ language, title: own.logIn, body, isError: faults.length > 0, status });
}

function doorList({ language, path, doors: { shown, more, search } }: LogInPage): Html {
  const own = texts[language];
  const isSearched = search !== undefined;
  const list = shown.map(({ name, path: to }) => html`<li><a class="door" href="${to}">${name}</a></li>`);
  return html`<section aria-labelledby="institutions">
    <h2 id="institutions">${own.institutions}</h2>
    ${shown.length === 0 && !isSearched ? html`<p>${own.noInstitution}</p>` : html`<p>${own.institutionsHint}</p>`}
    ${more > 0 || isSearched ? searchForm(language, path, search ?? '') : undefined}
    ${
      shown.length === 0
        ? undefined
        : html`<ul class="doors">
            ${list}
          </ul>`
    }
    ${shown.length === 0 && isSearched ? html`<p role="status">${own.noneFound}</p>` : undefined}
    ${more === 0 ? undefined : html`<p>${filled(own.more, { count: String(more) })}</p>`}
  </section>`;
}

function searchForm(language: MessageLanguage, path: string, search: string): Html {
  const own = texts[language];
  return html`<form role="search" method="get" action="${path}">
    <label for="institution">${own.search}</label>
    <input id="institution" name="institution" type="search" maxlength="200" value="${search}" />
    <button>${own.searchButton}</button>
  </form>`;
}

function demoForm({ language, path, faults }: LogInPage, { people, password, userName }: NonNullable<LogInPage['demo']>): Html {
  const own = texts[language];
  return html`<section aria-labelledby="demo">
    <h2 id="demo">${own.demoHeading}</h2>
    <form method="post" action="${path}" novalidate>
      ${field('userName', own.userName, html`value="${userName}" autocomplete="username" autocapitalize="none" spellcheck="false"`, faults)}
      ${field('password', own.password, html`type="password" autocomplete="current-password"`, faults)}
      <button>${own.logIn}</button>
    </form>
    <p>${filled(own.demoNote, { password: '' })}<code>${password}</code></p>
    <table>
      <caption>
        ${own.demoTable}
      </caption>
      <thead>
        <tr>
          <th scope="col">${own.userName}</th>
          <th scope="col">${own.demoWho}</th>
          <th scope="col">${own.demoRole}</th>
        </tr>
      </thead>
      <tbody>
        ${people.map((person) => demoRow(language, person))}
      </tbody>
    </table>
  </section>`;
}

function field(name: string, label: string, attributes: Html, faults: readonly Fault[]): Html {
  const fault = faults.find((candidate) => candidate.field === name);
  const invalid = fault === undefined ? undefined : html` aria-invalid="true" aria-describedby="${name}-error"`;
  return html`<label for="${name}">${label}</label>
    ${fault === undefined ? undefined : html`<p class="field-error" id="${name}-error">${fault.sentence}</p>`}
    <input id="${name}" name="${name}" required maxlength="200" ${attributes}${invalid} />`;
}

function demoRow(language: MessageLanguage, account: Account): Html {
  const userName = account.logIn.kind === 'demo' ? account.logIn.userName : '';
  const roles = account.kind === 'staff' ? account.grantedRoles : [account.kind];
  const inWords = roles.map((role) => roleNames[role]?.[language] ?? role).join(', ');
  return html`<tr>
    <th scope="row"><code>${userName}</code></th>
    <td>${account.displayName}</td>
    <td>${inWords}</td>
  </tr>`;
}
