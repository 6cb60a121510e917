import { Controller, Delete, Get, HttpCode, Param, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { asPage, asView, ExpectedVersion, IdPipe, IfMatch, Paged, PageQuery } from '../../platform/index.js';
import { AccessLog } from '../access-log.js';
import { RecordsService } from '../records.service.js';
import { AccessPage, accessView, RecordExportView } from './record.view.js';

@ApiTags('learners')
@Controller('v1/learners/:learnerId')
export class RecordController {
  constructor(
    private readonly accessLog: AccessLog,
    private readonly records: RecordsService,
  ) {}

  /** Who else has read or changed the record, the latest first. */
  @Get('access-log')
  @Paged()
  async accesses(@Param('learnerId', IdPipe) learnerId: string, @Query() query: PageQuery): Promise<AccessPage> {
    return asPage(AccessPage, await this.accessLog.list(learnerId, query), accessView);
  }

  /** Everything that is kept about the learner, in one JSON document. */
  @Get('export')
  async export(@Param('learnerId', IdPipe) learnerId: string): Promise<RecordExportView> {
    return asView(RecordExportView, await this.records.export(learnerId));
  }

  /**
   * Erases everything about the learner, the account included, for ever. What institutions' audit logs hold are digests that nobody can connect with the
   * learner any more.
   */
  @Delete()
  @HttpCode(204)
  async erase(@Param('learnerId', IdPipe) learnerId: string, @IfMatch() expected: ExpectedVersion): Promise<void> {
    await this.records.erase(learnerId, expected);
  }
}
