import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock, newId, recordAll, transaction } from '../../platform/index.js';
import { accountCommand } from './account-commands.js';
import type { Account, StaffRole } from './domain/index.js';
import { hashPassword } from './passwords.js';
import { insertAccount, listDemoAccounts } from './storage/account.store.js';

/** The password of every person of the demonstration. The log-in page shows it, and no account has it where the demonstration is off. */
export const demoPassword = 'recognise-me';

/** Staff, one for each role: the name to log in with tells the role. */
const staff: readonly (readonly [role: StaffRole, userName: string, displayName: string])[] = [
  ['catalogue_editor', 'catalogue-editor', 'Deniz Aydın'],
  ['negotiator', 'negotiator', 'Zeynep Arslan'],
  ['signatory', 'signatory', 'Kemal Öztürk'],
  ['registrar', 'registrar', 'Elif Demir'],
  ['assessor', 'assessor', 'Can Şahin'],
  ['appeals_officer', 'appeals-officer', 'Selin Koç'],
  ['auditor', 'auditor', 'Murat Çelik'],
  ['administrator', 'administrator', 'Aylin Polat'],
];

/** Whom the demonstration's people belong to. */
export interface DemoPlaces {
  /** Where the staff work. */
  readonly institution: string;
  /** The students, in the order in which they are numbered. */
  readonly learners: readonly { readonly name: string; readonly learner: string }[];
}

/**
 * Makes the people of the demonstration who are not there yet: staff of one institution, the students, the operator. To be called as a part of the
 * service itself, and only where the demonstration is on.
 */
export async function seedDemoAccounts(app: INestApplicationContext, { institution, learners }: DemoPlaces): Promise<void> {
  const modifiedAt = app.get(Clock).now().toISOString();
  const base = (userName: string, displayName: string) => ({
    id: newId(),
    displayName,
    logIn: { kind: 'demo' as const, userName },
    state: 'active' as const,
    version: 1,
    modifiedAt,
  });
  const people: Account[] = [
    ...learners.map(({ name, learner }) => ({ ...base(userNameOf(name), name), kind: 'student' as const, learner })),
    ...staff.map(([role, userName, displayName]) => ({
      ...base(userName, displayName),
      kind: 'staff' as const,
      institution,
      grantedRoles: [role],
      claimedRoles: [],
    })),
    { ...base('operator', 'Umut Yıldız'), kind: 'operator' },
  ];
  await transaction(app.get(DataSource), async (manager) => {
    const known = new Set((await listDemoAccounts(manager)).map(userNameIn));
    const missing = people.filter((person) => !known.has(userNameIn(person)));
    for (const person of missing) await insertAccount(manager, person, await hashPassword(demoPassword));
    await recordAll(
      manager,
      missing.map((person) => accountCommand('created', undefined, person)),
    );
  });
}

function userNameIn({ logIn }: Account): string {
  return logIn.kind === 'demo' ? logIn.userName : '';
}

/** "Ayşe Yılmaz" logs in as "ayse". */
function userNameOf(name: string): string {
  const given = name.split(' ')[0] ?? name;
  return given.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
