import { Controller, Get, Header, Param, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { IdPipe, Media, NumberPipe } from '../../platform/index.js';
import { TesExportService } from '../tes-export.service.js';
import { TesExportQuery } from './import.dto.js';
import { TesExceptionsView, tesExceptionsView } from './import.view.js';

const mediaType = 'text/plain';

@ApiTags('agreements')
@Controller('v1/agreements/:id/revisions/:number/tes')
export class TesExportController {
  constructor(private readonly exports: TesExportService) {}

  /** The rules of a revision as a TES flat file. What it cannot say is listed under `…/tes/exceptions`, where its Link header leads. */
  @Get()
  @Media({ produces: [mediaType] })
  @Header('content-type', `${mediaType}; charset=utf-8`)
  @Header('link', '<tes/exceptions>; rel="describedby"')
  @ApiOkResponse({
    schema: { type: 'string' },
    headers: { Link: { description: 'Where to read what the file cannot say.', schema: { type: 'string' } } },
  })
  async file(
    @Param('id', IdPipe) id: string,
    @Param('number', NumberPipe) number: number,
    @Query() query: TesExportQuery,
  ): Promise<string> {
    return (await this.exports.export(id, number, query.codeType)).text;
  }

  /** What a TES flat file of this revision cannot say, or says in part; pointers lead into the terms. */
  @Get('exceptions')
  async exceptions(
    @Param('id', IdPipe) id: string,
    @Param('number', NumberPipe) number: number,
    @Query() query: TesExportQuery,
  ): Promise<TesExceptionsView> {
    return tesExceptionsView((await this.exports.export(id, number, query.codeType)).exceptions);
  }
}
