import type { INestApplicationContext } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { v5 } from 'uuid';
import { asService, Clock, recordAll, serviceScope, transaction } from '../../platform/index.js';
import { demoPassword } from '../accounts/demo-people.js';
import { machineRoles, type Role } from '../domain/index.js';
import { clientCommand } from './client-command.js';
import { digestOf } from './secrets.js';
import { insertClientOnce, type KeptClient } from './storage/client.store.js';

/** An institution of the demonstration: what its data call it, what people call it, and the id that it was recorded with. */
export interface DemoInstitution {
  readonly key: string;
  readonly name: string;
  readonly id: string;
}

/** Names the ids of the demonstration's clients, so that they are the same everywhere. */
const namespace = 'de300000-0000-7000-8000-000000000000';

/** The secret of every client of the demonstration. It is public, and opens nothing where the demonstration is off. */
export const demoSecret = demoPassword;

/** The `client_id` of a machine of the demonstration. */
export function demoClientId(institution: string, role: Role): string {
  return v5(`${institution}:${role}`, namespace);
}

/** The key of the service itself, whose machine is the operator. */
const service: DemoInstitution = { key: 'service', name: 'Credit Recognition API', id: serviceScope };

/**
 * Registers the machines of the demonstration that are not there yet: for each institution one with each role of machines, and the operator's. To be called only where the
 * demonstration is on.
 */
export async function seedDemoClients(app: INestApplicationContext, institutions: readonly DemoInstitution[]): Promise<void> {
  const modifiedAt = app.get(Clock).now().toISOString();
  const owned = institutions.flatMap((owner) => machineRoles.map((role) => ({ owner, role })));
  const machines: readonly { owner: DemoInstitution; role: Role }[] = [...owned, { owner: service, role: 'operator' }];
  const clients = machines.map(({ owner, role }): KeptClient => ({
    id: demoClientId(owner.key, role),
    institution: owner.id,
    name: `${owner.name}: ${role}`,
    kind: 'machine',
    roles: [role],
    redirectUris: [],
    authentication: 'clientSecret',
    secretDigest: digestOf(demoSecret),
    isDemo: true,
    version: 1,
    modifiedAt,
  }));
  const register = async (manager: EntityManager): Promise<void> => {
    const inserted = await Promise.all(clients.map((client) => insertClientOnce(manager, client)));
    const registered = clients.filter((_, index) => inserted[index] === true);
    await recordAll(
      manager,
      registered.map((client) => clientCommand('client.registered', undefined, client)),
    );
  };
  await asService('demonstration', () => transaction(app.get(DataSource), register));
}
