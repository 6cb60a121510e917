/** What modules use of the platform. */
export { Clock } from './clock.js';
export { type Config, ConfigError } from './config.js';
export { explainConstraints, problemOfDatabaseError } from './constraints.js';
export {
  managerOf,
  type MigrationClass,
  preparedQuery,
  reading,
  type RowClass,
  type Schema,
  seeingAll,
  serviceRole,
  transaction,
} from './database.js';
export { ExpectedVersion, IfMatch, type Versioned, WithETag } from './etag.js';
export { IdPipe, newId, notFound, NumberPipe, requireOwn } from './ids.js';
export { refuseUnfit } from './json-body.js';
export { JsonShape, registerSchemas, type Shape, ShapeBody, shapeErrors } from './json-schema.js';
export { Languages, languagesOf, type MessageLanguage, messageLanguage } from './languages.js';
export type { Logger } from './log.js';
export { Media } from './media-types.js';
export { PageQuery } from './page-query.dto.js';
export { byId, type KeyPart, Keyset, type Page, Paged, PageOf, rowsToRead } from './paging.js';
export { CONFIG } from './platform.module.js';
export { FormPipe, MayBeAbsent, Nested, NestedList } from './validation.js';
export { insertRows, updateRows } from './bulk.js';
export { Conditions } from './conditions.js';
export {
  IsAmount,
  IsCalendarDate,
  IsCredits,
  IsId,
  IsIds,
  IsLanguageTag,
  IsLanguageTags,
  IsLocalisedText,
  IsOneLine,
  IsPeriod,
  Shaped,
} from './fields.js';
export { fromDateRange, toDateRange } from './period-range.js';
export {
  addSearch,
  addSearchAcross,
  rememberWords,
  type SearchTerms,
  searchTerms,
  type SearchWish,
  searchWish,
  wordAlternatives,
} from './text-search.js';
export { asPage, asView } from './as-view.js';
export { projectRoot } from './project-root.js';
export { OriginalBytes } from './original-bytes.js';
export { WorkerPool } from './worker-pool.js';
export { asService, type Caller, currentCaller, requestContext, serviceScope } from './request-context.js';
export { isPublicAddress, outgoingFetch, type OutgoingFetch, PrivateAddressError } from './outgoing.js';
export { RateLimit } from './rate-limit.js';
export { type KeptSecret, Sealing } from './sealing.js';
export { forgetAnswersAbout, ShownOnce } from './idempotency.js';
export {
  changeOf,
  type CommandRecord,
  destroyLearnerKey,
  entryInserts,
  entryValues,
  type JournalEntry,
  type JournalResource,
  learnerKeySql,
  record,
  recordAll,
} from './journal.js';
export { problemBody, problemMediaType, problemOf } from './problem.js';
