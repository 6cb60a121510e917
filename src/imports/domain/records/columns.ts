import { languageTagPattern } from '../../../kernel/index.js';

/** What a table of rows can hold: one resource a row. */
export const recordKinds = ['institution', 'course', 'rule', 'completion'] as const;
export type RecordKind = (typeof recordKinds)[number];

/** How the text of a cell is read. A `json` cell holds a value of any shape as JSON. */
export type CellType = 'text' | 'number' | 'boolean' | 'json';

/**
 * A column by its path in the resource, fields joined by dots: `validity.from`. A path that ends in `*` stands for a column for each language:
 * `names.en`, `names.zh`.
 */
export interface Column {
  readonly path: string;
  readonly type: CellType;
}

/** The columns of a shape: simple fields by type, nested ones by their own columns or as JSON in one cell. */
const text = (...paths: readonly string[]): Column[] => paths.map((path) => ({ path, type: 'text' }));
const number = (...paths: readonly string[]): Column[] => paths.map((path) => ({ path, type: 'number' }));
const boolean = (...paths: readonly string[]): Column[] => paths.map((path) => ({ path, type: 'boolean' }));
const json = (...paths: readonly string[]): Column[] => paths.map((path) => ({ path, type: 'json' }));
const localised = (path: string): Column[] => [...json(path), ...text(`${path}.*`)];
const validity = [...json('validity'), ...text('validity.from', 'validity.until')];

/** The columns of each kind, named as the fields of the API. */
export const recordColumns: Readonly<Record<RecordKind, readonly Column[]>> = {
  institution: [
    ...text('kind'),
    ...localised('names'),
    ...text('country'),
    ...json('identifiers'),
    ...text('homeCreditSystem', 'homeGradingScale'),
    ...json('members'),
    ...text('website'),
  ],
  course: [
    ...text('provider', 'platform', 'code'),
    ...localised('titles'),
    ...number('credits'),
    ...text('creditSystem'),
    ...number('workloadHours', 'weeks', 'eqfLevel'),
    ...text('isced'),
    ...json('languages', 'learningOutcomes', 'assessment'),
    ...boolean('assessment.proctored', 'assessment.identityVerified'),
    ...text('delivery'),
    ...boolean('repeatable'),
    ...validity,
  ],
  rule: [...text('id', 'from', 'to'), ...json('source', 'outcome', 'conditions'), ...validity, ...text('governedBy'), ...localised('note')],
  completion: [
    ...text('learner'),
    ...json('identifier'),
    ...text('identifier.institution', 'identifier.scheme', 'identifier.value'),
    ...text('issuer', 'issuedOn', 'provider', 'platform', 'code', 'title'),
    ...number('credits'),
    ...text('creditSystem'),
    ...json('grade'),
    ...text('grade.scale', 'grade.value', 'outcome', 'completedOn', 'enrolledOn', 'certificateId'),
    ...number('attempt', 'hours', 'weeks'),
    ...json('evidence'),
    ...boolean('evidence.identityVerified', 'evidence.proctored'),
  ],
};

/** The column of this name; undefined where a table of this kind has none. */
export function columnNamed(kind: RecordKind, name: string): Column | undefined {
  return recordColumns[kind].find(({ path }) => {
    if (!path.endsWith('.*')) return path === name;
    const parent = path.slice(0, -1);
    return name.startsWith(parent) && languageTagPattern.test(name.slice(parent.length));
  });
}

/** The names in a header that are no columns of this kind. */
export function unknownColumns(kind: RecordKind, names: readonly string[]): string[] {
  return names.filter((name) => columnNamed(kind, name) === undefined);
}
