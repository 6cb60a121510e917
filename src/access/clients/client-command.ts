import { changeOf, type CommandRecord } from '../../platform/index.js';
import type { KeptClient } from './storage/client.store.js';

/** What the journal says of a command on a client. */
export function clientCommand(action: string, before: KeptClient | undefined, after: KeptClient): CommandRecord {
  return { ...changeOf('client', { institution: after.institution }, before, after), action };
}
