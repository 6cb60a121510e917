import type { EvaluationInput, HomeCourse } from '../../../src/evaluation/domain/index.js';
import type { CourseMatch, Requirement } from '../../../src/programmes/domain/index.js';
import type { Award } from '../../../src/rules/domain/index.js';
import { compareText, matchesPattern, milli, plainCode, subjectAndLevel } from './arithmetic.js';

/** §5.4 (which award may fill which requirement) and §6 of docs/evaluation.md. */

type LeafKind = 'course' | 'credits' | 'freeElectives';

/** A requirement without parts. */
export interface Leaf {
  readonly id: string;
  readonly kind: LeafKind;
  readonly credits: number;
  readonly waived: boolean;
  readonly codes: readonly string[];
  readonly from: readonly CourseMatch[];
  /** Indices into {@link Tree.capped}: the nodes above, itself included, that restrict transfer. */
  readonly under: readonly number[];
}

export interface CappedNode {
  readonly courses: number;
  readonly credits: number;
}

export interface Tree {
  readonly root: Requirement;
  /** Sorted by id. */
  readonly leaves: readonly Leaf[];
  readonly capped: readonly CappedNode[];
  readonly waived: ReadonlySet<string>;
  readonly share: (a: Leaf, b: Leaf) => boolean;
}

/** What stands to fill requirements: an award of an application, or a home course as an award of itself. */
export interface Item {
  readonly credits: number;
  readonly transferred: boolean;
  readonly mooc: boolean;
  readonly passFail: boolean;
  readonly namedAllowed: boolean;
  readonly effect: Award['effect'];
  readonly attributes: readonly string[];
  /** The named course; absent for electives. */
  readonly code: string | undefined;
  readonly subject: string | undefined;
  readonly level: number | undefined;
}

export function treeOf(input: EvaluationInput): Tree {
  const waived = new Set(input.exceptions.flatMap((e) => (e.kind === 'requirementWaived' ? [e.requirement] : [])));
  const leaves: Leaf[] = [];
  const capped: CappedNode[] = [];
  const pairs = new Set<string>();
  const visit = (node: Requirement, above: readonly number[]): void => {
    const under = [...above];
    if (node.transfer !== undefined) {
      const { maximumCourses = Infinity, maximumCredits } = node.transfer;
      under.push(capped.push({ courses: maximumCourses, credits: maximumCredits === undefined ? Infinity : milli(maximumCredits) }) - 1);
    }
    if (node.kind === 'all' || node.kind === 'atLeast') {
      for (const part of node.of) visit(part, under);
      return;
    }
    for (const other of node.sharesWith ?? []) pairs.add(`${node.id}|${other}`).add(`${other}|${node.id}`);
    const codes = node.kind === 'course' ? node.codes : [];
    const from = node.kind === 'credits' ? node.from : [];
    leaves.push({ id: node.id, kind: node.kind, credits: milli(node.credits), waived: waived.has(node.id), codes, from, under });
  };
  visit(input.programme.requirements, []);
  leaves.sort((a, b) => compareText(a.id, b.id));
  return { root: input.programme.requirements, leaves, capped, waived, share: (a, b) => pairs.has(`${a.id}|${b.id}`) };
}

export function itemOfAward(award: Award, valued: Pick<Item, 'credits' | 'mooc' | 'passFail' | 'namedAllowed'>): Item {
  const { target, effect, attributes = [] } = award;
  const code = target.kind === 'course' ? target.code : undefined;
  const own = target.kind === 'course' ? subjectAndLevel(target.code) : { subject: plainCode(target.subject ?? ''), level: target.level };
  return {
    ...valued,
    transferred: true,
    effect,
    attributes,
    code,
    subject: own.subject === '' ? undefined : own.subject,
    level: own.level,
  };
}

export function itemOfHomeCourse(course: HomeCourse): Item {
  const { code, passFail, attributes } = course;
  const { subject, level } = subjectAndLevel(code);
  const credits = milli(course.credits);
  return { credits, transferred: false, mooc: false, passFail, namedAllowed: true, effect: 'credit', attributes, code, subject, level };
}

export function mayFill(item: Item, leaf: Leaf): boolean {
  const { code } = item;
  if (leaf.waived) return false;
  if (leaf.kind === 'course') {
    return item.namedAllowed && code !== undefined && leaf.codes.some((own) => plainCode(own) === plainCode(code));
  }
  if (item.effect !== 'credit' || item.credits === 0) return false;
  if (leaf.kind === 'freeElectives') return true;
  return leaf.from.some((match) => {
    if (match.kind === 'attribute') return item.attributes.includes(match.attribute);
    if (match.kind === 'code') return code !== undefined && matchesPattern(match.pattern, code);
    if (item.subject !== plainCode(match.subject)) return false;
    return match.minimumLevel === undefined || (item.level !== undefined && item.level >= match.minimumLevel);
  });
}

/** What counts in a leaf: for `course` 1 when filled, else thousandths. */
type Counted = (leafId: string) => number;

/** Remaining study below a node in thousandths, whether it is complete, and how many nodes are, itself included. */
export function standing(tree: Tree, counted: Counted, node = tree.root): { remaining: number; complete: boolean; completed: number } {
  const parts = node.kind === 'all' || node.kind === 'atLeast' ? node.of.map((part) => standing(tree, counted, part)) : [];
  const own = ownStanding(node, parts, counted);
  const waived = tree.waived.has(node.id);
  const complete = waived || own.complete;
  const completed = parts.reduce((sum, part) => sum + part.completed, complete ? 1 : 0);
  return { remaining: waived ? 0 : own.remaining, complete, completed };
}

function ownStanding(
  node: Requirement,
  parts: readonly { readonly remaining: number; readonly complete: boolean }[],
  counted: Counted,
): { remaining: number; complete: boolean } {
  if (node.kind === 'course') {
    const filled = counted(node.id) > 0;
    return { remaining: filled ? 0 : milli(node.credits), complete: filled };
  }
  if (node.kind === 'credits' || node.kind === 'freeElectives') {
    const remaining = milli(node.credits) - counted(node.id);
    return { remaining, complete: remaining === 0 };
  }
  const count = node.kind === 'all' ? parts.length : node.count;
  const smallest = parts.map(({ remaining }) => remaining).sort((a, b) => a - b);
  return {
    remaining: smallest.slice(0, count).reduce((sum, remaining) => sum + remaining, 0),
    complete: parts.filter(({ complete }) => complete).length >= count,
  };
}
