import { Body, Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { asPage, ExpectedVersion, IdPipe, IfMatch, Paged, WithETag } from '../../platform/index.js';
import { CompletionsService } from '../completions.service.js';
import { CompletionsQuery, MatchForm } from './completion.dto.js';
import { CompletionPage, CompletionView, completionView } from './completion.view.js';

@ApiTags('learners')
@Controller('v1/learners/:learnerId/completions')
export class CompletionsController {
  constructor(private readonly completions: CompletionsService) {}

  /** Lists what a learner has achieved, each achievement once, however many transcripts state it. */
  @Get()
  @Paged()
  async list(@Param('learnerId', IdPipe) learnerId: string, @Query() query: CompletionsQuery): Promise<CompletionPage> {
    return asPage(CompletionPage, await this.completions.list(learnerId, query), completionView);
  }

  /** Reads a completion. */
  @Get(':id')
  @WithETag()
  async read(@Param('learnerId', IdPipe) learnerId: string, @Param('id', IdPipe) id: string): Promise<CompletionView> {
    return completionView(await this.completions.read(learnerId, id));
  }

  /** Matches a completion to a catalogue edition: to the one named, or to the one that the catalogue has today. */
  @Post(':id/match')
  @HttpCode(200)
  @WithETag()
  async match(
    @Param('learnerId', IdPipe) learnerId: string,
    @Param('id', IdPipe) id: string,
    @IfMatch() expected: ExpectedVersion,
    @Body() form: MatchForm,
  ): Promise<CompletionView> {
    return completionView(await this.completions.match(learnerId, id, form.course, expected));
  }
}
