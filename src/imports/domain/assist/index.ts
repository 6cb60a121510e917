export { institutionOf as assistInstitution } from './catalogue.js';
export * from './import-assist.js';
export * from './result.js';
