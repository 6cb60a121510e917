import type { JWTPayload } from 'jose';
import { Sealer } from '../../src/events/index.js';
import type { Role } from '../../src/access/domain/roles.js';
import { at } from '../../src/kernel/index.js';
import { agreementForm, termsOf } from './agreements.js';
import type { TestClient } from './app.js';
import { courseForm, itemsOf, type Recorded } from './catalogue.js';
import { accountForm, clientForm, creditSystemForm, gradingScaleForm, offeringForm, providerForm } from './access-forms.js';
import { type OAuthApp, startOAuthApp, tokenFor } from './oauth.js';
import { completionForm, handIn, programmeForm, recordEnrolment, recordLearner, type TakenTranscript, transcriptForm } from './students.js';

/**
 * Two institutions with everything that an institution can have, recorded by their own people with their own tokens; two more that share an agreement
 * between themselves alone, and a published one.
 */

/** Ids of one kind of thing each, all in the same hands, by the segment before them in paths. */
export interface Place {
  readonly accounts: string;
  readonly agreements: string;
  readonly clients: string;
  readonly completions: string;
  readonly consents: string;
  readonly courses: string;
  readonly 'credit-systems': string;
  readonly enrolments: string;
  readonly entries: string;
  readonly evaluations: string;
  readonly 'grading-scales': string;
  /** The size of a signed head of the institution's log. */
  readonly heads: string;
  readonly 'home-courses': string;
  readonly identifiers: string;
  readonly 'identity-providers': string;
  readonly institutions: string;
  readonly learners: string;
  readonly offerings: string;
  readonly problems: string;
  readonly programmes: string;
  readonly redemptions: string;
  readonly revisions: string;
  readonly transcripts: string;
}

/** What is on record nowhere. */
const nobody = '0190d7a0-0000-7000-8000-000000000000';

const nothing: Place = {
  accounts: nobody,
  agreements: nobody,
  clients: nobody,
  completions: nobody,
  consents: nobody,
  courses: nobody,
  'credit-systems': 'nothing',
  enrolments: nobody,
  entries: nobody,
  evaluations: nobody,
  'grading-scales': 'nothing',
  heads: '1',
  'home-courses': nobody,
  identifiers: nobody,
  'identity-providers': nobody,
  institutions: nobody,
  learners: nobody,
  offerings: nobody,
  problems: 'nothing',
  programmes: nobody,
  redemptions: nobody,
  revisions: '99',
  transcripts: nobody,
};

/** Kinds of things whose ids are told to nobody else; catalogues and institutions are public. */
const secretKinds = [
  'accounts',
  'agreements',
  'clients',
  'completions',
  'consents',
  'enrolments',
  'entries',
  'evaluations',
  'home-courses',
  'identifiers',
  'identity-providers',
  'learners',
  'redemptions',
  'transcripts',
] as const satisfies readonly (keyof Place)[];

/** Whose the things are that a request is about, as the first institution and its people see it. */
export type Target = 'own' | 'shared' | 'foreign' | 'nonexistent' | 'misplaced' | 'missing';

export interface AccessWorld {
  readonly test: OAuthApp;
  /**
   * `shared`: of the second institution's, a record shared with the first; an agreement of others that they publish. `misplaced`: the first institution's or
   * its student's, and in the path below it something of the second's; `missing`: in its stead something that does not exist.
   */
  readonly places: Readonly<Record<Target, Place>>;
  /** Ids and texts of the second institution that the first never learns. */
  readonly secrets: readonly string[];
  /** A token of somebody with a role at one of the two institutions; a student's is for the learner whose record is `own` there. */
  tokenOf(institution: 0 | 1, role: Role, changed?: JWTPayload): Promise<string>;
}

/** What a learner is called whose record the first institution does not see. */
const canary = 'Nobody Else’s';

export async function buildAccessWorld(environment: Readonly<Record<string, string>> = {}): Promise<AccessWorld> {
  const test = await startOAuthApp({ environment });
  const [first, second] = test.institutions;
  const clientOf = async (institution: string, ...roles: Role[]): Promise<TestClient> =>
    withToken(test.request, await tokenFor(test, { roles, institution }));
  const [mine, theirs] = [await recordPlace(test, clientOf, first), await recordPlace(test, clientOf, second, canary)];
  const agreements = await recordAgreements(test, clientOf);
  const sharing = await recordSharedRecord(test, await clientOf(second, 'registrar'), theirs, first);
  await test.app.get(Sealer).seal();
  const own = { ...mine, agreements: agreements.own, ...(await readLog(await clientOf(first, 'auditor'), first)) };
  const foreign = { ...theirs, agreements: agreements.foreign, ...(await readLog(await clientOf(second, 'auditor'), second)) };
  const above = { institutions: own.institutions, learners: own.learners, agreements: own.agreements };
  const places = {
    own,
    shared: { ...foreign, ...sharing, agreements: agreements.shared },
    foreign,
    nonexistent: nothing,
    misplaced: { ...foreign, ...above },
    missing: { ...nothing, ...above },
  };
  const tokenOf: AccessWorld['tokenOf'] = (which, role, changed) => {
    const { learners: learner, institutions: institution } = which === 0 ? own : foreign;
    if (role === 'operator') return tokenFor(test, { roles: [role] }, changed);
    return tokenFor(test, { roles: [role], ...(role === 'student' ? { learner } : { institution }) }, changed);
  };
  return { test, places, secrets: [canary, ...secretKinds.map((kind) => foreign[kind])], tokenOf };
}

/** Sends every request with a token. */
function withToken(request: TestClient, token: string): TestClient {
  const authorization = `Bearer ${token}`;
  return {
    get: (path) => request.get(path).set({ authorization }),
    post: (path) => request.post(path).set({ authorization }),
    put: (path) => request.put(path).set({ authorization }),
    patch: (path) => request.patch(path).set({ authorization }),
    delete: (path) => request.delete(path).set({ authorization }),
  };
}

type ClientOf = (institution: string, ...roles: Role[]) => Promise<TestClient>;

async function record(client: TestClient, path: string, form: object, status = 201): Promise<string> {
  const answer = await client.post(path).send(form);
  if (answer.status !== status) throw new Error(`POST ${path} answered ${answer.text}`);
  return (answer.body as Recorded).id;
}

/** Everything that an institution and one of its students can have. */
async function recordPlace(test: OAuthApp, clientOf: ClientOf, institutions: string, displayName = 'Li Wei'): Promise<Place> {
  const administrator = await clientOf(institutions, 'administrator');
  const short = institutions.slice(-12);
  const below = `/v1/institutions/${institutions}`;
  const identityProviders = await record(administrator, `${below}/identity-providers`, providerForm(institutions));
  const courses = await record(administrator, '/v1/courses', courseForm(institutions));
  const programmes = await record(administrator, '/v1/programmes', programmeForm(institutions));
  return {
    ...nothing,
    institutions,
    courses,
    programmes,
    problems: 'notFound',
    revisions: '1',
    'identity-providers': identityProviders,
    accounts: await record(administrator, `${below}/accounts`, accountForm(institutions)),
    clients: await record(administrator, `${below}/clients`, clientForm),
    'credit-systems': await record(administrator, '/v1/credit-systems', creditSystemForm(institutions, `unit-${short}`)),
    'grading-scales': await record(administrator, '/v1/grading-scales', gradingScaleForm(institutions, `scale-${short}`)),
    offerings: await record(administrator, '/v1/offerings', offeringForm(courses, institutions)),
    ...(await recordStudent(test, await clientOf(institutions, 'registrar'), { institutions, programmes, displayName })),
  };
}

interface StudentFacts {
  readonly institutions: string;
  readonly programmes: string;
  readonly displayName: string;
}

async function recordStudent(
  test: OAuthApp,
  registrar: TestClient,
  { institutions, programmes, displayName }: StudentFacts,
): Promise<Partial<Place>> {
  const identifiers = [{ scheme: 'student-number', value: '1', institution: institutions, proof: 'registrar' }];
  const { id: learners } = await recordLearner(registrar, { displayName, identifiers });
  const { body: learner } = (await registrar.get(`/v1/learners/${learners}`)) as { body: { identifiers: readonly Recorded[] } };
  const { id: enrolments } = await recordEnrolment(registrar, learners, programmes);
  const below = `/v1/learners/${learners}`;
  const student = withToken(test.request, await tokenFor(test, { roles: ['student'], learner: learners }));
  const transcript = await recordTranscripts(student, registrar, learners, institutions);
  const completions = at(transcript.completions, 0).completion;
  return {
    learners,
    enrolments,
    completions,
    transcripts: transcript.id,
    identifiers: at(learner.identifiers, 0).id,
    consents: await recordConsent(student, below, institutions),
    'home-courses': await record(registrar, `${below}/home-courses`, {
      enrolment: enrolments,
      code: 'MATH 101',
      credits: 6,
      status: 'done',
    }),
    redemptions: await recordLedger(registrar, below, { completion: completions, institution: institutions, programme: 'BSC-CS' }),
    evaluations: await record(registrar, '/v1/evaluations', { kind: 'stored', learner: learners, programme: programmes }, 200),
  };
}

/** The institution hands a transcript in, and so does the student. */
async function recordTranscripts(student: TestClient, registrar: TestClient, learner: string, issuer: string): Promise<TakenTranscript> {
  await handIn(student, learner, transcriptForm(issuer));
  return handIn(registrar, learner, transcriptForm(issuer));
}

/** A consent that was withdrawn already, so that it is not once more. */
async function recordConsent(student: TestClient, below: string, institution: string): Promise<string> {
  const consent = await record(student, `${below}/consents`, { institution });
  await record(student, `${below}/consents/${consent}/withdrawal`, {}, 200);
  return consent;
}

/** A use that was given back already, so that it is neither moved nor undone again, and one that stands. */
async function recordLedger(registrar: TestClient, below: string, use: object): Promise<string> {
  const used = { ...use, decidedOn: '2025-03-01' };
  const undone = await record(registrar, `${below}/redemptions`, used);
  await record(registrar, `${below}/redemptions/${undone}/undo`, { decidedOn: '2025-03-02' });
  await record(registrar, `${below}/redemptions`, { ...used, decidedOn: '2025-03-03' });
  return undone;
}

/** One of the two institutions, and of two others a secret one and a published one. */
async function recordAgreements(test: OAuthApp, clientOf: ClientOf): Promise<Readonly<Record<'own' | 'foreign' | 'shared', string>>> {
  const operator = withToken(test.request, await tokenFor(test, { roles: ['operator'] }));
  const institution = (name: string): Promise<string> =>
    record(operator, '/v1/institutions', { kind: 'university', names: { en: name }, country: 'KE' });
  const others = [await institution('Third'), await institution('Fourth')];
  const [negotiator, other] = [await clientOf(test.institutions[0], 'negotiator'), await clientOf(at(others, 0), 'negotiator')];
  return {
    own: await record(negotiator, '/v1/agreements', agreementForm(termsOf(test.institutions))),
    foreign: await record(other, '/v1/agreements', agreementForm(termsOf(others))),
    shared: await record(other, '/v1/agreements', agreementForm(termsOf(others), { visibility: 'public' })),
  };
}

/** Another student of an institution, who shares a transcript with a second one. */
async function recordSharedRecord(
  test: OAuthApp,
  registrar: TestClient,
  { institutions, programmes }: Place,
  reader: string,
): Promise<Partial<Place>> {
  const { id: learner } = await recordLearner(registrar, { displayName: 'Sari' });
  const { id: enrolment } = await recordEnrolment(registrar, learner, programmes);
  const transcript = await handIn(registrar, learner, transcriptForm(institutions, { completions: [completionForm(institutions)] }));
  const student = withToken(test.request, await tokenFor(test, { roles: ['student'], learner }));
  return {
    learners: learner,
    enrolments: enrolment,
    transcripts: transcript.id,
    completions: at(transcript.completions, 0).completion,
    consents: await record(student, `/v1/learners/${learner}/consents`, { institution: reader }),
  };
}

/** An entry of an institution's log, and its size. */
async function readLog(auditor: TestClient, institution: string): Promise<Pick<Place, 'entries' | 'heads'>> {
  const below = `/v1/institutions/${institution}/audit`;
  const entries = itemsOf<{ readonly entry: Recorded }>(await auditor.get(`${below}/entries?limit=1`).expect(200));
  const { body: head } = (await auditor.get(`${below}/heads/latest`).expect(200)) as { body: { readonly size: number } };
  return { entries: at(entries, 0).entry.id, heads: String(head.size) };
}
