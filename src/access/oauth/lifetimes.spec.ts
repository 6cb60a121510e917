import { describe, expect, it } from '@jest/globals';
import { sessionSeconds } from './lifetimes.js';

describe('a session', () => {
  const hour = 3600;

  it('ends twelve hours after the log-in, however often it is used', () => {
    expect(sessionSeconds(undefined, 1_000_000)).toBe(12 * hour);
    expect(sessionSeconds(1_000_000, 1_000_000 + 5 * hour)).toBe(7 * hour);
    expect(sessionSeconds(1_000_000, 1_000_000 + 12 * hour)).toBe(1);
    expect(sessionSeconds(1_000_000, 1_000_000 + 30 * hour)).toBe(1);
  });
});
