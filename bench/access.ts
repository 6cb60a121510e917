import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { importJWK, SignJWT } from 'jose';
import { AuthorisationServer } from '../src/access/oauth/authorisation-server.js';
import { KeyRing } from '../src/access/oauth/key-ring.js';
import { at } from '../src/kernel/index.js';
import type { LoadOrder } from './load.js';
import { middle, type Rate, rateOf } from './rate.js';
import { seedPopulation } from './seed.js';
import { type BenchService, startBenchService } from './service.js';
import { sizes } from './instances.js';
import { type Column, figure, heading, percent, Table } from './table.js';

const connections = 16;
const roundMs = 2000;
const rounds = 5;

interface Line {
  readonly name: string;
  readonly closed: Rate;
  readonly open: Rate;
}

/** What it costs that a token is checked and row-level security holds: a student's reads, beside the same by a service that lets anybody see everything. */
export async function benchAccess(): Promise<void> {
  heading(
    `Access control: GET with a token under row-level security, as a share of the same without either, ${String(connections)} connections, medians of ${String(rounds)} rounds; aim ≥ 80 %`,
  );
  const service = await startBenchService();
  const open = await service.openUp(Object.fromEntries(routes.map(({ operation }) => [operation, { relations: ['public'] }])));
  const load = fork(fileURLToPath(new URL('load.js', import.meta.url)));
  try {
    const { learners } = await seedPopulation(service.url, sizes.small, 0.25, 1);
    const learner = at(learners, 0);
    const token = await studentToken(service, learner);
    const table = new Table<Line>(columns, 42);
    for (const { operation, path } of routes) {
      const order = { path: path.replace('{learnerId}', learner), bodies: [], connections, milliseconds: roundMs };
      const closed = { ...order, port: portOf(service.url), token };
      const opened = { ...order, port: portOf(open.url) };
      table.print({ name: operation, ...(await byTurns((which) => rateOf(load, which), closed, opened)) });
    }
  } finally {
    load.kill();
    await open.stop();
    await service.stop();
  }
}

const routes = [
  { operation: 'GET /v1/learners/{learnerId}', path: '/v1/learners/{learnerId}' },
  { operation: 'GET /v1/learners/{learnerId}/completions', path: '/v1/learners/{learnerId}/completions?limit=20' },
  { operation: 'GET /v1/learners/{learnerId}/transcripts', path: '/v1/learners/{learnerId}/transcripts' },
] as const;

const portOf = (url: string): number => Number(new URL(url).port);

/** The two by turns, so that whatever else the machine does meets both; the first turn warms them up. */
async function byTurns(rateNow: (order: LoadOrder) => Promise<Rate>, closed: LoadOrder, open: LoadOrder): Promise<Omit<Line, 'name'>> {
  const measured: { closed: Rate[]; open: Rate[] } = { closed: [], open: [] };
  for (let round = 0; round <= rounds; round += 1) {
    const [one, other] = [await rateNow(closed), await rateNow(open)];
    if (round === 0) continue;
    measured.closed.push(one);
    measured.open.push(other);
  }
  return { closed: middle(measured.closed), open: middle(measured.open) };
}

/** A token as the authorisation server would issue it. */
async function studentToken({ app }: BenchService, learner: string): Promise<string> {
  const { issuer, resource } = app.get(AuthorisationServer).addresses;
  const { jwk } = at(app.get(KeyRing).keys.signing, 0);
  return new SignJWT({ client_id: 'bench', roles: ['student'], learner, scope: 'learners:read transcripts:read' })
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid: String(jwk.kid) })
    .setIssuer(issuer)
    .setAudience(resource)
    .setSubject('bench')
    .setJti('bench')
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(await importJWK(jwk, 'ES256'));
}

const columns: readonly Column<Line>[] = [
  { heading: 'operation', of: ({ name }) => name, isText: true },
  { heading: '1/s', of: ({ closed }) => figure(closed.perSecond) },
  { heading: 'open 1/s', of: ({ open }) => figure(open.perSecond) },
  { heading: 'share of open', of: ({ closed, open }) => percent(closed.perSecond / open.perSecond) },
  { heading: 'ms of the processor', of: ({ closed }) => figure(closed.processorMs) },
  { heading: 'open', of: ({ open }) => figure(open.processorMs) },
];
