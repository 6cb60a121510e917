import type { Role, staffRoles } from '../../domain/roles.js';

/** Where the person shows who they are: at an institution's identity provider, or, in the demonstration, with a password here. */
export type LogIn =
  | { readonly kind: 'identityProvider'; readonly issuer: string; readonly subject: string }
  | { readonly kind: 'demo'; readonly userName: string };

/** Whether the person may log in. */
export type AccountState = 'active' | 'deactivated';

interface AnyAccount {
  readonly id: string;
  readonly displayName: string;
  readonly logIn: LogIn;
  readonly state: AccountState;
  /** Counts the changes. */
  readonly version: number;
  /** RFC 3339, UTC. */
  readonly modifiedAt: string;
}

/** Somebody who has logged in at an institution that has no role for them and knows no learner that they would be. */
export interface UnassignedAccount extends AnyAccount {
  readonly kind: 'unassigned';
  readonly institution: string;
}

/** Somebody who works at one institution. Whoever works at two has two accounts. */
export interface StaffAccount extends AnyAccount {
  readonly kind: 'staff';
  readonly institution: string;
  /** What an administrator of the institution has granted. */
  readonly grantedRoles: readonly StaffRole[];
  /** What the institution's identity provider claimed at the last log-in. */
  readonly claimedRoles: readonly StaffRole[];
}

/** A student, bound to the learner that they are. */
export interface StudentAccount extends AnyAccount {
  readonly kind: 'student';
  /** The institution where they log in, which vouches for the binding; none in the demonstration. */
  readonly institution?: string;
  readonly learner: string;
}

/** Who runs the service. */
export interface OperatorAccount extends AnyAccount {
  readonly kind: 'operator';
}

/** A person who may log in. */
export type Account = UnassignedAccount | StaffAccount | StudentAccount | OperatorAccount;

export const accountKinds = ['unassigned', 'staff', 'student', 'operator'] as const satisfies readonly Account['kind'][];
export type AccountKind = (typeof accountKinds)[number];

/** Roles of people that work at an institution. */
export type StaffRole = (typeof staffRoles)[number];

/** What an access token says of a person beside who they are. */
export interface AccountClaims {
  readonly roles: readonly Role[];
  /** The institution that staff act for. */
  readonly institution?: string;
  /** The learner that a student is. */
  readonly learner?: string;
}

/** The roles that somebody has in effect: granted here, or claimed by the institution's identity provider. */
export function staffRolesOf(account: StaffAccount): readonly StaffRole[] {
  return [...new Set([...account.grantedRoles, ...account.claimedRoles])];
}

/** What a token for an account may say; undefined for whom there is nothing to say: then there is no token. */
export function claimsOfAccount(account: Account): AccountClaims | undefined {
  if (account.state === 'deactivated') return undefined;
  switch (account.kind) {
    case 'unassigned':
      return undefined;
    case 'staff': {
      const roles = staffRolesOf(account);
      return roles.length === 0 ? undefined : { roles, institution: account.institution };
    }
    case 'student':
      return { roles: ['student'], learner: account.learner };
    case 'operator':
      return { roles: ['operator'] };
  }
}
