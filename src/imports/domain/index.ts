export * from './assist/index.js';
export * from './catalogue.js';
export * from './listed-exception.js';
export * from './records/index.js';
export * from './tes/index.js';
export * from './uopeople.js';
