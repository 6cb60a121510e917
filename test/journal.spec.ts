import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Response } from 'supertest';
import { AccountsService, seedDemoAccounts } from '../src/access/accounts/index.js';
import { LogKeys } from '../src/events/index.js';
import { ConsentsService } from '../src/learners/consents.service.js';
import { asService, serviceScope } from '../src/platform/index.js';
import { Clock } from '../src/platform/clock.js';
import { projectRoot } from '../src/platform/project-root.js';
import { startTestApp, type TestApp } from './support/app.js';
import { administrationCommands } from './support/journal-administration.js';
import type { Command, Sent } from './support/journal-command.js';
import { recordCommands } from './support/journal-commands.js';
import { type Actor, JournalWorld } from './support/journal-world.js';
import { lines, ndjson } from './support/imports.js';
import { inlineRequest } from './support/inline-evaluation.js';
import { operations } from './support/operations.js';

/** Every command writes the journal, in its transaction: one row for each thing that it changes. */

const commands: Readonly<Record<string, Command>> = { ...recordCommands, ...administrationCommands };

/** A clock that goes a day fast when it is told to. */
class MovedClock extends Clock {
  days = 0;

  override now(): Date {
    return new Date(super.now().getTime() + this.days * 86_400_000);
  }
}

const clock = new MovedClock();
let test: TestApp;
let world: JournalWorld;
beforeAll(async () => {
  test = await startTestApp({ clock });
  world = await JournalWorld.of(test);
});
afterAll(() => test.close());

interface Entry {
  readonly id: string;
  readonly institution: string;
  readonly subject: string;
  readonly client: string | null;
  readonly request: string | null;
  readonly action: string;
  readonly kind: string;
  readonly resource: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** The whole journal, in the order in which it was written. */
function journal(): Promise<Entry[]> {
  return test.dataSource.query<Entry[]>(`
    SELECT id, institution_id AS institution, subject, client_id AS client, request_id AS request, action, resource_kind AS kind,
      resource_id AS resource, before_digest AS before, after_digest AS after
    FROM journal_entries ORDER BY id`);
}

/** What was written while something was done. */
async function written(work: () => Promise<unknown>): Promise<Entry[]> {
  const before = new Set((await journal()).map(({ id }) => id));
  await work();
  return (await journal()).filter(({ id }) => !before.has(id));
}

function send({ client }: Actor, method: string, { path, form, file, version = '*', key }: Sent): Promise<Response> {
  const request = method === 'post' ? client.post(path) : method === 'put' ? client.put(path) : client.delete(path);
  void request.set('if-match', version);
  if (key !== undefined) void request.set('idempotency-key', key);
  if (file !== undefined) void request.set('content-type', file.mediaType).send(file.text);
  else if (form !== undefined) void request.send(form);
  return request.then();
}

const actionsOf = (entries: readonly Entry[]): readonly string[] => entries.map(({ action }) => action).sort();

describe('a command', () => {
  it('is every operation that is no reading, and none is left out here', () => {
    const changing = operations().filter(({ method }) => method !== 'get');
    const names = changing.map(({ method, template }) => `${method.toUpperCase()} ${template}`);
    expect(Object.keys(commands).sort()).toEqual(names.sort());
  });

  it.each(Object.entries(commands))(
    '%s writes its rows once, and none where it is refused',
    async (operation, { request, refusal, rows }) => {
      const [name = ''] = operation.split(' ');
      const method = name.toLowerCase();
      const { actor = world.member, ...sent } = await request(world);
      const refused = await written(async () => {
        expect((await send(actor, method, { ...sent, ...refusal })).status).toBeGreaterThanOrEqual(400);
      });
      expect(refused).toEqual([]);

      const once = { ...sent, key: world.fresh('key').replace(' ', '-') };
      let id = '';
      const entries = await written(async () => {
        const answer = await send(actor, method, once);
        expect([answer.status, answer.status < 300 ? {} : answer.body]).toEqual([answer.status, {}]);
        id = answer.headers['x-request-id'] ?? '';
      });
      expect(actionsOf(entries)).toEqual([...rows].sort());
      for (const { subject, client, request: requestId } of entries) {
        expect({ subject, client, requestId }).toEqual({ subject: actor.caller.subject, client: actor.caller.client, requestId: id });
      }
      for (const { institution } of actor === world.member ? entries : []) expect(institution).toBe(world.institution);

      if (method === 'post') expect(await written(() => send(actor, method, once))).toEqual([]);
    },
  );
});

describe('the journal', () => {
  it('says before a change what it said after the change before it', async () => {
    const { client } = world.member;
    const form = world.courseForm({ credits: 1.125, weeks: 8.5 });
    const { body } = (await client.post('/v1/courses').send(form)) as { body: { id: string } };
    const file = (fields: object): string => lines({ ...form, ...fields });
    const load = (text: string) => client.post('/v1/imports/courses').set('content-type', ndjson).send(text).expect(200);
    await load(file({ titles: { zh: '二', en: 'Two' } }));
    await client
      .put(`/v1/courses/${body.id}`)
      .set('if-match', '*')
      .send({ ...form, credits: 3 })
      .expect(200);
    await load(file({ credits: 4 }));
    const last = new Map<string, Entry>();
    const broken: Entry[] = [];
    for (const entry of await journal()) {
      const name = `${entry.kind} ${entry.resource}`;
      // Completions come with transcripts.
      const isFirst = !last.has(name) && entry.kind === 'completion';
      if (!isFirst && entry.before !== (last.get(name)?.after ?? null)) broken.push(entry);
      last.set(name, entry);
    }
    expect(broken).toEqual([]);
    expect([...last.values()].find(({ resource }) => resource === body.id)?.before).not.toBeNull();
  });

  it('has nothing of what was only tried, or was the same again', async () => {
    const { member } = world;
    const table = { file: { mediaType: ndjson, text: lines(world.courseForm()) } };
    const load = async (query: string): Promise<void> => {
      expect((await send(member, 'post', { path: `/v1/imports/courses${query}`, ...table })).status).toBe(200);
    };
    expect(await written(() => load('?dryRun=true'))).toEqual([]);
    expect(actionsOf(await written(() => load('')))).toEqual(['course.created']);
    expect(await written(() => load(''))).toEqual([]);
    expect(await written(() => send(member, 'post', { path: '/v1/evaluations', form: inlineRequest() }))).toEqual([]);
  });

  it('knows the demonstration’s people while they are there', async () => {
    const seed = () => asService('demonstration', () => seedDemoAccounts(test.app, { institution: world.institution, learners: [] }));
    const seeded = await written(seed);
    expect(new Set(actionsOf(seeded))).toEqual(new Set(['account.created']));
    const removed = await written(() => test.app.get(AccountsService).onModuleInit());
    expect(removed.map(({ action, resource, before, after }) => ({ action, resource, before, after }))).toEqual(
      seeded.map(({ resource, after }) => ({ action: 'account.removed', resource, before: after, after: null })),
    );
  });

  it('knows who has logged in for the first time, and nothing of those who come again', async () => {
    const { institution } = world;
    const arrival = { institution, issuer: 'https://login.example', subject: 'arrived', displayName: '韩梅梅', claimedRoles: [] };
    const arrive = () => test.app.get(AccountsService).arrive(arrival, []);
    const entries = await written(arrive);
    expect(entries).toMatchObject([{ action: 'account.admitted', institution, subject: 'accounts', before: null }]);
    expect(await written(arrive)).toEqual([]);
  });

  it('knows that a consent has run out', async () => {
    const { learner } = await world.learner();
    const form = { institution: world.partner, until: clock.today() };
    await world.student(learner).client.post(`/v1/learners/${learner}/consents`).send(form).expect(201);
    clock.days += 1;
    const entries = await written(() => test.app.get(ConsentsService).endOverdue());
    expect(entries).toMatchObject([{ action: 'consent.expired', institution: world.partner, subject: 'consents' }]);
    expect(await written(() => test.app.get(ConsentsService).endOverdue())).toEqual([]);
  });

  it('knows that the key of the logs was rotated', async () => {
    const keys = test.app.get(LogKeys);
    let kid = '';
    const entries = await written(async () => ({ kid } = await keys.rotate()));
    expect(entries).toMatchObject([{ action: 'logKey.rotated', institution: serviceScope, resource: kid, before: null }]);
  });

  it('has the actions that docs/audit.md lists, all of which occurred here', async () => {
    const page = readFileSync(join(projectRoot, 'docs/audit.md'), 'utf8');
    const listed = [...page.matchAll(/^\| `([A-Za-z]+\.[A-Za-z]+)` \| `([A-Za-z]+)` \|/gm)].map(
      ([, action, kind]) => `${String(action)} ${String(kind)}`,
    );
    const occurred = new Set((await journal()).map(({ action, kind }) => `${action} ${kind}`));
    expect(listed.sort()).toEqual([...occurred].sort());
  });
});
