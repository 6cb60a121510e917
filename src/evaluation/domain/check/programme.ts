import { normaliseCode, patternToRegExp, thousandths, type Thousandths } from '../../../kernel/index.js';
import type { AgreementTerms } from '../../../agreements/domain/index.js';
import type { CourseMatch, Programme, Requirement } from '../../../programmes/domain/index.js';
import type { Award } from '../../../rules/domain/index.js';
import { takesPart } from './facts.js';
import { readTerms, type ReadAward } from './terms.js';

/** What may fill a requirement (§5.4): an award, or a home course as an award of itself. */
export interface Creditable {
  /** Normal form of a named course's code. */
  readonly code: string | undefined;
  readonly subject: string | undefined;
  readonly level: number | undefined;
  readonly attributes: readonly string[];
  readonly effect: Award['effect'];
  readonly credits: Thousandths;
}

/** A node of the requirement tree, in the order of a walk from the root: a node comes before its parts. */
export interface ReadRequirement {
  readonly requirement: Requirement;
  readonly position: number;
  readonly parent: ReadRequirement | undefined;
  readonly parts: readonly ReadRequirement[];
  readonly leaf: boolean;
  /** A leaf's credits; 0 for other nodes. */
  readonly need: Thousandths;
  /** Of a `course` requirement, in normal form. */
  readonly codes: ReadonlySet<string>;
  readonly takes: (credit: Creditable) => boolean;
}

export interface ReadProgramme {
  readonly nodes: readonly ReadRequirement[];
  readonly byId: ReadonlyMap<string, ReadRequirement>;
  /** Nodes with a cap on transferred awards. */
  readonly capped: readonly ReadRequirement[];
  /** Ids of the leaves that each agreement's rules offer, by its terms. */
  readonly offers: WeakMap<AgreementTerms, ReadonlySet<string>>;
}

const known = new WeakMap<Programme, ReadProgramme>();

/** The requirements made ready for look-up. A programme of one catalogue year never changes, so it is done once for each object. */
export function readProgramme(programme: Programme): ReadProgramme {
  const before = known.get(programme);
  if (before !== undefined) return before;
  const nodes: ReadRequirement[] = [];
  readRequirement(programme.requirements, undefined, nodes);
  const read = {
    nodes,
    byId: new Map(nodes.map((node) => [node.requirement.id, node])),
    capped: nodes.filter(({ requirement }) => requirement.transfer !== undefined),
    offers: new WeakMap<AgreementTerms, ReadonlySet<string>>(),
  };
  known.set(programme, read);
  return read;
}

function readRequirement(requirement: Requirement, parent: ReadRequirement | undefined, nodes: ReadRequirement[]): ReadRequirement {
  const parts: ReadRequirement[] = [];
  const node = {
    requirement,
    position: nodes.length,
    parent,
    parts,
    leaf: requirement.kind !== 'all' && requirement.kind !== 'atLeast',
    need: requirement.kind === 'all' || requirement.kind === 'atLeast' ? 0 : thousandths(requirement.credits),
    codes: new Set(requirement.kind === 'course' ? requirement.codes.map(normaliseCode) : []),
    takes: takerOf(requirement),
  };
  nodes.push(node);
  if (requirement.kind === 'all' || requirement.kind === 'atLeast') {
    for (const part of requirement.of) parts.push(readRequirement(part, node, nodes));
  }
  return node;
}

function takerOf(requirement: Requirement): (credit: Creditable) => boolean {
  switch (requirement.kind) {
    case 'course': {
      const codes = new Set(requirement.codes.map(normaliseCode));
      return ({ code }) => code !== undefined && codes.has(code);
    }
    case 'credits': {
      const matches = requirement.from.map(matcherOf);
      return (credit) => isCredit(credit) && matches.some((match) => match(credit));
    }
    case 'freeElectives':
      return isCredit;
    default:
      return () => false;
  }
}

/** An award with no credits fills named courses only. */
function isCredit({ effect, credits }: Creditable): boolean {
  return effect === 'credit' && credits > 0;
}

function matcherOf(match: CourseMatch): (credit: Creditable) => boolean {
  switch (match.kind) {
    case 'code': {
      const pattern = patternToRegExp(match.pattern);
      return ({ code }) => code !== undefined && pattern.test(code);
    }
    case 'subject': {
      const [subject, { minimumLevel }] = [normaliseCode(match.subject), match];
      return (credit) => credit.subject === subject && (minimumLevel === undefined || (credit.level ?? -1) >= minimumLevel);
    }
    case 'attribute':
      return ({ attributes }) => attributes.includes(match.attribute);
  }
}

/** Leaves that may share an award; the programme states it on both. */
export function areSharing({ requirement: a }: ReadRequirement, { requirement: b }: ReadRequirement): boolean {
  return a.sharesWith?.includes(b.id) === true || b.sharesWith?.includes(a.id) === true;
}

/**
 * Ids of the leaves that rules of these terms offer (§6), whoever may use them: policy, home record and waivers play no part. Converted credit
 * counts as some credit.
 */
export function offeredBy(terms: AgreementTerms, programme: Programme): ReadonlySet<string> {
  const { nodes, offers } = readProgramme(programme);
  const before = offers.get(terms);
  if (before !== undefined) return before;
  const parties = new Set(terms.parties);
  const rules = [...readTerms(terms).rules.values()].filter((rule) => takesPart(rule, parties, programme.institution));
  const awards = rules.flatMap(({ options }) => options.flat()).map(mostOf);
  const offered = new Set(nodes.filter(({ takes }) => awards.some(takes)).map(({ requirement }) => requirement.id));
  offers.set(terms, offered);
  return offered;
}

function mostOf(read: ReadAward): Creditable {
  const { credits, effect } = read.award;
  return { ...read, effect, credits: thousandths(credits.kind === 'fixed' ? credits.credits : (credits.maximum ?? 1)) };
}
