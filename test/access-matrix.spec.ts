import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accessTable } from '../src/access/domain/index.js';
import { serviceRole } from '../src/platform/database.js';
import type { Expectation } from './support/access-answers.js';
import { expectations, pages } from './support/access-expectations.js';
import {
  type Caller,
  type Cell,
  everyCaller,
  everyRefused,
  everyUnscoped,
  expectedStatus,
  faultsOf,
  inTurn,
  newSender,
  pathOf,
  type Sender,
  targetsOf,
} from './support/access-matrix.js';
import { type AccessWorld, buildAccessWorld, type Target } from './support/access-world.js';
import { type Operation, operations } from './support/operations.js';

/**
 * Every operation of openapi.yaml × every role × whose it is what the request is about, and whoever has no valid token: held against expectations that were
 * written by hand.
 */

let world: AccessWorld;
let send: Sender;
let callers: readonly Caller[];
let refused: readonly Caller[];
let unscoped: Awaited<ReturnType<typeof everyUnscoped>>;
beforeAll(async () => {
  world = await buildAccessWorld({ RATE_LIMIT: '1000000', RATE_LIMIT_ANONYMOUS: '1000000' });
  send = newSender(world);
  callers = await everyCaller(world);
  refused = await everyRefused(world);
  unscoped = await everyUnscoped(world);
});
afterAll(() => world.test.close());

const nameOf = ({ method, template }: Operation): string => `${method.toUpperCase()} ${template}`;
const documented = operations();

function expectationOf(operation: Operation): Expectation {
  const expectation = expectations[nameOf(operation)];
  if (expectation === undefined) throw new Error(`test/support/access-expectations.ts does not say who may do ${nameOf(operation)}`);
  return expectation;
}

/** Who is asked about what: the second institution's people, and those who are refused anyhow, about what is the first's; all others about everything. */
function cellsWanted(operation: Operation): readonly (readonly [Caller, Target])[] {
  const expectation = expectationOf(operation);
  const targets = targetsOf(operation, expectation);
  const [members, others] = [callers.filter(({ of }) => of !== 'second'), callers.filter(({ of }) => of === 'second')];
  const powerless = unscoped.filter(({ role }) => expectation.roles?.includes(role) === true);
  return [
    ...members.flatMap((caller) => targets.map((target) => [caller, target] as const)),
    ...[...others, ...refused, ...powerless].map((caller) => [caller, 'own'] as const),
  ];
}

async function answeredCell(operation: Operation, [caller, target]: readonly [Caller, Target]): Promise<Cell> {
  const expectation = expectationOf(operation);
  const expected = expectedStatus(expectation, caller, target);
  if (expected === undefined) throw new Error(`nothing says what ${nameOf(operation)} answers about what is ${target}`);
  return { caller, target, expected, answered: await send(operation, expectation, caller, target) };
}

describe('the expectations', () => {
  it('are about every operation of openapi.yaml, and about no other', () => {
    expect(Object.keys(expectations).sort()).toEqual(documented.map(nameOf).sort());
  });

  it('are what the access table says', () => {
    const rulesWritten = Object.entries(accessTable).map(([operation, { scope, roles }]) => [operation, scope, roles && [...roles].sort()]);
    const rulesExpected = Object.entries(expectations).map(([operation, { scope, roles }]) => [
      operation,
      scope,
      roles && [...roles].sort(),
    ]);
    const open = pages.map((page) => [page, undefined, undefined]);
    expect(rulesWritten.sort()).toEqual([...rulesExpected, ...open].sort());
  });
});

describe('an operation lets in whom it is for, and tells nobody else what there is', () => {
  it.each(documented.map((operation) => [nameOf(operation), operation] as const))('%s', async (_name, operation) => {
    const cells = await inTurn(cellsWanted(operation), (cell) => answeredCell(operation, cell));
    expect(faultsOf(cells, world.secrets)).toEqual([]);
  });
});

describe('a student', () => {
  const onRecords = documented.filter(({ template }) => template.startsWith('/v1/learners/{learnerId}'));

  it.each(onRecords.map((operation) => [nameOf(operation), operation] as const))(
    'may write me for the own id: %s',
    async (_name, operation) => {
      const me = { ...operation, template: operation.template.replace('{learnerId}', 'me') };
      const expectation = expectationOf(operation);
      const caller = callers.find(({ role, of }) => role === 'student' && of === 'first');
      const answered = await send(me, expectation, { authorization: caller?.authorization ?? '' }, 'own');
      expect(answered.status).toBe(caller && expectedStatus(expectation, caller, 'own'));
    },
  );

  it('is the only one who has such a name', async () => {
    for (const role of ['registrar', 'operator'] as const) {
      const token = await world.tokenOf(0, role);
      const answer = await fetch(`${world.test.url}/v1/learners/me`, { headers: { authorization: `Bearer ${token}` } });
      expect([role, answer.status]).toEqual([role, role === 'operator' ? 403 : 404]);
    }
  });
});

interface TableRows {
  readonly name: string;
  readonly rows: number;
}

/** Tables of which the world has rows, and nobody in particular sees none. */
const ofLearners: readonly string[] = [
  'access_log',
  'completion_statements',
  'completions',
  'consents',
  'enrolments',
  'evaluations',
  'home_courses',
  'learner_identifiers',
  'learners',
  'redemption_entries',
  'transcripts',
];
const ofInstitutions: readonly string[] = ['accounts', 'identity_providers', 'journal_entries', 'oauth_clients'];

describe('without a token', () => {
  it('HEAD is answered as GET is', async () => {
    const paths = documented.filter(({ method }) => method === 'get').map(({ template }) => pathOf(template, world.places.own));
    const statusOf = async (method: string, path: string): Promise<number> => (await fetch(world.test.url + path, { method })).status;
    const statuses = async (method: string): Promise<object> =>
      Object.fromEntries(await inTurn(paths, async (path) => [path, await statusOf(method, path)] as const));
    expect(await statuses('HEAD')).toEqual(await statuses('GET'));
  });

  it('a connection of the service sees of every table what is published, and nothing else', async () => {
    const { dataSource } = world.test;
    const tables = await dataSource.query<{ name: string }[]>(
      `SELECT relname AS name FROM pg_stat_user_tables WHERE has_table_privilege('${serviceRole}', relid, 'SELECT') ORDER BY 1`,
    );
    const counts = tables.map(({ name }) => `SELECT '${name}' AS name, count(*)::int AS rows FROM ${name}`).join(' UNION ALL ');
    const filled = (await dataSource.query<TableRows[]>(counts)).filter(({ rows }) => rows > 0);
    const seen = await dataSource.transaction(async (manager) => {
      await manager.query(`SET LOCAL ROLE ${serviceRole}`);
      return new Map((await manager.query<TableRows[]>(counts)).map(({ name, rows }) => [name, rows]));
    });
    const visible = filled.filter(({ name }) => seen.get(name) !== 0);
    const partly = visible.filter(({ name, rows }) => seen.get(name) !== rows).map(({ name }) => name);
    expect(partly).toEqual(['agreement_parties', 'agreement_revisions', 'agreements']);
    expect(visible.map(({ name }) => name).filter((name) => !partly.includes(name))).toEqual([
      'agreement_words',
      'course_words',
      'courses',
      'credit_systems',
      'grading_scales',
      // Digests by which one identifier has one learner, whoever recorded them.
      'identifier_claims',
      'institution_words',
      'institutions',
      'offering_hosts',
      'offerings',
      'programme_words',
      'programmes',
    ]);
    const hidden = filled.filter(({ name }) => seen.get(name) === 0).map(({ name }) => name);
    expect(hidden).toEqual(expect.arrayContaining([...ofLearners, ...ofInstitutions]));
  });
});
