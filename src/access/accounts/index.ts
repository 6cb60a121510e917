import type { RowClass } from '../../platform/index.js';
import { AccountRow } from './storage/account.rows.js';
import { IdentityProviderRow } from './storage/identity-provider.rows.js';

export { ClaimsOfAccounts } from './account-claims.js';
export { AccountsModule } from './accounts.module.js';
export { AccountsService } from './accounts.service.js';
export { demoPassword, type DemoPlaces, seedDemoAccounts } from './demo-people.js';
export { Directory } from './directory.js';
export type { AccountClaims } from './domain/index.js';
export { LogInModule } from './log-in.module.js';
export { accountsOfLearner, eraseAccountsOfLearner } from './storage/learner-accounts.js';

/** What accounts keep in the database. */
export const accountRows: readonly RowClass[] = [AccountRow, IdentityProviderRow];
