import { ConfigError } from './config.js';
import { DatabaseError } from './database.js';
import { EmbeddedPostgresError } from './embedded-postgres/index.js';

/** What was opened, to be closed in the reverse order, once, however the process ends. */
export class Lifetime {
  private readonly closers: (() => Promise<void>)[] = [];

  /** Ends in order at the first SIGINT or SIGTERM; the second one does not wait. */
  endOnSignal(): void {
    const end = (): void => {
      this.end().then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
    };
    process.once('SIGINT', end);
    process.once('SIGTERM', end);
  }

  onEnd(close: () => Promise<void>): void {
    this.closers.push(close);
  }

  async end(): Promise<void> {
    for (let close = this.closers.pop(); close !== undefined; close = this.closers.pop()) await close();
  }
}

/** A sentence for what the operator can put right; undefined for a defect, which needs its stack. */
function sentenceFor(error: unknown): string | undefined {
  if (error instanceof ConfigError || error instanceof DatabaseError || error instanceof EmbeddedPostgresError) return error.message;
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  if (error.code === 'EADDRINUSE')
    return 'HOST and PORT name an address that another program listens on. Stop that program, or set another PORT.';
  if (error.code === 'EADDRNOTAVAIL') return 'HOST is no address of this machine.';
  if (error.code === 'EACCES') return `This user may not do what the configuration asks for: ${error.message}`;
  return undefined;
}

/** Runs a command to its end or, where it serves, to its start. Failing, it closes what it had opened and exits with 1. */
export async function run(command: (lifetime: Lifetime) => Promise<void>): Promise<void> {
  const lifetime = new Lifetime();
  lifetime.endOnSignal();
  try {
    await command(lifetime);
  } catch (error) {
    console.error(sentenceFor(error) ?? error);
    process.exitCode = 1;
    await lifetime.end();
    process.exit();
  }
}
