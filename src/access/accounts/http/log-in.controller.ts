import { Controller, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Problem } from '../../../kernel/index.js';
import { type Config, CONFIG, Languages, Media, messageLanguage } from '../../../platform/index.js';
import { type Answer, LogInService, plain, type Visit } from '../log-in.service.js';
import { foreignFormPage } from '../pages/other-pages.js';
import { style } from '../pages/style.js';

const page = { produces: ['text/html'] };
const form = { produces: ['text/html'], consumes: ['application/x-www-form-urlencoded'] };
/** A name, a password and a little more. */
const longestFormBytes = 8 * 1024;

/**
 * The pages of the authorisation server's interactions. The cookie by which it knows the browser is sent to the paths under `/login/<uid>` alone, never
 * with a form of another site; forms must say too that they come from here.
 */
@ApiExcludeController()
@Controller('login')
export class LogInController {
  constructor(
    private readonly logIn: LogInService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get('style.css')
  @Media({ produces: ['text/css'] })
  style(@Res() reply: FastifyReply): void {
    void reply.header('cache-control', 'public, max-age=3600').type('text/css; charset=utf-8').send(style);
  }

  /** Where identity providers send people back to. */
  @Get('callback/:institutionId')
  @Media(page)
  callback(
    @Param('institutionId') institution: string,
    @Languages() languages: readonly string[],
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): void {
    send(reply, this.logIn.callback(institution, queryOf(request), languages));
  }

  @Get(':uid')
  @Media(page)
  async show(
    @Param('uid') uid: string,
    @Query('institution') search: string | string[] | undefined,
    @Languages() languages: readonly string[],
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const wanted = typeof search === 'string' ? search.slice(0, 200) : undefined;
    send(reply, await this.logIn.show(visitOf(uid, request, reply, languages), wanted));
  }

  @Post(':uid')
  @Media(form)
  enter(
    @Param('uid') uid: string,
    @Languages() languages: readonly string[],
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.take(visitOf(uid, request, reply, languages), request, reply, (visit, fields) => this.logIn.enter(visit, fields));
  }

  @Get(':uid/at/:institutionId/:providerId')
  @Media(page)
  async depart(
    @Param('uid') uid: string,
    @Param('institutionId') institution: string,
    @Param('providerId') provider: string,
    @Languages() languages: readonly string[],
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    send(reply, await this.logIn.depart(visitOf(uid, request, reply, languages), institution, provider));
  }

  @Get(':uid/return/:institutionId')
  @Media(page)
  async arrive(
    @Param('uid') uid: string,
    @Param('institutionId') institution: string,
    @Languages() languages: readonly string[],
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    send(reply, await this.logIn.arrive(visitOf(uid, request, reply, languages), institution, queryOf(request)));
  }

  @Post(':uid/account')
  @Media(form)
  choose(
    @Param('uid') uid: string,
    @Languages() languages: readonly string[],
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.take(visitOf(uid, request, reply, languages), request, reply, (visit, fields) => this.logIn.choose(visit, fields));
  }

  @Post(':uid/consent')
  @Media(form)
  decide(
    @Param('uid') uid: string,
    @Languages() languages: readonly string[],
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.take(visitOf(uid, request, reply, languages), request, reply, (visit, fields) => this.logIn.decide(visit, fields));
  }

  @Post(':uid/abort')
  @Media(form)
  abort(
    @Param('uid') uid: string,
    @Languages() languages: readonly string[],
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    return this.take(visitOf(uid, request, reply, languages), request, reply, (visit) => this.logIn.abort(visit));
  }

  private async take(
    visit: Visit,
    request: FastifyRequest,
    reply: FastifyReply,
    answer: (visit: Visit, fields: URLSearchParams) => Promise<Answer>,
  ): Promise<void> {
    const fields = await fieldsOf(request);
    if (this.isOurs(request)) send(reply, await answer(visit, fields));
    else send(reply, plain(foreignFormPage(messageLanguage(visit.languages))));
  }

  /** Browsers say where a form comes from, and no script can make them say otherwise. */
  private isOurs({ headers }: FastifyRequest): boolean {
    return headers['sec-fetch-site'] === 'same-origin' || headers.origin === this.config.publicUrl;
  }
}

function visitOf(uid: string, request: FastifyRequest, reply: FastifyReply, languages: readonly string[]): Visit {
  return { uid, languages, address: request.ip, request: request.raw, response: reply.raw };
}

function queryOf(request: FastifyRequest): string {
  return request.url.split('?')[1] ?? '';
}

/** The body of a form, which the server leaves as the stream it is. */
async function fieldsOf({ raw }: FastifyRequest): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of raw) {
    if (!(chunk instanceof Buffer)) continue;
    chunks.push(chunk);
    bytes += chunk.byteLength;
    if (bytes > longestFormBytes) throw new Problem('tooLarge', 'The form is larger than any form of this page.');
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

/** Nothing is loaded but the stylesheet, nothing runs, nobody frames it, and forms lead here and to where the interaction ends. */
function policy(formTargets: readonly string[]): string {
  const targets = ["'self'", ...formTargets].join(' ');
  return `default-src 'none'; style-src 'self'; form-action ${targets}; base-uri 'none'; frame-ancestors 'none'`;
}

function send(reply: FastifyReply, answer: Answer): void {
  void reply.header('cache-control', 'no-store');
  // A program may show the log-in in a window that it opens, and the person's institution may lie in between.
  void reply.header('cross-origin-opener-policy', 'unsafe-none');
  if (answer.kind === 'redirect') {
    void reply.redirect(answer.to, 303);
    return;
  }
  const { page: sent, formTargets, retryAfterSeconds } = answer;
  if (retryAfterSeconds !== undefined) void reply.header('retry-after', String(retryAfterSeconds));
  void reply
    .code(sent.status)
    .header('content-security-policy', policy(formTargets))
    // Without it browsers would not say where a form of ours comes from.
    .header('referrer-policy', 'same-origin')
    .type('text/html; charset=utf-8')
    .send(sent.text);
}
