import { Module } from '@nestjs/common';
import { CreditSystemsController } from './http/credit-systems.controller.js';
import { GradingScalesController } from './http/grading-scales.controller.js';
import { InstitutionsController } from './http/institutions.controller.js';
import { InstitutionsService } from './institutions.service.js';
import { CreditSystemsService, GradingScalesService } from './measures.service.js';
import { ShippedData } from './shipped-data.js';

@Module({
  controllers: [CreditSystemsController, GradingScalesController, InstitutionsController],
  providers: [CreditSystemsService, GradingScalesService, InstitutionsService, ShippedData],
  exports: [CreditSystemsService, GradingScalesService, InstitutionsService],
})
export class InstitutionsModule {}
