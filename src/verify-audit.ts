import { runVerification } from './events/verify-command.js';

/** `npm run verify-audit` checks an exported audit log or a proof, without the service and without a database. */
process.exitCode = await runVerification(process.argv.slice(2), (line) => {
  console.log(line);
});
