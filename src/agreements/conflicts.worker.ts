import { findConflicts, type ConflictReport } from '../rules/domain/index.js';
import type { ConflictSearch } from './conflict-finder.js';

/** What a worker thread does: one search, whole. */
export default function work({ terms, scales }: ConflictSearch): ConflictReport {
  return findConflicts(terms, scales);
}
