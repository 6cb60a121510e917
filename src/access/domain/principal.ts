import type { InstitutionRole } from './roles.js';

/** Whoever holds a valid token. */
interface TokenHolder {
  /** `sub`: the account of a person, or the client id of a machine (RFC 9068, section 2.2). */
  readonly subject: string;
  /** `client_id`: the client that the token was issued to. */
  readonly client: string;
  /** The scopes that the token grants, `resource:action`. */
  readonly scopes: ReadonlySet<string>;
}

/** A student, who sees what is their own. */
export interface StudentPrincipal extends TokenHolder {
  readonly kind: 'student';
  /** The learner that the account belongs to. */
  readonly learner: string;
}

/** Staff or a machine client of an institution; a token is for one institution. */
export interface MemberPrincipal extends TokenHolder {
  readonly kind: 'member';
  readonly institution: string;
  readonly roles: ReadonlySet<InstitutionRole>;
}

/** The operator of the service, who registers institutions and sees no student. */
export interface OperatorPrincipal extends TokenHolder {
  readonly kind: 'operator';
}

/** Nobody in particular: a request without a token. */
export interface AnonymousPrincipal {
  readonly kind: 'anonymous';
}

/** Who calls. */
export type Principal = StudentPrincipal | MemberPrincipal | OperatorPrincipal | AnonymousPrincipal;
