import { demoSecret } from '../access/index.js';
import type { RecordedStudent } from './seed.js';

/** Where a start has led to. */
export interface Started {
  /** `http://127.0.0.1:3000` */
  readonly url: string;
  /** Where the data lie: a folder, or whose server. */
  readonly data: string;
  /** Of the demonstration; none where the database holds other data. */
  readonly students: readonly RecordedStudent[];
}

/** The day of the request in the proposed evaluation: given, so that the answer is the same whenever it is asked for. */
export const requestDate = '2026-10-15';

/** What a person who has started the service reads. */
export function welcome({ url, data, students }: Started): string {
  const [student] = students;
  return [
    '',
    'The Credit Recognition API is running.',
    '',
    `  address        ${url}`,
    `  documentation  ${url}/docs`,
    `  data           ${data}`,
    '',
    ...(student === undefined ? ['There are other data in the database, so no demonstration data were loaded.'] : proposal(url, student)),
    '',
  ].join('\n');
}

/** Two commands, one line for each argument, to be copied whole. */
function proposal(url: string, { name, learner, programme, registrarSystem }: RecordedStudent): string[] {
  const request = JSON.stringify({ kind: 'stored', learner, programme, requestDate });
  return [
    `Which of the courses that ${name} took elsewhere count at home? Get a token as the registrar's system, and ask.`,
    '(Agreements, programmes, students and the client with its secret are of the demonstration.)',
    '',
    `TOKEN=$(curl -s ${url}/oauth/token -u ${registrarSystem}:${demoSecret} \\`,
    `  -d grant_type=client_credentials -d scope='evaluations:write learners:read transcripts:read' \\`,
    `  | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`,
    '',
    `curl -s ${url}/v1/evaluations -H "Authorization: Bearer $TOKEN" \\`,
    `  -H 'Content-Type: application/json' -H 'Accept-Language: en' \\`,
    `  -d '${request}'`,
    '',
    'The answer ends with its explanation; ask for zh or fr instead of en to read it in Chinese or French.',
    `People log in by the Authorize button of ${url}/docs; the log-in page lists them.`,
  ];
}
