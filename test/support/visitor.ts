/** Where a browser without script has come to. */
export interface Stop {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  /** The page; empty where the browser was sent to an address that only it could open. */
  readonly text: string;
}

/** Sends a request, wherever the address is really reached; undefined where the address is of a program, which alone could open it. */
type Reach = (url: URL, request: RequestInit) => Promise<Response> | undefined;

/** More redirects than this go round in a circle. */
const mostRedirects = 10;

interface Cookie {
  readonly origin: string;
  readonly path: string;
  readonly pair: string;
}

/** A browser of one person, without script: it keeps cookies by path, follows redirects and sends forms. */
export class Visitor {
  private cookies: readonly Cookie[] = [];

  constructor(
    private readonly reach: Reach,
    private readonly language = 'en',
  ) {}

  /** Opens an address; `change` may meddle with every address on the way. */
  go(url: string | URL, change: (url: URL) => void = () => undefined): Promise<Stop> {
    return this.follow(new URL(url), { method: 'GET' }, change);
  }

  /** Sends a form of a page. */
  send(
    page: Stop,
    action: string,
    fields: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Stop> {
    const url = new URL(action, page.url);
    const body = new URLSearchParams(fields);
    return this.follow(url, { method: 'POST', body, headers: { origin: page.url.origin, ...headers } }, () => undefined);
  }

  private async follow(start: URL, form: RequestInit, change: (url: URL) => void): Promise<Stop> {
    let [url, request] = [start, form];
    for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
      change(url);
      const answer = await this.ask(url, request);
      if (answer === undefined) return { url, status: 0, headers: new Headers(), text: '' };
      const location = answer.headers.get('location');
      if (location === null) return { url, status: answer.status, headers: answer.headers, text: await answer.text() };
      [url, request] = [new URL(location, url), { method: 'GET' }];
    }
    throw new Error(`redirected in a circle at ${url.pathname}`);
  }

  private async ask(url: URL, request: RequestInit): Promise<Response | undefined> {
    const headers = new Headers(request.headers);
    headers.set('accept', 'text/html,*/*;q=0.8');
    headers.set('accept-language', this.language);
    headers.set('cookie', this.cookiesFor(url));
    const answer = await this.reach(url, { ...request, headers, redirect: 'manual' });
    if (answer !== undefined) this.keep(url, answer);
    return answer;
  }

  private cookiesFor({ origin, pathname }: URL): string {
    return this.cookies
      .filter((cookie) => cookie.origin === origin && (pathname === cookie.path || pathname.startsWith(cookie.path.replace(/\/?$/, '/'))))
      .map(({ pair }) => pair)
      .join('; ');
  }

  private keep({ origin, protocol }: URL, answer: Response): void {
    for (const line of answer.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(/; ?/);
      const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice('path='.length) ?? '/';
      const [name = '', value = ''] = pair.split('=', 2);
      // The service is reached by HTTPS, identity providers of tests are not.
      if (protocol === 'https:' && !isGuarded(attributes)) throw new Error(`the cookie ${name} can be read by others`);
      const others = this.cookies.filter(
        (cookie) => cookie.origin !== origin || cookie.path !== path || cookie.pair.split('=')[0] !== name,
      );
      this.cookies = value === '' || hasExpired(attributes) ? others : [...others, { origin, path, pair }];
    }
  }
}

/** Neither scripts nor whoever listens on the way reads such a cookie. */
function isGuarded(attributes: readonly string[]): boolean {
  return ['secure', 'httponly'].every((name) => attributes.some((attribute) => attribute.toLowerCase() === name));
}

function hasExpired(attributes: readonly string[]): boolean {
  const expires = attributes.find((attribute) => /^expires=/i.test(attribute))?.slice('expires='.length);
  return expires !== undefined && new Date(expires) <= new Date();
}
