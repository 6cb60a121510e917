import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { validate as isUuid } from 'uuid';
import { replays } from './bare.js';
import { sizes } from './instances.js';
import { middle, type Rate, rateOf } from './rate.js';
import { evaluationBody, type Population, postText, seedPopulation } from './seed.js';
import { type BenchService, startBenchService } from './service.js';
import { statementsOf } from './statements.js';
import { figure, heading, percent, Table, type Column } from './table.js';

const learners = 20;
const connections = 16;
const roundMs = 2000;
const rounds = 3;
/** A service that is asked all day has its code compiled: so many evaluations come before what is timed. */
const warmUpAnswers = 5000;
const aim = '≥ 70 %';

const paths = { evaluations: '/v1/evaluations', bare: '/bench/bare', constant: '/bench/constant' } as const;
type Path = keyof typeof paths;

interface Line {
  readonly name: string;
  readonly queries: number;
  readonly bytes: number;
  readonly rates: Readonly<Record<Path, Rate>>;
}

/** `POST /v1/evaluations` by ids, beside a bare handler in the same app that sends the same statements and answers the same bytes. */
export async function benchHttp(): Promise<void> {
  heading(
    `HTTP: POST /v1/evaluations by ids, ${String(connections)} connections, medians of ${String(rounds)} rounds; at most three queries, share of bare ${aim}`,
  );
  const service = await startBenchService();
  const load = fork(fileURLToPath(new URL('load.js', import.meta.url)));
  try {
    const table = new Table<Line>(columns, 42);
    for (const [sizeName, firing, text] of cases) {
      const population = await seedPopulation(service.url, sizes[sizeName], firing, learners);
      for (const suggestions of [false, true]) {
        const name = `${sizeName}, ${text} fires${suggestions ? ', with suggestions' : ''}`;
        table.print({ name, ...(await measure(service, load, population, suggestions)) });
      }
    }
  } finally {
    load.kill();
    await service.stop();
  }
}

const cases = [
  ['small', 0.25, 'a quarter'],
  ['typical', 0.1, 'a tenth'],
] as const;

async function measure(
  { url }: BenchService,
  load: ChildProcess,
  population: Population,
  suggestions: boolean,
): Promise<Omit<Line, 'name'>> {
  const bodies = population.learners.map((learner) => evaluationBody(learner, population, suggestions));
  const queries = await recordAll(url, population.learners, bodies);
  const port = Number(new URL(url).port);
  const rateNow = (path: Path): Promise<Rate> => rateOf(load, { port, path: paths[path], bodies, connections, milliseconds: roundMs });
  for (let warm = 0; warm < warmUpAnswers; warm += ((await rateNow('evaluations')).perSecond * roundMs) / 1000);
  const measured: Record<Path, Rate[]> = { evaluations: [], bare: [], constant: [] };
  // The first round warms the other paths up.
  for (let round = 0; round <= rounds; round += 1) {
    for (const path of pathNames) {
      const rate = await rateNow(path);
      if (round > 0) measured[path].push(rate);
    }
  }
  const answer = replays.get(population.learners[0] ?? '')?.answer ?? '';
  const rates = { evaluations: middle(measured.evaluations), bare: middle(measured.bare), constant: middle(measured.constant) };
  return { queries, bytes: Buffer.byteLength(answer), rates };
}

const pathNames: readonly Path[] = ['evaluations', 'bare', 'constant'];

/** Records an evaluation of each learner for the bare handlers, when everything that is kept in memory is there; answers the most statements of one. */
async function recordAll(url: string, ids: readonly string[], bodies: readonly string[]): Promise<number> {
  let most = 0;
  for (const [index, body] of bodies.entries()) {
    await postText(url, paths.evaluations, body);
    let answer = '';
    const since = Date.now();
    const statements = await statementsOf(async () => {
      answer = await postText(url, paths.evaluations, body);
    });
    const values = statements.flatMap((statement) => statement.values);
    replays.set(ids[index] ?? '', { statements, answer, made: new Set(values.filter(isId).filter((id) => timeOf(id) >= since)) });
    most = Math.max(most, statements.length);
  }
  return most;
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && isUuid(value);
}

/** The first 48 bits of a UUIDv7 are its time (RFC 9562, section 5.7). */
function timeOf(id: string): number {
  return Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
}

const columns: readonly Column<Line>[] = [
  { heading: 'learners', of: ({ name }) => name, isText: true },
  { heading: 'queries', of: ({ queries }) => String(queries) },
  { heading: 'bytes', of: ({ bytes }) => String(bytes) },
  { heading: '1/s', of: ({ rates }) => figure(rates.evaluations.perSecond) },
  { heading: 'share of bare', of: ({ rates }) => percent(rates.evaluations.perSecond / rates.bare.perSecond) },
  { heading: 'share of constant', of: ({ rates }) => percent(rates.evaluations.perSecond / rates.constant.perSecond) },
  { heading: 'ms of the processor', of: ({ rates }) => figure(rates.evaluations.processorMs) },
  { heading: 'bare', of: ({ rates }) => figure(rates.bare.processorMs) },
  { heading: 'constant', of: ({ rates }) => figure(rates.constant.processorMs) },
];
