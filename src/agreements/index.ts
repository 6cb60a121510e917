import type { RowClass } from '../platform/index.js';
import {
  AgreementCreditSystemRow,
  AgreementEditionRow,
  AgreementGradingScaleRow,
  AgreementPartyRow,
  AgreementRevisionRow,
  AgreementRow,
  AgreementRuleCodeRow,
  AgreementRuleRow,
  AgreementWordRow,
} from './storage/agreement.rows.js';

export { AgreementsModule } from './agreements.module.js';
export { AgreementsService, type AgreementQuery, type StatedRevision } from './agreements.service.js';
export type { Agreement, AgreementDetails, AgreementTerms, Revision, Visibility } from './domain/index.js';
export {
  readReceivingCourses,
  readSendingCourses,
  readTerms,
  revisionsInForceSql,
  type ReceivingCourse,
  type RevisionHead,
  type SendingCourse,
} from './storage/in-force.store.js';

/** What the module keeps in the database. */
export const agreementRows: readonly RowClass[] = [
  AgreementRow,
  AgreementRevisionRow,
  AgreementPartyRow,
  AgreementEditionRow,
  AgreementCreditSystemRow,
  AgreementGradingScaleRow,
  AgreementRuleRow,
  AgreementRuleCodeRow,
  AgreementWordRow,
];
