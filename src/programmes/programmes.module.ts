import { Module } from '@nestjs/common';
import { InstitutionsModule } from '../institutions/index.js';
import { LearnersModule } from '../learners/index.js';
import { EnrolmentsService } from './enrolments.service.js';
import { HomeCoursesService } from './home-courses.service.js';
import { EnrolmentsController } from './http/enrolments.controller.js';
import { HomeCoursesController } from './http/home-courses.controller.js';
import { ProgrammesController } from './http/programmes.controller.js';
import { ProgrammesService } from './programmes.service.js';

@Module({
  imports: [InstitutionsModule, LearnersModule],
  controllers: [ProgrammesController, EnrolmentsController, HomeCoursesController],
  providers: [ProgrammesService, EnrolmentsService, HomeCoursesService],
  exports: [ProgrammesService, EnrolmentsService, HomeCoursesService],
})
export class ProgrammesModule {}
