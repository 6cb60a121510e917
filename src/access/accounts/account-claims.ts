import type { AccountClaims } from './domain/index.js';

/** What the authorisation server asks of the accounts. */
export abstract class ClaimsOfAccounts {
  /** What a token may say of an account at this moment; undefined for one that does not exist, may not log in, or has no role. */
  abstract claimsOf(accountId: string): Promise<AccountClaims | undefined>;
}
