import { Body, Controller, Delete, Get, HttpCode, Module, Param, Post, Put, Query, Req } from '@nestjs/common';
import { IsInt, IsString, MaxLength } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import type { MoreParts } from '../../src/app.js';
import { Problem } from '../../src/kernel/index.js';
import {
  byId,
  type ExpectedVersion,
  IdPipe,
  IfMatch,
  JsonShape,
  Languages,
  MayBeAbsent,
  Media,
  Nested,
  NestedList,
  NumberPipe,
  type Page,
  Paged,
  PageQuery,
  rowsToRead,
  registerSchemas,
  ShapeBody,
  type Versioned,
  WithETag,
} from '../../src/platform/index.js';

/** A module that does nothing but use the platform, so that the platform can be seen at work over HTTP. */

registerSchemas({
  ProbeTree: {
    type: 'object',
    discriminator: { propertyName: 'kind' },
    oneOf: [{ $ref: '#/components/schemas/ProbeLeaf' }, { $ref: '#/components/schemas/ProbeBranch' }],
  },
  ProbeLeaf: {
    type: 'object',
    properties: { kind: { const: 'leaf' }, value: { type: 'integer' } },
    required: ['kind', 'value'],
    additionalProperties: false,
  },
  ProbeBranch: {
    type: 'object',
    properties: { kind: { const: 'branch' }, of: { type: 'array', items: { $ref: '#/components/schemas/ProbeTree' }, maxItems: 100 } },
    required: ['kind', 'of'],
    additionalProperties: false,
  },
});

class ProbeItem {
  @IsInt()
  amount!: number;
}

class ProbeForm {
  @IsString()
  @MaxLength(20)
  name!: string;

  @MayBeAbsent()
  @IsString()
  note?: string;

  @MayBeAbsent()
  @Nested(() => ProbeItem)
  single?: ProbeItem;

  @MayBeAbsent()
  @NestedList(() => ProbeItem, 3)
  several?: ProbeItem[];

  @MayBeAbsent()
  @JsonShape('ProbeTree', { depth: 16, nodes: 50 })
  tree?: unknown;
}

const rows = Array.from({ length: 125 }, (_, index) => `row-${String(index).padStart(3, '0')}`);
const probes = byId('probes');

@Controller('probe')
class ProbeController {
  @Post('forms')
  form(@Body() form: ProbeForm): unknown {
    return form;
  }

  @Post('shapes')
  shape(@ShapeBody('ProbeTree') tree: unknown): unknown {
    return tree;
  }

  @Get('pages')
  @Paged()
  page(@Query() query: PageQuery): Page<string> {
    const start = rows.findIndex((row) => row > (probes.after(query)?.[0] ?? ''));
    const found = start === -1 ? [] : rows.slice(start, start + rowsToRead(query));
    return probes.page(
      query,
      found,
      (row) => [row] as const,
      (row) => row,
    );
  }

  @Get('other-pages')
  @Paged()
  otherPage(@Query() query: PageQuery): Page<string> {
    byId('others').after(query);
    return { items: [], nextCursor: null };
  }

  @Get('things/:id')
  @WithETag()
  thing(@Param('id', IdPipe) id: string): Versioned & { id: string } {
    return { id, version: 7 };
  }

  @Put('things/:id')
  @WithETag()
  change(@Param('id', IdPipe) id: string, @IfMatch() expected: ExpectedVersion): Versioned & { id: string } {
    expected.check(7);
    return { id, version: 8 };
  }

  @Get('numbers/:n')
  number(@Param('n', NumberPipe) n: number): { n: number } {
    return { n };
  }

  @Get('languages')
  languages(@Languages() languages: readonly string[]): readonly string[] {
    return languages;
  }

  @Post('streams')
  @HttpCode(200)
  @Media({ consumes: ['text/csv'] })
  async stream(@Req() request: FastifyRequest): Promise<{ bytes: number }> {
    let bytes = 0;
    const { body } = request;
    if (typeof body !== 'object' || body === null || !(Symbol.asyncIterator in body)) throw new Error('the body is no stream');
    for await (const chunk of request.raw) bytes += Buffer.isBuffer(chunk) ? chunk.length : 0;
    return { bytes };
  }

  @Delete('defects')
  defect(): void {
    throw new TypeError('secret of the implementation');
  }

  @Delete('refusals')
  refusal(): void {
    throw new Problem('conflict', 'The agreement is in force already.');
  }
}

@Module({ controllers: [ProbeController] })
class ProbeModule {}

const operations = [
  'POST /probe/forms',
  'POST /probe/shapes',
  'GET /probe/pages',
  'GET /probe/other-pages',
  'GET /probe/things/{id}',
  'PUT /probe/things/{id}',
  'GET /probe/numbers/{n}',
  'GET /probe/languages',
  'POST /probe/streams',
  'DELETE /probe/defects',
  'DELETE /probe/refusals',
];

/** The module, and that anybody may call it. */
export const probe: MoreParts = {
  modules: [ProbeModule],
  access: Object.fromEntries(operations.map((operation) => [operation, { relations: ['public'] }])),
};
