export * from './credit-system.js';
export * from './grading-scale.js';
export * from './institution.js';
export * from './institution-import.js';
export * from './ownership.js';
