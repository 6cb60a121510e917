import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import type { EntityManager } from 'typeorm';
import { canonicalJson, type FieldError, Problem, thousandths } from '../../kernel/index.js';
import type { LearnersService } from '../../learners/index.js';
import type { StatedCompletion, TranscriptsService, Verification } from '../../transcripts/index.js';
import type { Resource } from '../domain/index.js';
import type { RowTarget } from '../file-imports.js';
import type { Group } from '../groups.js';
import type { Report } from '../report.js';
import type { WaitingRow } from '../storage/row.store.js';
import { refusalOf, savepoint } from '../transactions.js';
import { CompletionRowForm } from './completion.dto.js';
import { type Checked, checkForm } from './read-table.js';

/** Where the completions of a table go. */
export interface CompletionsDestination {
  readonly learners: LearnersService;
  readonly transcripts: TranscriptsService;
  /** How far the transcripts can be trusted. */
  readonly verification: Verification;
}

export async function checkCompletion(resource: Resource): Promise<Checked<CompletionRowForm>> {
  const checked = await checkForm(CompletionRowForm, resource);
  if (!checked.ok || (checked.value.learner === undefined) !== (checked.value.identifier === undefined)) return checked;
  return { ok: false, errors: [{ pointer: '/learner', detail: 'is required, or else identifier, and not both' }] };
}

/** The completions of one learner by one issuer on one day are one transcript. */
export function completionTarget(destination: CompletionsDestination): RowTarget<CompletionRowForm> {
  return {
    resource: 'completions',
    keyOf: ({ learner, identifier, issuer, issuedOn }) =>
      JSON.stringify([learner ?? [identifier?.institution, identifier?.scheme, identifier?.value], issuer, issuedOn]),
    // As many rows as a transcript may have.
    largestGroup: { rows: 1000, bytes: 32 * 1024 * 1024 },
    async take(manager, groups, report) {
      for (const group of groups) await takeTranscript(destination, manager, group, report);
    },
  };
}

type Row = WaitingRow<CompletionRowForm>;

/** Takes the rows of one transcript in; where some are refused, the others. */
async function takeTranscript(
  destination: CompletionsDestination,
  manager: EntityManager,
  group: Group<CompletionRowForm>,
  report: Report,
): Promise<void> {
  for (let rows = group.rows; rows.length > 0;) {
    const kept = rows;
    try {
      report.merge(await savepoint(manager, (inner) => addTranscript(destination, inner, kept, report.part())));
      return;
    } catch (error) {
      const problem = refusalOf(error);
      const faulty = faultyRows(problem, kept);
      for (const [row, errors] of faulty) report.refuseRow('completions', row.line, errors);
      rows = kept.filter((row) => !faulty.has(row));
    }
  }
}

const rowPointer = /^\/completions\/(\d+)(\/.*)?$/;

/** The rows that a refusal is about; all of them where it is about anything else. */
function faultyRows({ detail, errors }: Problem, rows: readonly Row[]): ReadonlyMap<Row, readonly FieldError[]> {
  const faulty = new Map<Row, readonly FieldError[]>();
  for (const error of errors) {
    const [, index, pointer = ''] = rowPointer.exec(error.pointer) ?? [];
    const row = index === undefined ? undefined : rows[Number(index)];
    if (row !== undefined) faulty.set(row, [...(faulty.get(row) ?? []), { pointer, detail: error.detail }]);
  }
  const isOfRows = errors.length > 0 && errors.every(({ pointer }) => rowPointer.test(pointer));
  const all = errors.length > 0 ? errors : [{ pointer: '', detail }];
  return isOfRows ? faulty : new Map(rows.map((row) => [row, all]));
}

async function addTranscript(
  { learners, transcripts, verification }: CompletionsDestination,
  manager: EntityManager,
  rows: readonly Row[],
  report: Report,
): Promise<Report> {
  const [first] = rows;
  if (first === undefined) return report;
  const { issuer, issuedOn } = first.value;
  const learner = await learnerOf(learners, manager, first.value, report);
  const bytes = documentOf(first.value, rows);
  const known = await transcripts.findByDocument(manager, learner, `sha-256:${bytesToHex(sha256(bytes))}`);
  const change = known === undefined ? 'created' : 'unchanged';
  if (known === undefined) {
    const document = { mediaType: 'application/json', bytes };
    await transcripts.add(manager, learner, { issuer, issuedOn, verification, rows: rows.map(statedBy), document });
  }
  report.count('transcripts', change);
  report.count('completions', change, rows.length);
  return report;
}

/** The learner that a row names, recorded where the identifier is nobody's yet. */
async function learnerOf(
  learners: LearnersService,
  manager: EntityManager,
  { learner, identifier, issuer }: CompletionRowForm,
  report: Report,
): Promise<string> {
  const known = learner ?? (identifier && (await learners.findByIdentifier(manager, identifier)));
  try {
    if (known !== undefined || identifier === undefined) {
      const id = known ?? '';
      await learners.requireLearner(manager, id);
      report.count('learners', 'unchanged');
      return id;
    }
    const { institution, scheme, value } = identifier;
    // Who gave the identifier vouches for the link in its own transcript; in another's, whoever imports it does.
    const proof = institution === issuer ? 'issuer' : 'registrar';
    const { id } = await learners.insert(manager, { identifiers: [{ institution, scheme, value, proof }] });
    report.count('learners', 'created');
    return id;
  } catch (error) {
    const { code, errors } = refusalOf(error);
    if (code === 'notFound') throw refusal([{ pointer: '/learner', detail: 'is not a known learner' }]);
    throw refusal(errors.map(({ pointer, detail }) => ({ pointer: pointer.replace(/^\/identifiers\/0/, '/identifier'), detail })));
  }
}

function refusal(errors: readonly FieldError[]): Problem {
  return new Problem('ruleViolated', 'The completions cannot be taken in.', errors);
}

/** What a row says of the completion itself. */
function completionOf({ value }: Row): Omit<CompletionRowForm, 'learner' | 'identifier' | 'issuer' | 'issuedOn'> {
  const { learner: _learner, identifier: _identifier, issuer: _issuer, issuedOn: _issuedOn, ...stated } = value;
  return stated;
}

/** The rows as a transcript in the form of the API, always the same bytes for the same rows: what is kept as the original document. */
function documentOf({ issuer, issuedOn }: CompletionRowForm, rows: readonly Row[]): Uint8Array {
  return utf8ToBytes(canonicalJson({ issuer, issuedOn, completions: rows.map(completionOf) }));
}

/** What the transcript states, with exact credits. */
function statedBy(row: Row): StatedCompletion {
  const { credits, ...stated } = completionOf(row);
  return { ...stated, ...(credits === undefined ? {} : { credits: thousandths(credits) }) };
}
