import { canonicalJson, type FieldError } from '../../kernel/index.js';
import { clash, type Course, type CourseDetails, editionKey, faultsOfCourse } from './course.js';

/** What became of one row. */
export type CourseImportOutcome =
  | { readonly kind: 'created' | 'changed' | 'unchanged'; readonly id: string }
  | { readonly kind: 'refused'; readonly errors: readonly FieldError[] };

export interface PlannedCourse {
  readonly id: string;
  readonly details: CourseDetails;
}

/** What an import means for the store. */
export interface CoursePlan {
  /** One for each row, in their order. */
  readonly outcomes: readonly CourseImportOutcome[];
  readonly created: readonly PlannedCourse[];
  readonly changed: readonly PlannedCourse[];
}

/** What is recorded already of the codes that the rows name. */
export interface RecordedCourses {
  readonly editions: readonly Course[];
  /** Ids of the editions that something refers to, which change no more. */
  readonly referenced: ReadonlySet<string>;
  /** For each row what it names that does not exist. */
  readonly dangling: readonly (readonly FieldError[])[];
}

interface Entry {
  readonly id: string;
  readonly before: CourseDetails | undefined;
  readonly isReferenced: boolean;
  details: CourseDetails;
  /** A row of this import has stated it. */
  isStated: boolean;
}

/** What the record adds to the details. */
type Recorded = { -readonly [Field in Exclude<keyof Course, keyof CourseDetails>]?: Course[Field] };

export function detailsOf(course: Course): CourseDetails {
  const details: CourseDetails & Recorded = { ...course };
  delete details.id;
  delete details.version;
  delete details.modifiedAt;
  return details;
}

function refused(pointer: string, detail: string): CourseImportOutcome {
  return { kind: 'refused', errors: [{ pointer, detail }] };
}

function isSame(one: CourseDetails, other: CourseDetails): boolean {
  return canonicalJson(one) === canonicalJson(other);
}

function take(entries: Entry[], row: CourseDetails, newId: string): CourseImportOutcome {
  const errors = faultsOfCourse(row);
  if (errors.length > 0) return { kind: 'refused', errors };
  const entry = entries.find(({ details }) => details.validity.from === row.validity.from);
  if (entry !== undefined && isSame(entry.details, row)) {
    entry.isStated = true;
    return { kind: 'unchanged', id: entry.id };
  }
  if (entry?.isStated === true) return refused('', 'differs from another row about the same edition');
  if (entries.some((other) => other !== entry && clash(other.details, row)))
    return refused('/validity', 'overlaps another edition of this code');
  if (entry === undefined) {
    entries.push({ id: newId, before: undefined, isReferenced: false, details: row, isStated: true });
    return { kind: 'created', id: newId };
  }
  if (entry.isReferenced)
    return refused('', 'is an edition that an agreement refers to: state the change as a new edition, with a later first day');
  entry.details = row;
  entry.isStated = true;
  return { kind: 'changed', id: entry.id };
}

/** An edition that ends earlier than it did makes room for the next one, wherever the two stand in the file. */
function inOrderOfTime(rows: readonly CourseDetails[]): [index: number, row: CourseDetails][] {
  const firstDay = ({ validity }: CourseDetails) => validity.from ?? '';
  return [...rows.entries()].sort(([, one], [, other]) => (firstDay(one) < firstDay(other) ? -1 : firstDay(one) > firstDay(other) ? 1 : 0));
}

/**
 * Decides an import row by row; the same rows a second time are all `unchanged`. A row states one edition whole: provider, code and the first day
 * of its validity say which one. `newIds` has one id for each row.
 */
export function planCourses(rows: readonly CourseDetails[], recorded: RecordedCourses, newIds: readonly string[]): CoursePlan {
  const byKey = new Map<string, Entry[]>();
  const entriesOf = (key: string): Entry[] => {
    const entries = byKey.get(key) ?? [];
    byKey.set(key, entries);
    return entries;
  };
  for (const course of recorded.editions) {
    const details = detailsOf(course);
    entriesOf(editionKey(course)).push({
      id: course.id,
      before: details,
      isReferenced: recorded.referenced.has(course.id),
      details,
      isStated: false,
    });
  }
  const outcomes: CourseImportOutcome[] = [];
  for (const [index, row] of inOrderOfTime(rows)) {
    const errors = recorded.dangling[index] ?? [];
    outcomes[index] = errors.length > 0 ? { kind: 'refused', errors } : take(entriesOf(editionKey(row)), row, newIds[index] ?? '');
  }
  const entries = [...byKey.values()].flat();
  return {
    outcomes,
    created: entries.filter(({ before }) => before === undefined),
    changed: entries.filter(({ before, details }) => before !== undefined && !isSame(before, details)),
  };
}
