import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { asPage, IdPipe, Languages, Paged, PageQuery } from '../../platform/index.js';
import { EvaluationsService } from '../evaluations.service.js';
import { EvaluationPage, EvaluationView, evaluationView } from './evaluation.view.js';

@ApiTags('evaluations')
@Controller('v1/learners/:learnerId/evaluations')
export class LearnerEvaluationsController {
  constructor(private readonly evaluations: EvaluationsService) {}

  /** Lists a learner's evaluations in the order they were made. */
  @Get()
  @Paged()
  async list(
    @Param('learnerId', IdPipe) learnerId: string,
    @Query() query: PageQuery,
    @Languages() languages: readonly string[],
  ): Promise<EvaluationPage> {
    return asPage(EvaluationPage, await this.evaluations.list(learnerId, query), (stored) => evaluationView(stored, languages));
  }

  /** Reads an evaluation: the same bytes for the same language, for ever. */
  @Get(':id')
  async read(
    @Param('learnerId', IdPipe) learnerId: string,
    @Param('id', IdPipe) id: string,
    @Languages() languages: readonly string[],
  ): Promise<EvaluationView> {
    return evaluationView(await this.evaluations.read(learnerId, id), languages);
  }
}
