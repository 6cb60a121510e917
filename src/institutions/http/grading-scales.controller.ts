import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { asPage, ExpectedVersion, IfMatch, Paged, WithETag } from '../../platform/index.js';
import { GradingScalesService } from '../measures.service.js';
import { GradingScaleChangeForm, GradingScaleForm, MeasuresQuery } from './measure.dto.js';
import { GradingScalePage, GradingScaleView, gradingScaleView } from './measure.view.js';

@ApiTags('institutions')
@Controller('v1/grading-scales')
export class GradingScalesController {
  constructor(private readonly gradingScales: GradingScalesService) {}

  /** Lists grading scales by id: those that ship with the service and those of institutions. */
  @Get()
  @Paged()
  async list(@Query() query: MeasuresQuery): Promise<GradingScalePage> {
    return asPage(GradingScalePage, await this.gradingScales.list(query), gradingScaleView);
  }

  /** Defines a grading scale for an institution. */
  @Post()
  @WithETag()
  async create(@Body() { institution, ...form }: GradingScaleForm): Promise<GradingScaleView> {
    return gradingScaleView(await this.gradingScales.create(institution, form));
  }

  /** Reads a grading scale. */
  @Get(':id')
  @WithETag()
  async read(@Param('id') id: string): Promise<GradingScaleView> {
    return gradingScaleView(await this.gradingScales.read(id));
  }

  /** Redefines a grading scale of an institution, as long as nothing refers to it. */
  @Put(':id')
  @WithETag()
  async change(
    @Param('id') id: string,
    @IfMatch() expected: ExpectedVersion,
    @Body() form: GradingScaleChangeForm,
  ): Promise<GradingScaleView> {
    return gradingScaleView(await this.gradingScales.change(id, form, expected));
  }
}
