import { Controller, Get, Param, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiParam, ApiTags } from '@nestjs/swagger';
import { asPage, IdPipe, Media, Paged, PageQuery } from '../../platform/index.js';
import { AuditExport } from '../audit-export.js';
import { AuditService } from '../audit.service.js';
import { LogKeys } from '../log-keys.js';
import { AuditEntriesQuery, ConsistencyQuery, InclusionQuery } from './audit.dto.js';
import {
  AuditEntryPage,
  auditEntryView,
  AuditHeadPage,
  AuditHeadView,
  auditHeadView,
  ConsistencyProofView,
  consistencyProofView,
  InclusionProofView,
  inclusionProofView,
  LogKeySetView,
  logKeySetView,
} from './audit.view.js';

const ndjson = 'application/x-ndjson';

@ApiTags('audit')
@Controller('v1/institutions/:institutionId/audit')
export class AuditController {
  constructor(
    private readonly audit: AuditService,
    private readonly exports: AuditExport,
    private readonly keys: LogKeys,
  ) {}

  /** Lists the signed states of the institution's log, the newest first. */
  @Get('heads')
  @Paged()
  async heads(@Param('institutionId', IdPipe) institution: string, @Query() query: PageQuery): Promise<AuditHeadPage> {
    return asPage(AuditHeadPage, await this.audit.heads(institution, query), auditHeadView);
  }

  /** Reads the latest signed state of the log. Entries are sealed into it about a second after they are made. */
  @Get('heads/latest')
  async latestHead(@Param('institutionId', IdPipe) institution: string): Promise<AuditHeadView> {
    return auditHeadView(await this.audit.latestHead(institution));
  }

  /** Lists what was done, in the order of time; the export has the order of the log. */
  @Get('entries')
  @Paged()
  async entries(@Param('institutionId', IdPipe) institution: string, @Query() query: AuditEntriesQuery): Promise<AuditEntryPage> {
    return asPage(AuditEntryPage, await this.audit.entries(institution, query), auditEntryView);
  }

  /** Proves that an entry is in the log. */
  @Get('entries/:id/inclusion-proof')
  async inclusionProof(
    @Param('institutionId', IdPipe) institution: string,
    @Param('id', IdPipe) id: string,
    @Query() query: InclusionQuery,
  ): Promise<InclusionProofView> {
    return inclusionProofView(await this.audit.inclusionProof(institution, id, query.size));
  }

  /** Proves that nothing of an earlier state of the log was changed or taken out since. */
  @Get('consistency-proof')
  async consistencyProof(
    @Param('institutionId', IdPipe) institution: string,
    @Query() query: ConsistencyQuery,
  ): Promise<ConsistencyProofView> {
    return consistencyProofView(await this.audit.consistencyProof(institution, query.from, query.to));
  }

  /** The whole log as NDJSON, with what is not sealed yet, signed at its end. `npm run verify-audit` checks it without the service. */
  @Get('export')
  @Media({ produces: [ndjson] })
  @ApiOkResponse({ schema: { type: 'string' } })
  async export(@Param('institutionId', IdPipe) institution: string): Promise<StreamableFile> {
    return new StreamableFile(await this.exports.export(institution), { type: ndjson });
  }

  /** The public keys that heads and exports are signed with. Keep them: a key that comes with an export proves nothing. */
  @Get('keys')
  @ApiParam({ name: 'institutionId', schema: { type: 'string' } })
  async publishedKeys(): Promise<LogKeySetView> {
    return logKeySetView(await this.keys.published());
  }
}
