import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { parseArgs } from 'node:util';
import type { INestApplicationContext } from '@nestjs/common';
import { validate as isUuid } from 'uuid';
import { Problem } from '../kernel/index.js';
import { ImportsService } from './imports.service.js';
import type { ImportReport } from './report.js';
import type { Table } from './tables/read-table.js';

const formats = ['institutions', 'courses', 'rules', 'completions', 'tes', 'assist', 'uopeople'] as const;
type Format = (typeof formats)[number];

/** How an import is asked for on the command line. */
export const usage = `npm run import -- <format> <file> [options]

formats: ${formats.join(', ')}
  institutions, courses, rules and completions are tables: NDJSON (.ndjson, .jsonl) or CSV (.csv)
options:
  --dry-run             report what would be done, and write nothing
  --atomic              keep nothing if anything is wrong
  --source <text>       what an agreement was taken from (rules, tes, assist, uopeople); the name of the file unless stated
  --agreement <id>      the agreement that rules become part of
  --attested-by <id>    the party that vouches for rules
  --receiving <id>      the institution whose certificates uopeople lists
  --attested            the issuer itself hands in the completions`;

/** What somebody wants imported, or what is unclear about it. */
export type ImportCommand = { readonly kind: 'unclear'; readonly detail: string } | RunnableCommand;

export interface RunnableCommand {
  readonly kind: 'import';
  readonly format: Format;
  readonly file: string;
  readonly options: Options;
}

interface Options {
  readonly dryRun: boolean;
  readonly atomic: boolean;
  readonly source: string;
  readonly agreement?: string;
  readonly attestedBy?: string;
  readonly receiving?: string;
  readonly isAttested: boolean;
}

/** Reads the arguments of the command. */
export function commandOf(args: readonly string[]): ImportCommand {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: accepted, allowPositionals: true });
    const [name = '', file, ...more] = positionals;
    const format = formats.find((candidate) => candidate === name);
    if (format === undefined) return unclear(name === '' ? 'Say what to import.' : `"${name}" is no format.`);
    if (file === undefined || more.length > 0) return unclear('Name one file.');
    const wrong = idOptions.find((option) => values[option] !== undefined && !isUuid(values[option]));
    if (wrong !== undefined) return unclear(`--${wrong} must be an id.`);
    if (format === 'rules' && values.agreement === undefined) return unclear('Say by --agreement into which agreement the rules go.');
    if (format === 'uopeople' && values.receiving === undefined) return unclear('Say by --receiving whose certificates these are.');
    return { kind: 'import', format, file, options: optionsOf(values, file) };
  } catch (error) {
    return unclear(error instanceof Error ? error.message : 'The arguments cannot be read.');
  }
}

const accepted = {
  'dry-run': { type: 'boolean', default: false },
  atomic: { type: 'boolean', default: false },
  source: { type: 'string' },
  agreement: { type: 'string' },
  'attested-by': { type: 'string' },
  receiving: { type: 'string' },
  attested: { type: 'boolean', default: false },
} as const;

const idOptions = ['agreement', 'attested-by', 'receiving'] as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof accepted }>>['values'];

function unclear(detail: string): ImportCommand {
  return { kind: 'unclear', detail };
}

function optionsOf(values: Values, file: string): Options {
  const { agreement, receiving, 'attested-by': attestedBy } = values;
  return {
    dryRun: values['dry-run'],
    atomic: values.atomic,
    source: values.source ?? basename(file),
    ...(agreement === undefined ? {} : { agreement: agreement.toLowerCase() }),
    ...(attestedBy === undefined ? {} : { attestedBy: attestedBy.toLowerCase() }),
    ...(receiving === undefined ? {} : { receiving: receiving.toLowerCase() }),
    isAttested: values.attested,
  };
}

/** Imports the file of a command. */
export async function runImport(app: INestApplicationContext, { format, file, options }: RunnableCommand): Promise<ImportReport> {
  const imports = app.get(ImportsService);
  const { agreement = '', receiving = '', isAttested } = options;
  switch (format) {
    case 'institutions':
      return imports.institutions(await tableOf(file), options);
    case 'courses':
      return imports.courses(await tableOf(file), options);
    case 'rules':
      return imports.rules(await tableOf(file), { ...options, agreement });
    case 'completions':
      return imports.completions(await tableOf(file), { ...options, verification: isAttested ? 'attested' : 'unverified' });
    case 'tes':
      return imports.tes(await streamOf(file), options);
    case 'assist':
      return imports.assist(await bytesOf(file), options);
    case 'uopeople':
      return imports.uoPeople(await bytesOf(file), { ...options, receiving });
  }
}

async function tableOf(file: string): Promise<Table> {
  const ending = extname(file).toLowerCase();
  const format = ending === '.csv' ? 'csv' : ['.ndjson', '.jsonl'].includes(ending) ? 'ndjson' : undefined;
  if (format === undefined) throw new Problem('unsupportedMediaType', 'The name of a table must end in .ndjson, .jsonl or .csv.');
  return { format, bytes: await streamOf(file) };
}

async function streamOf(file: string): Promise<AsyncIterable<Uint8Array>> {
  await sizeOf(file);
  return createReadStream(file);
}

/** A document is read whole; the largest that were met have a tenth of a megabyte. */
const largestDocumentBytes = 64 * 1024 * 1024;

async function bytesOf(file: string): Promise<Uint8Array> {
  if ((await sizeOf(file)) > largestDocumentBytes) throw new Problem('tooLarge', 'A document may have 64 MiB.');
  return readFile(file);
}

async function sizeOf(file: string): Promise<number> {
  const status = await stat(file).catch(() => undefined);
  if (status?.isFile() !== true) throw new Problem('notFound', `There is no file ${file} that can be read.`);
  return status.size;
}
