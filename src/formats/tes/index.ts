export * from './read.js';
export * from './row.js';
export * from './write.js';
