import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { asPage, IdPipe, Languages, Paged } from '../../platform/index.js';
import { EquivalentsService } from '../equivalents.service.js';
import { CountingAsQuery, EquivalentsQueryForm } from './equivalents.dto.js';
import { EquivalentPage, equivalentView } from './equivalent.view.js';

@ApiTags('courses')
@Controller('v1/courses/:id')
export class EquivalentsController {
  constructor(private readonly equivalents: EquivalentsService) {}

  /** What a course counts as: the rules in force that may take it, refusals included. */
  @Get('equivalents')
  @Paged()
  async equivalentsOf(
    @Param('id', IdPipe) id: string,
    @Query() query: EquivalentsQueryForm,
    @Languages() languages: readonly string[],
  ): Promise<EquivalentPage> {
    return asPage(EquivalentPage, await this.equivalents.equivalentsOf(id, query), (equivalent) => equivalentView(equivalent, languages));
  }

  /** Which courses anywhere count as this one at its institution: the rules in force that award it. */
  @Get('counting-as')
  @Paged()
  async countingAs(
    @Param('id', IdPipe) id: string,
    @Query() query: CountingAsQuery,
    @Languages() languages: readonly string[],
  ): Promise<EquivalentPage> {
    return asPage(EquivalentPage, await this.equivalents.countingAs(id, query), (equivalent) => equivalentView(equivalent, languages));
  }
}
