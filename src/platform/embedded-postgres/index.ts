import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from '../free-port.js';
import { type Cluster, createCluster, endOrphan, passwordOf, startServer, superuser } from './cluster.js';
import { takeOwnership } from './owner.js';
import { binariesDirectory, clusterDirectory, makeEnterable, unprivilegedUser } from './places.js';

export { EmbeddedPostgresError } from './error.js';

export interface EmbeddedPostgresOptions {
  /** The folder for the data; made if it is not there. */
  readonly directory: string;
  /** True keeps what was committed through a power cut; tests say false and are the faster for it. */
  readonly durable: boolean;
  /** Connections the server accepts. */
  readonly connections: number;
}

/** A PostgreSQL of our own, on this machine's loopback only. */
export interface EmbeddedPostgres {
  readonly url: string;
  /** Where the data really lies. */
  readonly directory: string;
  stop(): Promise<void>;
}

const database = 'credit_recognition';

/**
 * Tries again twice: another program may have taken the port between looking and listening, and the backends of a server that was killed take a
 * moment to let go of its shared memory.
 */
async function startOnFreePort(cluster: Cluster, connections: number): Promise<{ port: number; stop: () => Promise<void> }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await freePort('127.0.0.1');
    try {
      return { port, stop: await startServer(cluster, port, connections) };
    } catch (error) {
      if (attempt === 3) throw error;
      await sleep(500 * attempt);
    }
  }
}

async function ensureDatabase(serverUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: `${serverUrl}/postgres` });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${database}`);
  } finally {
    await client.end();
  }
}

/** Starts the service's own PostgreSQL, making it first if need be, and clearing up after a start that was killed. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const user = unprivilegedUser();
  const directory = join(clusterDirectory(options.directory, user), 'postgres');
  makeEnterable(directory);
  const release = takeOwnership(join(directory, 'owner'));
  try {
    const cluster: Cluster = { directory, binaries: binariesDirectory(user), user, durable: options.durable };
    await createCluster(cluster);
    await endOrphan(cluster);
    const server = await startOnFreePort(cluster, options.connections);
    const stop = async (): Promise<void> => {
      await server.stop();
      release();
    };
    const serverUrl = `postgres://${superuser}:${passwordOf(cluster)}@127.0.0.1:${String(server.port)}`;
    await ensureDatabase(serverUrl).catch(async (error: unknown) => {
      await stop();
      throw error;
    });
    return { url: `${serverUrl}/${database}`, directory, stop };
  } catch (error) {
    release();
    throw error;
  }
}
