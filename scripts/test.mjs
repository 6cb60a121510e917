import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** `npm test`: every check in order, with the seconds each takes; stops at the first that fails. The last line gives the number of tests. */

const root = fileURLToPath(new URL('..', import.meta.url));
const results = fileURLToPath(new URL('../coverage/jest.json', import.meta.url));

const parts = [
  ['build', ['npm', 'run', 'build', '--silent']],
  ['eslint', ['npx', 'eslint', '.']],
  ['prettier', ['npx', 'prettier', '--check', '--log-level', 'warn', '.']],
  ['imports', ['npx', 'depcruise', 'src', 'migrations', '--output-type', 'err']],
  ['openapi', ['node', 'dist/src/write-openapi.js', '--check']],
  ['tests', ['npm', 'run', 'jest', '--silent', '--', '--coverage', '--json', `--outputFile=${results}`]],
];

function run([name, [program, ...args]]) {
  console.log(`\n== ${name}`);
  const start = performance.now();
  const { status } = spawnSync(program, args, { cwd: root, stdio: 'inherit' });
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`== ${name}: ${status === 0 ? 'ok' : 'failed'}, ${seconds} s`);
  return status === 0;
}

/** A check that failed counts as one failure where no test did: too little coverage, a lint, a build. */
function totals(allPassed) {
  const jest = existsSync(results) ? JSON.parse(readFileSync(results, 'utf8')) : { numPassedTests: 0, numFailedTests: 0 };
  return { passed: jest.numPassedTests, failed: Math.max(jest.numFailedTests, allPassed ? 0 : 1) };
}

rmSync(results, { force: true });
const allPassed = parts.every(run);
const { passed, failed } = totals(allPassed);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = allPassed ? 0 : 1;
