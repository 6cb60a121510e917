import type { MoreParts } from '../src/app.js';
import { Controller, Header, HttpCode, Module, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { newId, preparedQuery } from '../src/platform/index.js';
import { textAt } from './json.js';
import type { Statement } from './statements.js';

/** One evaluation as it was: what it asked of the database, and the bytes that it answered. */
export interface Replay {
  readonly statements: readonly Statement[];
  /** Ids of what was stored, the evaluation and its line in the journal; each replay stores under ids of its own. */
  readonly made: ReadonlySet<string>;
  readonly answer: string;
}

/** By learner. */
export const replays = new Map<string, Replay>();

const json = 'application/json; charset=utf-8';

/** What an evaluation costs without evaluating anything: the same request, the same statements, the same answer. */
@Controller('bench')
class BareController {
  constructor(private readonly dataSource: DataSource) {}

  /** The same statements, one after another as the service sends them, then the same bytes. */
  @Post('bare')
  @HttpCode(200)
  @Header('content-type', json)
  async bare(@Req() { body }: FastifyRequest): Promise<string> {
    const replay = replayFor(body);
    const ids = new Map([...replay.made].map((made) => [made, newId()]));
    for (const { text, values } of replay.statements) {
      const own = values.map((value) => (typeof value === 'string' ? (ids.get(value) ?? value) : value));
      await preparedQuery(this.dataSource, text, own);
    }
    return replay.answer;
  }

  /** The same bytes at once. */
  @Post('constant')
  @HttpCode(200)
  @Header('content-type', json)
  constant(@Req() { body }: FastifyRequest): string {
    return replayFor(body).answer;
  }
}

function replayFor(body: unknown): Replay {
  const replay = replays.get(textAt(body, 'learner'));
  if (replay === undefined) throw new Error('nothing was recorded of this learner');
  return replay;
}

@Module({ controllers: [BareController] })
class BareModule {}

/** The bench's own handlers. */
export const bare: MoreParts = {
  modules: [BareModule],
  access: { 'POST /bench/bare': { relations: ['public'] }, 'POST /bench/constant': { relations: ['public'] } },
};
