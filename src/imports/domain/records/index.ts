export * from './cells.js';
export * from './columns.js';
export * from './resource.js';
