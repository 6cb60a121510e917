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
  const offered = offeredLeaves(input, model.tree);
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
        statements: statementsAbout(input, node),
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

const offers = new WeakMap<RevisionInForce, WeakMap<RequirementTree, ReadonlySet<string>>>();

/** Leaves that some rule in force could fill, whoever may use it. */
function offeredLeaves(input: EvaluationInput, tree: RequirementTree): ReadonlySet<string> {
  return new Set(input.agreements.flatMap((revision) => [...offeredBy(revision, tree, input.programme)]));
}

function offeredBy(revision: RevisionInForce, tree: RequirementTree, programme: Programme): ReadonlySet<string> {
  const known = offers.get(revision)?.get(tree);
  if (known !== undefined) return known;
  const fillers = rulesTowards(programme, revision).flatMap(awardsOfRule).map(fillerOf);
  const offered = new Set(tree.leaves.filter((leaf) => fillers.some((filler) => leaf.fits(filler))).map(({ id }) => id));
  const perTree = offers.get(revision) ?? new WeakMap<RequirementTree, ReadonlySet<string>>();
  perTree.set(tree, offered);
  offers.set(revision, perTree);
  return offered;
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

/** What agreements say about the courses that a requirement names. */
function statementsAbout(input: EvaluationInput, node: Node): RequirementResult['statements'] {
  if (node.requirement.kind !== 'course') return [];
  const codes = new Set(node.requirement.codes.map(normaliseCode));
  return input.agreements
    .flatMap((revision) => [...codes].flatMap((code) => statementsByCode(revision).get(code) ?? []))
    .sort((a, b) => (a.agreement < b.agreement ? -1 : a.agreement > b.agreement ? 1 : a.place - b.place))
    .map(({ place: _, ...statement }) => statement);
}

type PlacedStatement = RequirementResult['statements'][number] & { readonly place: number };
const statements = new WeakMap<RevisionInForce, ReadonlyMap<string, PlacedStatement[]>>();

/** What a revision says about receiving courses, by normalised code; indexed once. */
function statementsByCode(revision: RevisionInForce): ReadonlyMap<string, PlacedStatement[]> {
  const known = statements.get(revision);
  if (known !== undefined) return known;
  const said = revision.terms.statements.map(({ target, kind, reason }, place): PlacedStatement => ({
    agreement: revision.agreement,
    target,
    kind,
    ...(reason === undefined ? {} : { reason }),
    place,
  }));
  const index = groupBy(said, ({ target }) => normaliseCode(target));
  statements.set(revision, index);
  return index;
}
