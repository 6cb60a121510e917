import { Body, Controller, Delete, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ExpectedVersion, IdPipe, IfMatch, Paged, WithETag } from '../../platform/index.js';
import { LearnersService } from '../learners.service.js';
import { IdentifierForm, LearnerChangeForm, LearnerForm, LearnerListQuery } from './learner.dto.js';
import { LearnerPage, LearnerView } from './learner.view.js';

@ApiTags('learners')
@Controller('v1/learners')
export class LearnersController {
  constructor(private readonly learners: LearnersService) {}

  /** Records a learner. Identifiers that another learner has are refused: two records of one person are found by identifier, never by name. */
  @Post()
  @WithETag()
  create(@Body() form: LearnerForm): Promise<LearnerView> {
    return this.learners.create(form);
  }

  /** Learners in the order they were recorded, all or those with an identifier. */
  @Get()
  @Paged()
  list(@Query() query: LearnerListQuery): Promise<LearnerPage> {
    return this.learners.list(query);
  }

  /** One learner. */
  @Get(':learnerId')
  @WithETag()
  read(@Param('learnerId', IdPipe) learnerId: string): Promise<LearnerView> {
    return this.learners.read(learnerId);
  }

  /** Replaces what is said of a learner. Identifiers are linked and unlinked one by one. */
  @Put(':learnerId')
  @WithETag()
  change(
    @Param('learnerId', IdPipe) learnerId: string,
    @Body() form: LearnerChangeForm,
    @IfMatch() expected: ExpectedVersion,
  ): Promise<LearnerView> {
    return this.learners.change(learnerId, form, expected);
  }

  /** Links an identifier to a learner. */
  @Post(':learnerId/identifiers')
  @WithETag()
  link(@Param('learnerId', IdPipe) learnerId: string, @Body() form: IdentifierForm): Promise<LearnerView> {
    return this.learners.link(learnerId, form);
  }

  /** Takes an identifier away from a learner. */
  @Delete(':learnerId/identifiers/:identifierId')
  @WithETag()
  unlink(
    @Param('learnerId', IdPipe) learnerId: string,
    @Param('identifierId', IdPipe) identifierId: string,
    @IfMatch() expected: ExpectedVersion,
  ): Promise<LearnerView> {
    return this.learners.unlink(learnerId, identifierId, expected);
  }
}
