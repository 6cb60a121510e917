import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { type Institution, type InstitutionImport, InstitutionsService } from '../../institutions/index.js';
import { identifierKey } from '../../institutions/domain/index.js';
import type { FieldError } from '../../kernel/index.js';
import type { Report } from '../report.js';

/** An institution on record, or why it cannot be recorded. */
export type NamedInstitution =
  | { readonly ok: true; readonly institution: Pick<Institution, 'id' | 'names' | 'homeCreditSystem'> }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/**
 * The institutions that a file of rules names. One that is on record is known by its identifier and stays as it is: a file about something else does
 * not change what an institution is called.
 */
@Injectable()
export class NamedInstitutions {
  constructor(private readonly institutions: InstitutionsService) {}

  /** Finds an institution by its identifiers, or records it. */
  async find(manager: EntityManager, stated: InstitutionImport, report: Report): Promise<NamedInstitution> {
    const [known] = await this.institutions.findByIdentifiers(manager, stated.identifiers);
    if (known !== undefined) {
      report.count('institutions', 'unchanged');
      return { ok: true, institution: known };
    }
    const [outcome] = await this.institutions.import(manager, [stated]);
    if (outcome === undefined || outcome.kind === 'refused') return { ok: false, errors: outcome?.errors ?? [] };
    report.count('institutions', outcome.kind);
    return { ok: true, institution: { ...stated, id: outcome.id } };
  }

  /** The ids of institutions by what a scheme calls them; who is not on record has none. */
  async idsByName(manager: EntityManager, scheme: string, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const found = await this.institutions.findByIdentifiers(
      manager,
      names.map((value) => ({ scheme, value })),
    );
    const ids = new Map(found.flatMap(({ id, identifiers }) => identifiers.map((identifier) => [identifierKey(identifier), id])));
    return new Map(
      names.flatMap((value) => {
        const id = ids.get(identifierKey({ scheme, value }));
        return id === undefined ? [] : [[value, id]];
      }),
    );
  }
}
