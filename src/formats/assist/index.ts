export * from './agreement.js';
export * from './read.js';
