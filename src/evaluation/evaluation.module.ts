import { Module } from '@nestjs/common';
import { AgreementsModule } from '../agreements/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { LearnersModule } from '../learners/index.js';
import { ProgrammesModule } from '../programmes/index.js';
import { EvaluationContexts } from './context.js';
import { EvaluationsService } from './evaluations.service.js';
import { Evaluator } from './evaluator.js';
import { EvaluationsController } from './http/evaluations.controller.js';
import { LearnerEvaluationsController } from './http/learner-evaluations.controller.js';

@Module({
  imports: [InstitutionsModule, LearnersModule, ProgrammesModule, AgreementsModule],
  controllers: [EvaluationsController, LearnerEvaluationsController],
  providers: [EvaluationsService, EvaluationContexts, Evaluator],
  exports: [EvaluationsService],
})
export class EvaluationModule {}
