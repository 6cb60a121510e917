/** The sealed audit log: pure. */
export * from './digests.js';
export * from './export-lines.js';
export * from './log-check.js';
export * from './merkle.js';
export * from './proofs.js';
export * from './statements.js';
