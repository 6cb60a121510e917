import { createHash } from 'node:crypto';
import type { Principal } from '../domain/index.js';

interface Entry {
  readonly principal: Principal;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/**
 * Who sent the tokens that have been verified, until they expire, so that no signature is verified twice. It holds digests instead of tokens: whoever reads
 * the memory of this process finds none to use.
 */
export class VerifiedTokens {
  /** The least recently used first. */
  private readonly entries = new Map<string, Entry>();

  /** Over `capacity` tokens the least recently used is forgotten, and verified again at its next use. */
  constructor(private readonly capacity: number) {}

  find(token: string, now: number): Principal | undefined {
    const key = digestOf(token);
    const entry = this.entries.get(key);
    if (entry === undefined) return undefined;
    this.entries.delete(key);
    if (entry.expiresAt <= now) return undefined;
    this.entries.set(key, entry);
    return entry.principal;
  }

  add(token: string, principal: Principal, expiresAt: number): void {
    this.entries.set(digestOf(token), { principal, expiresAt });
    if (this.entries.size <= this.capacity) return;
    for (const oldest of this.entries.keys()) {
      this.entries.delete(oldest);
      return;
    }
  }
}

function digestOf(token: string): string {
  return createHash('sha256').update(token).digest('base64');
}
