import type { Role } from '../../src/access/domain/roles.js';
import type { Place, Target } from './access-world.js';

/** What kinds of operations let in whom, and answer what: the words in which `access-expectations.ts` speaks. */

/** The statuses that the first institution's people get by whose it is what they ask for; targets that an operation does not have are left out. */
export type Answers = Readonly<Partial<Record<Target, number>>>;

/** What an operation does for whom. */
export interface Expectation {
  /** None where anybody may call, without a token too. */
  readonly roles?: readonly Role[];
  readonly scope?: string;
  readonly answers: Answers;
  /** Roles that are let in and answered otherwise. */
  readonly but?: Readonly<Partial<Record<Role, Answers>>>;
  /** What is `own` is an agreement of both institutions, and of nobody else: the status that the second one's people get. */
  readonly party?: number;
  /** A request that mostly changes nothing: it repeats what is on record already. */
  readonly body?: (place: Place, places: Readonly<Record<Target, Place>>) => unknown;
  readonly mediaType?: string;
  readonly query?: (place: Place) => string;
  /** Changes of what is `shared` are meant for any version; all others for one that never was, so that they stop at the last check before the change. */
  readonly isChange?: true;
}

// Who works where (domain.md §8).
export const catalogue: readonly Role[] = ['catalogue_editor', 'administrator', 'registrar_system'];
export const courses: readonly Role[] = [...catalogue, 'mooc_platform'];
export const agreeing: readonly Role[] = ['negotiator', 'signatory', 'administrator'];
export const registry: readonly Role[] = ['registrar', 'registrar_system'];
export const recording: readonly Role[] = [...registry, 'mooc_platform'];
export const assessing: readonly Role[] = [...registry, 'assessor'];
const reading: readonly Role[] = ['student', ...assessing, 'appeals_officer'];
export const administering: readonly Role[] = ['administrator', 'operator'];
const auditing: readonly Role[] = ['auditor', 'administrator'];

// What is public.
export const always: Expectation = { answers: { own: 200 } };
export const published: Expectation = { answers: { own: 200, foreign: 200, nonexistent: 404 } };

// What an institution runs. The operator runs all of them.
export const hidden = { foreign: 404, nonexistent: 404 };
export const hiddenPart = { ...hidden, misplaced: 404, missing: 404 };
export const everywhere = (own: number): Pick<Expectation, 'but'> => ({ but: { operator: { own, foreign: own } } });
export const run = (scope: string, own: number): Expectation => ({ roles: administering, scope, answers: { own, ...hidden } });
export const runPart = (scope: string, own = 200): Expectation => ({
  roles: administering,
  scope,
  answers: { own, ...hiddenPart },
  ...everywhere(own),
});
export const runChange = (scope: string): Expectation => ({ ...runPart(scope, 412), isChange: true });
/** What institutions have done is their own business; the operator reads what the service itself has done. */
export const audited: Expectation = {
  roles: [...auditing, 'operator'],
  scope: 'audit:read',
  answers: { own: 200, ...hidden },
  but: { operator: { own: 404 } },
};
export const operated = (scope: string, own: number): Expectation => ({ roles: ['operator'], scope, answers: { own } });

// What an institution publishes and changes itself.
export const write = (scope: string, roles: readonly Role[], nonexistent: number): Expectation => ({
  scope,
  roles,
  answers: { own: 409, foreign: 403, nonexistent },
});
export const rewrite = (scope: string, roles: readonly Role[]): Expectation => ({
  scope,
  roles,
  answers: { own: 412, foreign: 403, nonexistent: 404 },
  isChange: true,
});

// What is a learner's.
export const recordRead = (scope: string, ...more: Role[]): Expectation => ({
  scope,
  roles: [...reading, ...more],
  answers: { own: 200, shared: 200, ...hidden },
});
/** Parts are shared with transcripts and what they state, and with nothing else. */
export const partRead = (scope: string, shared: number, ...more: Role[]): Expectation => ({
  scope,
  roles: [...reading, ...more],
  answers: { own: 200, shared, ...hiddenPart },
});
export const recordWrite = (scope: string, roles: readonly Role[], own: number, shared: number): Expectation => ({
  scope,
  roles,
  answers: { own, shared, ...hidden },
});
export const partWrite = (scope: string, roles: readonly Role[], own: number, shared: number): Expectation => ({
  scope,
  roles,
  answers: { own, shared, ...hiddenPart },
});
export const partChange = (scope: string, roles: readonly Role[], shared: number): Expectation => ({
  ...partWrite(scope, roles, 412, shared),
  isChange: true,
});

export const studentAlone = (scope: string, own: number): Expectation => recordWrite(scope, ['student'], own, 404);

// Agreements: `shared` is one of others that they publish.
export const agreed: Expectation = { answers: { own: 200, shared: 200, ...hidden }, party: 200 };
export const agreedPart: Expectation = { answers: { ...agreed.answers, missing: 404 }, party: 200 };
