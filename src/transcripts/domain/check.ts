import { type FieldError, type GradingScale, isCalendarDate, rankOf } from '../../kernel/index.js';
import type { StatedCompletion } from './completion.js';

/** What the statements of a transcript may refer to: what exists of what they name. */
export interface KnownReferences {
  readonly institutions: ReadonlySet<string>;
  readonly creditSystems: ReadonlySet<string>;
  readonly gradingScales: ReadonlyMap<string, GradingScale>;
}

/** Everything in a transcript's rows that cannot be; pointers are relative to the list of rows. Empty: nothing is wrong. */
export function checkRows(rows: readonly StatedCompletion[], known: KnownReferences): FieldError[] {
  return rows.flatMap((row, index) =>
    [...checkReferences(row, known), ...checkGrade(row, known), ...checkDates(row)].map((error) => ({
      pointer: `/${String(index)}${error.pointer}`,
      detail: error.detail,
    })),
  );
}

function checkReferences(row: StatedCompletion, known: KnownReferences): FieldError[] {
  const errors: FieldError[] = [];
  if (!known.institutions.has(row.provider)) errors.push({ pointer: '/provider', detail: 'is no institution known here' });
  if (row.platform !== undefined && !known.institutions.has(row.platform)) {
    errors.push({ pointer: '/platform', detail: 'is no institution known here' });
  }
  if (row.credits !== undefined && !known.creditSystems.has(row.credits.creditSystem)) {
    errors.push({ pointer: '/creditSystem', detail: `"${row.credits.creditSystem}" is no credit system known here` });
  }
  return errors;
}

function checkGrade(row: StatedCompletion, known: KnownReferences): FieldError[] {
  if (row.grade === undefined) return [];
  const scale = known.gradingScales.get(row.grade.scale);
  if (scale === undefined) return [{ pointer: '/grade/scale', detail: `"${row.grade.scale}" is no grading scale known here` }];
  if (rankOf(scale, row.grade.value) !== undefined) return [];
  return [{ pointer: '/grade/value', detail: `"${row.grade.value}" is not a grade of the scale ${scale.name}` }];
}

function checkDates(row: StatedCompletion): FieldError[] {
  const { enrolledOn, completedOn } = row;
  if (enrolledOn === undefined || completedOn === undefined || !isCalendarDate(enrolledOn) || !isCalendarDate(completedOn)) return [];
  return completedOn < enrolledOn ? [{ pointer: '/completedOn', detail: 'is before the date of enrolment' }] : [];
}
