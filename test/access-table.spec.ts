import { Controller, Get, Module } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DataSource } from 'typeorm';
import { parse } from 'yaml';
import { accessScopes, scopesOfRoles } from '../src/access/domain/index.js';
import type { Role } from '../src/access/domain/roles.js';
import { accessTo } from '../src/access/index.js';
import { createApp, schema } from '../src/app.js';
import { readConfig } from '../src/platform/config.js';
import { createServiceDataSource } from '../src/platform/database.js';
import { createLogger } from '../src/platform/log.js';
import { projectRoot } from '../src/platform/project-root.js';
import { expectations } from './support/access-expectations.js';
import { freshDatabase, type TestDatabase } from './support/database.js';

/** The access table: that every route has a rule, which scopes roles may ask for, and what the docs say of it. */

@Controller()
class Unruled {
  @Get('unruled/:id')
  read(): string {
    return 'anybody reads this';
  }

  @Get('unruled/files/*')
  file(): string {
    return 'and this';
  }
}

@Module({ controllers: [Unruled] })
class UnruledModule {}

describe('a route without a rule', () => {
  let database: TestDatabase;
  let dataSource: DataSource;
  beforeAll(async () => {
    database = await freshDatabase();
    dataSource = await createServiceDataSource(database.url, 2, schema).initialize();
  });
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it.each([
    ['one', {}, 'GET /unruled/{id}, GET /unruled/files/*'],
    ['another', { 'GET /unruled/{id}': { relations: [] } }, 'GET /unruled/files/*'],
  ])('keeps the service from starting: %s', async (_name, access, named) => {
    const config = readConfig({ DATABASE_URL: database.url });
    const more = { modules: [UnruledModule], access };
    const app = await createApp({ config, dataSource, logger: createLogger('silent'), more });
    await expect(app.listen(0, '127.0.0.1')).rejects.toThrow(`No rule in the access table says who may call ${named}.`);
    await app.close();
  });

  it('keeps openapi.yaml from being written', () => {
    expect(() => accessTo('GET /unruled')).toThrow('No rule in the access table says who may call GET /unruled.');
  });
});

describe('the scopes of roles', () => {
  const scopes: readonly (readonly [readonly Role[], readonly string[]])[] = [
    [
      ['operator'],
      [
        'accounts:read',
        'accounts:write',
        'institutions:write',
        'clients:read',
        'clients:write',
        'keys:read',
        'keys:write',
        'imports:write',
        'audit:read',
      ],
    ],
    [['auditor'], ['audit:read']],
    [['negotiator'], ['agreements:write', 'imports:write']],
    [['catalogue_editor'], ['courses:write', 'programmes:write', 'imports:write']],
    [
      ['student'],
      [
        'learners:read',
        'learners:write',
        'learners:erase',
        'learners:export',
        'access-log:read',
        'consents:read',
        'consents:write',
        'transcripts:read',
        'transcripts:write',
        'redemptions:read',
        'evaluations:read',
        'evaluations:write',
      ],
    ],
  ];

  it.each(scopes)('of %j are those of the operations that are theirs', (roles, expected) => {
    expect([...scopesOfRoles(roles)].sort()).toEqual([...expected].sort());
  });

  it('are those of each together', () => {
    const each = new Set([...scopesOfRoles(['auditor']), ...scopesOfRoles(['negotiator'])]);
    expect([...scopesOfRoles(['auditor', 'negotiator'])].sort()).toEqual([...each].sort());
    expect(scopesOfRoles([])).toEqual([]);
  });
});

interface DocumentedAccess {
  readonly description?: string;
  readonly security: readonly { readonly oauth2: readonly string[] }[];
}

describe('openapi.yaml', () => {
  const { paths } = parse(readFileSync(join(projectRoot, 'openapi.yaml'), 'utf8')) as {
    paths: Readonly<Record<string, Readonly<Record<string, DocumentedAccess>>>>;
  };

  it.each(Object.entries(expectations))('says who may do %s', (operation, { roles, scope }) => {
    const [method = '', path = ''] = operation.split(' ');
    const { description = '', security } = paths[path]?.[method.toLowerCase()] ?? { security: [] };
    if (roles === undefined) {
      expect(description).toContain('Anybody may call it.');
      expect(security).toEqual([]);
      return;
    }
    const named = /Roles: ([\w, ]+)\./.exec(description)?.[1]?.split(', ') ?? [];
    expect(named.sort()).toEqual([...roles].sort());
    expect(security).toEqual([{ oauth2: [scope] }]);
    expect(accessScopes).toContain(scope);
  });
});
