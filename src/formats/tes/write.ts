import type { CalendarDate } from '../../kernel/index.js';
import { maximumTesCourses, receiveCourseColumns, sendCourseColumns, tesColumns, type TesRow } from './row.js';

/** A line of the file, or why the row cannot be one. */
export type TesLine =
  { readonly kind: 'line'; readonly text: string } | { readonly kind: 'unwritable'; readonly field: string; readonly detail: string };

/** The first line of every file. */
export const tesHeader = `${tesColumns.join('|')}\r\n`;

/**
 * Writes one row. The format knows neither quotes nor escapes: a text that holds a bar or a line break, or that would be read as something else
 * (NULL, a quoted text), cannot be written, nor can more than ten courses.
 */
export function writeTesRow(row: TesRow): TesLine {
  for (const [column, courses] of [
    ['SendCourseCode1', row.sendingCourses],
    ['ReceiveCourseCode1', row.receivingCourses],
  ] as const) {
    if (courses.length > maximumTesCourses) {
      return {
        kind: 'unwritable',
        field: column,
        detail: `takes at most ${String(maximumTesCourses)} courses, not ${String(courses.length)}`,
      };
    }
  }
  const cells = cellsOf(row);
  const fields = tesColumns.map((column) => cells.get(column) ?? '');
  const wrong = fields.findIndex((field) => /[|\r\n]/.test(field) || field.trim() !== field || /^(NULL|".*")$/.test(field));
  if (wrong < 0) return { kind: 'line', text: `${fields.join('|')}\r\n` };
  const detail = 'cannot hold a bar, a line break, blanks at its ends, quotes around it, or NULL';
  return { kind: 'unwritable', field: tesColumns[wrong] ?? '', detail };
}

function cellsOf(row: TesRow): Map<string, string> {
  return new Map([
    ['InstitutionCodeType', row.codeType],
    ['SendInstitutionCode', row.sending.code],
    ['SendInstitutionName', row.sending.name],
    ['SendInstitutionCity', row.sending.city],
    ['SendInstitutionState', row.sending.state],
    ['SendInstitutionCountry', row.sending.country],
    ['EQValidDateStart', monthDayYear(row.validity.from)],
    ['EQValidDateEnd', monthDayYear(row.validity.until)],
    ...row.sendingCourses.map((code, index): [string, string] => [sendCourseColumns[index] ?? '', code]),
    ['ReceiveInstitutionCode', row.receiving.code],
    ['ReceiveInstitutionName', row.receiving.name],
    ...row.receivingCourses.map((code, index): [string, string] => [receiveCourseColumns[index] ?? '', code]),
    ['CommentsPrivate', row.privateComments],
    ['CommentsPublic', row.publicComments],
    ['HideFlag', row.hidden ? '1' : '0'],
  ]);
}

/** 1999-09-01 as 9/1/1999. */
function monthDayYear(date: CalendarDate | undefined): string {
  if (date === undefined) return '';
  const [year = '', month = '', day = ''] = date.split('-');
  return `${String(Number(month))}/${String(Number(day))}/${year}`;
}
