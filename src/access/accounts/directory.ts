import type { EntityManager } from 'typeorm';

/**
 * What this module asks of those that come after it in the house; the composition root says who answers. Everything is asked by the service itself, whoever
 * calls or is about to log in.
 */
export abstract class Directory {
  abstract hasInstitution(id: string): Promise<boolean>;

  /** What institutions are called, in the first of these languages that they have a name in. */
  abstract namesOf(institutions: readonly string[], languages: readonly string[]): Promise<ReadonlyMap<string, string>>;

  /** The learner to whom an institution gave an identifier. */
  abstract learnerWith(
    manager: EntityManager,
    identifier: { readonly institution: string; readonly scheme: string; readonly value: string },
  ): Promise<string | undefined>;

  /** Whether a learner has an identifier that an institution gave. */
  abstract isLinked(learner: string, institution: string): Promise<boolean>;
}
