import { type DynamicModule, Module } from '@nestjs/common';
import { RateLimit } from '../platform/index.js';
import { AccountsModule, LogInModule } from './accounts/index.js';
import { ACCESS_TABLE, AccessGuard } from './access.guard.js';
import type { AccessTable } from './domain/index.js';
import { ClientsModule } from './clients/clients.module.js';
import { OAuthModule } from './oauth/oauth.module.js';
import { TokensModule } from './tokens/tokens.module.js';

/** Who calls, for which institution, in which role; deny by default. */
@Module({})
export class AccessModule {
  static with(table: AccessTable): DynamicModule {
    return {
      module: AccessModule,
      global: true,
      imports: [AccountsModule, LogInModule, OAuthModule, TokensModule, ClientsModule],
      providers: [{ provide: ACCESS_TABLE, useValue: table }, RateLimit, AccessGuard],
      exports: [ACCESS_TABLE],
    };
  }
}
