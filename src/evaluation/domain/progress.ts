import { at, fromThousandths, normaliseCode, type Thousandths } from '../../kernel/index.js';
import type { Programme } from '../../programmes/domain/index.js';
import { awardsOfRule } from '../../agreements/domain/index.js';
import { anyMember, type Award, type Rule } from '../../rules/domain/index.js';
import type { Allocation } from './allocate.js';
import { groupBy } from './arithmetic.js';
import type { EvaluationInput, RevisionInForce } from './input.js';
import type { Model } from './model.js';
import { describeTarget, isLeaf, type Filler, type Node, type RequirementTree } from './requirements.js';
import type { RequirementResult } from './result.js';

/** How far a node of the tree has come (docs/evaluation.md §6). */
export interface RequirementState {
  readonly node: Node;
  readonly remaining: Thousandths;
  readonly complete: boolean;
  readonly completeAsOffered: boolean;
}

export function requirementResults(
  input: EvaluationInput,
  model: Model,
  allocation: Allocation,
): { readonly states: readonly RequirementState[]; readonly results: readonly RequirementResult[] } {
  const aspects = aspectsOf(input, model.tree);
  const offered = new Set(aspects.flatMap((aspect) => aspect.offered));
  const states = new Map<Node, RequirementState>();
  visit(model.tree.root, { model, filled: filledLeaves(model, allocation), offered, states });
  const results = model.tree.nodes.flatMap((node): RequirementResult[] => {
    const state = states.get(node);
    if (state === undefined) return [];
    return [
      {
        requirement: node.id,
        ...(node.requirement.title === undefined ? {} : { title: node.requirement.title }),
        remaining: fromThousandths(state.remaining),
        complete: state.complete,
        completeAsOffered: state.completeAsOffered,
        ...(isLeaf(node) ? { offered: offered.has(node.id), open: isOpen(node, states) } : {}),
        statements: aspects.flatMap((aspect) => aspect.statements.get(node) ?? []),
      },
    ];
  });
  return { states: [...states.values()], results };
}

/** Whether a node is neither complete nor part of something that is. */
function isOpen(node: Node | undefined, states: ReadonlyMap<Node, RequirementState>): boolean {
  return node === undefined || (states.get(node)?.complete === false && isOpen(node.parent, states));
}

/** Per leaf what counts in it; for a named course its own credits when it is filled. */
function filledLeaves(model: Model, allocation: Allocation): Thousandths[] {
  const filled = model.tree.leaves.map(() => 0);
  const named = new Set<number>();
  for (const placed of allocation.placed) {
    for (const { leaf, credits } of placed) {
      filled[leaf] = at(filled, leaf) + credits;
      if (at(model.tree.leaves, leaf).requirement.kind === 'course') named.add(leaf);
    }
  }
  for (const leaf of named) filled[leaf] = Infinity;
  return filled;
}

interface Visit {
  readonly model: Model;
  readonly filled: readonly Thousandths[];
  readonly offered: ReadonlySet<string>;
  readonly states: Map<Node, RequirementState>;
}

function visit(node: Node, context: Visit): RequirementState {
  const own = isLeaf(node)
    ? leafState(node, context)
    : innerState(
        node,
        node.children.map((child) => visit(child, context)),
      );
  const state = context.model.waived.has(node.id) ? { node, remaining: 0, complete: true, completeAsOffered: true } : own;
  context.states.set(node, state);
  return state;
}

function leafState(node: Node, { model, filled, offered }: Visit): RequirementState {
  const have = at(filled, model.tree.leaves.indexOf(node));
  const remaining = Math.max(0, node.need - have);
  const complete = node.requirement.kind === 'course' ? have === Infinity : remaining === 0;
  return { node, remaining, complete, completeAsOffered: complete || !offered.has(node.id) };
}

function innerState(node: Node, parts: readonly RequirementState[]): RequirementState {
  const least = parts.map(({ remaining }) => remaining).sort((a, b) => a - b);
  return {
    node,
    remaining: least.slice(0, node.count).reduce((sum, remaining) => sum + remaining, 0),
    complete: parts.filter(({ complete }) => complete).length >= node.count,
    completeAsOffered: parts.filter(({ completeAsOffered }) => completeAsOffered).length >= node.count,
  };
}

type Statements = RequirementResult['statements'];

/** What a revision means to the requirements of a programme, whoever may use its rules. */
interface Aspect {
  /** Ids of the leaves that some rule in force could fill. */
  readonly offered: readonly string[];
  /** What it says of the courses that a requirement names, in its own order. */
  readonly statements: ReadonlyMap<Node, Statements>;
}

const aspects = new WeakMap<RevisionInForce, WeakMap<RequirementTree, Aspect>>();

/** By agreement; worked out once for each revision and tree. */
function aspectsOf({ agreements, programme }: EvaluationInput, tree: RequirementTree): readonly Aspect[] {
  const inOrder = [...agreements].sort((a, b) => (a.agreement < b.agreement ? -1 : 1));
  return inOrder.map((revision) => {
    const known = aspects.get(revision)?.get(tree);
    if (known !== undefined) return known;
    const aspect = { offered: offeredBy(revision, tree, programme), statements: statementsOf(revision, tree) };
    const perTree = aspects.get(revision) ?? new WeakMap<RequirementTree, Aspect>();
    perTree.set(tree, aspect);
    aspects.set(revision, perTree);
    return aspect;
  });
}

function offeredBy(revision: RevisionInForce, tree: RequirementTree, programme: Programme): readonly string[] {
  const fillers = rulesTowards(programme, revision).flatMap(awardsOfRule).map(fillerOf);
  return tree.leaves.filter((leaf) => fillers.some((filler) => leaf.fits(filler))).map(({ id }) => id);
}

function statementsOf({ agreement, terms }: RevisionInForce, { leaves }: RequirementTree): ReadonlyMap<Node, Statements> {
  const named = leaves.flatMap((leaf) => {
    const codes = leaf.requirement.kind === 'course' ? leaf.requirement.codes.map(normaliseCode) : [];
    return [...new Set(codes)].map((code) => ({ code, leaf }));
  });
  const byCode = groupBy(named, ({ code }) => code);
  const about = terms.statements.flatMap(({ target, kind, reason }) => {
    const statement = { agreement, target, kind, ...(reason === undefined ? {} : { reason }) };
    return (byCode.get(normaliseCode(target)) ?? []).map(({ leaf }) => ({ leaf, statement }));
  });
  const perLeaf = groupBy(about, ({ leaf }) => leaf);
  return new Map([...perLeaf].map(([leaf, group]) => [leaf, group.map(({ statement }) => statement)]));
}

/** The rules of a revision by which a programme's institution recognises. */
export function rulesTowards({ institution }: Programme, { terms }: RevisionInForce): readonly Rule[] {
  const isMember = terms.parties.includes(institution);
  return terms.rules.filter(({ to }) => to === institution || (to === anyMember && isMember));
}

/** What an award could fill. Converted credit may be any amount: it is taken to be some. */
export function fillerOf(award: Award): Filler {
  const credits = award.effect !== 'credit' ? 0 : award.credits.kind === 'fixed' ? award.credits.credits : 1;
  return { ...describeTarget(award.target), attributes: award.attributes ?? [], effect: award.effect, credits };
}
