export * from './access.js';
export * from './consent.js';
export * from './identifier.js';
