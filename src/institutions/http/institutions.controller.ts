import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { asPage, ExpectedVersion, IdPipe, IfMatch, Languages, Paged, WithETag } from '../../platform/index.js';
import { named } from '../domain/index.js';
import { InstitutionsService } from '../institutions.service.js';
import { InstitutionForm, InstitutionsQuery } from './institution.dto.js';
import { InstitutionPage, InstitutionView, institutionView } from './institution.view.js';

@ApiTags('institutions')
@Controller('v1/institutions')
export class InstitutionsController {
  constructor(private readonly institutions: InstitutionsService) {}

  /** Lists institutions in the order they were recorded, or searches them by name in any language. */
  @Get()
  @Paged()
  async list(@Query() query: InstitutionsQuery, @Languages() languages: readonly string[]): Promise<InstitutionPage> {
    return asPage(InstitutionPage, await this.institutions.list(query, languages), institutionView);
  }

  /** Records an institution. */
  @Post()
  @WithETag()
  async create(@Body() form: InstitutionForm, @Languages() languages: readonly string[]): Promise<InstitutionView> {
    return institutionView(named(await this.institutions.create(form), languages));
  }

  /** Reads an institution. */
  @Get(':id')
  @WithETag()
  async read(@Param('id', IdPipe) id: string, @Languages() languages: readonly string[]): Promise<InstitutionView> {
    return institutionView(named(await this.institutions.read(id), languages));
  }

  /** Replaces what is recorded of an institution. */
  @Put(':id')
  @WithETag()
  async change(
    @Param('id', IdPipe) id: string,
    @IfMatch() expected: ExpectedVersion,
    @Body() form: InstitutionForm,
    @Languages() languages: readonly string[],
  ): Promise<InstitutionView> {
    return institutionView(named(await this.institutions.change(id, form, expected), languages));
  }
}
