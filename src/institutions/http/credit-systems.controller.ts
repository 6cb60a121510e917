import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { asPage, ExpectedVersion, IfMatch, Paged, WithETag } from '../../platform/index.js';
import { CreditSystemsService } from '../measures.service.js';
import { CreditSystemChangeForm, CreditSystemForm, MeasuresQuery } from './measure.dto.js';
import { CreditSystemPage, CreditSystemView, creditSystemView } from './measure.view.js';

@ApiTags('institutions')
@Controller('v1/credit-systems')
export class CreditSystemsController {
  constructor(private readonly creditSystems: CreditSystemsService) {}

  /** Lists credit systems by id: those that ship with the service and those of institutions. */
  @Get()
  @Paged()
  async list(@Query() query: MeasuresQuery): Promise<CreditSystemPage> {
    return asPage(CreditSystemPage, await this.creditSystems.list(query), creditSystemView);
  }

  /** Defines a credit system for an institution. */
  @Post()
  @WithETag()
  async create(@Body() { institution, ...form }: CreditSystemForm): Promise<CreditSystemView> {
    return creditSystemView(await this.creditSystems.create(institution, form));
  }

  /** Reads a credit system. */
  @Get(':id')
  @WithETag()
  async read(@Param('id') id: string): Promise<CreditSystemView> {
    return creditSystemView(await this.creditSystems.read(id));
  }

  /** Redefines a credit system of an institution, as long as nothing refers to it. */
  @Put(':id')
  @WithETag()
  async change(
    @Param('id') id: string,
    @IfMatch() expected: ExpectedVersion,
    @Body() form: CreditSystemChangeForm,
  ): Promise<CreditSystemView> {
    return creditSystemView(await this.creditSystems.change(id, form, expected));
  }
}
