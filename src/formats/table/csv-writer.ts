/**
 * Writes a table as CSV (RFC 4180, UTF-8 without a byte order mark, CRLF): the header, then a record for each row. A field is quoted where it has to
 * be, and where it is blank, so that a record of blank fields is no blank line.
 */
export async function* writeCsv(
  header: readonly string[],
  rows: AsyncIterable<readonly string[]> | Iterable<readonly string[]>,
): AsyncGenerator<string> {
  yield csvLine(header);
  for await (const row of rows) yield csvLine(row);
}

function csvLine(fields: readonly string[]): string {
  const line = fields.map((field) => (/[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)).join(',');
  return `${line.trim() === '' && !line.includes(',') ? `"${line}"` : line}\r\n`;
}
