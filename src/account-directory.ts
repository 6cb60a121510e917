import { Global, Injectable, Module } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Directory } from './access/index.js';
import { InstitutionsModule, InstitutionsService } from './institutions/index.js';
import { Problem } from './kernel/index.js';
import { type IdentifierKey, LearnersModule, LearnersService } from './learners/index.js';
import { asService } from './platform/index.js';

const part = 'accounts';

/** Answers what is asked about institutions and learners before it is known who asks, in the service's own name. */
@Injectable()
class DirectoryOfModules extends Directory {
  constructor(
    private readonly institutions: InstitutionsService,
    private readonly learners: LearnersService,
  ) {
    super();
  }

  override hasInstitution(id: string): Promise<boolean> {
    return asService('access', () => this.institutions.has(id));
  }

  override namesOf(institutions: readonly string[], languages: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return asService(part, () => this.institutions.namesOf(institutions, languages));
  }

  override learnerWith(manager: EntityManager, identifier: IdentifierKey): Promise<string | undefined> {
    return this.learners.findByIdentifier(manager, identifier);
  }

  override async isLinked(learner: string, institution: string): Promise<boolean> {
    try {
      const { identifiers } = await asService(part, () => this.learners.read(learner));
      return identifiers.some((identifier) => identifier.institution === institution);
    } catch (error) {
      if (error instanceof Problem && error.code === 'notFound') return false;
      throw error;
    }
  }
}

/** Puts the modules under what accounts ask of them. */
@Global()
@Module({
  imports: [InstitutionsModule, LearnersModule],
  providers: [{ provide: Directory, useClass: DirectoryOfModules }],
  exports: [Directory],
})
export class AccountDirectoryModule {}
