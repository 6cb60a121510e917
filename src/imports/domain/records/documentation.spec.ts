import { expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../../../platform/project-root.js';
import { listedExceptionCodes, recordColumns, recordKinds } from '../index.js';

const page = readFileSync(join(projectRoot, 'docs', 'imports.md'), 'utf8');

it('docs/imports.md lists every column of every table', () => {
  const documented = [...page.matchAll(/^\| (\w+) \| `([^`]+)` \| (text|number|boolean|json) \|$/gm)].map((match) => match.slice(1));
  expect(documented).toEqual(recordKinds.flatMap((kind) => recordColumns[kind].map(({ path, type }) => [kind, path, type])));
});

it('docs/imports.md explains every code of a listed exception', () => {
  const documented = [...page.matchAll(/^\| `(\w+)` \| [^|]+ \|$/gm)].map((match) => match[1]);
  expect(documented).toEqual([...listedExceptionCodes]);
});
