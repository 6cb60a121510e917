import type { Response } from 'supertest';
import type { ImportReport } from '../../src/imports/index.js';
import type { TestClient } from './app.js';

/** Imports over HTTP, and their reports as tests read them. */

export const ndjson = 'application/x-ndjson';
export const csv = 'text/csv';

/** Sends a file; the answer is the report. */
export async function importFile(request: TestClient, path: string, mediaType: string, file: string): Promise<ReportRead> {
  const answer = await request.post(`/v1/imports/${path}`).set('content-type', mediaType).send(file).expect(200);
  return reportOf(answer);
}

/** A report with its exceptions as HTTP shows them. */
export type ReportRead = Omit<ImportReport, 'exceptions'> & {
  readonly exceptions: readonly { readonly code: string; readonly pointer?: string; readonly line?: number; readonly detail: string }[];
};

export function reportOf(answer: Response): ReportRead {
  return answer.body as ReportRead;
}

/** What became of the resources of a kind, without the zeros. */
export function countsOf(report: ReportRead, resource: string): Readonly<Record<string, number>> {
  const found = report.counts.find((counts) => counts.resource === resource);
  return Object.fromEntries(
    Object.entries(found ?? {}).flatMap(([change, count]) => (typeof count === 'number' && count > 0 ? [[change, count]] : [])),
  );
}

export function lines(...rows: readonly unknown[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}
