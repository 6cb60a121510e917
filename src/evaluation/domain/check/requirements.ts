import { at, normaliseCode, type Thousandths } from '../../../kernel/index.js';
import type { RequirementResult } from '../result.js';
import type { Facts } from './facts.js';
import type { Filled } from './filling.js';
import { offeredBy, type ReadProgramme, type ReadRequirement } from './programme.js';
import { amountOf, areDistinct, isAscending, isSame, keyOf } from './values.js';
import type { Report } from './violation.js';

/** What stands of one requirement (§6). */
interface Standing {
  readonly remaining: Thousandths;
  readonly complete: boolean;
  readonly completeAsOffered: boolean;
}

/** The tree as a whole. */
export interface Study {
  readonly remaining: Thousandths;
  readonly complete: number;
}

/** §6 for every node: nothing stated is left out, nothing added. */
export function checkRequirements(
  facts: Facts,
  programme: ReadProgramme,
  filled: Filled,
  stated: readonly RequirementResult[],
  report: Report,
): Study {
  const offered = new Set(facts.input.agreements.flatMap(({ terms }) => [...offeredBy(terms, facts.input.programme)]));
  const standings = standingsOf(facts, programme, filled, offered);
  const complete = standings.filter((standing) => standing.complete).length;
  if (!isAscending(stated.map(({ requirement }) => requirement))) report('order', 'requirements are not sorted', '/requirements');
  const unknown = stated.filter(({ requirement }) => !programme.byId.has(requirement));
  if (unknown.length > 0 || new Set(stated.map(({ requirement }) => requirement)).size < programme.nodes.length) {
    report('requirements', 'not the requirements of the programme', '/requirements');
  }
  for (const [index, result] of stated.entries()) {
    const node = programme.byId.get(result.requirement);
    const standing = node === undefined ? undefined : standings[node.position];
    if (node === undefined || standing === undefined) continue;
    checkStanding(result, node, standing, offered, `/requirements/${String(index)}`, report);
    if (result.open !== (node.leaf ? isOpen(node, standings) : undefined)) {
      report('complete', `${result.requirement}: whether it is open`, `/requirements/${String(index)}`);
    }
    checkStatements(facts, result, node, `/requirements/${String(index)}/statements`, report);
  }
  return { remaining: at(standings, 0).remaining, complete };
}

/** By position: a node comes before its parts, so the last ones are known first. */
function standingsOf(
  { waivedRequirements }: Facts,
  { nodes }: ReadProgramme,
  filled: Filled,
  offered: ReadonlySet<string>,
): readonly Standing[] {
  const standings: Standing[] = [];
  for (const node of [...nodes].reverse()) {
    if (waivedRequirements.has(node.requirement.id)) standings[node.position] = { remaining: 0, complete: true, completeAsOffered: true };
    else standings[node.position] = node.leaf ? standingOfLeaf(node, filled, offered) : standingOfNode(node, standings);
  }
  return standings;
}

/** Neither complete nor below what is complete. */
function isOpen(node: ReadRequirement | undefined, standings: readonly Standing[]): boolean {
  return node === undefined || (!at(standings, node.position).complete && isOpen(node.parent, standings));
}

function standingOfLeaf({ requirement, need, position }: ReadRequirement, filled: Filled, offered: ReadonlySet<string>): Standing {
  const full = at(filled.times, position) > 0;
  const remaining = requirement.kind === 'course' ? (full ? 0 : need) : Math.max(0, need - at(filled.counted, position));
  const complete = requirement.kind === 'course' ? full : remaining === 0;
  return { remaining, complete, completeAsOffered: complete || !offered.has(requirement.id) };
}

function standingOfNode({ requirement, parts }: ReadRequirement, standings: readonly Standing[]): Standing {
  const below = parts.map(({ position }) => at(standings, position));
  const count = requirement.kind === 'atLeast' ? requirement.count : parts.length;
  const remaining = below
    .map((part) => part.remaining)
    .sort((a, b) => a - b)
    .slice(0, count)
    .reduce((sum, part) => sum + part, 0);
  return {
    remaining,
    complete: below.filter((part) => part.complete).length >= count,
    completeAsOffered: below.filter((part) => part.completeAsOffered).length >= count,
  };
}

function checkStanding(
  stated: RequirementResult,
  { requirement, leaf }: ReadRequirement,
  { remaining, complete, completeAsOffered }: Standing,
  offered: ReadonlySet<string>,
  path: string,
  report: Report,
): void {
  if (amountOf(stated.remaining) !== remaining) report('remaining', `${requirement.id}: ${String(remaining)} thousandths`, path);
  if (stated.complete !== complete) report('complete', `${requirement.id}: ${String(complete)}`, path);
  const isOffered = leaf ? offered.has(requirement.id) : undefined;
  if (stated.offered !== isOffered || stated.completeAsOffered !== completeAsOffered) {
    report('offered', `${requirement.id}: ${String(isOffered)}, complete as offered: ${String(completeAsOffered)}`, path);
  }
}

/** Statements stand in an agreement of the input, and none about a named course is left out. */
function checkStatements(
  { agreements }: Facts,
  { requirement, statements }: RequirementResult,
  { codes }: ReadRequirement,
  path: string,
  report: Report,
): void {
  const made = statements.every(({ agreement, target, kind, reason }) =>
    agreements.get(agreement)?.revision.terms.statements.some((statement) => isSame(statement, { target, kind, reason })),
  );
  let wanted = 0;
  let listed = 0;
  if (codes.size > 0) {
    for (const [agreement, { revision }] of agreements) {
      for (const statement of revision.terms.statements) {
        if (!codes.has(normaliseCode(statement.target))) continue;
        wanted += 1;
        if (statements.some((one) => isSame(one, { ...statement, agreement }))) listed += 1;
      }
    }
  }
  if (
    !made ||
    listed < wanted ||
    !areDistinct(statements.map(({ agreement, target, kind, reason = {} }) => keyOf(agreement, target, kind, JSON.stringify(reason))))
  )
    report('statements', `statements about ${requirement}`, path);
}
