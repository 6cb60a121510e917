/** Where a browser without script has come to. */
export interface Stop {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  /** The page; empty where the browser was sent to an address that only it could open. */
  readonly text: string;
}

/** Sends a request, wherever the address is really reached. */
type Reach = (url: URL, request: RequestInit) => Promise<Response>;

interface Cookie {
  readonly origin: string;
  readonly path: string;
  readonly pair: string;
}

/** A browser without script: it keeps cookies by path, follows redirects and sends forms. */
export class Visitor {
  private cookies: readonly Cookie[] = [];

  constructor(
    private readonly reach: Reach,
    /** The origin whose redirect URIs are only looked at. */
    private readonly end: string,
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

  private async follow(url: URL, request: RequestInit, change: (url: URL) => void): Promise<Stop> {
    change(url);
    if (url.origin === this.end) return { url, status: 0, headers: new Headers(), text: '' };
    const headers = new Headers(request.headers);
    headers.set('accept', 'text/html,*/*;q=0.8');
    headers.set('accept-language', this.language);
    headers.set('cookie', this.cookiesFor(url));
    const answer = await this.reach(url, { ...request, headers, redirect: 'manual' });
    this.keep(url, answer);
    const location = answer.headers.get('location');
    if (location === null) return { url, status: answer.status, headers: answer.headers, text: await answer.text() };
    return this.follow(new URL(location, url), { method: 'GET' }, change);
  }

  private cookiesFor({ origin, pathname }: URL): string {
    return this.cookies
      .filter((cookie) => cookie.origin === origin && (pathname === cookie.path || pathname.startsWith(cookie.path.replace(/\/?$/, '/'))))
      .map(({ pair }) => pair)
      .join('; ');
  }

  private keep({ origin }: URL, answer: Response): void {
    for (const line of answer.headers.getSetCookie()) {
      const [pair = '', ...attributes] = line.split(/; ?/);
      const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice('path='.length) ?? '/';
      const name = pair.split('=')[0];
      const others = this.cookies.filter(
        (cookie) => cookie.origin !== origin || cookie.path !== path || cookie.pair.split('=')[0] !== name,
      );
      const isGone = attributes.some((attribute) => /^expires=Thu, 01 Jan 1970/i.test(attribute));
      this.cookies = isGone ? others : [...others, { origin, path, pair }];
    }
  }
}
