import { HttpException } from '@nestjs/common';
import { Problem, type ProblemCode, problemStatus } from '../kernel/index.js';
import { problemOfDatabaseError } from './constraints.js';
import { messageLanguage } from './languages.js';
import { problemCodes, problemTexts } from './problem-texts.js';
import type { ProblemView } from './problem.view.js';

export const problemMediaType = 'application/problem+json';

const codeOfStatus = new Map<number, ProblemCode>([
  // A path that is too long names nothing.
  [414, 'notFound'],
  [422, 'validationFailed'],
]);
for (const code of problemCodes) {
  if (!codeOfStatus.has(problemStatus[code])) codeOfStatus.set(problemStatus[code], code);
}

/** What the framework refuses has a status and a message; the message names its libraries, so the code's own sentence takes its place. */
function problemOfStatus(status: number): Problem | undefined {
  const code = codeOfStatus.get(status) ?? (status >= 400 && status < 500 ? 'malformed' : undefined);
  return code === undefined ? undefined : new Problem(code, problemTexts[code].en.meaning);
}

function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  // Errors of Fastify carry the status they mean to answer.
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : undefined;
}

/** The refusal that an error means; whatever is none is a defect of ours, and says no more than that. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return (
    problemOfDatabaseError(error) ?? problemOfStatus(statusOf(error) ?? 500) ?? new Problem('internal', problemTexts.internal.en.meaning)
  );
}

/** The RFC 9457 body of a refusal, its title in the first of the caller's languages that we speak. */
export function problemBody(problem: Problem, url: string, languages: readonly string[]): ProblemView {
  return {
    type: `/problems/${problem.code}`,
    title: problemTexts[problem.code][messageLanguage(languages)].title,
    status: problem.status,
    detail: problem.detail,
    code: problem.code,
    ...(problem.errors.length === 0 ? {} : { errors: [...problem.errors] }),
    instance: url.split('?')[0] ?? url,
  };
}
