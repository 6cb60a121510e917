import { Module } from '@nestjs/common';
import { AuditExport } from './audit-export.js';
import { AuditService } from './audit.service.js';
import { AuditController } from './http/audit.controller.js';
import { LogKeys } from './log-keys.js';
import { Sealer } from './sealer.js';

/** What the journal feeds: the sealed audit log. */
@Module({
  controllers: [AuditController],
  providers: [AuditService, AuditExport, LogKeys, Sealer],
  exports: [Sealer],
})
export class EventsModule {}
