import { describe, expect, it } from '@jest/globals';
import { ConfigError, readConfig } from './config.js';

function sentencesFor(environment: Record<string, string>): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.sentences;
    throw error;
  }
  return [];
}

describe('readConfig', () => {
  it('needs no variable at all', () => {
    const config = readConfig({});
    expect(config).toMatchObject({ databaseUrl: undefined, host: '127.0.0.1', port: 3000, seedDemo: true, bodyLimitBytes: 10_485_760 });
    expect(config.dataDirectory).toMatch(/\/\.credit-recognition$/);
  });

  it('shows no demonstration data on a server of yours unless asked', () => {
    const databaseUrl = 'postgres://localhost/credits';
    expect(readConfig({ DATABASE_URL: databaseUrl }).seedDemo).toBe(false);
    expect(readConfig({ DATABASE_URL: databaseUrl, SEED_DEMO: 'true' }).seedDemo).toBe(true);
  });

  it('takes an empty variable for an unset one', () => {
    expect(readConfig({ PORT: '', DATABASE_URL: ' ' })).toEqual(readConfig({}));
  });

  it.each(['65536', '-1', '3000.5', '0x10', 'http', '1e3'])('refuses the port %s', (PORT) => {
    expect(sentencesFor({ PORT })).toEqual([`PORT is "${PORT}", but must be a whole number from 0 to 65535.`]);
  });

  it('names every wrong variable at once', () => {
    expect(sentencesFor({ PORT: 'x', LOG_LEVEL: 'loud', DATABASE_POOL_SIZE: '1', BODY_LIMIT: '1', SEED_DEMO: 'yes' })).toHaveLength(5);
  });

  it.each([
    ['mysql://root:secret@localhost/x', 'DATABASE_URL is a "mysql" URL, but must look like postgres://user:password@host:5432/database.'],
    ['user:secret@localhost', 'DATABASE_URL is not a URL, but must look like postgres://user:password@host:5432/database.'],
  ])('repeats no password of the database: %s', (DATABASE_URL, sentence) => {
    expect(sentencesFor({ DATABASE_URL })).toEqual([sentence]);
  });

  it.each(['0.0.0.0', '::', '192.0.2.7', 'credits.example.org', '127.0.0.1.example.org'])(
    'shows the demonstration on %s only when told twice',
    (HOST) => {
      expect(sentencesFor({ HOST, PUBLIC_URL: 'http://127.0.0.1:3000' })).toEqual([
        `HOST is "${HOST}" and SEED_DEMO is true: whoever reaches this address could log in as a person of the demonstration. ` +
          'Set SEED_DEMO=false or HOST=127.0.0.1, or DEMO_ON_PUBLIC_ADDRESS=yes if that is meant.',
      ]);
      const PUBLIC_URL = 'https://credits.example.org';
      expect(sentencesFor({ HOST, PUBLIC_URL, SEED_DEMO: 'false' })).toEqual([]);
      expect(sentencesFor({ HOST, PUBLIC_URL, DEMO_ON_PUBLIC_ADDRESS: 'yes' })).toEqual([]);
      expect(sentencesFor({ HOST, PUBLIC_URL, DATABASE_URL: 'postgres://localhost/credits' })).toEqual([]);
    },
  );

  it.each(['127.0.0.1', '127.8.9.1', '::1', 'localhost'])('shows the demonstration on %s', (HOST) => {
    expect(sentencesFor({ HOST })).toEqual([]);
  });

  it('shows the demonstration behind a proxy only when told twice', () => {
    const PUBLIC_URL = 'https://credits.example.org';
    expect(sentencesFor({ PUBLIC_URL })).toEqual([
      `PUBLIC_URL is "${PUBLIC_URL}" and SEED_DEMO is true: whoever reaches this address could log in as a person of the demonstration. ` +
        'Set SEED_DEMO=false or no PUBLIC_URL, or DEMO_ON_PUBLIC_ADDRESS=yes if that is meant.',
    ]);
    expect(sentencesFor({ PUBLIC_URL, DEMO_ON_PUBLIC_ADDRESS: 'yes' })).toEqual([]);
  });

  it.each(['0.0.0.0', '::'])('wants to know where it is reached when it listens on %s', (HOST) => {
    expect(sentencesFor({ HOST, SEED_DEMO: 'false' })).toEqual([
      `PUBLIC_URL must be set: HOST is "${HOST}", which is no address to be reached at.`,
    ]);
  });

  it('believes proxies by their address', () => {
    expect(readConfig({ TRUSTED_PROXIES: '10.0.0.0/8, ::1' }).trustedProxies).toEqual(['10.0.0.0/8', '::1']);
    expect(sentencesFor({ TRUSTED_PROXIES: 'proxy.example' })).toEqual([
      'TRUSTED_PROXIES says "proxy.example", but must be an IP address or a range like 10.0.0.0/8.',
    ]);
  });

  it('calls no private address unless told so', () => {
    expect(readConfig({}).outgoingPrivate).toBe(false);
    expect(readConfig({ OUTGOING_PRIVATE: 'allow' }).outgoingPrivate).toBe(true);
    expect(sentencesFor({ OUTGOING_PRIVATE: 'yes' })).toEqual(['OUTGOING_PRIVATE is "yes", but must be one of refuse, allow.']);
  });
});
