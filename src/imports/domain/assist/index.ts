export * from './import-assist.js';
export * from './result.js';
