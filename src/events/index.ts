export { EventsModule } from './events.module.js';
export { LogKeys } from './log-keys.js';
export { Sealer } from './sealer.js';
