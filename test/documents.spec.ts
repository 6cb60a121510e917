import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { scopesOfRoles } from '../src/access/domain/index.js';
import { demoClientId, demoSecret } from '../src/access/index.js';
import { type Config, readConfig } from '../src/platform/config.js';
import { projectRoot } from '../src/platform/project-root.js';
import { startTestApp, type TestApp } from './support/app.js';

/** What README.md and docs/rules.md show must be as they say. */

let service: TestApp;
beforeAll(async () => {
  service = await startTestApp();
}, 60_000);
afterAll(() => service.close());

function read(name: string): string {
  return readFileSync(join(projectRoot, name), 'utf8');
}

function jsonBlocks(name: string): Record<string, unknown>[] {
  return [...read(name).matchAll(/^```json\n([\s\S]*?)^```$/gm)].map(([, text = '']) => JSON.parse(text) as Record<string, unknown>);
}

describe('README.md', () => {
  it('shows a first evaluation and what it really answers', async () => {
    const [request, shortened, ...others] = jsonBlocks('README.md');
    expect(others).toEqual([]);
    const { body } = (await service.request.post('/v1/evaluations').send(request).expect(200)) as { body: unknown };
    expect(body).toMatchObject(shortened ?? {});
  });

  it('gets its token as a machine that the demonstration has, for scopes that it may have', () => {
    const [, client = '', secret = '', scopes = ''] = /-u (\S+):(\S+) [^]+? scope='([^']+)'/.exec(read('README.md')) ?? [];
    expect([client, secret]).toEqual([demoClientId('metu', 'registrar_system'), demoSecret]);
    expect(scopesOfRoles(['registrar_system'])).toEqual(expect.arrayContaining(scopes.split(' ')));
  });

  it('names scripts that there are, as CONTRIBUTING.md does', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const named = [...`${read('README.md')}${read('CONTRIBUTING.md')}`.matchAll(/npm (?:run )?([a-z][a-z:-]*)/g)].map(
      ([, script = '']) => script,
    );
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((script) => script !== 'ci' && scripts[script] === undefined)).toEqual([]);
  });

  it('leads to pages that there are, as the other pages do', () => {
    const links = ['README.md', 'CONTRIBUTING.md'].flatMap((name) =>
      [...read(name).matchAll(/\]\(([^)#:]+)\)/g)].map(([, link = '']) => link),
    );
    expect(links.length).toBeGreaterThan(3);
    for (const link of links.filter((path) => path.endsWith('.md'))) expect(read(link)).toMatch(/^# /);
  });

  describe('the table of the configuration', () => {
    const rows = [...read('README.md').matchAll(/^\| `([A-Z_]+)` \| (.+?) \| /gm)].map(([, name = '', fallback = '']) => ({
      name,
      fallback,
    }));
    const variables = rows.map(({ name }) => name);

    it('has every variable that is read, and no other', () => {
      const asked = new Set<string>();
      const environment = new Proxy<Record<string, string>>({}, { get: (_target, name) => void asked.add(String(name)) });
      readConfig(environment);
      expect(variables.sort()).toEqual([...asked].sort());
    });

    it('states the defaults', () => {
      const stated = rows.flatMap(({ name, fallback }) =>
        [...fallback.matchAll(/^`([^`]+)`/g)].map(([, value = '']) => [name, value] as const),
      );
      // Two URLs, a secret and two lists have none.
      expect(stated).toHaveLength(rows.length - 5);
      const none: Config = readConfig({});
      expect(readConfig(Object.fromEntries(stated))).toEqual(none);
    });
  });
});

describe('docs/rules.md', () => {
  it('shows rules and terms that the service takes', async () => {
    const blocks = jsonBlocks('docs/rules.md');
    const rules = blocks.filter((block) => 'governedBy' in block);
    const parts = Object.fromEntries(blocks.filter((block) => !('governedBy' in block)).flatMap((block) => Object.entries(block)));
    expect(Object.keys(parts).sort()).toEqual(['conversions', 'gradeTables', 'limits', 'statements']);
    expect(rules.length).toBeGreaterThan(5);
    // Between them they use every system that the conversions name.
    const homeSystems = { tsinghua: 'china-credit', xuetangx: 'china-credit', langara: 'us-semester', ubc: 'indonesia-sks', metu: 'ects' };
    const parties = Object.keys(homeSystems);
    const terms = { parties, period: {}, precedence: 'mostSpecific', redemption: 'oncePerProgramme', rules, ...parts };
    const request = {
      kind: 'inline',
      institutions: Object.entries(homeSystems).map(([id, creditSystem]) => ({ id, creditSystem })),
      agreements: [{ id: 'examples', terms }],
      programme: {
        institution: 'metu',
        code: 'BSC-CE',
        catalogueYear: 2025,
        totalCredits: 240,
        requirements: { kind: 'freeElectives', id: 'degree', credits: 240 },
      },
      completions: [],
    };
    const { body } = (await service.request.post('/v1/evaluations').send(request)) as { body: { errors?: unknown; check?: string } };
    expect(body.errors).toBeUndefined();
    expect(body.check).toBe('passed');
  });
});

describe('openapi.yaml', () => {
  const text = read('openapi.yaml');

  it('gives the type of every field that has a default', () => {
    const fields: string[] = [];
    // Called for every value, the defaults themselves among them.
    parse(text, (_, value: unknown) => {
      if (typeof value === 'object' && value !== null && 'default' in value && 'type' in value)
        fields.push(`${String(value.type)}, by default ${typeof value.default}`);
      return value;
    });
    expect(fields.length).toBeGreaterThan(10);
    expect(fields.filter((field) => /^object, by default (?!object)/.test(field))).toEqual([]);
  });

  it('says the same to a reader of YAML 1.1, to whom a bare on is true', () => {
    expect(text.match(/^ *(?:- )?(?:\w+: )?(?:on|off|yes|no|y|n)$/gim)).toBeNull();
  });
});
