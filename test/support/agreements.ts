import type { AgreementTerms } from '../../src/agreements/domain/index.js';
import type { Rule } from '../../src/rules/domain/index.js';
import type { TestClient } from './app.js';
import type { Recorded } from './catalogue.js';
import { agreement } from './rule-builders.js';

/** Agreements for tests, recorded over HTTP. */

type Fields = Readonly<Record<string, unknown>>;

/** Terms between two or more institutions, in force from 2020 on, so that a test changes only what it is about. */
export function termsOf(parties: readonly string[], rules: readonly Rule[] = [], rest: Partial<AgreementTerms> = {}): AgreementTerms {
  return agreement(rules, { parties, period: { from: '2020-01-01' }, ...rest });
}

/** A revision that the first party vouches for. */
export function revisionForm(terms: AgreementTerms, fields: Fields = {}): Fields {
  return { attestedBy: terms.parties[0], source: 'Memorandum of 12 March 2026, annex B', terms, ...fields };
}

export function agreementForm(terms: AgreementTerms, fields: Fields = {}): Fields {
  return { title: { en: 'Credit recognition', zh: '学分互认' }, revision: revisionForm(terms), ...fields };
}

export async function recordAgreement(request: TestClient, terms: AgreementTerms, fields: Fields = {}): Promise<Recorded> {
  const { body } = (await request.post('/v1/agreements').send(agreementForm(terms, fields)).expect(201)) as { body: Recorded };
  return body;
}

export async function recordRevision(
  request: TestClient,
  agreementId: string,
  terms: AgreementTerms,
): Promise<{ readonly number: number }> {
  const answer = await request.post(`/v1/agreements/${agreementId}/revisions`).send(revisionForm(terms)).expect(201);
  return answer.body as { readonly number: number };
}
