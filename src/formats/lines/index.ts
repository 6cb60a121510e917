export * from './lines.js';
export * from './row.js';
