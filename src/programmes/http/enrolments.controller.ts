import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { asPage, ExpectedVersion, IdPipe, IfMatch, Paged, WithETag } from '../../platform/index.js';
import { EnrolmentsService } from '../enrolments.service.js';
import { EnrolmentForm, EnrolmentsQuery } from './enrolment.dto.js';
import { EnrolmentPage, EnrolmentView, enrolmentView } from './enrolment.view.js';

@ApiTags('learners')
@Controller('v1/learners/:learnerId/enrolments')
export class EnrolmentsController {
  constructor(private readonly enrolments: EnrolmentsService) {}

  /** Lists a learner's enrolments in the order they were recorded. */
  @Get()
  @Paged()
  async list(@Param('learnerId', IdPipe) learnerId: string, @Query() query: EnrolmentsQuery): Promise<EnrolmentPage> {
    return asPage(EnrolmentPage, await this.enrolments.list(learnerId, query), enrolmentView);
  }

  /** Records that a learner is enrolled in a programme. */
  @Post()
  @WithETag()
  async create(@Param('learnerId', IdPipe) learnerId: string, @Body() form: EnrolmentForm): Promise<EnrolmentView> {
    return enrolmentView(await this.enrolments.create(learnerId, form));
  }

  /** Reads an enrolment. */
  @Get(':id')
  @WithETag()
  async read(@Param('learnerId', IdPipe) learnerId: string, @Param('id', IdPipe) id: string): Promise<EnrolmentView> {
    return enrolmentView(await this.enrolments.read(learnerId, id));
  }

  /** Replaces what is recorded of an enrolment; its programme stays. */
  @Put(':id')
  @WithETag()
  async change(
    @Param('learnerId', IdPipe) learnerId: string,
    @Param('id', IdPipe) id: string,
    @IfMatch() expected: ExpectedVersion,
    @Body() form: EnrolmentForm,
  ): Promise<EnrolmentView> {
    return enrolmentView(await this.enrolments.change(learnerId, id, form, expected));
  }

  /** Removes an enrolment that was recorded by mistake; its home record must be empty. */
  @Delete(':id')
  @HttpCode(204)
  remove(
    @Param('learnerId', IdPipe) learnerId: string,
    @Param('id', IdPipe) id: string,
    @IfMatch() expected: ExpectedVersion,
  ): Promise<void> {
    return this.enrolments.remove(learnerId, id, expected);
  }
}
