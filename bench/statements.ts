import pg from 'pg';
import { isObject } from './json.js';

/** A named statement as the driver was given it. */
export interface Statement {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
}

/** What frames a statement in the scope of its caller; it goes out in the same packet as the statement itself. */
const framing = /^(BEGIN|COMMIT|SET LOCAL)\b/;

/**
 * What was asked of the database while work ran; nothing else may run meanwhile. Statements without a name are there under an empty one, those that
 * only frame others are not.
 */
export async function statementsOf(work: () => Promise<void>): Promise<readonly Statement[]> {
  const recorded: Statement[] = [];
  const own: unknown = Reflect.get(pg.Client.prototype, 'query');
  if (typeof own !== 'function') throw new Error('the driver has no query');
  Reflect.set(pg.Client.prototype, 'query', function (this: pg.Client, ...parts: readonly unknown[]): unknown {
    const statement = statementOf(parts);
    if (!framing.test(statement.text)) recorded.push(statement);
    const answer: unknown = Reflect.apply(own, this, parts);
    return answer;
  });
  try {
    await work();
  } finally {
    Reflect.set(pg.Client.prototype, 'query', own);
  }
  return recorded;
}

function statementOf([first, second]: readonly unknown[]): Statement {
  if (!isObject(first)) return { name: '', text: String(first), values: listOf(second) };
  const { name, text, values } = first;
  return { name: typeof name === 'string' ? name : '', text: String(text), values: listOf(values) };
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value.map((one: unknown) => one) : [];
}
