import { at } from '../../src/kernel/index.js';
import { type OAuthApp, publicUrl } from './oauth.js';

/** What a browser shows: a page, or the address of a program that it was sent to. */
export interface Shown {
  readonly url: URL;
  readonly status: number;
  /** Empty where the browser has left the service. */
  readonly text: string;
}

/** More redirects than this go round in a circle. */
const mostRedirects = 10;

/** A browser of one person: it follows redirects, keeps cookies by their path, and sends forms. */
export class Browser {
  private readonly cookies = new Map<string, { readonly value: string; readonly path: string }>();

  constructor(private readonly app: OAuthApp) {}

  open(url: URL): Promise<Shown> {
    return this.send(url);
  }

  /** Sends the form of a page, or another one that a page of the service could have sent. */
  submit(page: Shown, fields: Readonly<Record<string, string>>, path = page.url.pathname): Promise<Shown> {
    return this.send(new URL(path, publicUrl), { method: 'POST', body: new URLSearchParams(fields) });
  }

  private async send(start: URL, form?: { readonly method: 'POST'; readonly body: URLSearchParams }): Promise<Shown> {
    let url = start;
    let request: RequestInit = form ?? {};
    for (let redirects = 0; redirects < mostRedirects; redirects += 1) {
      if (url.origin !== publicUrl) return { url, status: 0, text: '' };
      const headers = {
        cookie: this.cookiesFor(url),
        accept: 'text/html',
        ...(form === undefined ? {} : { 'sec-fetch-site': 'same-origin' }),
      };
      const answer = await this.app.fetch(url, { ...request, headers, redirect: 'manual' });
      this.keep(answer.headers.getSetCookie());
      const next = answer.headers.get('location');
      if (next === null) return { url, status: answer.status, text: await answer.text() };
      url = new URL(next, url);
      request = {};
    }
    throw new Error(`redirected in a circle at ${url.pathname}`);
  }

  private cookiesFor({ pathname }: URL): string {
    const sent = [...this.cookies].filter(
      ([, { path }]) => pathname === path || pathname.startsWith(path.endsWith('/') ? path : `${path}/`),
    );
    return sent.map(([name, { value }]) => `${at(name.split(' '), 0)}=${value}`).join('; ');
  }

  private keep(lines: readonly string[]): void {
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split('; ');
      const [name = '', value = ''] = pair.split('=', 2);
      const path = attributes.find((attribute) => attribute.startsWith('path='))?.slice('path='.length) ?? '/';
      const hasExpired = attributes.some(
        (attribute) => attribute.startsWith('expires=') && new Date(attribute.slice('expires='.length)) <= new Date(),
      );
      if (!attributes.includes('secure') || !attributes.includes('httponly')) throw new Error(`the cookie ${name} can be read by others`);
      if (hasExpired || value === '') this.cookies.delete(`${name} ${path}`);
      else this.cookies.set(`${name} ${path}`, { value, path });
    }
  }
}
