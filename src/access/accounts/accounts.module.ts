import { Global, Module } from '@nestjs/common';
import { ClaimsOfAccounts } from './account-claims.js';
import { AccountsService } from './accounts.service.js';
import { AccountsController } from './http/accounts.controller.js';
import { IdentityProvidersController } from './http/identity-providers.controller.js';
import { IdentityProvidersService } from './identity-providers.service.js';

/** People who may log in, and where their institutions let them. */
@Global()
@Module({
  controllers: [AccountsController, IdentityProvidersController],
  providers: [AccountsService, IdentityProvidersService, { provide: ClaimsOfAccounts, useExisting: AccountsService }],
  exports: [AccountsService, IdentityProvidersService, ClaimsOfAccounts],
})
export class AccountsModule {}
