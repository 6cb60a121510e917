import type { EntityManager } from 'typeorm';

/**
 * What accounts ask of the modules that come after this one in the house; the composition root says who answers. Everything is asked by the service
 * itself, whoever is about to log in.
 */
export abstract class Directory {
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
