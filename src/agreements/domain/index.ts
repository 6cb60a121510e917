export * from './terms.js';
export * from './schema.js';
export * from './validate.js';
export * from './catalogue.js';
export * from './validate-against-catalogue.js';
export * from './agreement.js';
export * from './mentions.js';
export * from './findings-schema.js';
