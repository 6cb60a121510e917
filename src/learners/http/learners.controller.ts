import { Body, Controller, Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { asPage, ExpectedVersion, IdPipe, IfMatch, Paged, WithETag } from '../../platform/index.js';
import { LearnersService } from '../learners.service.js';
import { IdentifierForm, LearnerChangeForm, LearnerForm, LearnerListQuery } from './learner.dto.js';
import { LearnerPage, LearnerView, learnerView } from './learner.view.js';

@ApiTags('learners')
@Controller('v1/learners')
export class LearnersController {
  constructor(private readonly learners: LearnersService) {}

  /** Records a learner. Identifiers that another learner has are refused: two records of one person are found by identifier, never by name. */
  @Post()
  @WithETag()
  async create(@Body() form: LearnerForm): Promise<LearnerView> {
    return learnerView(await this.learners.create(form));
  }

  /** Learners in the order they were recorded, all or those with an identifier. */
  @Get()
  @Paged()
  async list(@Query() query: LearnerListQuery): Promise<LearnerPage> {
    return asPage(LearnerPage, await this.learners.list(query), learnerView);
  }

  /** One learner. */
  @Get(':learnerId')
  @WithETag()
  async read(@Param('learnerId', IdPipe) learnerId: string): Promise<LearnerView> {
    return learnerView(await this.learners.read(learnerId));
  }

  /** Replaces what is said of a learner. Identifiers are linked and unlinked one by one. */
  @Put(':learnerId')
  @WithETag()
  async change(
    @Param('learnerId', IdPipe) learnerId: string,
    @Body() form: LearnerChangeForm,
    @IfMatch() expected: ExpectedVersion,
  ): Promise<LearnerView> {
    return learnerView(await this.learners.change(learnerId, form, expected));
  }

  /** Links an identifier to a learner. */
  @Post(':learnerId/identifiers')
  @WithETag()
  async link(@Param('learnerId', IdPipe) learnerId: string, @Body() form: IdentifierForm): Promise<LearnerView> {
    return learnerView(await this.learners.link(learnerId, form));
  }

  /** Takes an identifier away from a learner. */
  @Delete(':learnerId/identifiers/:identifierId')
  @WithETag()
  async unlink(
    @Param('learnerId', IdPipe) learnerId: string,
    @Param('identifierId', IdPipe) identifierId: string,
    @IfMatch() expected: ExpectedVersion,
  ): Promise<LearnerView> {
    return learnerView(await this.learners.unlink(learnerId, identifierId, expected));
  }
}
