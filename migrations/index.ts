import type { MigrationClass } from '../src/platform/database.js';
import { Extensions0001 } from './0001-extensions.js';
import { Institutions0010 } from './0010-institutions.js';
import { Courses0011 } from './0011-courses.js';
import { Learners0020 } from './0020-learners.js';
import { Programmes0021 } from './0021-programmes.js';
import { Transcripts0022 } from './0022-transcripts.js';
import { Redemptions0023 } from './0023-redemptions.js';
import { Agreements0030 } from './0030-agreements.js';
import { Evaluations0040 } from './0040-evaluations.js';
import { Imports0050 } from './0050-imports.js';
import { ServiceRole0060 } from './0060-service-role.js';
import { Journal0061 } from './0061-journal.js';
import { AuditLog0062 } from './0062-audit-log.js';
import { RowSecurity0063 } from './0063-row-security.js';
import { Consents0064 } from './0064-consents.js';
import { Idempotency0065 } from './0065-idempotency.js';
import { RuleCodes0066 } from './0066-rule-codes.js';
import { AgreementSearch0067 } from './0067-agreement-search.js';
import { OAuth0070 } from './0070-oauth.js';
import { Accounts0071 } from './0071-accounts.js';
import { SealedLogKeys0072 } from './0072-sealed-log-keys.js';

/** Every migration, in the order they run. */
export const migrations: readonly MigrationClass[] = [
  Extensions0001,
  Institutions0010,
  Courses0011,
  Learners0020,
  Programmes0021,
  Transcripts0022,
  Redemptions0023,
  Agreements0030,
  Evaluations0040,
  Imports0050,
  ServiceRole0060,
  Journal0061,
  AuditLog0062,
  RowSecurity0063,
  Consents0064,
  Idempotency0065,
  RuleCodes0066,
  AgreementSearch0067,
  OAuth0070,
  Accounts0071,
  SealedLogKeys0072,
];
