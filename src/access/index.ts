export { AccessModule } from './access.module.js';
export { watchRoutes } from './routes.js';
export { accessScopes, accessTable, type AccessTable } from './domain/index.js';
export { accessTo } from './access-in-words.js';
export { demoClientId, demoSecret, operatorUsage, registerOperator, seedDemoClients } from './clients/index.js';
export { docsClientId, mountAuthorisationServer } from './oauth/index.js';
export { accountRows, demoPassword, type DemoPlaces, Directory, seedDemoAccounts } from './accounts/index.js';
