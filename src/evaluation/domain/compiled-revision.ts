import { normaliseCode, thousandths, type Thousandths } from '../../kernel/index.js';
import type { GradeTable } from '../../agreements/domain/index.js';
import { anyMember, compileRule, SelectorIndex, type CompiledCourse, type CompiledRule } from '../../rules/domain/index.js';
import { ConversionBook } from './convert.js';
import type { RevisionInForce } from './input.js';

/** One course source of one rule: what the index of a revision leads to. */
export interface RuleLeaf {
  /** Of the rule among the rules of the revision. */
  readonly position: number;
  readonly leaf: CompiledCourse;
}

/** A revision made ready for matching, once: a completion meets only the rules that could take it. */
export interface CompiledRevision {
  readonly revision: RevisionInForce;
  /** By id. */
  readonly rules: readonly CompiledRule[];
  readonly index: SelectorIndex<RuleLeaf>;
  readonly parties: ReadonlySet<string>;
  /** Every institution that may be the `from` of a rule. */
  readonly senders: ReadonlySet<string>;
  /** Own credits of receiving courses, by normalised code. */
  readonly receivingCredits: ReadonlyMap<string, Thousandths>;
  readonly conversions: ConversionBook;
  readonly gradeTables: readonly GradeTable[];
}

const revisions = new WeakMap<RevisionInForce, CompiledRevision>();

/** Compiles a revision, or answers what was compiled for the same object before: a revision never changes. */
export function compileRevision(revision: RevisionInForce): CompiledRevision {
  const known = revisions.get(revision);
  if (known !== undefined) return known;
  const { terms } = revision;
  const index = new SelectorIndex<RuleLeaf>();
  const rules = [...terms.rules].sort((a, b) => (a.id < b.id ? -1 : 1)).map(compileRule);
  for (const [position, { source }] of rules.entries()) {
    for (const leaf of source.leaves) index.add(leaf.selector, { position, leaf });
  }
  const result: CompiledRevision = {
    revision,
    rules,
    index,
    parties: new Set(terms.parties),
    senders: new Set(terms.rules.flatMap(({ from }) => (from === anyMember ? terms.parties : from))),
    receivingCredits: new Map(revision.receivingCourses.map(({ code, credits }) => [normaliseCode(code), thousandths(credits)])),
    conversions: new ConversionBook(terms.conversions),
    gradeTables: terms.gradeTables,
  };
  revisions.set(revision, result);
  return result;
}
