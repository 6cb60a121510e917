/** Clients of the authorisation server: pure. */
export * from './client.js';
