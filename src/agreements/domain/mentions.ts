import {
  anyMember,
  courseSourcesOfRule,
  type Award,
  type Outcome,
  type Party,
  type Rule,
  type Selector,
} from '../../rules/domain/index.js';
import type { AgreementTerms } from './terms.js';

/** A course code that terms name. */
export interface CourseMention {
  /** JSON Pointer to the code. */
  readonly at: string;
  readonly code: string;
  /** The institutions of which one should have it. */
  readonly institutions: readonly string[];
  /** The rule that consumes completions of it. */
  readonly consumedBy?: Rule;
}

/** An institution that terms name. */
export interface InstitutionMention {
  /** JSON Pointer to its id. */
  readonly at: string;
  readonly institution: string;
}

/** Every institution that terms name: the parties, and whom selectors are held to. */
export function mentionedInstitutions({ parties, rules, limits }: AgreementTerms): readonly InstitutionMention[] {
  return [
    ...parties.map((institution, index) => ({ at: `/parties/${String(index)}`, institution })),
    ...rules.flatMap((rule, index) => {
      const { consumed, held } = courseSourcesOfRule(rule, `/rules/${String(index)}`);
      return [...consumed, ...held].flatMap(({ at, source }) => scopeOf(source.select, `${at}/select`));
    }),
    ...limits.flatMap(({ over }, index) =>
      over.kind === 'sendingCourses'
        ? over.select.flatMap((select, at) => scopeOf(select, `/limits/${String(index)}/over/select/${String(at)}`))
        : [],
    ),
  ];
}

function scopeOf(select: Selector, at: string): readonly InstitutionMention[] {
  return (['provider', 'platform'] as const).flatMap((which) => {
    const institution = select[which];
    return institution === undefined ? [] : [{ at: `${at}/${which}`, institution }];
  });
}

/** Every course code that terms name, patterns apart. */
export function mentionedCourses(terms: AgreementTerms): readonly CourseMention[] {
  return [
    ...terms.rules.flatMap((rule, index) => [
      ...sendingCourses(rule, `/rules/${String(index)}`, terms.parties),
      ...awardedCourses(rule, `/rules/${String(index)}`, terms.parties),
    ]),
    ...statedCourses(terms),
    ...limitedCourses(terms),
  ];
}

function sendingCourses(rule: Rule, at: string, parties: readonly string[]): readonly CourseMention[] {
  const { consumed, held } = courseSourcesOfRule(rule, at);
  const senders = institutionsOf(rule.from, parties);
  return [
    ...consumed
      .flatMap((placed) => selected(placed.source.select, `${placed.at}/select`, senders))
      .map((mention) => ({ ...mention, consumedBy: rule })),
    ...held.flatMap((placed) => selected(placed.source.select, `${placed.at}/select`, senders)),
  ];
}

function selected(select: Selector, at: string, senders: readonly string[]): readonly CourseMention[] {
  if (select.kind !== 'code') return [];
  const named = select.provider ?? select.platform;
  return [{ at: `${at}/code`, code: select.code, institutions: named === undefined ? senders : [named] }];
}

function awardedCourses({ outcome, to }: Rule, at: string, parties: readonly string[]): readonly CourseMention[] {
  const institutions = institutionsOf(to, parties);
  return awardsOf(outcome, `${at}/outcome`).flatMap(({ award: { target }, place }) =>
    target.kind === 'course' ? [{ at: `${place}/target/code`, code: target.code, institutions }] : [],
  );
}

function awardsOf(outcome: Outcome, at: string): readonly { readonly award: Award; readonly place: string }[] {
  const placed = (awards: readonly Award[], list: string) => awards.map((award, index) => ({ award, place: `${list}/${String(index)}` }));
  if (outcome.kind === 'credit') return placed(outcome.awards, `${at}/awards`);
  if (outcome.kind !== 'choice') return [];
  return outcome.options.flatMap((awards, index) => placed(awards, `${at}/options/${String(index)}`));
}

/** A statement is about a course of whoever recognises. */
function statedCourses({ statements, rules, parties }: AgreementTerms): readonly CourseMention[] {
  const receivers = [...new Set(rules.map(({ to }) => to))];
  const institutions = receivers.length > 0 && !receivers.includes(anyMember) ? receivers : parties;
  return statements.map(({ target }, index) => ({ at: `/statements/${String(index)}/target`, code: target, institutions }));
}

function limitedCourses({ limits, parties }: AgreementTerms): readonly CourseMention[] {
  return limits.flatMap(({ over }, index) =>
    over.kind === 'sendingCourses'
      ? over.select.flatMap((select, at) => selected(select, `/limits/${String(index)}/over/select/${String(at)}`, parties))
      : [],
  );
}

function institutionsOf(party: Party, parties: readonly string[]): readonly string[] {
  return party === anyMember ? parties : [party];
}
