import { Module } from '@nestjs/common';
import { InstitutionsModule } from '../institutions/index.js';
import { CoursesService } from './courses.service.js';
import { CoursesController } from './http/courses.controller.js';
import { OfferingsController } from './http/offerings.controller.js';
import { OfferingsService } from './offerings.service.js';

@Module({
  imports: [InstitutionsModule],
  controllers: [CoursesController, OfferingsController],
  providers: [CoursesService, OfferingsService],
  exports: [CoursesService, OfferingsService],
})
export class CoursesModule {}
