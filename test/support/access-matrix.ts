import { type Role, roles } from '../../src/access/domain/roles.js';
import type { Expectation } from './access-answers.js';
import type { AccessWorld, Place, Target } from './access-world.js';
import { holdToContract } from './contract.js';
import { boundToken, publicUrl, tokenFor } from './oauth.js';
import type { Operation } from './operations.js';

/** What sends the requests of the access matrix, says what is expected of each, and shows those that were answered otherwise. */

/** Somebody who sends requests. */
export interface Caller {
  readonly name: string;
  /** The institution of the two, or of the student's: the first one owns what is `own`. */
  readonly of: 'first' | 'second' | 'nobody';
  /** None without a valid token. */
  readonly role?: Role;
  readonly authorization?: string;
  /** What everything answers: 401 where the token is not valid, 403 where it grants nothing. */
  readonly always?: number;
}

/** What was answered, as far as it may not differ between what is foreign and what does not exist. */
export interface Answered {
  readonly status: number;
  readonly text: string;
}

/** One request of the matrix, and its answer. */
export interface Cell {
  readonly caller: Caller;
  readonly target: Target;
  readonly expected: number;
  readonly answered: Answered;
}

/** The second institution's things that the first never learns. */
const never: readonly Target[] = ['foreign', 'misplaced'];

/** Which targets an operation has, by what its path names. */
export function targetsOf({ template }: Operation, { answers }: Expectation): readonly Target[] {
  const parameters = template.match(/\{\w+\}/g) ?? [];
  if (parameters.length === 0) return Object.keys(answers) as Target[];
  const isSharable = /^\/v1\/(learners|agreements)\//.test(template);
  const isPart = parameters.length > 1;
  return [
    'own',
    ...(isSharable ? (['shared'] as const) : []),
    'foreign',
    'nonexistent',
    ...(isPart && !template.includes('{number}') ? (['misplaced'] as const) : []),
    ...(isPart ? (['missing'] as const) : []),
  ];
}

/** The status that a caller ought to get. */
export function expectedStatus(expectation: Expectation, { role, of, always }: Caller, target: Target): number | undefined {
  const { roles: allowed, but, answers, party } = expectation;
  if (always !== undefined) return always;
  if (allowed !== undefined && role === undefined) return 401;
  if (allowed !== undefined && role !== undefined && !allowed.includes(role)) return 403;
  const otherwise = role === undefined ? undefined : but?.[role]?.[target];
  if (otherwise !== undefined) return otherwise;
  const isParty = role !== undefined && role !== 'student' && role !== 'operator';
  // What is shared is shared with an institution, and what an agreement says is for its parties.
  if (target === 'shared' && role === 'student' && allowed !== undefined) return answers.foreign;
  if (target !== 'own') return answers[target];
  if (party !== undefined && !isParty) return answers.foreign;
  if (of === 'second') return party ?? answers.foreign ?? answers.own;
  return answers.own;
}

const nameOf: Readonly<Record<Caller['of'], string>> = { first: '', second: ' of the second', nobody: '' };

/** Everybody with a valid token, and nobody in particular. */
export async function everyCaller(world: AccessWorld): Promise<readonly Caller[]> {
  const callers: Caller[] = [{ name: 'nobody', of: 'nobody' }];
  for (const [index, of] of [
    [0, 'first'],
    [1, 'second'],
  ] as const) {
    for (const role of roles) {
      if (role === 'operator' && of === 'second') continue;
      callers.push({ name: `${role}${nameOf[of]}`, of, role, authorization: `Bearer ${await world.tokenOf(index, role)}` });
    }
  }
  return callers;
}

/** Those whose token is not valid. */
export async function everyRefused({ test }: AccessWorld): Promise<readonly Caller[]> {
  const [institution] = test.institutions;
  const claims = { roles: ['registrar', 'administrator'] as const, institution };
  const now = Math.floor(Date.now() / 1000);
  const signed = async (changed: Parameters<typeof tokenFor>[2]): Promise<string> =>
    tokenFor(test, { ...claims, roles: [...claims.roles] }, changed);
  const tokens = {
    expired: await signed({ iat: now - 700, exp: now - 100 }),
    'wrong audience': await signed({ aud: `${publicUrl}/v2` }),
    'wrong issuer': await signed({ iss: 'https://elsewhere.example/oauth' }),
    'bound to a key': (await boundToken(test, institution)).token,
  };
  return Object.entries(tokens).map(([name, token]) => ({ name, of: 'nobody', always: 401, authorization: `Bearer ${token}` }));
}

/** Those whose roles would do, and whose token grants no scope. */
export async function everyUnscoped(world: AccessWorld): Promise<readonly (Caller & { readonly role: Role })[]> {
  const unscoped = async (role: Role): Promise<Caller & { readonly role: Role }> => {
    const token = await world.tokenOf(0, role, { scope: '' });
    return { name: `${role} without a scope`, of: 'first', role, always: 403, authorization: `Bearer ${token}` };
  };
  return Promise.all(roles.map(unscoped));
}

/** Sends one request of the matrix. */
export type Sender = (
  operation: Pick<Operation, 'method' | 'template'>,
  expectation: Expectation,
  caller: Pick<Caller, 'authorization'>,
  target: Target,
) => Promise<Answered>;

export function newSender({ test, places }: AccessWorld): Sender {
  return async ({ method, template }, { body, mediaType = 'application/json', query, isChange }, { authorization }, target) => {
    const place = places[target];
    const path = pathOf(template, place);
    const payload = body?.(place, places);
    const answer = await fetch(`${test.url}${path}${query === undefined ? '' : `?${query(place)}`}`, {
      method: method.toUpperCase(),
      headers: {
        ...(authorization === undefined ? {} : { authorization }),
        // What others share is changed by nobody else, whichever version is meant.
        ...(isChange === true ? { 'if-match': target === 'shared' ? '*' : '"999"' } : {}),
        ...(payload === undefined ? {} : { 'content-type': mediaType }),
      },
      ...(payload === undefined ? {} : { body: typeof payload === 'string' ? payload : JSON.stringify(payload) }),
    });
    const text = await answer.text();
    const type = (answer.headers.get('content-type') ?? '').split(';')[0] ?? '';
    if (answer.status === 401 && !answer.headers.has('www-authenticate'))
      throw new Error(`${method} ${path} does not say how to get a token`);
    holdToContract(method, path, { status: answer.status, type, text });
    return { status: answer.status, text: withoutInstance(text, path) };
  };
}

/** What is said but for the address it is about. */
function withoutInstance(text: string, path: string): string {
  return text.replaceAll(path, '…');
}

/** A path of openapi.yaml with the ids of a place. */
export function pathOf(template: string, place: Place): string {
  const ids: ReadonlyMap<string, string> = new Map(Object.entries(place));
  return template.replace(/([\w-]+)\/\{\w+\}/g, (_, collection: string) => {
    const id = ids.get(collection);
    if (id === undefined) throw new Error(`no place says what ${template} names: give places some ${collection}`);
    return `${collection}/${id}`;
  });
}

/** What is wrong with the answers of one operation, a line each. */
export function faultsOf(cells: readonly Cell[], secrets: readonly string[]): readonly string[] {
  return cells.flatMap((cell) => {
    const { caller, target, expected, answered } = cell;
    const faults: string[] = [];
    if (answered.status !== expected) faults.push(`${String(answered.status)} instead of ${String(expected)}: ${beginning(answered)}`);
    const secret = secrets.find((text) => answered.text.includes(text));
    if (secret !== undefined && caller.of === 'first' && caller.role !== 'operator') faults.push(`tells ${secret}: ${beginning(answered)}`);
    const twin = twinOf(cells, cell);
    if (twin !== undefined && twin.text !== answered.text) faults.push(`says ${beginning(answered)}, and of nothing ${beginning(twin)}`);
    return faults.map((fault) => `${caller.name.padEnd(32)} ${target.padEnd(12)} ${fault}`);
  });
}

const beginning = ({ text }: Answered): string => text.slice(0, 300);

/** What ought to be answered alike: the same about something that does not exist, where that is to be told from the foreign by nobody. */
function twinOf(cells: readonly Cell[], { caller, target, expected }: Cell): Answered | undefined {
  if (!never.includes(target)) return undefined;
  const twin = cells.find((other) => other.caller === caller && other.target === (target === 'foreign' ? 'nonexistent' : 'missing'));
  return twin?.expected === expected && expected >= 400 ? twin.answered : undefined;
}

/** Runs work on items, some of them at a time. */
export async function inTurn<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<readonly Result[]> {
  const results: Result[] = [];
  const width = 8;
  for (let start = 0; start < items.length; start += width)
    results.push(...(await Promise.all(items.slice(start, start + width).map(work))));
  return results;
}
