import type { AgreementTerms } from '../../src/agreements/domain/index.js';
import type { Rule, Source } from '../../src/rules/domain/index.js';
import { termsOf } from './agreements.js';
import type { TestClient } from './app.js';
import { recordCourse, recordInstitution } from './catalogue.js';
import { code, course, credit, rule } from './rule-builders.js';

/** A college and a university where its students go on, with courses of theirs, and what they agree. */
export interface Articulation {
  readonly langara: string;
  readonly ubc: string;
  /** An institution that has nothing to do with them. */
  readonly elsewhere: string;
  /** The edition of MATH 1273 at Langara. */
  readonly math1273: string;
  /** A rule from Langara to UBC. */
  readonly articulated: (id: string, source: Source, rest?: Partial<Rule>) => Rule;
  readonly terms: (rules: readonly Rule[], rest?: Partial<AgreementTerms>) => AgreementTerms;
  readonly oneRule: () => AgreementTerms;
}

export async function recordArticulation(request: TestClient): Promise<Articulation> {
  const institution = (name: string) => recordInstitution(request, { names: { en: name }, country: 'CA' });
  const { id: langara } = await institution('Langara College');
  const { id: ubc } = await institution('University of British Columbia');
  const { id: elsewhere } = await institution('Elsewhere');
  const { id: math1273 } = await recordCourse(request, langara, { code: 'MATH 1273' });
  await recordCourse(request, langara, { code: 'SPAN 1205', validity: { from: '1995-01-01', until: '2004-12-31' } });
  await recordCourse(request, ubc, { code: 'MATH 101' });
  const articulated: Articulation['articulated'] = (id, source, rest = {}) =>
    rule(id, source, credit(course('MATH 101', 3)), { from: langara, to: ubc, validity: { from: '2020-01-01' }, ...rest });
  const terms: Articulation['terms'] = (rules, rest = {}) => termsOf([langara, ubc], rules, rest);
  const oneRule = () => terms([articulated('calculus', code('math1273'))]);
  return { langara, ubc, elsewhere, math1273, articulated, terms, oneRule };
}
