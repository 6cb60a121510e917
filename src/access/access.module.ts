import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ACCESS_TABLE, AccessGuard } from './access.guard.js';
import type { AccessTable } from './domain/index.js';
import { Authenticator } from './tokens/authenticator.js';

/** Who calls, for which institution, in which role; deny by default. */
@Module({})
export class AccessModule {
  static with(table: AccessTable): DynamicModule {
    return {
      module: AccessModule,
      global: true,
      providers: [{ provide: ACCESS_TABLE, useValue: table }, Authenticator, { provide: APP_GUARD, useClass: AccessGuard }],
      exports: [],
    };
  }
}
