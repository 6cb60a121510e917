export * from './csv-reader.js';
export * from './csv-writer.js';
export * from './ndjson.js';
