import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { InstitutionsModule } from '../institutions/index.js';
import { AccessLog, AccessLogInterceptor } from './access-log.js';
import { ConsentsService } from './consents.service.js';
import { ConsentsController } from './http/consents.controller.js';
import { LearnersController } from './http/learners.controller.js';
import { RecordController } from './http/record.controller.js';
import { LearnersService } from './learners.service.js';
import { RecordsService } from './records.service.js';

@Module({
  imports: [InstitutionsModule],
  controllers: [LearnersController, ConsentsController, RecordController],
  providers: [LearnersService, ConsentsService, AccessLog, RecordsService, { provide: APP_INTERCEPTOR, useClass: AccessLogInterceptor }],
  exports: [LearnersService],
})
export class LearnersModule {}
