export * from './terms.js';
export * from './schema.js';
export * from './validate.js';
