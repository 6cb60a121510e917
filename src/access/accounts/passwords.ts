import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** Passwords exist in the demonstration alone; elsewhere people log in at their institution. */

const keyBytes = 32;
const saltBytes = 16;
/** scrypt (RFC 7914) with N = 2^15, r = 8, p = 1 takes 32 MiB and about a tenth of a second. */
const cost = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const prefix = '$scrypt$ln=15,r=8,p=1$';

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, keyBytes, cost, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

/** A hash with its parameters and a salt of its own. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const key = await derive(password, salt);
  return `${prefix}${salt.toString('base64url')}$${key.toString('base64url')}`;
}

/** Whether a password is the one of a hash. Without a hash it takes as long and is never right, so that nobody learns which names exist. */
export async function isPassword(password: string, hash: string | undefined): Promise<boolean> {
  const [salt = '', key = ''] = hash?.startsWith(prefix) === true ? hash.slice(prefix.length).split('$') : [];
  const expected = Buffer.from(key, 'base64url');
  const actual = await derive(password, Buffer.from(salt, 'base64url'));
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}
