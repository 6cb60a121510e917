import { Module } from '@nestjs/common';
import { InstitutionsModule } from '../institutions/index.js';
import { LearnersController } from './http/learners.controller.js';
import { LearnersService } from './learners.service.js';

@Module({
  imports: [InstitutionsModule],
  controllers: [LearnersController],
  providers: [LearnersService],
  exports: [LearnersService],
})
export class LearnersModule {}
