import { isIP, isIPv4 } from 'node:net';
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
 * | `KEY_ENCRYPTION_SECRET` | –                  | at least 32 characters; encrypts private keys in the database: those that sign tokens and audit logs |
 * | `LOG_LEVEL`          | `info`                 | `fatal`, `error`, `warn`, `info`, `debug`, `trace` or `silent` |
 * | `BODY_LIMIT`         | `10485760`             | largest JSON body in bytes; streamed imports are not held to it |
 * | `RATE_LIMIT`         | `6000`                 | requests a minute that one client may send to this process |
 * | `RATE_LIMIT_ANONYMOUS` | `600`                | requests a minute without a token that one address may send to this process |
 * | `CORS_ORIGINS`       | –                      | origins of web pages that may call the API, separated by commas; none unless set |
 * | `TRUSTED_PROXIES`    | –                      | addresses of proxies, separated by commas, whose `X-Forwarded-For` is believed |
 * | `SEED_DEMO`          | `true` without `DATABASE_URL`, else `false` | load the demonstration data into an empty database, and let its people log in |
 * | `DEMO_ON_PUBLIC_ADDRESS` | `no`               | `yes` lets the people of the demonstration, whose password is public, log in at an address that others reach |
 * | `OUTGOING_PRIVATE`   | `refuse`               | `allow` lets calls to identity providers go to private addresses and over plain HTTP |
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
  /** Encrypts private keys in the database; without it, the privileges of the database alone protect them. */
  readonly keyEncryptionSecret: string | undefined;
  readonly logLevel: LogLevel;
  readonly bodyLimitBytes: number;
  /** The demonstration: its data, and its people who log in with a public password. */
  readonly rateLimit: number;
  readonly rateLimitAnonymous: number;
  readonly corsOrigins: readonly string[];
  readonly trustedProxies: readonly string[];
  readonly seedDemo: boolean;
  readonly outgoingPrivate: boolean;
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
    return value === undefined ? fallback : (this.originIn(name, value) ?? fallback);
  }

  origins(name: string): readonly string[] {
    const values = (this.text(name) ?? '').split(',').map((value) => value.trim());
    return values.flatMap((value) => (value === '' ? [] : (this.originIn(name, value) ?? [])));
  }

  addresses(name: string): readonly string[] {
    const values = (this.text(name) ?? '').split(',').map((value) => value.trim());
    return values.filter((value) => {
      if (value === '') return false;
      const [address = '', bits] = value.split('/');
      const isRight = isIP(address) !== 0 && (bits === undefined || /^\d{1,3}$/.test(bits));
      if (!isRight) this.sentences.push(`${name} says "${value}", but must be an IP address or a range like 10.0.0.0/8.`);
      return isRight;
    });
  }

  private originIn(name: string, value: string): string | undefined {
    const url = URL.canParse(value) ? new URL(value) : undefined;
    if (url !== undefined && /^https?:$/.test(url.protocol) && url.href === `${url.origin}/`) return url.origin;
    this.sentences.push(`${name} says "${value}", but must be an origin like https://credits.example.org, without a path.`);
    return undefined;
  }

  /** The value is not repeated in the sentence. */
  secret(name: string, minimumLength: number): string | undefined {
    const value = this.text(name);
    if (value === undefined || value.length >= minimumLength) return value;
    this.sentences.push(`${name} must have at least ${String(minimumLength)} characters.`);
    return undefined;
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

/** Whether nobody but this machine reaches a host; names other than localhost may mean anything. */
function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIPv4(host) && host.startsWith('127.'));
}

function hostIn(origin: string): string {
  return new URL(origin).hostname.replace(/^\[|\]$/g, '');
}

function openDemonstration(variable: 'HOST' | 'PUBLIC_URL', value: string): string {
  return (
    `${variable} is "${value}" and SEED_DEMO is true: whoever reaches this address could log in as a person of the demonstration. ` +
    `Set SEED_DEMO=false or ${variable === 'HOST' ? 'HOST=127.0.0.1' : 'no PUBLIC_URL'}, or DEMO_ON_PUBLIC_ADDRESS=yes if that is meant.`
  );
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
    keyEncryptionSecret: reader.secret('KEY_ENCRYPTION_SECRET', 32),
    logLevel: reader.oneOf('LOG_LEVEL', 'info', logLevels),
    bodyLimitBytes: reader.integer('BODY_LIMIT', 10 * 1024 * 1024, 1024, 1024 * 1024 * 1024),
    rateLimit: reader.integer('RATE_LIMIT', 6000, 1, 10_000_000),
    rateLimitAnonymous: reader.integer('RATE_LIMIT_ANONYMOUS', 600, 1, 10_000_000),
    corsOrigins: reader.origins('CORS_ORIGINS'),
    trustedProxies: reader.addresses('TRUSTED_PROXIES'),
    seedDemo: reader.oneOf('SEED_DEMO', databaseUrl === undefined ? 'true' : 'false', ['true', 'false']) === 'true',
    outgoingPrivate: reader.oneOf('OUTGOING_PRIVATE', 'refuse', ['refuse', 'allow']) === 'allow',
  };
  const isMeant = reader.oneOf('DEMO_ON_PUBLIC_ADDRESS', 'no', ['yes', 'no']) === 'yes';
  const { publicUrl } = config;
  if (config.seedDemo && !isMeant && !isLoopback(host)) reader.sentences.push(openDemonstration('HOST', host));
  else if (config.seedDemo && !isMeant && !isLoopback(hostIn(publicUrl))) reader.sentences.push(openDemonstration('PUBLIC_URL', publicUrl));
  if (['0.0.0.0', '::'].includes(hostIn(publicUrl)))
    reader.sentences.push(`PUBLIC_URL must be set: HOST is "${host}", which is no address to be reached at.`);
  if (reader.sentences.length > 0) throw new ConfigError(reader.sentences);
  return config;
}
