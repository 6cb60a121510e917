import type { RowClass } from '../platform/index.js';
import { InstitutionIdentifierRow, InstitutionMemberRow, InstitutionRow, InstitutionWordRow } from './storage/institution.rows.js';
import { CreditSystemRow, GradingScaleRow } from './storage/measure.rows.js';

export type {
  ExternalIdentifier,
  ImportOutcome,
  Institution,
  InstitutionDetails,
  InstitutionImport,
  InstitutionKind,
  Ownership,
} from './domain/index.js';
export { InstitutionForm } from './http/institution.dto.js';
export { InstitutionsModule } from './institutions.module.js';
export { InstitutionsService, type InstitutionQuery } from './institutions.service.js';
export { CreditSystemsService, GradingScalesService } from './measures.service.js';

/** What the module keeps in the database. */
export const institutionRows: readonly RowClass[] = [
  CreditSystemRow,
  GradingScaleRow,
  InstitutionRow,
  InstitutionIdentifierRow,
  InstitutionMemberRow,
  InstitutionWordRow,
];
