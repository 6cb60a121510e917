import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { asPage, ExpectedVersion, IdPipe, IfMatch, Languages, Paged, WithETag } from '../../platform/index.js';
import { ProgrammesService } from '../programmes.service.js';
import { ProgrammeForm, ProgrammesQuery } from './programme.dto.js';
import { ProgrammePage, ProgrammeView, programmeView } from './programme.view.js';

@ApiTags('programmes')
@Controller('v1/programmes')
export class ProgrammesController {
  constructor(private readonly programmes: ProgrammesService) {}

  /** Lists programmes in the order they were recorded, or searches them by title in any language. */
  @Get()
  @Paged()
  async list(@Query() query: ProgrammesQuery, @Languages() languages: readonly string[]): Promise<ProgrammePage> {
    return asPage(ProgrammePage, await this.programmes.list(query), (programme) => programmeView(programme, languages));
  }

  /** Records a programme of one catalogue year. */
  @Post()
  @WithETag()
  async create(@Body() form: ProgrammeForm, @Languages() languages: readonly string[]): Promise<ProgrammeView> {
    return programmeView(await this.programmes.create(form), languages);
  }

  /** Reads a programme. */
  @Get(':id')
  @WithETag()
  async read(@Param('id', IdPipe) id: string, @Languages() languages: readonly string[]): Promise<ProgrammeView> {
    return programmeView(await this.programmes.read(id), languages);
  }

  /** Replaces what is recorded of a programme. Institution, code and catalogue year stay. */
  @Put(':id')
  @WithETag()
  async change(
    @Param('id', IdPipe) id: string,
    @IfMatch() expected: ExpectedVersion,
    @Body() form: ProgrammeForm,
    @Languages() languages: readonly string[],
  ): Promise<ProgrammeView> {
    return programmeView(await this.programmes.change(id, form, expected), languages);
  }
}
