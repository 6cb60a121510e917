import { Module } from '@nestjs/common';
import { InstitutionsModule } from '../institutions/index.js';
import { LearnersModule } from '../learners/index.js';
import { ProgrammesModule } from '../programmes/index.js';
import { TranscriptsModule } from '../transcripts/index.js';
import { RedemptionsController } from './http/redemptions.controller.js';
import { RedemptionsService } from './redemptions.service.js';

@Module({
  imports: [InstitutionsModule, LearnersModule, ProgrammesModule, TranscriptsModule],
  controllers: [RedemptionsController],
  providers: [RedemptionsService],
  exports: [RedemptionsService],
})
export class RedemptionsModule {}
