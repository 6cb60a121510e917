import { type FieldError, type LocalisedText, textIn } from '../../kernel/index.js';

export const institutionKinds = ['university', 'platform', 'consortium'] as const;
/** A place that teaches and awards degrees, a place where open courses run, or an association of such places. */
export type InstitutionKind = (typeof institutionKinds)[number];

/** How others call an institution: `{ scheme: 'schac', value: 'uva.es' }`. One name names one institution. */
export interface ExternalIdentifier {
  /** `schac`, `ror`, `erasmus`, `cn-moe`, `ipeds`, `opeid` and the like. */
  readonly scheme: string;
  readonly value: string;
}

/** What is recorded of an institution. */
export interface InstitutionDetails {
  readonly kind: InstitutionKind;
  readonly names: LocalisedText;
  /** ISO 3166-1 alpha-2. A consortium may span countries and have none. */
  readonly country?: string;
  readonly identifiers: readonly ExternalIdentifier[];
  /** The credit system and the grading scale that the institution itself uses. */
  readonly homeCreditSystem?: string;
  readonly homeGradingScale?: string;
  /** Ids of the members of a consortium. */
  readonly members: readonly string[];
  readonly website?: string;
}

export interface Institution extends InstitutionDetails {
  readonly id: string;
  readonly version: number;
  /** RFC 3339, UTC. */
  readonly modifiedAt: string;
}

/** An institution for a reader. */
export interface NamedInstitution extends Institution {
  /** Its name in the first of the reader's languages that there is. */
  readonly name: string;
}

export function named(institution: Institution, languages: readonly string[]): NamedInstitution {
  return { ...institution, name: textIn(institution.names, languages) };
}

/** One text for an identifier, to compare and to look up by. */
export function identifierKey(identifier: ExternalIdentifier): string {
  return `${identifier.scheme}:${identifier.value}`;
}

function repeatedAt<Item>(items: readonly Item[], keyOf: (item: Item) => string): number[] {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const isRepeated = seen.has(keyOf(item));
    seen.add(keyOf(item));
    return isRepeated ? [index] : [];
  });
}

/** Where the parts of an institution contradict each other, with JSON Pointers; each part by itself has been checked. */
export function faultsOfInstitution(details: InstitutionDetails): FieldError[] {
  const faults: FieldError[] = [];
  if (details.kind !== 'consortium' && details.country === undefined) {
    faults.push({ pointer: '/country', detail: 'is required; only a consortium may do without' });
  }
  if (details.kind !== 'consortium' && details.members.length > 0) {
    faults.push({ pointer: '/members', detail: 'must be empty: only a consortium has members' });
  }
  for (const index of repeatedAt(details.identifiers, identifierKey)) {
    faults.push({ pointer: `/identifiers/${String(index)}`, detail: 'is named twice' });
  }
  for (const index of repeatedAt(details.members, (member) => member)) {
    faults.push({ pointer: `/members/${String(index)}`, detail: 'is named twice' });
  }
  return faults;
}

/** What contradicts the institution as it was. Its kind stays: what teaches on a platform or is a member rests on it. */
export function faultsOfChange(before: Institution, details: InstitutionDetails): FieldError[] {
  const kind = before.kind === details.kind ? [] : [{ pointer: '/kind', detail: `cannot be changed; it is ${before.kind}` }];
  const own = details.members.indexOf(before.id);
  return [...kind, ...(own < 0 ? [] : [{ pointer: `/members/${String(own)}`, detail: 'is the consortium itself' }])];
}
