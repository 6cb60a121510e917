import { editionKey } from '../../courses/domain/index.js';
import { CourseForm, type CoursesService } from '../../courses/index.js';
import { type ImportOutcome, InstitutionForm, type InstitutionsService } from '../../institutions/index.js';
import { identifierKey } from '../../institutions/domain/index.js';
import type { Resource } from '../domain/index.js';
import type { RowTarget } from '../file-imports.js';
import type { Group, GroupLimits } from '../groups.js';
import type { Report } from '../report.js';
import { type Checked, checkForm } from './read-table.js';

/** Far more rows than one institution or course has. */
const largestGroup: GroupLimits = { rows: 1000, bytes: 32 * 1024 * 1024 };

/** An institution, as the API takes it. */
export async function checkInstitution(resource: Resource): Promise<Checked<InstitutionForm>> {
  const checked = await checkForm(InstitutionForm, resource);
  if (!checked.ok) return checked;
  if (checked.value.identifiers.length > 0) return checked;
  return { ok: false, errors: [{ pointer: '/identifiers', detail: 'must name at least one: it says which institution the row is about' }] };
}

/** Rows that share their first identifier are about one institution. */
export function institutionTarget(institutions: InstitutionsService): RowTarget<InstitutionForm> {
  return {
    resource: 'institutions',
    keyOf: ({ identifiers }) => identifiers.map(identifierKey).sort()[0] ?? '',
    largestGroup,
    async take(manager, groups, report) {
      const rows = groups.flatMap((group) => group.rows);
      const details = rows.map(({ value }) => value);
      reportOutcomes(report, 'institutions', rows, await institutions.import(manager, details));
    },
  };
}

export function checkCourse(resource: Resource): Promise<Checked<CourseForm>> {
  return checkForm(CourseForm, resource);
}

/** All editions of one course are taken together, wherever they stand in the file: one that ends makes room for the next. */
export function courseTarget(courses: CoursesService): RowTarget<CourseForm> {
  return {
    resource: 'courses',
    keyOf: editionKey,
    largestGroup,
    async take(manager, groups, report) {
      const rows = groups.flatMap((group) => group.rows);
      const outcomes = await courses.import(
        manager,
        rows.map(({ value }) => value),
      );
      reportOutcomes(report, 'courses', rows, outcomes);
    },
  };
}

function reportOutcomes(
  report: Report,
  resource: 'institutions' | 'courses',
  rows: Group<unknown>['rows'],
  outcomes: readonly ImportOutcome[],
): void {
  for (const [index, { line }] of rows.entries()) {
    const outcome = outcomes[index];
    if (outcome?.kind === 'refused') report.refuseRow(resource, line, outcome.errors);
    else if (outcome !== undefined) report.count(resource, outcome.kind);
  }
}
