import { register } from 'node:module';

/** `node --import ./test/support/register-typescript.mjs src/main.ts` runs the service from its sources. */
register('./typescript-hooks.mjs', import.meta.url);
