export { ClientsModule } from './clients.module.js';
export { demoClientId, type DemoInstitution, demoSecret, seedDemoClients } from './demo-clients.js';
export { operatorUsage, registerOperator } from './operator-command.js';
