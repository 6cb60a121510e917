import { ApiProperty } from '@nestjs/swagger';
import type { FieldError, ProblemCode } from '../kernel/index.js';
import { problemCodes } from './problem-texts.js';

/** One invalid field. */
export class FieldErrorView implements FieldError {
  /**
   * JSON Pointer (RFC 6901) into the request body, or the name of a parameter.
   * @example "/titles/en"
   */
  pointer!: string;

  /** What is wrong there. */
  detail!: string;
}

/** A refusal, as RFC 9457 problem details. */
export class ProblemView {
  /**
   * A page that explains the kind of problem.
   * @example "/problems/validationFailed"
   */
  type!: string;

  /** The kind of problem in a few words, in the caller's language. */
  title!: string;

  /** The HTTP status. */
  @ApiProperty({ type: 'integer' })
  status!: number;

  /** A sentence the caller can act on. */
  detail!: string;

  /** The kind of problem, for programs; never translated, never changed. */
  @ApiProperty({ enum: [...problemCodes] })
  code!: ProblemCode;

  /** Every invalid field at once. */
  errors?: FieldErrorView[];

  /** The path that was asked for. */
  instance!: string;
}
