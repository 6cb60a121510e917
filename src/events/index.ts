export { EventsModule } from './events.module.js';
export { Sealer } from './sealer.js';
