import { QueryFailedError } from 'typeorm';
import { Problem } from '../kernel/index.js';

const sentences = new Map<string, string>();

/**
 * Says in words what a constraint of the database guards, for the caller who runs into it:
 * `explainConstraints({ courses_edition_excl: 'Editions of one course may not overlap in time.' })`, called beside the rows it belongs to.
 */
export function explainConstraints(explained: Readonly<Record<string, string>>): void {
  for (const [constraint, sentence] of Object.entries(explained)) sentences.set(constraint, sentence);
}

/** What the driver tells about a refused statement. */
interface DatabaseError {
  readonly code: string;
  readonly constraint: string | undefined;
  readonly message: string;
}

function databaseErrorIn(error: unknown): DatabaseError | undefined {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (!(cause instanceof Error) || !('code' in cause) || typeof cause.code !== 'string') return undefined;
  const constraint = 'constraint' in cause && typeof cause.constraint === 'string' ? cause.constraint : undefined;
  return { code: cause.code, constraint, message: cause.message };
}

/** The SQLSTATEs that say a value does not fit where the caller put it. */
const unfitValues = new Set([
  '22001', // longer than the column
  '22003', // number out of range
  '22007', // no such date
  '22008', // date out of range
  '22021', // a NUL character in a text
  '22P02', // text that is not of the type
  '22P05', // a character that PostgreSQL's JSON cannot hold
]);

/** Connections refused, cut off or used up: SQLSTATE classes 08, 53 and 57P, the codes of Node's sockets. */
const outOfReach = /^(08...|53...|57P0[1-3]|ECONNREFUSED|ECONNRESET|ENOTFOUND|EPIPE|ETIMEDOUT)$/;

/** The refusal behind a database error, or undefined when it is a defect of ours. SQL and names of constraints stay inside. */
export function problemOfDatabaseError(error: unknown): Problem | undefined {
  const found = databaseErrorIn(error);
  if (found === undefined) return isWithoutConnection(error) ? outOfReachProblem() : undefined;
  const sentence = sentences.get(found.constraint ?? '');
  switch (found.code) {
    case '23505': // unique_violation
    case '23P01': // exclusion_violation
      return new Problem('conflict', sentence ?? 'This contradicts something that is already recorded.');
    case '23503': // foreign_key_violation
      return new Problem('ruleViolated', sentence ?? 'This refers to something that does not exist, or something else still refers to it.');
    case '23514': // check_violation
      return new Problem('ruleViolated', sentence ?? 'A value is outside what is allowed.');
  }
  // 42501 says also that the service lacks a privilege, which is a defect of ours.
  if (found.code === '42501' && found.message.includes('row-level security')) {
    return new Problem('forbidden', 'You may record this only for yourself or for the institution that you act for.');
  }
  if (unfitValues.has(found.code))
    return new Problem('validationFailed', 'A value cannot be stored: it has the wrong form, size or characters.');
  if (outOfReach.test(found.code)) return outOfReachProblem();
  return undefined;
}

/** All connections of the pool were busy for longer than a caller is kept waiting: the pool's error has no code. */
function isWithoutConnection(error: unknown): boolean {
  return error instanceof Error && error.message === 'timeout exceeded when trying to connect';
}

function outOfReachProblem(): Problem {
  return new Problem('unavailable', 'The database cannot be reached at the moment. Try again shortly.');
}

/** PostgreSQL ended one of two transactions that stood in each other's way; it had no effect and may be tried again. */
export function mayBeRepeated(error: unknown): boolean {
  const code = databaseErrorIn(error)?.code;
  return code === '40001' || code === '40P01';
}
