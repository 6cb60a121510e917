import { canonicalJson, type FieldError } from '../../kernel/index.js';
import { faultsOfInstitution, identifierKey, type Institution, type InstitutionDetails } from './institution.js';

/**
 * An institution as a file states it. Its identifiers say which institution it is: at least one is needed, and a known one stands for the institution
 * that has it. What the row states replaces what is recorded, names language by language; identifiers are added; what the row leaves out stays.
 */
export type InstitutionImport = Omit<InstitutionDetails, 'members'>;

/** What became of the institution that a row states. */
export type ImportOutcome =
  | { readonly kind: 'created' | 'changed' | 'unchanged'; readonly id: string }
  | { readonly kind: 'refused'; readonly errors: readonly FieldError[] };

/** What an import means for the store. */
export interface InstitutionPlan {
  /** One for each row, in their order. */
  readonly outcomes: readonly ImportOutcome[];
  readonly created: readonly PlannedInstitution[];
  readonly changed: readonly PlannedInstitution[];
}

export interface PlannedInstitution {
  readonly id: string;
  readonly details: InstitutionDetails;
}

interface Entry {
  readonly id: string;
  readonly before: InstitutionDetails | undefined;
  details: InstitutionDetails;
}

/** What the record adds to the details. */
type Recorded = { -readonly [Field in Exclude<keyof Institution, keyof InstitutionDetails>]?: Institution[Field] };

function detailsOf(institution: Institution): InstitutionDetails {
  const details: InstitutionDetails & Recorded = { ...institution };
  delete details.id;
  delete details.version;
  delete details.modifiedAt;
  return details;
}

/** The institutions of an import by identifier, as they come to be row by row. */
class Ledger {
  readonly entries: Entry[] = [];
  private readonly byIdentifier = new Map<string, Entry>();

  constructor(existing: readonly Institution[]) {
    for (const institution of existing) {
      const details = detailsOf(institution);
      this.add({ id: institution.id, before: details, details });
    }
  }

  /** Every institution that one of the identifiers names. */
  namedBy(row: InstitutionImport): Entry[] {
    const found = row.identifiers.map((identifier) => this.byIdentifier.get(identifierKey(identifier)));
    return [...new Set(found.filter((entry) => entry !== undefined))];
  }

  add(entry: Entry): void {
    this.entries.push(entry);
    this.index(entry);
  }

  index(entry: Entry): void {
    for (const identifier of entry.details.identifiers) this.byIdentifier.set(identifierKey(identifier), entry);
  }
}

function merged(before: InstitutionDetails, row: InstitutionImport): InstitutionDetails {
  const known = new Set(before.identifiers.map(identifierKey));
  const added = row.identifiers.filter((identifier) => !known.has(identifierKey(identifier)));
  return { ...before, ...row, names: { ...before.names, ...row.names }, identifiers: [...before.identifiers, ...added] };
}

function refused(pointer: string, detail: string): ImportOutcome {
  return { kind: 'refused', errors: [{ pointer, detail }] };
}

function take(ledger: Ledger, row: InstitutionImport, newId: string): ImportOutcome {
  if (row.identifiers.length === 0) return refused('/identifiers', 'must name at least one: it says which institution the row is about');
  const [entry, ...others] = ledger.namedBy(row);
  if (others.length > 0) return refused('/identifiers', 'name more than one institution that is already recorded');
  if (entry !== undefined && entry.details.kind !== row.kind) return refused('/kind', `cannot be changed; it is ${entry.details.kind}`);
  const details = entry === undefined ? { ...row, members: [] } : merged(entry.details, row);
  const errors = faultsOfInstitution(details);
  if (errors.length > 0) return { kind: 'refused', errors };
  if (entry === undefined) {
    ledger.add({ id: newId, before: undefined, details });
    return { kind: 'created', id: newId };
  }
  const isSame = canonicalJson(details) === canonicalJson(entry.details);
  entry.details = details;
  ledger.index(entry);
  return { kind: isSame ? 'unchanged' : 'changed', id: entry.id };
}

/**
 * Decides an import row by row, in order; the same rows a second time are all `unchanged`. `existing` are the recorded institutions that any identifier
 * of the rows names; `newIds` has one id for each row.
 */
export function planInstitutions(
  rows: readonly InstitutionImport[],
  existing: readonly Institution[],
  newIds: readonly string[],
): InstitutionPlan {
  const ledger = new Ledger(existing);
  const outcomes = rows.map((row, index) => take(ledger, row, newIds[index] ?? ''));
  const planned = (entries: readonly Entry[]) => entries.map(({ id, details }) => ({ id, details }));
  const isChanged = ({ before, details }: Entry) => before !== undefined && canonicalJson(before) !== canonicalJson(details);
  return {
    outcomes,
    created: planned(ledger.entries.filter((entry) => entry.before === undefined)),
    changed: planned(ledger.entries.filter(isChanged)),
  };
}
