/**
 * A refusal: thrown where a rule of the system is broken by its caller, written by one filter as
 * `application/problem+json` (RFC 9457). A business outcome is a value, never a Problem.
 */

/** The closed list of problem codes with the HTTP status each one answers. */
export const problemStatus = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  validationFailed: 422,
  notFound: 404,
  notAcceptable: 406,
  conflict: 409,
  preconditionFailed: 412,
  tooLarge: 413,
  unsupportedMediaType: 415,
  ruleViolated: 422,
  idempotencyKeyReused: 422,
  preconditionRequired: 428,
  rateLimited: 429,
  internal: 500,
  unavailable: 503,
} as const;

export type ProblemCode = keyof typeof problemStatus;

/** One invalid field: a JSON Pointer (RFC 6901) into the request body, or the name of a parameter, and what is wrong there. */
export interface FieldError {
  readonly pointer: string;
  readonly detail: string;
}

export class Problem extends Error {
  override readonly name = 'Problem';

  constructor(
    readonly code: ProblemCode,
    /** A sentence the caller can act on. */
    readonly detail: string,
    readonly errors: readonly FieldError[] = [],
  ) {
    super(detail);
  }

  get status(): number {
    return problemStatus[this.code];
  }
}
