import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { asPage, IdPipe, Paged, PageQuery } from '../../platform/index.js';
import { ConsentsService } from '../consents.service.js';
import { ConsentForm } from './consent.dto.js';
import { ConsentPage, ConsentView, consentView } from './consent.view.js';

@ApiTags('learners')
@Controller('v1/learners/:learnerId/consents')
export class ConsentsController {
  constructor(private readonly consents: ConsentsService) {}

  /** Lists a learner's consents in the order they were given, those that have ended included. An institution sees those given to it. */
  @Get()
  @Paged()
  async list(@Param('learnerId', IdPipe) learnerId: string, @Query() query: PageQuery): Promise<ConsentPage> {
    return asPage(ConsentPage, await this.consents.list(learnerId, query), consentView);
  }

  /** Lets an institution read transcripts, with what they state, from now on. */
  @Post()
  async give(@Param('learnerId', IdPipe) learnerId: string, @Body() form: ConsentForm): Promise<ConsentView> {
    return consentView(await this.consents.give(learnerId, form));
  }

  /** Reads a consent. */
  @Get(':id')
  async read(@Param('learnerId', IdPipe) learnerId: string, @Param('id', IdPipe) id: string): Promise<ConsentView> {
    return consentView(await this.consents.read(learnerId, id));
  }

  /** Withdraws a consent, with effect at once. What the institution has decided on its strength before stands. */
  @Post(':id/withdrawal')
  @HttpCode(200)
  async withdraw(@Param('learnerId', IdPipe) learnerId: string, @Param('id', IdPipe) id: string): Promise<ConsentView> {
    return consentView(await this.consents.withdraw(learnerId, id));
  }
}
