import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { serviceRole } from './database.js';

const login = 'credit_recognition_login';

/**
 * Makes the user that the service connects as on a PostgreSQL of our own, and returns the URL for it: it may act as the service and do nothing else. Its
 * password is made anew at every start, so it lies nowhere.
 */
export async function createServiceLogin(ownerUrl: string): Promise<string> {
  const password = randomBytes(24).toString('base64url');
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [login]);
    if (rowCount === 0) await client.query(`CREATE ROLE ${login} NOINHERIT LOGIN IN ROLE ${serviceRole}`);
    await client.query(`ALTER ROLE ${login} PASSWORD ${client.escapeLiteral(password)}`);
  } finally {
    await client.end();
  }
  const url = new URL(ownerUrl);
  url.username = login;
  url.password = password;
  return url.href;
}
