import type { EntityManager } from 'typeorm';
import type { AgreementsService, AgreementTerms, Revision } from '../../agreements/index.js';
import { termsLimits } from '../../agreements/domain/index.js';
import { canonicalJson } from '../../kernel/index.js';
import { type Shape, shapeErrors } from '../../platform/index.js';
import { type Rule, ruleLimits } from '../../rules/domain/index.js';
import type { Resource } from '../domain/index.js';
import type { RowTarget } from '../file-imports.js';
import type { Group } from '../groups.js';
import { recordWithout } from '../recording/left-out-rules.js';
import { changeOf } from '../recording/rule-counts.js';
import type { Report } from '../report.js';
import type { WaitingRow } from '../storage/row.store.js';
import { checkBy, type Checked } from './read-table.js';

/** Into which agreement the rules of a table go. */
export interface RulesDestination {
  readonly agreement: string;
  /** The party that vouches for the new revision. */
  readonly attestedBy: string;
  readonly source: string;
}

const shape: Shape = { schema: 'Rule', limits: { depth: ruleLimits.depth, nodes: ruleLimits.nodes } };

function isRule(resource: Resource): resource is Resource & Rule {
  return shapeErrors(shape, resource).length === 0;
}

/** A rule of the shape that the API takes; what it means is checked with the terms that it becomes part of. */
export function checkRuleShape(resource: Resource): Promise<Checked<Rule>> {
  return checkBy(resource, () =>
    Promise.resolve(isRule(resource) ? { ok: true, value: resource } : { ok: false, errors: shapeErrors(shape, resource) }),
  );
}

/**
 * The rules of a table become part of the latest revision of an agreement, as its next one: a rule with a known id takes the place of that rule, others come
 * after those there are.
 */
export function ruleTarget(agreements: AgreementsService, destination: RulesDestination): RowTarget<Rule> {
  return {
    resource: 'rules',
    keyOf: () => '',
    largestGroup: { rows: termsLimits.rules, bytes: 32 * 1024 * 1024 },
    async take(manager, groups, report) {
      for (const group of groups) await takeRules(agreements, destination, manager, group, report);
    },
  };
}

async function takeRules(
  agreements: AgreementsService,
  { agreement, attestedBy, source }: RulesDestination,
  manager: EntityManager,
  group: Group<Rule>,
  report: Report,
): Promise<void> {
  const latest = await agreements.lockLatest(manager, agreement);
  if (latest === undefined) throw new Error('the agreement was there when the import began, and agreements are never deleted');
  const rows = distinctRows(group, report);
  const recording = await recordWithout(
    manager,
    withRules(latest.terms, rows),
    (id) => rows.has(id),
    async (inner, terms) => {
      if (canonicalJson(terms) === canonicalJson(latest.terms)) return latest;
      return agreements.revise(inner, agreement, { attestedBy, source, terms });
    },
  );
  for (const [id, errors] of recording.refused) report.refuseRow('rules', rows.get(id)?.line ?? 0, errors);
  const left = [...rows.values()].filter(({ value }) => !recording.refused.has(value.id));
  if (recording.kind === 'refused') for (const { line } of left) report.refuseRow('rules', line, recording.errors);
  else reportRevision(latest, recording.recorded, left, report);
}

type Rows = ReadonlyMap<string, WaitingRow<Rule>>;

/** The rows by their rules' ids. A second row on one rule is refused, unless it says the same. */
function distinctRows({ rows }: Group<Rule>, report: Report): Rows {
  const distinct = new Map<string, WaitingRow<Rule>>();
  for (const row of rows) {
    const earlier = distinct.get(row.value.id);
    if (earlier === undefined) distinct.set(row.value.id, row);
    else if (changeOf(earlier.value, row.value) === 'unchanged') report.count('rules', 'unchanged');
    else {
      const detail = `is the id of another rule on line ${String(earlier.line)}`;
      report.refuseRow('rules', row.line, [{ pointer: '/id', detail }]);
    }
  }
  return distinct;
}

function withRules(terms: AgreementTerms, rows: Rows): AgreementTerms {
  const known = new Set(terms.rules.map(({ id }) => id));
  const replaced = terms.rules.map((rule) => rows.get(rule.id)?.value ?? rule);
  const added = [...rows.values()].flatMap(({ value }) => (known.has(value.id) ? [] : [value]));
  return { ...terms, rules: [...replaced, ...added] };
}

function reportRevision(latest: Revision, revision: Revision, rows: readonly WaitingRow<Rule>[], report: Report): void {
  const known = new Map(latest.terms.rules.map((rule) => [rule.id, rule]));
  for (const { value } of rows) report.count('rules', changeOf(known.get(value.id), value));
  const change = revision.number === latest.number ? 'unchanged' : 'changed';
  report.state({ resource: 'agreements', id: revision.agreement, change, revision: revision.number });
}
