/** How long things of the authorisation server live, in seconds. */
export const lifetimes = {
  /** Also the time after which a revoked client or a deactivated person can do nothing more. */
  accessToken: 600,
  idToken: 3600,
  authorizationCode: 60,
  /** Of the log-in pages. */
  interaction: 1800,
  /** A working day: so long after the last log-in a person must log in again. */
  session: 12 * 3600,
  refreshToken: 12 * 3600,
  /** What a person has allowed a client. */
  grant: 30 * 24 * 3600,
  /** The furthest end that a client assertion may have: so long its id is remembered. */
  assertion: 3600,
} as const;

/** What is left of a session that began with a log-in, both in seconds since 1970: using it does not make it longer. */
export function sessionSeconds(loggedInAt: number | undefined, now: number): number {
  return loggedInAt === undefined ? lifetimes.session : Math.max(1, loggedInAt + lifetimes.session - now);
}
