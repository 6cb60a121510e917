import { Module } from '@nestjs/common';
import { AgreementsModule } from '../agreements/index.js';
import { CoursesModule } from '../courses/index.js';
import { InstitutionsModule } from '../institutions/index.js';
import { LearnersModule } from '../learners/index.js';
import { ProgrammesModule } from '../programmes/index.js';
import { TranscriptsModule } from '../transcripts/index.js';
import { AssistImports } from './documents/assist.js';
import { TesImports } from './documents/tes.js';
import { UoPeopleImports } from './documents/uopeople.js';
import { FileImports } from './file-imports.js';
import { ImportsController } from './http/imports.controller.js';
import { TesExportController } from './http/tes-export.controller.js';
import { ImportsService } from './imports.service.js';
import { NamedCourses } from './recording/named-courses.js';
import { NamedInstitutions } from './recording/named-institutions.js';
import { StatedAgreements } from './recording/stated-agreements.js';
import { TesExportService } from './tes-export.service.js';

@Module({
  imports: [InstitutionsModule, LearnersModule, CoursesModule, ProgrammesModule, TranscriptsModule, AgreementsModule],
  controllers: [ImportsController, TesExportController],
  providers: [
    ImportsService,
    TesExportService,
    FileImports,
    AssistImports,
    TesImports,
    UoPeopleImports,
    NamedInstitutions,
    NamedCourses,
    StatedAgreements,
  ],
  exports: [ImportsService],
})
export class ImportsModule {}
