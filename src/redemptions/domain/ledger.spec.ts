import { describe, expect, it } from '@jest/globals';
import { decide, type LedgerCommand, type RedemptionEntry, redemptionsInForce } from './ledger.js';

const redeem: LedgerCommand = { kind: 'redeem', completion: 'c', institution: 'uvic', programme: 'BSC' };

/** Lets commands follow one another, and tells the ledger they leave, or the reason of the first refusal. */
function after(...commands: readonly LedgerCommand[]): readonly RedemptionEntry[] | string {
  const entries: RedemptionEntry[] = [];
  for (const [index, command] of commands.entries()) {
    const verdict = decide(entries, command, String(index + 1), '2025-03-01');
    if (verdict.kind === 'refused') return verdict.reason;
    entries.push(verdict.entry);
  }
  return entries;
}

function standing(...commands: readonly LedgerCommand[]): readonly string[] {
  const entries = after(...commands);
  return typeof entries === 'string' ? [entries] : redemptionsInForce(entries).map((entry) => `${entry.completion} ${entry.programme}`);
}

describe('the redemption ledger', () => {
  it('uses a completion in a programme once', () => {
    expect(standing(redeem)).toEqual(['c BSC']);
    expect(after(redeem, redeem)).toBe('alreadyRedeemed');
  });

  it('takes another programme, institution or completion as another use', () => {
    expect(
      standing(redeem, { ...redeem, programme: 'BA' }, { ...redeem, institution: 'sfu' }, { ...redeem, completion: 'd' }),
    ).toHaveLength(4);
  });

  it('moves credit to another programme by an entry of its own', () => {
    expect(standing(redeem, { kind: 'transfer', entry: '1', programme: 'BA' })).toEqual(['c BA']);
    expect(standing(redeem, { kind: 'transfer', entry: '1', programme: 'BA' }, { kind: 'transfer', entry: '2', programme: 'BSC' })).toEqual(
      ['c BSC'],
    );
  });

  it('gives credit back by an entry of its own, after which it may be used again', () => {
    const undo: LedgerCommand = { kind: 'undo', entry: '1' };
    expect(standing(redeem, undo)).toEqual([]);
    expect(after(redeem, undo)).toEqual([
      { id: '1', kind: 'redeemed', completion: 'c', institution: 'uvic', programme: 'BSC', decidedOn: '2025-03-01' },
      { id: '2', kind: 'undone', completion: 'c', institution: 'uvic', programme: 'BSC', decidedOn: '2025-03-01', replaces: '1' },
    ]);
    expect(standing(redeem, undo, redeem)).toEqual(['c BSC']);
  });

  it('refuses to replace what is unknown, replaced already, or gives nothing', () => {
    expect(after(redeem, { kind: 'undo', entry: '9' })).toBe('unknownEntry');
    expect(after(redeem, { kind: 'undo', entry: '1' }, { kind: 'undo', entry: '1' })).toBe('alreadyReplaced');
    expect(after(redeem, { kind: 'undo', entry: '1' }, { kind: 'transfer', entry: '2', programme: 'BA' })).toBe('nothingToReplace');
  });

  it('refuses to replace an entry before the day it was decided on', () => {
    const [entry] = after(redeem);
    const entries = typeof entry === 'object' ? [entry] : [];
    expect(decide(entries, { kind: 'undo', entry: '1' }, '2', '2025-02-28')).toEqual({ kind: 'refused', reason: 'decidedLater' });
  });

  it('refuses to move credit to where it is used already', () => {
    expect(after(redeem, { kind: 'transfer', entry: '1', programme: 'BSC' })).toBe('alreadyRedeemed');
    expect(after(redeem, { ...redeem, programme: 'BA' }, { kind: 'transfer', entry: '1', programme: 'BA' })).toBe('alreadyRedeemed');
  });
});
