export { ACCESS_TABLE, AccessGuard, operationOf } from './access.guard.js';
export { AccessModule } from './access.module.js';
export { watchRoutes } from './routes.js';
export { accessScopes, accessTable, type AccessTable } from './domain/index.js';
export { accessTo } from './access-in-words.js';
export { demoClientId, demoSecret, operatorUsage, registerOperator, seedDemoClients } from './clients/index.js';
export { docsClientId, mountAuthorisationServer } from './oauth/index.js';
export {
  accountRows,
  accountsOfLearner,
  demoPassword,
  type DemoPlaces,
  Directory,
  eraseAccountsOfLearner,
  seedDemoAccounts,
} from './accounts/index.js';
