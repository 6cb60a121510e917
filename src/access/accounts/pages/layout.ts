import type { MessageLanguage } from '../../../platform/index.js';
import { type Html, html } from './html.js';
import { texts } from './texts.js';

/** Where the stylesheet lies; a page brings none of its own, so its policy needs no exception. */
export const stylePath = '/login/style.css';

/** A page to send. */
export interface Page {
  readonly status: number;
  readonly text: string;
}

export interface PageParts {
  readonly language: MessageLanguage;
  /** Names the page in the title of the window. */
  readonly title: string;
  readonly body: Html;
  readonly isError?: boolean;
  /** HTTP's; 200 unless said. */
  readonly status?: number;
}

/** A whole page: without script, and with a language by which a screen reader speaks. */
export function page({ language, title, body, isError = false, status = 200 }: PageParts): Page {
  const prefix = isError ? `${texts[language].errorPrefix} ` : '';
  const { text } = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${prefix}${title} – Credit Recognition API</title>
        <link rel="stylesheet" href="${stylePath}" />
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html> `;
  return { status, text };
}

/** A fault of one field, or of the whole form. */
export interface Fault {
  /** The id of the field. */
  readonly field?: string;
  readonly sentence: string;
}

/** What is wrong, at the top of a page, read out and focused when it opens; each fault of a field leads there. */
export function alert(language: MessageLanguage, faults: readonly Fault[]): Html | undefined {
  if (faults.length === 0) return undefined;
  const lines = faults.map(({ field, sentence }) =>
    field === undefined ? html`<li>${sentence}</li>` : html`<li><a href="#${field}">${sentence}</a></li>`,
  );
  return html`<div class="alert" role="alert" tabindex="-1" autofocus>
    <h2>${texts[language].errorHeading}</h2>
    <ul>
      ${lines}
    </ul>
  </div>`;
}

/** A page that ends here: a heading, and what to do now. */
export function messagePage(language: MessageLanguage, status: number, heading: string, paragraphs: readonly Html[]): Page {
  const body = html`<h1>${heading}</h1>
    ${paragraphs.map((paragraph) => html`<p>${paragraph}</p>`)}`;
  return page({ language, title: heading, body, status, isError: true });
}
