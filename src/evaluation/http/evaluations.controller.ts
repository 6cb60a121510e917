import { Controller, HttpCode, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Languages, ShapeBody } from '../../platform/index.js';
import { requestLimits, type EvaluationRequest } from '../domain/index.js';
import { EvaluationsService } from '../evaluations.service.js';
import { EvaluationView, evaluationView, outcomeView } from './evaluation.view.js';

@ApiTags('evaluations')
@Controller('v1/evaluations')
export class EvaluationsController {
  constructor(private readonly evaluations: EvaluationsService) {}

  /** Evaluates which completions earn which credit in a programme: of a learner on record, or all of it stated in the body. */
  @Post()
  @HttpCode(200)
  async evaluate(
    @ShapeBody('EvaluationRequest', { depth: requestLimits.depth, nodes: requestLimits.nodes }) request: EvaluationRequest,
    @Languages() languages: readonly string[],
  ): Promise<EvaluationView> {
    if (request.kind === 'inline') return outcomeView(await this.evaluations.evaluateInline(request), languages);
    return evaluationView(await this.evaluations.evaluateStored(request), languages);
  }
}
