export * from './rule.js';
export * from './schema.js';
export * from './validate.js';
export * from './compile.js';
export * from './exactness.js';
export * from './match.js';
export * from './sets.js';
export * from './shortfall.js';
