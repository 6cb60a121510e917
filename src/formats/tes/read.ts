import { type CalendarDate, isCalendarDate, isEmptyPeriod, type Period } from '../../kernel/index.js';
import { maximumLineBytes, readLines, rowError, rowValue, type Row } from '../lines/index.js';
import { receiveCourseColumns, sendCourseColumns, tesCodeTypes, tesColumns, type TesRow } from './row.js';

/**
 * Reads a TES flat file from a stream of UTF-8 bytes: pipe-delimited, no quotes, the first line names the columns (in any order, all of them).
 * What is wrong with a row is reported with its line and column, and reading goes on; a wrong header ends it.
 */
export async function* readTes(bytes: AsyncIterable<Uint8Array>, maximumBytes = maximumLineBytes): AsyncGenerator<Row<TesRow>> {
  let header: readonly string[] | undefined;
  for await (const row of readLines(bytes, maximumBytes)) {
    if (row.kind === 'error') {
      yield row;
      if (header === undefined) return;
      continue;
    }
    const text = row.value.replace(/\r$/, '');
    if (header === undefined) {
      const names = text.split('|').map(columnNamed);
      const fault = headerFault(text, names);
      if (fault !== undefined) {
        yield rowError(row.line, 'columns', fault);
        return;
      }
      header = names;
    } else if (text.trim() !== '') yield readRow(row.line, text, header);
  }
}

/** The column of this name, whatever its case; a name that is none of them stays as it is. */
function columnNamed(name: string): string {
  return tesColumns.find((column) => column.toLowerCase() === name.trim().toLowerCase()) ?? name.trim();
}

function headerFault(text: string, names: readonly string[]): string | undefined {
  const unknown = names.find((name) => !tesColumns.includes(name));
  if (unknown !== undefined) return `"${unknown.slice(0, 60)}" is not a column of this format`;
  const missing = tesColumns.find((column) => !names.includes(column));
  if (missing !== undefined) return `must name the column ${missing}`;
  return names.length > tesColumns.length ? 'must not name a column twice' : undefined;
}

class RowReader {
  readonly cells: ReadonlyMap<string, string>;
  fault: { readonly field: string; readonly detail: string } | undefined;

  constructor(header: readonly string[], fields: readonly string[]) {
    // NULL is how database exports write a blank field.
    this.cells = new Map(header.map((name, index) => [name, (fields[index] ?? '').trim().replace(/^NULL$/, '')]));
  }

  text(column: string): string {
    const text = this.cells.get(column) ?? '';
    if (text.length > 1 && text.startsWith('"') && text.endsWith('"')) this.reject(column, 'must not be quoted');
    return text;
  }

  required(column: string): string {
    const text = this.text(column);
    if (text === '') this.reject(column, 'must not be blank');
    return text;
  }

  oneOf<const T extends string>(column: string, choices: readonly [T, ...T[]]): T {
    const text = this.required(column).toUpperCase();
    const choice = choices.find((candidate) => candidate === text);
    if (choice === undefined) this.reject(column, `must be one of ${choices.join(', ')}`);
    return choice ?? choices[0];
  }

  flag(column: string): boolean {
    const text = this.text(column);
    if (!['', '0', '1'].includes(text)) this.reject(column, 'must be 0 or 1');
    return text === '1';
  }

  courses(columns: readonly string[]): string[] {
    return columns.map((column) => this.text(column)).filter((code) => code !== '');
  }

  period(startColumn: string, endColumn: string): Period {
    const [from, until] = [this.date(startColumn), this.date(endColumn)];
    const period = { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) };
    if (isEmptyPeriod(period)) this.reject(endColumn, `must not be before ${startColumn}`);
    return period;
  }

  private date(column: string): CalendarDate | undefined {
    const text = this.text(column);
    if (text === '') return undefined;
    const date = readDate(text);
    if (date === undefined) this.reject(column, 'must be a date such as 9/1/1999 (month, day, year) or 1999-09-01');
    return date;
  }

  /** The first fault of a row is the one that is reported. */
  private reject(field: string, detail: string): void {
    this.fault ??= { field, detail };
  }
}

function readDate(text: string): CalendarDate | undefined {
  const [, month = '', day = '', year = ''] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? [];
  const date = year === '' ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return isCalendarDate(date) ? date : undefined;
}

function readRow(line: number, text: string, header: readonly string[]): Row<TesRow> {
  const fields = text.split('|');
  if (fields.length !== header.length) {
    return rowError(line, 'columns', `must have ${String(header.length)} fields as the header has, not ${String(fields.length)}`);
  }
  const row = new RowReader(header, fields);
  const value: TesRow = {
    codeType: row.oneOf('InstitutionCodeType', tesCodeTypes),
    sending: {
      code: row.required('SendInstitutionCode'),
      name: row.text('SendInstitutionName'),
      city: row.text('SendInstitutionCity'),
      state: row.text('SendInstitutionState'),
      country: row.text('SendInstitutionCountry'),
    },
    validity: row.period('EQValidDateStart', 'EQValidDateEnd'),
    sendingCourses: row.courses(sendCourseColumns),
    receiving: { code: row.required('ReceiveInstitutionCode'), name: row.text('ReceiveInstitutionName') },
    receivingCourses: row.courses(receiveCourseColumns),
    privateComments: row.text('CommentsPrivate'),
    publicComments: row.text('CommentsPublic'),
    hidden: row.flag('HideFlag'),
  };
  return row.fault === undefined ? rowValue(line, value) : rowError(line, 'malformed', row.fault.detail, row.fault.field);
}
