import { Module } from '@nestjs/common';
import { CoursesModule } from '../courses/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { AgreementsService } from './agreements.service.js';
import { ConflictFinder } from './conflict-finder.js';
import { EquivalentsService } from './equivalents.service.js';
import { AgreementsController } from './http/agreements.controller.js';
import { EquivalentsController } from './http/equivalents.controller.js';

@Module({
  imports: [InstitutionsModule, CoursesModule],
  controllers: [AgreementsController, EquivalentsController],
  providers: [AgreementsService, ConflictFinder, EquivalentsService],
  exports: [AgreementsService],
})
export class AgreementsModule {}
