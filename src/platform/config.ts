import { isAbsolute, join } from 'node:path';
import { projectRoot } from './project-root.js';

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/**
 * Everything that can be configured, read once at the start.
 *
 * | variable             | default                | meaning |
 * |----------------------|------------------------|---------|
 * | `DATABASE_URL`       | –                      | `postgres://…` of a PostgreSQL 15 or newer; without it the service starts one of its own |
 * | `DATABASE_MIGRATION_URL` | `DATABASE_URL`     | the same database as the owner of the schema, who runs the migrations; `DATABASE_URL` may then be a user with few rights |
 * | `DATABASE_POOL_SIZE` | `10`                   | connections this process keeps open at most, 2 to 500 |
 * | `DATA_DIRECTORY`     | `.credit-recognition/` | where the service's own PostgreSQL keeps its data; relative to the project |
 * | `HOST`               | `127.0.0.1`            | address to listen on |
 * | `PORT`               | `3000`                 | port to listen on, 0 for any free one |
 * | `PUBLIC_URL`         | `http://<HOST>:<PORT>` | where callers reach the service: the issuer of its access tokens is `<PUBLIC_URL>/oauth` |
 * | `LOG_LEVEL`          | `info`                 | `fatal`, `error`, `warn`, `info`, `debug`, `trace` or `silent` |
 * | `BODY_LIMIT`         | `10485760`             | largest JSON body in bytes; streamed imports are not held to it |
 * | `SEED_DEMO`          | `true` without `DATABASE_URL`, else `false` | load the demonstration data into an empty database |
 */
export interface Config {
  readonly databaseUrl: string | undefined;
  readonly databaseMigrationUrl: string | undefined;
  readonly databasePoolSize: number;
  readonly dataDirectory: string;
  readonly host: string;
  readonly port: number;
  /** An origin: no path, no slash at its end. */
  readonly publicUrl: string;
  readonly logLevel: LogLevel;
  readonly bodyLimitBytes: number;
  readonly seedDemo: boolean;
}

/** The start stops here: every sentence names a variable, its value and what is allowed. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';

  constructor(readonly sentences: readonly string[]) {
    super(sentences.join('\n'));
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads one variable after another and remembers what is wrong, so that all of it is said at once. */
class Reader {
  readonly sentences: string[] = [];

  constructor(private readonly environment: Environment) {}

  /** An empty variable counts as unset: that is how compose files and unit files leave one out. */
  text(name: string): string | undefined {
    const value = this.environment[name];
    return value === undefined || value.trim() === '' ? undefined : value.trim();
  }

  integer(name: string, fallback: number, minimum: number, maximum: number): number {
    const value = this.text(name);
    if (value === undefined) return fallback;
    const number = /^\d{1,15}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= minimum && number <= maximum) return number;
    this.sentences.push(`${name} is "${value}", but must be a whole number from ${String(minimum)} to ${String(maximum)}.`);
    return fallback;
  }

  oneOf<Choice extends string>(name: string, fallback: Choice, choices: readonly Choice[]): Choice {
    const value = this.text(name);
    if (value === undefined) return fallback;
    const choice = choices.find((candidate) => candidate === value);
    if (choice !== undefined) return choice;
    this.sentences.push(`${name} is "${value}", but must be one of ${choices.join(', ')}.`);
    return fallback;
  }

  origin(name: string, fallback: string): string {
    const value = this.text(name);
    if (value === undefined) return fallback;
    const url = URL.canParse(value) ? new URL(value) : undefined;
    if (url !== undefined && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`) return url.origin;
    this.sentences.push(`${name} is "${value}", but must be an origin like https://credits.example.org, without a path.`);
    return fallback;
  }

  databaseUrl(name: string): string | undefined {
    const value = this.text(name);
    if (value === undefined || /^postgres(ql)?:$/.test(URL.canParse(value) ? new URL(value).protocol : '')) return value;
    // The value may hold a password, so only what stands before "://" is repeated.
    const scheme = /^[a-z][a-z0-9+.-]*(?=:\/\/)/i.exec(value)?.[0];
    const shown = scheme === undefined ? 'is not a URL' : `is a "${scheme}" URL`;
    this.sentences.push(`${name} ${shown}, but must look like postgres://user:password@host:5432/database.`);
    return undefined;
  }
}

/** Where a service that listens on a host's port is reached from the same machine. */
export function originOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
}

/** Reads and checks the configuration; throws a {@link ConfigError} that names every wrong variable. */
export function readConfig(environment: Environment): Config {
  const reader = new Reader(environment);
  const databaseUrl = reader.databaseUrl('DATABASE_URL');
  const databaseMigrationUrl = reader.databaseUrl('DATABASE_MIGRATION_URL') ?? databaseUrl;
  const host = reader.text('HOST') ?? '127.0.0.1';
  const port = reader.integer('PORT', 3000, 0, 65_535);
  const dataDirectory = reader.text('DATA_DIRECTORY') ?? '.credit-recognition';
  const config: Config = {
    databaseUrl,
    databaseMigrationUrl,
    databasePoolSize: reader.integer('DATABASE_POOL_SIZE', 10, 2, 500),
    dataDirectory: isAbsolute(dataDirectory) ? dataDirectory : join(projectRoot, dataDirectory),
    host,
    port,
    publicUrl: reader.origin('PUBLIC_URL', originOf(host, port)),
    logLevel: reader.oneOf('LOG_LEVEL', 'info', logLevels),
    bodyLimitBytes: reader.integer('BODY_LIMIT', 10 * 1024 * 1024, 1024, 1024 * 1024 * 1024),
    seedDemo: reader.oneOf('SEED_DEMO', databaseUrl === undefined ? 'true' : 'false', ['true', 'false']) === 'true',
  };
  if (reader.sentences.length > 0) throw new ConfigError(reader.sentences);
  return config;
}
