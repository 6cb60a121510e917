/**
 * What is used of oidc-provider. Loaded by Node 20 it asks for Node 22 on the console, at every start and in every command; it works on both, as the tests
 * show, so that is not passed on.
 */
const { warn } = console;
console.warn = () => undefined;
export const { errors, interactionPolicy, Provider } = await import('oidc-provider');
console.warn = warn;
