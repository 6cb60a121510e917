export * from './assist/index.js';
export * from './catalogue.js';
export * from './exception.js';
