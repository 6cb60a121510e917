import type { TestClient } from './app.js';
import type { Recorded } from './catalogue.js';

/** Learners, programmes and what belongs to them for tests, recorded over HTTP. */

type Fields = Readonly<Record<string, unknown>>;

async function record(request: TestClient, path: string, form: Fields): Promise<Recorded> {
  const { body } = (await request.post(path).send(form).expect(201)) as { body: Recorded };
  return body;
}

export function recordLearner(request: TestClient, fields: Fields = {}): Promise<Recorded> {
  return record(request, '/v1/learners', fields);
}

/** A small programme that is right in every field, so that a test changes only what it is about. */
export function programmeForm(institution: string, fields: Fields = {}): Fields {
  return {
    institution,
    code: 'BSC-CS',
    catalogueYear: 2025,
    title: { en: 'Computer Science', zh: '计算机科学' },
    creditSystem: 'ects',
    totalCredits: 180,
    requirements: {
      kind: 'all',
      id: 'degree',
      of: [
        { kind: 'course', id: 'algorithms', codes: ['CS 201'], credits: 6 },
        { kind: 'freeElectives', id: 'electives', credits: 174 },
      ],
    },
    policy: { maximumTransferredShare: '1/2', minimumGrades: [{ scale: 'us-letter', value: 'C' }] },
    ...fields,
  };
}

export function recordProgramme(request: TestClient, institution: string, fields: Fields = {}): Promise<Recorded> {
  return record(request, '/v1/programmes', programmeForm(institution, fields));
}

export function recordEnrolment(request: TestClient, learner: string, programme: string, fields: Fields = {}): Promise<Recorded> {
  const form = { programme, admissionDate: '2024-09-01', status: 'active', ...fields };
  return record(request, `/v1/learners/${learner}/enrolments`, form);
}

/** A transcript of one course that a student has passed. */
export function transcriptForm(issuer: string, fields: Fields = {}): Fields {
  return { issuer, issuedOn: '2025-02-28', completions: [completionForm(issuer)], ...fields };
}

export function completionForm(provider: string, fields: Fields = {}): Fields {
  return { provider, code: 'POV 101', outcome: 'achieved', completedOn: '2024-12-20', ...fields };
}

/** What a test reads of a transcript that was taken in. */
export interface TakenTranscript extends Recorded {
  readonly completions: readonly { readonly completion: string }[];
}

export async function handIn(request: TestClient, learner: string, form: Fields): Promise<TakenTranscript> {
  const { body } = (await request.post(`/v1/learners/${learner}/transcripts`).send(form).expect(201)) as { body: TakenTranscript };
  return body;
}
