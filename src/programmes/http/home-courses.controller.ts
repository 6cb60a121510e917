import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { asPage, ExpectedVersion, IdPipe, IfMatch, Paged, WithETag } from '../../platform/index.js';
import { HomeCoursesService } from '../home-courses.service.js';
import { homeCourseDetails, HomeCourseForm, HomeCoursesQuery } from './home-course.dto.js';
import { HomeCoursePage, HomeCourseView, homeCourseView } from './home-course.view.js';

@ApiTags('learners')
@Controller('v1/learners/:learnerId/home-courses')
export class HomeCoursesController {
  constructor(private readonly homeCourses: HomeCoursesService) {}

  /** Lists the courses of a learner's home records in the order they were recorded. */
  @Get()
  @Paged()
  async list(@Param('learnerId', IdPipe) learnerId: string, @Query() query: HomeCoursesQuery): Promise<HomeCoursePage> {
    return asPage(HomeCoursePage, await this.homeCourses.list(learnerId, query), homeCourseView);
  }

  /** Puts a course on a home record. */
  @Post()
  @WithETag()
  async create(@Param('learnerId', IdPipe) learnerId: string, @Body() form: HomeCourseForm): Promise<HomeCourseView> {
    return homeCourseView(await this.homeCourses.create(learnerId, homeCourseDetails(form)));
  }

  /** Reads a course of a home record. */
  @Get(':id')
  @WithETag()
  async read(@Param('learnerId', IdPipe) learnerId: string, @Param('id', IdPipe) id: string): Promise<HomeCourseView> {
    return homeCourseView(await this.homeCourses.read(learnerId, id));
  }

  /** Replaces what is recorded of a home course. */
  @Put(':id')
  @WithETag()
  async change(
    @Param('learnerId', IdPipe) learnerId: string,
    @Param('id', IdPipe) id: string,
    @IfMatch() expected: ExpectedVersion,
    @Body() form: HomeCourseForm,
  ): Promise<HomeCourseView> {
    return homeCourseView(await this.homeCourses.change(learnerId, id, homeCourseDetails(form), expected));
  }

  /** Takes a course off a home record. */
  @Delete(':id')
  @HttpCode(204)
  remove(
    @Param('learnerId', IdPipe) learnerId: string,
    @Param('id', IdPipe) id: string,
    @IfMatch() expected: ExpectedVersion,
  ): Promise<void> {
    return this.homeCourses.remove(learnerId, id, expected);
  }
}
