import { Body, Controller, Get, Param, Post, Put, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { asPage, ExpectedVersion, IdPipe, IfMatch, Languages, Paged, WithETag } from '../../platform/index.js';
import { CoursesService } from '../courses.service.js';
import { CourseForm, CoursesQuery, EditionForm } from './course.dto.js';
import { CoursePage, CourseView, courseView } from './course.view.js';

@ApiTags('courses')
@Controller('v1/courses')
export class CoursesController {
  constructor(private readonly courses: CoursesService) {}

  /** Lists editions of courses in the order they were recorded, or searches them by title in any language, Chinese included, or by code. */
  @Get()
  @Paged()
  async list(@Query() query: CoursesQuery, @Languages() languages: readonly string[]): Promise<CoursePage> {
    return asPage(CoursePage, await this.courses.list(query, languages), courseView);
  }

  /** Records an edition of a course. */
  @Post()
  @WithETag()
  async create(@Body() form: CourseForm, @Languages() languages: readonly string[]): Promise<CourseView> {
    return courseView(await this.courses.create(form, languages));
  }

  /** Reads an edition. */
  @Get(':id')
  @WithETag()
  async read(@Param('id', IdPipe) id: string, @Languages() languages: readonly string[]): Promise<CourseView> {
    return courseView(await this.courses.read(id, languages));
  }

  /** Replaces what is recorded of an edition, as long as no agreement refers to it. */
  @Put(':id')
  @WithETag()
  async change(
    @Param('id', IdPipe) id: string,
    @IfMatch() expected: ExpectedVersion,
    @Body() form: CourseForm,
    @Languages() languages: readonly string[],
  ): Promise<CourseView> {
    return courseView(await this.courses.change(id, form, expected, languages));
  }

  /** Opens the next edition of the course, and ends this one, which may be referred to, on the day before. Answers with the new edition. */
  @Post(':id/editions')
  @WithETag()
  async openNext(
    @Param('id', IdPipe) id: string,
    @IfMatch() expected: ExpectedVersion,
    @Body() form: EditionForm,
    @Languages() languages: readonly string[],
  ): Promise<CourseView> {
    return courseView(await this.courses.openNext(id, form, expected, languages));
  }
}
