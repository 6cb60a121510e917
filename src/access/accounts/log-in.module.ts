import { Module } from '@nestjs/common';
import { AccountsModule } from './accounts.module.js';
import { Attempts } from './attempts.js';
import { Federation } from './federation.js';
import { LogInController } from './http/log-in.controller.js';
import { Interactions } from './interactions.js';
import { LogInService } from './log-in.service.js';

/** The pages where people log in and consent. */
@Module({
  imports: [AccountsModule],
  controllers: [LogInController],
  providers: [LogInService, Interactions, Federation, Attempts],
})
export class LogInModule {}
