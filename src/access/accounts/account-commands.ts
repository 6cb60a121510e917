import type { CommandRecord } from '../../platform/index.js';
import type { Account } from './domain/index.js';

/** What can be done with an account, as the journal calls it. Somebody is admitted who logs in with something new: for the first time, or with other roles. */
export type AccountDeed = 'created' | 'changed' | 'deactivated' | 'reactivated' | 'bound' | 'admitted' | 'removed';

/** What the journal has of an account: nothing that a digest would give away to somebody who guesses whose it is. */
function stateOf({ displayName: _displayName, logIn: _logIn, ...state }: Account): Omit<Account, 'displayName' | 'logIn'> {
  return state;
}

/** What the journal says of a command on an account: it has a state before, or after, or both. */
export function accountCommand(done: AccountDeed, before: Account | undefined, after: Account | undefined): CommandRecord {
  const account = after ?? before;
  if (account === undefined) throw new Error('a command on an account is on some account');
  return {
    action: `account.${done}`,
    resource: { kind: 'account', id: account.id },
    ...('institution' in account ? { institution: account.institution } : {}),
    before: before && stateOf(before),
    after: after && stateOf(after),
  };
}
