import type { Actor, JournalWorld } from './journal-world.js';
import { ndjson } from './imports.js';

/** One request. `version` is what If-Match says. */
export interface Sent {
  readonly path: string;
  readonly form?: object;
  readonly file?: { readonly mediaType: string; readonly text: string };
  readonly version?: string;
  readonly key?: string;
}

/** An operation once carried out. */
export interface Command {
  /** Records what it needs; answers what asks for it, and who asks unless it is the member of the institution. */
  readonly request: (world: JournalWorld) => Promise<Sent & { readonly actor?: Actor }>;
  /** What is other in a request that is refused. */
  readonly refusal: Partial<Sent>;
  /** The actions of the rows that it writes. */
  readonly rows: readonly string[];
}

export const nobody = '0190d7a0-0000-7000-8000-000000000000';
/** A version that nothing has. */
export const stale = { version: '"77"' };
type Asked = Sent & { readonly actor?: Actor };
type Ask = (world: JournalWorld) => Asked | Promise<Asked>;

export function command(ask: Ask, refusal: Partial<Sent>, ...rows: readonly string[]): Command {
  return { request: async (world) => ask(world), refusal, rows };
}

export const bad = (form: object): Partial<Sent> => ({ form });
/** A file that is no table. */
export const badFile: Partial<Sent> = { file: { mediaType: ndjson, text: '\n"nonsense"\n' } };
