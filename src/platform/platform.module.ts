import { type DynamicModule, Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { Clock } from './clock.js';
import type { Config } from './config.js';
import { DocumentsController } from './documents.controller.js';
import { HealthController } from './health.controller.js';
import { IdempotencyInterceptor } from './idempotency.js';
import { ProblemsController } from './problems.controller.js';

/** The injection token of the {@link Config}. */
export const CONFIG = Symbol('config');

/** What the platform gives to every module. */
export interface PlatformParts {
  readonly config: Config;
  readonly dataSource: DataSource;
  /** A clock that stands still, in tests. */
  readonly clock?: Clock;
}

@Module({ controllers: [DocumentsController, HealthController, ProblemsController] })
export class PlatformModule {
  static with({ config, dataSource, clock = new Clock() }: PlatformParts): DynamicModule {
    return {
      module: PlatformModule,
      global: true,
      providers: [
        { provide: CONFIG, useValue: config },
        { provide: DataSource, useValue: dataSource },
        { provide: Clock, useValue: clock },
        { provide: APP_INTERCEPTOR, useClass: IdempotencyInterceptor },
      ],
      exports: [CONFIG, DataSource, Clock],
    };
  }
}
