export * from './check.js';
export * from './completion.js';
export * from './identity.js';
export * from './match.js';
