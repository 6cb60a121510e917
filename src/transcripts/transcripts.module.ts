import { Module } from '@nestjs/common';
import { CoursesModule } from '../courses/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { LearnersModule } from '../learners/index.js';
import { CompletionsService } from './completions.service.js';
import { CompletionsController } from './http/completions.controller.js';
import { TranscriptsController } from './http/transcripts.controller.js';
import { TranscriptIntake } from './transcript-intake.js';
import { TranscriptsService } from './transcripts.service.js';

@Module({
  imports: [InstitutionsModule, LearnersModule, CoursesModule],
  controllers: [TranscriptsController, CompletionsController],
  providers: [TranscriptsService, TranscriptIntake, CompletionsService],
  exports: [TranscriptsService, CompletionsService],
})
export class TranscriptsModule {}
