import { normaliseCode, partsOfCode, patternToRegExp, thousandths, type Thousandths } from '../../kernel/index.js';
import type { CourseMatch, Programme, Requirement } from '../../programmes/domain/index.js';
import type { Award, AwardTarget } from '../../rules/domain/index.js';

/** What can fill a requirement: an award of a rule, or a home course as an award of itself. */
export interface Filler {
  /** Normalised code of a named course; undefined for unassigned (elective) credit. */
  readonly code?: string;
  readonly subject?: string;
  readonly level?: number;
  readonly attributes: readonly string[];
  readonly effect: 'credit' | 'exemption' | 'waiver';
  readonly credits: Thousandths;
}

/** A node of the requirement tree, made ready once per programme. */
export interface Node {
  readonly id: string;
  readonly requirement: Requirement;
  readonly parent: Node | undefined;
  readonly children: readonly Node[];
  /** Credits of a leaf; 0 for inner nodes. */
  readonly need: Thousandths;
  /** How many children make the node complete; 0 for leaves. */
  readonly count: number;
  readonly fits: (filler: Filler) => boolean;
}

export interface RequirementTree {
  readonly root: Node;
  /** Every node, by id. */
  readonly nodes: readonly Node[];
  /** Leaves, by id. */
  readonly leaves: readonly Node[];
  readonly fits: AwardFits;
}

const trees = new WeakMap<Requirement, RequirementTree>();

/** The tree of a programme; built once for each requirement object. */
export function requirementTree(programme: Programme): RequirementTree {
  const known = trees.get(programme.requirements);
  if (known !== undefined) return known;
  const nodes: Node[] = [];
  const root = toNode(programme.requirements, undefined, nodes);
  nodes.sort((a, b) => (a.id < b.id ? -1 : 1));
  const leaves = nodes.filter(isLeaf);
  const tree = { root, nodes, leaves, fits: new AwardFits(leaves) };
  trees.set(programme.requirements, tree);
  return tree;
}

/** An award of a rule as a filler, and the leaves of a tree that take it. */
interface AwardFit {
  readonly filler: Filler;
  readonly leaves: readonly number[];
}

/** The leaves that awards may fill, worked out once for each award: of its credits, mostly the same ones, it matters only whether there are any. */
class AwardFits {
  readonly #leaves: readonly Node[];
  readonly #withCredits = new WeakMap<Award, AwardFit>();
  readonly #withoutCredits = new WeakMap<Award, AwardFit>();

  constructor(leaves: readonly Node[]) {
    this.#leaves = leaves;
  }

  of(award: Award, credits: Thousandths): AwardFit {
    const fits = credits > 0 ? this.#withCredits : this.#withoutCredits;
    const known = fits.get(award);
    if (known !== undefined) return known.filler.credits === credits ? known : { ...known, filler: { ...known.filler, credits } };
    const { target, attributes = [], effect } = award;
    const filler = { ...describeTarget(target), attributes, effect, credits };
    const fit = { filler, leaves: fittingLeaves(this.#leaves, filler) };
    fits.set(award, fit);
    return fit;
  }
}

/** The leaves, by position, that take a filler. */
export function fittingLeaves(leaves: readonly Node[], filler: Filler): readonly number[] {
  return leaves.flatMap(({ fits }, leaf) => (fits(filler) ? [leaf] : []));
}

export function isLeaf(node: Node): boolean {
  return node.requirement.kind !== 'all' && node.requirement.kind !== 'atLeast';
}

function toNode(requirement: Requirement, parent: Node | undefined, nodes: Node[]): Node {
  const children: Node[] = [];
  const node: Node = {
    id: requirement.id,
    requirement,
    parent,
    children,
    need: 'credits' in requirement ? thousandths(requirement.credits) : 0,
    count: requirement.kind === 'all' ? requirement.of.length : requirement.kind === 'atLeast' ? requirement.count : 0,
    fits: fitOf(requirement),
  };
  nodes.push(node);
  if (requirement.kind === 'all' || requirement.kind === 'atLeast') {
    for (const part of requirement.of) children.push(toNode(part, node, nodes));
  }
  return node;
}

/** Which fillers a requirement takes (docs/evaluation.md §5.4). Credit of nothing fills only what is named. */
function fitOf(requirement: Requirement): (filler: Filler) => boolean {
  switch (requirement.kind) {
    case 'course': {
      const codes = new Set(requirement.codes.map(normaliseCode));
      return ({ code }) => code !== undefined && codes.has(code);
    }
    case 'credits': {
      const matches = requirement.from.map(matchOf);
      return (filler) => filler.effect === 'credit' && filler.credits > 0 && matches.some((match) => match(filler));
    }
    case 'freeElectives':
      return ({ effect, credits }) => effect === 'credit' && credits > 0;
    default:
      return () => false;
  }
}

function matchOf(match: CourseMatch): (filler: Filler) => boolean {
  switch (match.kind) {
    case 'code': {
      const pattern = patternToRegExp(match.pattern);
      return ({ code }) => code !== undefined && pattern.test(code);
    }
    case 'subject': {
      const subject = normaliseCode(match.subject);
      const { minimumLevel } = match;
      return (filler) =>
        filler.subject === subject && (minimumLevel === undefined || (filler.level !== undefined && filler.level >= minimumLevel));
    }
    case 'attribute':
      return ({ attributes }) => attributes.includes(match.attribute);
  }
}

/** What a target says of itself as a filler. */
export function describeTarget(target: AwardTarget): Pick<Filler, 'code' | 'subject' | 'level'> {
  if (target.kind === 'course') return describeCode(target.code);
  return {
    ...(target.subject === undefined ? {} : { subject: normaliseCode(target.subject) }),
    ...(target.level === undefined ? {} : { level: target.level }),
  };
}

export function describeCode(code: string): Pick<Filler, 'code' | 'subject' | 'level'> {
  return { code: normaliseCode(code), ...partsOfCode(code) };
}

/** Leaves with which a leaf may share an award. */
export function mayShare(a: Node, b: Node): boolean {
  return a.requirement.sharesWith?.includes(b.id) === true || b.requirement.sharesWith?.includes(a.id) === true;
}
