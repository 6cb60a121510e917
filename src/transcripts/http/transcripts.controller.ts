import { Body, Controller, Get, Header, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { asPage, ExpectedVersion, IdPipe, IfMatch, OriginalBytes, Paged, WithETag } from '../../platform/index.js';
import { TranscriptsService } from '../transcripts.service.js';
import { handedIn, TranscriptForm, TranscriptsQuery, VerificationForm } from './transcript.dto.js';
import { TranscriptPage, transcriptSummaryView, TranscriptView, transcriptView } from './transcript.view.js';

@ApiTags('learners')
@Controller('v1/learners/:learnerId/transcripts')
export class TranscriptsController {
  constructor(private readonly transcripts: TranscriptsService) {}

  /** Lists a learner's transcripts in the order they were handed in, without their rows. */
  @Get()
  @Paged()
  async list(@Param('learnerId', IdPipe) learnerId: string, @Query() query: TranscriptsQuery): Promise<TranscriptPage> {
    return asPage(TranscriptPage, await this.transcripts.list(learnerId, query), transcriptSummaryView);
  }

  /**
   * Takes a transcript in, whole or not at all. The bytes of the body are kept as the original document. An achievement that another transcript states already
   * is one completion with it; courses that the catalogue does not have stay as stated, and can be matched later.
   */
  @Post()
  @WithETag()
  async create(
    @Param('learnerId', IdPipe) learnerId: string,
    @Body() form: TranscriptForm,
    @OriginalBytes() bytes: Uint8Array,
  ): Promise<TranscriptView> {
    return transcriptView(await this.transcripts.create(learnerId, handedIn(form, bytes)));
  }

  /** Reads a transcript with its rows as stated. */
  @Get(':id')
  @WithETag()
  async read(@Param('learnerId', IdPipe) learnerId: string, @Param('id', IdPipe) id: string): Promise<TranscriptView> {
    return transcriptView(await this.transcripts.read(learnerId, id));
  }

  /** The original document, byte by byte. */
  @Get(':id/document')
  @Header('content-type', 'application/json')
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true } })
  document(@Param('learnerId', IdPipe) learnerId: string, @Param('id', IdPipe) id: string): Promise<Buffer> {
    return this.transcripts.document(learnerId, id);
  }

  /** Records what came of checking a transcript. */
  @Put(':id/verification')
  @WithETag()
  async verify(
    @Param('learnerId', IdPipe) learnerId: string,
    @Param('id', IdPipe) id: string,
    @IfMatch() expected: ExpectedVersion,
    @Body() form: VerificationForm,
  ): Promise<TranscriptView> {
    return transcriptView(await this.transcripts.verify(learnerId, id, form, expected));
  }
}
