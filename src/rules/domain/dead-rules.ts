import { canonicalJson, isEmptyPeriod } from '../../kernel/index.js';
import { heldExamples, type PreparedRule, type SearchSetting } from './clash.js';
import type { CompiledCourse } from './compile.js';
import { exampleOf, holds, type ExampleWorld } from './example.js';
import type { Frame } from './frame.js';
import type { Term, Terms } from './slots.js';

/**
 * Why a rule can never fire, whatever other rules there are: its validity has no day; no programme is left; no completion can have the grade, or
 * be the course; or what must be held is what must not be held.
 */
export type DeadReason = 'emptyValidity' | 'noProgramme' | 'noGrade' | 'noCourse' | 'heldAndNotHeld';

export interface Dead {
  readonly because: DeadReason;
  /** JSON Pointer into the rule. */
  readonly at: string;
}

/** Why a rule can never fire, as far as that can be told for certain; `frame` is the one that suits it. */
export function deadBecause(rule: PreparedRule, frame: Frame | undefined, setting: SearchSetting): Dead | undefined {
  const { validity, conditions } = rule.compiled.rule;
  if (isEmptyPeriod(validity)) return { because: 'emptyValidity', at: '/validity' };
  if (frame === undefined) {
    return conditions?.programmes === undefined ? undefined : { because: 'noProgramme', at: '/conditions/programmes' };
  }
  const world = { parties: setting.parties, receiver: frame.receiver, grades: setting.grades };
  return deadSource(rule, rule.terms, world) ?? deadConditions(rule, setting, world);
}

function deadSource(rule: PreparedRule, { terms, complete }: Terms, world: ExampleWorld): Dead | undefined {
  if (!complete) return undefined;
  let first: Dead | undefined;
  for (const term of terms) {
    const dead = deadSlot(rule, term, world);
    if (dead === undefined) return undefined;
    first ??= dead;
  }
  return first;
}

function deadSlot({ compiled }: PreparedRule, term: Term, world: ExampleWorld): Dead | undefined {
  for (const slot of term) {
    const { kind, select, ...bounds } = slot.source;
    const { provider, platform } = select;
    const free = slot.at.startsWith('/conditions') && (provider !== undefined || platform !== undefined);
    const from = free ? {} : { from: compiled.rule.from };
    const ungraded = { ...slot, source: { kind, select } };
    if (exampleOf([{ slot: ungraded, ...from }], new Set(), world) === undefined) return { because: 'noCourse', at: slot.at };
    const graded = world.grades.knows([bounds]);
    if (graded && exampleOf([{ slot, ...from }], new Set(), world) === undefined) return { because: 'noGrade', at: slot.at };
  }
  return undefined;
}

function deadConditions(rule: PreparedRule, setting: SearchSetting, world: ExampleWorld): Dead | undefined {
  const { alsoHolds, doesNotHold } = rule.compiled.rule.conditions ?? {};
  if (alsoHolds === undefined) return undefined;
  const { terms, complete } = rule.heldTerms;
  const dead = deadSource(rule, rule.heldTerms, world);
  if (dead !== undefined || doesNotHold === undefined) return dead;
  const contradicts =
    canonicalJson(alsoHolds) === canonicalJson(doesNotHold) || (complete && terms.every((term) => isForbidden(term, rule, setting, world)));
  return contradicts ? { because: 'heldAndNotHeld', at: '/conditions' } : undefined;
}

/** Whether holding these courses, named by codes, is holding what must not be held, whatever their grades and wherever they were taken. */
function isForbidden(term: Term, rule: PreparedRule, setting: SearchSetting, world: ExampleWorld): boolean {
  const { doesNotHold } = rule.compiled;
  if (doesNotHold?.leaves.every(isUnconditional) !== true || !term.every(({ source }) => source.select.kind === 'code')) return false;
  const held = heldExamples(term, rule, setting.namedCodes, world);
  return held !== undefined && holds(doesNotHold, held, rule.compiled, world);
}

/** Whether a course is met by its code alone. */
function isUnconditional({ selector, minimumGrade, maximumGrade }: CompiledCourse): boolean {
  const byCode = selector.kind === 'code' || selector.kind === 'pattern';
  return byCode && [selector.provider, selector.platform, minimumGrade, maximumGrade].every((condition) => condition === undefined);
}
