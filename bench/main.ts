import { cpus, loadavg } from 'node:os';
import { benchAudit } from './audit.js';
import { benchAccess } from './access.js';
import { benchEngine } from './engine.js';
import { benchEventLoop } from './event-loop.js';
import { benchAgainstHighs } from './highs.js';
import { benchHttp } from './http.js';
import { figure } from './table.js';

/**
 * `npm run bench` runs every part, `npm run bench -- engine http` some. Nothing here passes or fails: figures of one run are read beside the aims, and only
 * ratios within a run mean something on another machine.
 */
const parts: ReadonlyMap<string, () => void | Promise<void>> = new Map([
  ['engine', benchEngine],
  ['highs', benchAgainstHighs],
  ['loop', benchEventLoop],
  ['http', benchHttp],
  ['access', benchAccess],
  ['audit', benchAudit],
]);

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !parts.has(name));
if (unknown.length > 0) {
  console.error(`There is no part ${unknown.join(', ')}. Parts: ${[...parts.keys()].join(', ')}.`);
  process.exit(1);
}

function printMachine(): void {
  const load = loadavg().map(figure).join(' ');
  console.log(`${new Date().toISOString()}, Node ${process.version}, ${String(cpus().length)} cores, load ${load}`);
}

printMachine();
const start = performance.now();
for (const [name, part] of parts) if (wanted.length === 0 || wanted.includes(name)) await part();
console.log(`\n${figure((performance.now() - start) / 1000)} s in all`);
printMachine();
