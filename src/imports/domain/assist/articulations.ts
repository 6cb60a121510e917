import type { AssistAgreement, AssistArticulation } from '../../../formats/assist/index.js';
import { normaliseCode } from '../../../kernel/index.js';
import type { Rule, Statement } from '../../../rules/domain/index.js';
import type { ListedException, ListedExceptionCode } from '../listed-exception.js';
import { codeOf } from './catalogue.js';
import type { ArticulationFate, AssistIds } from './result.js';
import { type Articulated, ruleIdOf, rulesOf } from './rules.js';
import { keyOf, sourceSetsOf, type SourceSet } from './source-sets.js';

export interface ArticulationImport {
  readonly rules: readonly Rule[];
  readonly statements: readonly Statement[];
  /** One for each articulation, in the order of the file. */
  readonly fates: readonly ArticulationFate[];
  readonly exceptions: readonly ListedException[];
}

/** Sets that join others are not those of any one articulation: where they have no rule, the whole says so. */
function joinsLeftOut(tooLarge: readonly SourceSet[], complete: boolean): ListedException[] {
  const list = '/result/articulations';
  const exceptions = tooLarge.map((set) => exception('tooLarge', list, `${keyOf(set)} earn more courses together than one rule can hold`));
  return complete ? exceptions : [...exceptions, exception('tooLarge', list, 'its course sets overlap in too many ways for a rule each')];
}

/** What one articulation says, before rules are made of all of them. */
type Reading = { readonly pointer: string } & (
  | { readonly kind: 'articulated'; readonly line: Articulated }
  | { readonly kind: 'statements'; readonly statements: readonly Statement[] }
  | { readonly kind: 'exceptions'; readonly exceptions: readonly ListedException[] }
);

/** The two reasons that ASSIST gives for a course without articulation, and what each says. */
const statementKinds: Readonly<Record<string, Statement['kind']>> = {
  'This course must be taken at the university after transfer': 'takeAfterTransfer',
  'No Course Articulated': 'noArticulation',
};

/** Every articulation becomes rules, or statements about its receiving courses, or an exception. */
export function importArticulations(agreement: AssistAgreement, ids: AssistIds): ArticulationImport {
  const readings = agreement.articulations.map(readArticulation);
  const { rules, tooLarge, complete } = rulesOf(
    readings.flatMap((reading) => (reading.kind === 'articulated' ? [reading.line] : [])),
    ids,
  );
  const missing = new Set(tooLarge.map(keyOf));
  const decided = readings.map((reading) => decide(reading, missing));
  return {
    rules,
    statements: distinctStatements(readings),
    fates: decided.map(({ fate }) => fate),
    exceptions: [
      ...decided.flatMap(({ exceptions }) => exceptions),
      ...agreement.articulations.flatMap(remarksOf),
      ...joinsLeftOut(tooLarge, complete),
    ],
  };
}

function exception(code: ListedExceptionCode, pointer: string, detail: string): ListedException {
  return { code, where: { pointer }, detail };
}

function readArticulation(articulation: AssistArticulation): Reading {
  const { pointer, receiving, groups, noArticulationReason: reason } = articulation;
  const listed = (code: ListedExceptionCode, detail: string): Reading => ({
    pointer,
    kind: 'exceptions',
    exceptions: [exception(code, pointer, detail)],
  });
  if (receiving.kind === 'unknown') return listed('unknownPart', `an articulation of the type "${receiving.type}" is not known`);
  if (groups.length === 0) {
    if (reason === undefined) return listed('incomplete', 'names neither sending courses nor a reason why there are none');
    const kind = statementKinds[reason];
    if (kind === undefined) return listed('unknownPart', `the reason "${reason}" is not known`);
    const courses = receiving.kind === 'Course' ? [receiving.course] : receiving.courses;
    return { pointer, kind: 'statements', statements: courses.map((course) => ({ target: codeOf(course), kind, reason: { en: reason } })) };
  }
  if (reason !== undefined) return listed('contradiction', `names sending courses and says "${reason}"`);
  const sources = sourceSetsOf(articulation);
  if (sources.kind === 'exceptions') return { pointer, kind: 'exceptions', exceptions: sources.exceptions };
  return { pointer, kind: 'articulated', line: { receiving, sets: sources.sets } };
}

/** What became of an articulation, once it is known which rules could not be made. */
function decide(reading: Reading, missing: ReadonlySet<string>): { fate: ArticulationFate; exceptions: readonly ListedException[] } {
  const { pointer } = reading;
  switch (reading.kind) {
    case 'statements':
      return { fate: { pointer, kind: 'statement' }, exceptions: [] };
    case 'exceptions':
      return { fate: { pointer, kind: 'exception' }, exceptions: reading.exceptions };
    case 'articulated': {
      const isMade = (set: SourceSet): boolean => !missing.has(keyOf(set));
      const { sets } = reading.line;
      if (sets.every(isMade)) return { fate: { pointer, kind: 'rules', rules: sets.map(ruleIdOf) }, exceptions: [] };
      const detail = 'its sending courses earn more together than one rule can hold';
      return { fate: { pointer, kind: 'exception' }, exceptions: [exception('tooLarge', pointer, detail)] };
    }
  }
}

/** A course in several cells of the template has the same statement in each. */
function distinctStatements(readings: readonly Reading[]): Statement[] {
  const statements = readings.flatMap((reading) => (reading.kind === 'statements' ? reading.statements : []));
  return [...new Map(statements.map((statement) => [`${normaliseCode(statement.target)} ${statement.kind}`, statement])).values()];
}

function remarksOf(articulation: AssistArticulation): ListedException[] {
  const remarks = [...articulation.remarks, ...articulation.groups.flatMap((group) => group.remarks)];
  return remarks.map(({ pointer, field, content }) => exception('remarkNotEvaluated', pointer, `${field}: ${content}`));
}
