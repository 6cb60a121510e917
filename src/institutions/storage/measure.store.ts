import { type EntityManager, QueryFailedError } from 'typeorm';
import type { CreditSystem, GradingScale } from '../../kernel/index.js';
import { byId, explainConstraints, insertRows, type Page, type PageQuery, rowsToRead, updateRows } from '../../platform/index.js';
import type { Ownership } from '../domain/index.js';
import { CreditSystemRow, GradingScaleRow } from './measure.rows.js';

explainConstraints({
  credit_systems_pkey: 'There is a credit system with this id already.',
  grading_scales_pkey: 'There is a grading scale with this id already.',
  credit_systems_institution_id_fkey: 'The institution does not exist.',
  grading_scales_institution_id_fkey: 'The institution does not exist.',
});

interface MeasureRow {
  id: string;
  institutionId: string | null;
  version: number;
  modifiedAt: Date;
}

/** How one kind of measure (credit systems, grading scales) is stored. */
export interface MeasureTable<Measure extends { readonly id: string }, Row extends MeasureRow> {
  readonly rowClass: new () => Row;
  /** What the list's cursors are named by. */
  readonly list: string;
  readonly toRow: (measure: Measure, ownership: Ownership) => Row;
  readonly toMeasure: (row: Row) => Measure;
}

function ownershipRow({ institution, version, modifiedAt }: Ownership): Omit<MeasureRow, 'id'> {
  return { institutionId: institution ?? null, version, modifiedAt: new Date(modifiedAt) };
}

function ownershipOf(row: MeasureRow): Ownership {
  const { institutionId, version, modifiedAt } = row;
  return { ...(institutionId === null ? {} : { institution: institutionId }), version, modifiedAt: modifiedAt.toISOString() };
}

const text = (value: number | undefined): string | null => (value === undefined ? null : String(value));

/** Numbers with at most three decimals are the nearest doubles of what the column holds, so nothing is lost either way. */
export const creditSystemTable: MeasureTable<CreditSystem, CreditSystemRow> = {
  rowClass: CreditSystemRow,
  list: 'credit-systems',
  toRow: ({ id, name, creditsPerYear, hoursPerCredit, source }, ownership) => ({
    id,
    name,
    creditsPerYear: text(creditsPerYear),
    minimumHours: text(hoursPerCredit?.minimum),
    maximumHours: text(hoursPerCredit?.maximum),
    source,
    ...ownershipRow(ownership),
  }),
  toMeasure: ({ id, name, creditsPerYear, minimumHours, maximumHours, source }) => ({
    id,
    name,
    ...(creditsPerYear === null ? {} : { creditsPerYear: Number(creditsPerYear) }),
    ...(minimumHours === null || maximumHours === null
      ? {}
      : { hoursPerCredit: { minimum: Number(minimumHours), maximum: Number(maximumHours) } }),
    source,
  }),
};

export const gradingScaleTable: MeasureTable<GradingScale, GradingScaleRow> = {
  rowClass: GradingScaleRow,
  list: 'grading-scales',
  toRow: ({ id, name, grades, passMark, numeric, distribution, source }, ownership) => ({
    id,
    name,
    grades,
    passMark,
    numeric: numeric ?? null,
    distribution: distribution ?? null,
    source,
    ...ownershipRow(ownership),
  }),
  toMeasure: ({ id, name, grades, passMark, numeric, distribution, source }) => ({
    id,
    name,
    grades,
    passMark,
    ...(numeric === null ? {} : { numeric }),
    ...(distribution === null ? {} : { distribution }),
    source,
  }),
};

type Kept<Measure> = Measure & Ownership;

export async function readMeasures<Measure extends { readonly id: string }, Row extends MeasureRow>(
  manager: EntityManager,
  table: MeasureTable<Measure, Row>,
  ids: readonly string[],
): Promise<Kept<Measure>[]> {
  const rows = await manager.createQueryBuilder(table.rowClass, 'measure').where('measure.id = ANY(:ids)', { ids }).getMany();
  return rows.map((row) => ({ ...table.toMeasure(row), ...ownershipOf(row) }));
}

/** Reads one and keeps it for this transaction: nobody else can change it, nor begin to refer to it. */
export async function lockMeasure<Measure extends { readonly id: string }, Row extends MeasureRow>(
  manager: EntityManager,
  table: MeasureTable<Measure, Row>,
  id: string,
): Promise<Kept<Measure> | undefined> {
  const query = manager.createQueryBuilder(table.rowClass, 'measure').setLock('pessimistic_write').where('measure.id = :id', { id });
  const row = await query.getOne();
  return row === null ? undefined : { ...table.toMeasure(row), ...ownershipOf(row) };
}

export async function listMeasures<Measure extends { readonly id: string }, Row extends MeasureRow>(
  manager: EntityManager,
  table: MeasureTable<Measure, Row>,
  filter: PageQuery & { readonly institution?: string },
): Promise<Page<Kept<Measure>>> {
  const order = byId(table.list);
  const query = manager.createQueryBuilder(table.rowClass, 'measure').orderBy('measure.id').limit(rowsToRead(filter));
  const [after] = order.after(filter) ?? [];
  if (after !== undefined) query.andWhere('measure.id > :after', { after });
  if (filter.institution !== undefined) query.andWhere('measure.institutionId = :institution', { institution: filter.institution });
  return order.page(
    filter,
    await query.getMany(),
    (row) => [row.id],
    (row) => ({ ...table.toMeasure(row), ...ownershipOf(row) }),
  );
}

export async function insertMeasures<Measure extends { readonly id: string }, Row extends MeasureRow>(
  manager: EntityManager,
  table: MeasureTable<Measure, Row>,
  measures: readonly Kept<Measure>[],
): Promise<void> {
  await insertRows(
    manager,
    table.rowClass,
    measures.map((measure) => table.toRow(measure, measure)),
  );
}

/** Overwrites what ships with the service, whoever refers to it: a new release corrects it. */
export async function overwriteMeasures<Measure extends { readonly id: string }, Row extends MeasureRow>(
  manager: EntityManager,
  table: MeasureTable<Measure, Row>,
  measures: readonly Kept<Measure>[],
): Promise<void> {
  await updateRows(
    manager,
    table.rowClass,
    measures.map((measure) => table.toRow(measure, measure)),
  );
}

function isForeignKeyViolation(error: unknown): boolean {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : undefined;
  return cause instanceof Error && 'code' in cause && cause.code === '23503';
}

/**
 * Removes one to which nothing refers, and says whether it could: every foreign key of every module is asked, those of modules still to be written
 * included. When it says no, the transaction has failed and can only be rolled back.
 */
export async function removeUnreferenced<Measure extends { readonly id: string }, Row extends MeasureRow>(
  manager: EntityManager,
  table: MeasureTable<Measure, Row>,
  id: string,
): Promise<boolean> {
  try {
    await manager.createQueryBuilder().delete().from(table.rowClass).where('id = :id', { id }).execute();
    return true;
  } catch (error) {
    if (isForeignKeyViolation(error)) return false;
    throw error;
  }
}
