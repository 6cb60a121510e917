import type { CalendarDate } from '../../kernel/index.js';

/**
 * One line of a learner's redemption ledger. Lines are only ever added: a later line replaces an earlier one, once at most.
 * `redeemed`: the completion was used for credit in a programme. `transferred`: that credit was taken to another programme of the same
 * institution. `undone`: it was given back.
 */
export type RedemptionEntry = RedemptionLine &
  (
    | { readonly kind: 'redeemed' }
    /** `replaces` is the entry whose credit moves, or is given back. */
    | { readonly kind: 'transferred' | 'undone'; readonly replaces: string }
  );

interface RedemptionLine {
  readonly id: string;
  readonly completion: string;
  /** The receiving institution. */
  readonly institution: string;
  /** The programme's code: a change of catalogue year is no second use. Of an `undone` entry the programme it is taken back from. */
  readonly programme: string;
  readonly decidedOn: CalendarDate;
}

/** An entry on record. */
export type RecordedEntry = RedemptionEntry & {
  /** RFC 3339, UTC. */
  readonly recordedAt: string;
  /** Whether the use stands: see {@link redemptionsInForce}. */
  readonly inForce: boolean;
};

export const entryKinds = ['redeemed', 'transferred', 'undone'] as const;
export type EntryKind = (typeof entryKinds)[number];

/** What is asked of the ledger. */
export type LedgerCommand =
  | { readonly kind: 'redeem'; readonly completion: string; readonly institution: string; readonly programme: string }
  | { readonly kind: 'transfer'; readonly entry: string; readonly programme: string }
  | { readonly kind: 'undo'; readonly entry: string };

/**
 * Why the ledger refuses: the entry is unknown, was replaced by a later one, gives nothing to move, was decided later than what is to replace it, or the use is
 * on the ledger already.
 */
export type LedgerRefusal = 'unknownEntry' | 'alreadyReplaced' | 'nothingToReplace' | 'decidedLater' | 'alreadyRedeemed';

export type LedgerVerdict =
  { readonly kind: 'entry'; readonly entry: RedemptionEntry } | { readonly kind: 'refused'; readonly reason: LedgerRefusal };

/** The uses of completions that stand: what no later entry replaces, and what gives back nothing. */
export function redemptionsInForce(entries: readonly RedemptionEntry[]): RedemptionEntry[] {
  const replaced = new Set(entries.flatMap((entry) => (entry.kind === 'redeemed' ? [] : [entry.replaces])));
  return entries.filter((entry) => entry.kind !== 'undone' && !replaced.has(entry.id));
}

/** Decides on a command against all entries of the learner; the answer is the entry to add, or why there is none. */
export function decide(entries: readonly RedemptionEntry[], command: LedgerCommand, id: string, decidedOn: CalendarDate): LedgerVerdict {
  if (command.kind === 'redeem') {
    const { completion, institution, programme } = command;
    return unlessRedeemed(entries, { id, kind: 'redeemed', completion, institution, programme, decidedOn });
  }
  const replaced = entries.find((entry) => entry.id === command.entry);
  if (replaced === undefined) return { kind: 'refused', reason: 'unknownEntry' };
  if (replaced.kind === 'undone') return { kind: 'refused', reason: 'nothingToReplace' };
  if (!redemptionsInForce(entries).includes(replaced)) return { kind: 'refused', reason: 'alreadyReplaced' };
  if (decidedOn < replaced.decidedOn) return { kind: 'refused', reason: 'decidedLater' };
  const { completion, institution } = replaced;
  const line = { id, completion, institution, decidedOn, replaces: replaced.id };
  if (command.kind === 'undo') return { kind: 'entry', entry: { ...line, kind: 'undone', programme: replaced.programme } };
  return unlessRedeemed(entries, { ...line, kind: 'transferred', programme: command.programme });
}

/** One completion earns credit in one programme once. */
function unlessRedeemed(entries: readonly RedemptionEntry[], entry: RedemptionEntry): LedgerVerdict {
  const stands = redemptionsInForce(entries).some(
    (other) => other.completion === entry.completion && other.institution === entry.institution && other.programme === entry.programme,
  );
  return stands ? { kind: 'refused', reason: 'alreadyRedeemed' } : { kind: 'entry', entry };
}
