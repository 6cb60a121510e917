import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { asPage, ExpectedVersion, IdPipe, IfMatch, Paged, WithETag } from '../../platform/index.js';
import { OfferingsService } from '../offerings.service.js';
import { OfferingForm, OfferingsQuery } from './offering.dto.js';
import { OfferingPage, OfferingView, offeringView } from './offering.view.js';

@ApiTags('courses')
@Controller('v1/offerings')
export class OfferingsController {
  constructor(private readonly offerings: OfferingsService) {}

  /** Lists offerings in the order they were recorded. */
  @Get()
  @Paged()
  async list(@Query() query: OfferingsQuery): Promise<OfferingPage> {
    return asPage(OfferingPage, await this.offerings.list(query), offeringView);
  }

  /** Records a dated run of an edition. */
  @Post()
  @WithETag()
  async create(@Body() form: OfferingForm): Promise<OfferingView> {
    return offeringView(await this.offerings.create(form));
  }

  /** Reads an offering. */
  @Get(':id')
  @WithETag()
  async read(@Param('id', IdPipe) id: string): Promise<OfferingView> {
    return offeringView(await this.offerings.read(id));
  }

  /** Replaces what is recorded of an offering. */
  @Put(':id')
  @WithETag()
  async change(@Param('id', IdPipe) id: string, @IfMatch() expected: ExpectedVersion, @Body() form: OfferingForm): Promise<OfferingView> {
    return offeringView(await this.offerings.change(id, form, expected));
  }
}
