import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** `npm test`: every check in order, with the seconds each takes; stops at the first that fails. The last line gives the number of tests. */

const root = fileURLToPath(new URL('..', import.meta.url));
/** Where jest leaves the totals of a part. */
const resultsOf = (part) => fileURLToPath(new URL(`../coverage/${part}.json`, import.meta.url));
const jest = (part, ...args) => ['npm', 'run', 'jest', '--silent', '--', '--json', `--outputFile=${resultsOf(part)}`, ...args];
/** Ten thousand evaluations against the oracle: counting branches would make them several times slower. */
const properties = 'engine.properties';

const parts = [
  ['build', ['npm', 'run', 'build', '--silent']],
  ['eslint', ['npx', 'eslint', '.']],
  ['prettier', ['npx', 'prettier', '--check', '--log-level', 'warn', '.']],
  ['imports', ['npx', 'depcruise', 'src', 'migrations', '--output-type', 'err']],
  ['openapi', ['node', 'dist/src/write-openapi.js', '--check']],
  ['tests', jest('tests', '--coverage', '--testPathIgnorePatterns', properties)],
  ['properties', jest('properties', '--testPathPatterns', properties)],
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
  const results = parts.flatMap(([part]) => (existsSync(resultsOf(part)) ? [JSON.parse(readFileSync(resultsOf(part), 'utf8'))] : []));
  const sum = (name) => results.reduce((total, result) => total + result[name], 0);
  return { passed: sum('numPassedTests'), failed: Math.max(sum('numFailedTests'), allPassed ? 0 : 1) };
}

for (const [part] of parts) rmSync(resultsOf(part), { force: true });
const allPassed = parts.every(run);
const { passed, failed } = totals(allPassed);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = allPassed ? 0 : 1;
