export * from './document.js';
export * from './place.js';
