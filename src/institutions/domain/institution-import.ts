import { canonicalJson, type FieldError } from '../../kernel/index.js';
import { faultsOfInstitution, identifierKey, type Institution, type InstitutionDetails } from './institution.js';

/**
 * An institution as a file states it. Its identifiers say which institution it is: at least one is needed, and a known one stands for the institution
 * that has it. What the row states replaces what is recorded, names language by language; identifiers and members are added; what the row leaves out stays.
 */
export type InstitutionImport = Omit<InstitutionDetails, 'members'> & Partial<Pick<InstitutionDetails, 'members'>>;

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
  private readonly byId = new Map<string, Entry>();
  private readonly byIdentifier = new Map<string, Entry>();

  constructor(existing: readonly Institution[]) {
    for (const institution of existing) {
      const details = detailsOf(institution);
      this.put({ id: institution.id, before: details, details });
    }
  }

  /** Every institution that one of the identifiers names. */
  namedBy(row: InstitutionImport): Entry[] {
    const found = row.identifiers.map((identifier) => this.byIdentifier.get(identifierKey(identifier)));
    return [...new Set(found.filter((entry) => entry !== undefined))];
  }

  get entries(): readonly Entry[] {
    return [...this.byId.values()];
  }

  put(entry: Entry): void {
    this.byId.set(entry.id, entry);
    for (const identifier of entry.details.identifiers) this.byIdentifier.set(identifierKey(identifier), entry);
  }
}

function merged(before: InstitutionDetails, row: InstitutionImport): InstitutionDetails {
  const known = new Set(before.identifiers.map(identifierKey));
  const added = row.identifiers.filter((identifier) => !known.has(identifierKey(identifier)));
  const joined = (row.members ?? []).filter((member) => !before.members.includes(member));
  return {
    ...before,
    ...(row.country === undefined ? {} : { country: row.country }),
    ...(row.homeCreditSystem === undefined ? {} : { homeCreditSystem: row.homeCreditSystem }),
    ...(row.homeGradingScale === undefined ? {} : { homeGradingScale: row.homeGradingScale }),
    ...(row.website === undefined ? {} : { website: row.website }),
    names: { ...before.names, ...row.names },
    identifiers: [...before.identifiers, ...added],
    members: [...before.members, ...joined],
  };
}

/** The institution of a row, brought up to what the row states; or why the row cannot be taken. */
function take(ledger: Ledger, row: InstitutionImport, newId: string): Entry | readonly FieldError[] {
  if (row.identifiers.length === 0)
    return [{ pointer: '/identifiers', detail: 'must name at least one: it says which institution the row is about' }];
  const [entry, ...others] = ledger.namedBy(row);
  if (others.length > 0) return [{ pointer: '/identifiers', detail: 'name more than one institution that is already recorded' }];
  if (entry !== undefined && entry.details.kind !== row.kind)
    return [{ pointer: '/kind', detail: `cannot be changed; it is ${entry.details.kind}` }];
  const details = entry === undefined ? { ...row, members: row.members ?? [] } : merged(entry.details, row);
  const errors = faultsOfInstitution(details);
  if (errors.length > 0) return errors;
  const taken = entry ?? { id: newId, before: undefined, details };
  taken.details = details;
  ledger.put(taken);
  return taken;
}

function isChanged({ before, details }: Entry): boolean {
  return before !== undefined && canonicalJson(before) !== canonicalJson(details);
}

function outcomeOf(taken: Entry | readonly FieldError[]): ImportOutcome {
  if ('length' in taken) return { kind: 'refused', errors: taken };
  if (taken.before === undefined) return { kind: 'created', id: taken.id };
  return { kind: isChanged(taken) ? 'changed' : 'unchanged', id: taken.id };
}

/**
 * Decides an import row by row, in order; the same rows a second time are all `unchanged`. `existing` are the recorded institutions that any identifier
 * of the rows names, `dangling` says for each row what it names that does not exist, `newIds` has one id for each row.
 */
export function planInstitutions(
  rows: readonly InstitutionImport[],
  existing: readonly Institution[],
  dangling: readonly (readonly FieldError[])[],
  newIds: readonly string[],
): InstitutionPlan {
  const ledger = new Ledger(existing);
  const taken = rows.map((row, index) => {
    const faults = dangling[index] ?? [];
    return faults.length > 0 ? faults : take(ledger, row, newIds[index] ?? '');
  });
  const planned = (entries: readonly Entry[]) => entries.map(({ id, details }) => ({ id, details }));
  return {
    // Told at the end, when every row about an institution has been taken.
    outcomes: taken.map(outcomeOf),
    created: planned(ledger.entries.filter((entry) => entry.before === undefined)),
    changed: planned(ledger.entries.filter(isChanged)),
  };
}
