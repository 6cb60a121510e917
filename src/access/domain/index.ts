/** Who may do what: pure. */
export * from './roles.js';
export * from './principal.js';
export * from './access-table.js';
export * from './decide.js';
