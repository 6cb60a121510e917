import { canonicalJson, normaliseCode, thousandths, type Period } from '../../kernel/index.js';
import { examplesOf, forbiddenGrades, heldExamples, type PreparedRule, type SearchSetting } from './clash.js';
import type { CompiledRule } from './compile.js';
import { compareExactness } from './exactness.js';
import { exactnessOn, recordsOf, takes, type ExampleCompletion, type ExampleRecord, type ExampleWorld } from './example.js';
import type { Frame } from './frame.js';
import type { GradeBounds, GradeComparison } from './grade-bounds.js';
import type { Places } from './places.js';
import { anyMember, type Conditions, type Rule, type Selector } from './rule.js';
import type { Slot, Term } from './slots.js';

/** A rule that refuses wherever another would give credit, with completions on which both would fire. */
export interface Refusal {
  readonly by: PreparedRule;
  readonly record: ExampleRecord;
}

/**
 * The first of these refusals that fires wherever a credit rule does and is as exact: under either precedence the rule then gives nothing. `frame` is the
 * one that suits the rule.
 */
export function refusalOf(rule: PreparedRule, { receiver }: Frame, refusals: Places, setting: SearchSetting): Refusal | undefined {
  const { terms, complete } = rule.terms;
  const [first] = terms;
  if (first === undefined || !complete) return undefined;
  const world = { parties: setting.parties, receiver, grades: setting.grades };
  for (const by of refusals.asExactAs(first)) {
    if (!coversFrame(by.compiled.rule, rule.compiled.rule) || !coversAttempts(by.compiled, rule.compiled)) continue;
    const examples = terms.map((term) => exampleOfRefusal(rule, term, by, setting, world));
    const [record] = examples;
    if (record !== undefined && examples.every((example) => example !== undefined)) return { by, record };
  }
  return undefined;
}

/** An example of one way to satisfy a rule, on which a refusal is satisfied too and not less exact. */
function exampleOfRefusal(
  rule: PreparedRule,
  term: Term,
  by: PreparedRule,
  setting: SearchSetting,
  world: ExampleWorld,
): ExampleRecord | undefined {
  if (!by.terms.terms.some((other) => coversTerm(other, term, setting.grades))) return undefined;
  const consumed = examplesOf(
    term.map((slot) => [{ slot, from: rule.compiled.rule.from }]),
    setting.namedCodes,
    world,
  );
  if (consumed === undefined) return undefined;
  const wanted = { ...world, unwanted: forbiddenGrades([rule, by]) };
  return rule.heldTerms.terms
    .flatMap((held) => recordsOf(consumed, heldExamples(held, rule, setting.namedCodes, wanted) ?? [], world))
    .find((record) => takes(rule.compiled, record, world) && takes(by.compiled, record, world) && !isMoreExact(rule, by, consumed));
}

/** `programmes` plays no part against a refusal. */
function isMoreExact(rule: PreparedRule, other: PreparedRule, consumed: readonly ExampleCompletion[]): boolean {
  return compareExactness(exactnessOn(rule.compiled, consumed), exactnessOn(other.compiled, consumed)) < 0;
}

/** Whether one rule can use every attempt at a course that another can. */
function coversAttempts(wide: CompiledRule, narrow: CompiledRule): boolean {
  return [...narrow.codesNamedTwice].every((code) => wide.codesNamedTwice.has(code));
}

/** Whether one rule holds between all institutions, on all dates, in all programmes and under all conditions that another does. */
function coversFrame(wide: Rule, narrow: Rule): boolean {
  const [a, b] = [wide.conditions ?? {}, narrow.conditions ?? {}];
  return (
    (wide.from === anyMember || wide.from === narrow.from) &&
    (wide.to === anyMember || wide.to === narrow.to) &&
    wide.governedBy === narrow.governedBy &&
    coversPeriod(wide.validity, narrow.validity) &&
    coversProgrammes(a.programmes ?? {}, b.programmes ?? {}) &&
    (['alsoHolds', 'doesNotHold', 'completedWithin', 'evidence'] as const).every(
      (condition) => a[condition] === undefined || canonicalJson(a[condition]) === canonicalJson(b[condition] ?? null),
    )
  );
}

function coversPeriod(wide: Period, narrow: Period): boolean {
  return (wide.from ?? '') <= (narrow.from ?? '') && (narrow.until ?? '9999-12-31') <= (wide.until ?? '9999-12-31');
}

type Programmes = Required<Conditions>['programmes'];

function coversProgrammes(wide: Programmes, narrow: Programmes): boolean {
  const left = narrow.only?.filter((code) => narrow.except?.includes(code) !== true);
  if (left !== undefined) return left.every((code) => wide.only?.includes(code) !== false && wide.except?.includes(code) !== true);
  return wide.only === undefined && (wide.except ?? []).every((code) => narrow.except?.includes(code) === true);
}

/** Whether completions that fill the slots of one way fill those of another as well: each slot of the one is matched in order with a free one. */
function coversTerm(wide: Term, narrow: Term, grades: GradeComparison): boolean {
  const free = [...wide];
  const found = narrow.every((slot) => {
    const at = free.findIndex((other) => coversSlot(other, slot, grades));
    if (at >= 0) free.splice(at, 1);
    return at >= 0;
  });
  return found && free.length === 0;
}

function coversSlot(wide: Slot, narrow: Slot, grades: GradeComparison): boolean {
  return (
    coversSelector(wide.source.select, narrow.source.select) &&
    coversGrades(wide.source, narrow.source, grades) &&
    wide.credits <= thousandths(narrow.source.minimumCredits ?? 0)
  );
}

/** Selectors that are as exact: a vaguer refusal gives way. */
function coversSelector(wide: Selector, narrow: Selector): boolean {
  const scope = (['provider', 'platform'] as const).every((which) => wide[which] === undefined || wide[which] === narrow[which]);
  return scope && coversCourses(wide, narrow);
}

function coversCourses(wide: Selector, narrow: Selector): boolean {
  if (wide.kind === 'code' && narrow.kind === 'code') return normaliseCode(wide.code) === normaliseCode(narrow.code);
  if (wide.kind === 'pattern' && narrow.kind === 'pattern') return normaliseCode(wide.pattern) === normaliseCode(narrow.pattern);
  if (wide.kind === 'subject' && narrow.kind === 'subject') {
    return normaliseCode(wide.subject) === normaliseCode(narrow.subject) && wide.level === narrow.level;
  }
  if (wide.kind !== 'field' || narrow.kind !== 'field') return false;
  return narrow.isced.startsWith(wide.isced) && (wide.minimumEqf ?? 0) <= (narrow.minimumEqf ?? 0);
}

function coversGrades(wide: GradeBounds, narrow: GradeBounds, grades: GradeComparison): boolean {
  return (['minimumGrade', 'maximumGrade'] as const).every((end) => {
    const bound = wide[end];
    return bound === undefined || grades.meets(narrow[end], { [end]: bound });
  });
}
