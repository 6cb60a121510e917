import { normaliseCode, thousandths, type Thousandths } from '../../kernel/index.js';
import type { GradeTable } from '../../agreements/domain/index.js';
import { anyMember, compileRule, SelectorIndex, type CompiledCourse, type CompiledRule } from '../../rules/domain/index.js';
import { ConversionBook } from './convert.js';
import type { RevisionInForce } from './input.js';

/** One course source of one rule: what the index of a revision leads to. */
export interface RuleLeaf {
  readonly compiled: CompiledRule;
  readonly leaf: CompiledCourse;
}

/** A revision made ready for matching, once: a completion meets only the rules that could take it. */
export interface CompiledRevision {
  readonly revision: RevisionInForce;
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
  for (const compiled of terms.rules.map(compileRule)) {
    for (const leaf of compiled.source.leaves) index.add(leaf.selector, { compiled, leaf });
  }
  const senders = new Set(terms.rules.map(({ from }) => from));
  const result: CompiledRevision = {
    revision,
    index,
    parties: new Set(terms.parties),
    senders: senders.has(anyMember) ? new Set([...senders, ...terms.parties]) : senders,
    receivingCredits: new Map(revision.receivingCourses.map(({ code, credits }) => [normaliseCode(code), thousandths(credits)])),
    conversions: new ConversionBook(terms.conversions),
    gradeTables: terms.gradeTables,
  };
  revisions.set(revision, result);
  return result;
}
