import type { Completion } from '../src/evaluation/domain/index.js';
import type { Rule } from '../src/rules/domain/index.js';
import { randomInstance, type Size } from './instances.js';
import { textAt } from './json.js';

/** A population that the service keeps: learners with completions, a programme, and an agreement whose rules take some of them. */
export interface Population {
  readonly learners: readonly string[];
  readonly programme: string;
}

const date = '2026-09-01';

/** Seeds through the API what a random instance says, with several learners who hold the same courses. */
export async function seedPopulation(url: string, size: Size, firing: number, learners: number): Promise<Population> {
  const record = async (path: string, form: object): Promise<string> => textAt(await post(url, path, form), 'id');
  const { programme, agreements } = randomInstance(size, firing, false, 1);
  const institution = { kind: 'university', country: 'CN' };
  const sender = await record('/v1/institutions', { ...institution, names: { en: 'Sending University' } });
  const receiver = await record('/v1/institutions', { ...institution, names: { en: 'Receiving University' } });
  const { id: _id, institution: _institution, ...form } = programme;
  const programmeId = await record('/v1/programmes', { ...form, institution: receiver });
  for (const { terms } of agreements) {
    const rules = terms.rules.map((rule): Rule => ({ ...rule, from: sender, to: receiver }));
    const revision = { attestedBy: receiver, source: 'Made up for the benchmark', terms: { ...terms, parties: [receiver, sender], rules } };
    await record('/v1/agreements', { title: { en: 'Agreement' }, revision });
  }
  const recorded: string[] = [];
  for (let seed = 0; seed < learners; seed += 1) {
    const learner = await record('/v1/learners', {});
    await record(`/v1/learners/${learner}/enrolments`, { programme: programmeId, admissionDate: '2025-09-01', status: 'active' });
    const { completions } = randomInstance(size, firing, false, seed + 1);
    const rows = completions.map((completion) => statedCompletion(completion, sender));
    await record(`/v1/learners/${learner}/transcripts`, { issuer: sender, issuedOn: '2026-02-01', completions: rows });
    recorded.push(learner);
  }
  return { learners: recorded, programme: programmeId };
}

function statedCompletion({ code, credits, creditSystem, outcome, completedOn, evidence }: Completion, provider: string): object {
  const { identityVerified, proctored } = evidence;
  return { provider, code, credits, creditSystem, outcome, completedOn, evidence: { identityVerified, proctored } };
}

/** The body of an evaluation by ids. */
export function evaluationBody(learner: string, { programme }: Population, suggestions: boolean): string {
  return JSON.stringify({ kind: 'stored', learner, programme, requestDate: date, suggestions });
}

export async function postText(url: string, path: string, body: string): Promise<string> {
  const answer = await fetch(`${url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`POST ${path} answered ${String(answer.status)}: ${text.slice(0, 2000)}`);
  return text;
}

async function post(url: string, path: string, form: object): Promise<unknown> {
  const document: unknown = JSON.parse(await postText(url, path, JSON.stringify(form)));
  return document;
}
