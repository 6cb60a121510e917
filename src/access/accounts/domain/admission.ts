import {
  type Account,
  claimsOfAccount,
  type StaffAccount,
  type StaffRole,
  type StudentAccount,
  type UnassignedAccount,
} from './account.js';

/** What an institution's identity provider has said about who has just logged in there. */
export interface Arrival {
  readonly institution: string;
  readonly issuer: string;
  readonly subject: string;
  readonly displayName: string;
  /** The roles that the claims mean at this institution. */
  readonly claimedRoles: readonly StaffRole[];
  /** The learner that an identifier among the claims names. */
  readonly learner: string | undefined;
}

/** What becomes of an arrival. */
export interface Admission {
  /** Accounts to record: new ones (version 1), and known ones as they are from now on, their version not counted up yet. */
  readonly changed: readonly Account[];
  /** The accounts of the person at this institution. */
  readonly accounts: readonly Account[];
  /** Those that the person may go on with. */
  readonly usable: readonly Account[];
}

interface Making {
  newId(): string;
  readonly now: string;
}

/**
 * Decides by which accounts somebody goes on who has logged in. Work and study are two accounts of one log-in, made when the claims first speak of them;
 * whoever they say nothing about gets one account to which nothing is assigned, so that an administrator can grant a role and a registrar can bind a learner.
 */
export function admit(arrival: Arrival, known: readonly Account[], making: Making): Admission {
  const staff = staffOf(arrival, known, making);
  const student = studentOf(arrival, known, staff, making);
  const unassigned = staff === undefined && student === undefined ? (unassignedOf(known) ?? newUnassigned(arrival, making)) : undefined;
  const accounts = [staff, student, unassigned].flatMap((account) =>
    account === undefined ? [] : [{ ...account, displayName: arrival.displayName }],
  );
  const changed = accounts.filter((account) => !known.some((before) => isSame(before, account)));
  return { changed, accounts, usable: accounts.filter((account) => claimsOfAccount(account) !== undefined) };
}

function staffOf(arrival: Arrival, known: readonly Account[], making: Making): StaffAccount | undefined {
  const { claimedRoles } = arrival;
  const before = known.find((account) => account.kind === 'staff');
  if (before !== undefined) return { ...before, claimedRoles };
  if (claimedRoles.length === 0) return undefined;
  const base = unassignedOf(known) ?? newUnassigned(arrival, making);
  return { ...base, kind: 'staff', grantedRoles: [], claimedRoles };
}

/** A registrar's binding stands whatever the claims say. */
function studentOf(
  arrival: Arrival,
  known: readonly Account[],
  staff: StaffAccount | undefined,
  making: Making,
): StudentAccount | undefined {
  const before = known.find((account) => account.kind === 'student');
  if (before !== undefined || arrival.learner === undefined) return before;
  const free = unassignedOf(known);
  const base = free === undefined || free.id === staff?.id ? newUnassigned(arrival, making) : free;
  return { ...base, kind: 'student', learner: arrival.learner };
}

function unassignedOf(known: readonly Account[]): UnassignedAccount | undefined {
  return known.find((account) => account.kind === 'unassigned');
}

function newUnassigned({ institution, issuer, subject, displayName }: Arrival, making: Making): UnassignedAccount {
  return {
    id: making.newId(),
    kind: 'unassigned',
    institution,
    displayName,
    logIn: { kind: 'identityProvider', issuer, subject },
    state: 'active',
    version: 1,
    modifiedAt: making.now,
  };
}

function isSame(before: Account, after: Account): boolean {
  return before.id === after.id && JSON.stringify(before, keysOf(before)) === JSON.stringify(after, keysOf(after));
}

/** Every key of an account and of what it holds, in one order. */
function keysOf(account: Account): string[] {
  return [...new Set([...Object.keys(account), ...Object.keys(account.logIn)])].sort();
}
