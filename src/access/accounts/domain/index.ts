/** People and where they log in: pure. */
export * from './account.js';
export * from './admission.js';
export * from './identity-provider.js';
