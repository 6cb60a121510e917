export * from './export-tes.js';
export * from './import-tes.js';
