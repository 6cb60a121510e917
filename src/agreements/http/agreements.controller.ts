import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { asPage, ExpectedVersion, IdPipe, IfMatch, Languages, NumberPipe, Paged, PageQuery, WithETag } from '../../platform/index.js';
import { AgreementsService } from '../agreements.service.js';
import { AgreementChangeForm, AgreementForm, AgreementsQuery, RevisionForm } from './agreement.dto.js';
import {
  AgreementPage,
  AgreementView,
  agreementView,
  FindingsView,
  findingsView,
  RevisionPage,
  RevisionView,
  revisionView,
} from './agreement.view.js';

@ApiTags('agreements')
@Controller('v1/agreements')
export class AgreementsController {
  constructor(private readonly agreements: AgreementsService) {}

  /** Lists agreements in the order they were recorded. */
  @Get()
  @Paged()
  async list(@Query() query: AgreementsQuery, @Languages() languages: readonly string[]): Promise<AgreementPage> {
    return asPage(AgreementPage, await this.agreements.list(query), (agreement) => agreementView(agreement, languages));
  }

  /** Records an agreement with its first revision, which is in force during its period on the word of one party. */
  @Post()
  @WithETag()
  async create(@Body() form: AgreementForm, @Languages() languages: readonly string[]): Promise<AgreementView> {
    return agreementView(await this.agreements.create(form, form.revision), languages);
  }

  /** Reads an agreement. */
  @Get(':id')
  @WithETag()
  async read(@Param('id', IdPipe) id: string, @Languages() languages: readonly string[]): Promise<AgreementView> {
    return agreementView(await this.agreements.read(id), languages);
  }

  /** Changes what an agreement is called and who may read it; its terms change by a new revision only. */
  @Put(':id')
  @WithETag()
  async change(
    @Param('id', IdPipe) id: string,
    @IfMatch() expected: ExpectedVersion,
    @Body() form: AgreementChangeForm,
    @Languages() languages: readonly string[],
  ): Promise<AgreementView> {
    return agreementView(await this.agreements.change(id, form, expected), languages);
  }

  /** Lists the revisions of an agreement, the oldest first. */
  @Get(':id/revisions')
  @Paged()
  async listRevisions(@Param('id', IdPipe) id: string, @Query() query: PageQuery): Promise<RevisionPage> {
    return asPage(RevisionPage, await this.agreements.listRevisions(id, query), revisionView);
  }

  /** Records the next revision. From the first day of its period on it takes the place of the revisions before. */
  @Post(':id/revisions')
  async addRevision(@Param('id', IdPipe) id: string, @Body() form: RevisionForm): Promise<RevisionView> {
    return revisionView(await this.agreements.addRevision(id, form));
  }

  /** Reads a revision. */
  @Get(':id/revisions/:number')
  async readRevision(@Param('id', IdPipe) id: string, @Param('number', NumberPipe) number: number): Promise<RevisionView> {
    return revisionView(await this.agreements.readRevision(id, number));
  }

  /** What the authors of a revision should look at: unknown or changed courses, and rules that contradict each other. */
  @Get(':id/revisions/:number/findings')
  async findings(@Param('id', IdPipe) id: string, @Param('number', NumberPipe) number: number): Promise<FindingsView> {
    return findingsView(await this.agreements.findings(id, number));
  }
}
