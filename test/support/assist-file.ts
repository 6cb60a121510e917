/** Small files in the shape of the ASSIST API's answer, for specs. Everything that a spec does not state is as in a plain file. */

/** "MATH 20A" with its units and terms. */
export interface CourseFacts {
  readonly code: string;
  readonly title?: string;
  readonly units?: number;
  readonly maxUnits?: number;
  readonly begin?: string;
  readonly end?: string;
  readonly crossListed?: readonly CourseFacts[];
  readonly remarks?: readonly string[];
}

/** What a cell of the template asks for: a course, or a series of courses. */
export type ReceivingFacts = CourseFacts | SeriesFacts | { readonly type: string };
export interface SeriesFacts {
  readonly series: readonly CourseFacts[];
  readonly conjunction?: string;
}

/** One row: the cell, and the articulation that belongs to it, if there is one. */
export interface RowFacts {
  readonly receiving: ReceivingFacts;
  readonly remarks?: readonly string[];
  readonly articulation?: ArticulationFacts;
}

/** Groups of sending courses with what joins them, or why there are none. */
export interface ArticulationFacts {
  readonly groups?: readonly GroupFacts[];
  readonly joins?: readonly (readonly [conjunction: string, from: number, until: number])[];
  readonly reason?: string;
  readonly remarks?: readonly string[];
}

export interface GroupFacts {
  readonly courses: readonly (CourseFacts | { readonly type: string })[];
  readonly conjunction?: string;
  readonly position?: number;
  readonly remarks?: readonly string[];
}

export interface SectionFacts {
  readonly rows: readonly RowFacts[];
  readonly advisements?: readonly object[];
  readonly remarks?: readonly string[];
}

export type AssetFacts =
  | {
      readonly sections: readonly SectionFacts[];
      readonly instruction?: object;
      readonly remarks?: readonly string[];
      readonly advisements?: readonly object[];
    }
  | { readonly type: string; readonly content: string };

/** The answer, as an object that a spec may still change before it is written. */
export function assistAnswer(assets: readonly AssetFacts[]) {
  const rows = assets.flatMap((asset) => ('sections' in asset ? asset.sections.flatMap((section) => section.rows) : []));
  return {
    isSuccessful: true,
    validationFailure: null,
    result: {
      name: 'Example Studies B.A.',
      type: 'Major',
      academicYear: { code: '2024-2025', beginDate: '2024-10-01T00:00:00', endDate: '2025-10-01T00:00:00' },
      catalogYear: { receivingCatalogYearBegin: 2024, receivingCatalogYearEnd: 2025 },
      sendingInstitution: institution(137, 'SMCC    ', 'Santa Monica College', 'Semester'),
      receivingInstitution: institution(7, 'UCSD    ', 'University of California, San Diego', 'Quarter'),
      templateAssets: assets.map((asset, position) => assetOf(asset, position, rows)),
      articulations: rows.flatMap((row, index) => (row.articulation === undefined ? [] : [articulationOf(row, row.articulation, index)])),
    },
  };
}

/** The file: several parts of it are JSON inside texts. */
export function assistFile(answer: ReturnType<typeof assistAnswer>): string {
  const { name, type, ...embedded } = answer.result;
  const texts = Object.entries(embedded).map(([field, value]) => [field, JSON.stringify(value)] as const);
  return JSON.stringify({ ...answer, result: { name, type, ...Object.fromEntries(texts) } });
}

/** The file of these parts. */
export function assistFileOf(...assets: readonly AssetFacts[]): string {
  return assistFile(assistAnswer(assets));
}

function institution(id: number, code: string, name: string, termType: string) {
  return { id, code, termType, names: [{ name, fromYear: 0 }] };
}

function notes(remarks: readonly string[] = []) {
  return remarks.map((content, position) => ({ content, position }));
}

function cellId(index: number): string {
  return `cell-${String(index)}`;
}

function assetOf(asset: AssetFacts, position: number, rows: readonly RowFacts[]) {
  if (!('sections' in asset)) return { ...asset, position };
  return {
    type: 'RequirementGroup',
    position,
    instruction: asset.instruction ?? null,
    advisements: asset.advisements ?? [],
    attributes: notes(asset.remarks),
    sections: asset.sections.map((section, index) => ({
      type: 'Section',
      position: index,
      advisements: section.advisements ?? [],
      attributes: notes(section.remarks),
      rows: section.rows.map((row, at) => ({ position: at, attributes: [], cells: [cellOf(row, rows.indexOf(row))] })),
    })),
  };
}

function cellOf(row: RowFacts, index: number) {
  const wrap = (course: CourseFacts) => ({ course: courseOf(course) });
  return { id: cellId(index), position: 0, attributes: notes(row.remarks), courseAttributes: [], ...receivingOf(row.receiving, wrap) };
}

function receivingOf(receiving: ReceivingFacts, crossListed: (course: CourseFacts) => object) {
  if ('type' in receiving) return receiving;
  if ('code' in receiving) {
    return { type: 'Course', course: courseOf(receiving), visibleCrossListedCourses: (receiving.crossListed ?? []).map(crossListed) };
  }
  const courses = receiving.series.map((course, position) => ({ ...courseOf(course), position }));
  const name = receiving.series.map(({ code }) => code).join(', ');
  return { type: 'Series', series: { name, conjunction: receiving.conjunction ?? 'And', courses } };
}

function courseOf({ code, title, units = 4, maxUnits = units, begin = 'F2010', end = '' }: CourseFacts) {
  const blank = code.lastIndexOf(' ');
  const [prefix, courseNumber] = [code.slice(0, blank), code.slice(blank + 1)];
  return { prefix, courseNumber, courseTitle: title ?? `Course ${code}`, minUnits: units, maxUnits, begin, end };
}

function articulationOf(row: RowFacts, { groups = [], joins = [], reason, remarks }: ArticulationFacts, index: number) {
  return {
    templateCellId: cellId(index),
    receivingAttributes: { attributes: [], courseAttributes: [] },
    articulation: {
      ...receivingOf(row.receiving, courseOf),
      attributes: notes(remarks),
      sendingArticulation: {
        noArticulationReason: reason ?? null,
        deniedCourses: [],
        items: groups.map(({ courses, conjunction = 'And', position, remarks: ofGroup }, at) => ({
          type: 'CourseGroup',
          position: position ?? at,
          courseConjunction: conjunction,
          attributes: notes(ofGroup),
          items: courses.map((course, place) => ({ ...sendingOf(course), position: place })),
        })),
        courseGroupConjunctions: joins.map(([groupConjunction, from, until]) => ({
          groupConjunction,
          sendingCourseGroupBeginPosition: from,
          sendingCourseGroupEndPosition: until,
        })),
      },
    },
  };
}

function sendingOf(course: CourseFacts | { readonly type: string }) {
  if ('type' in course) return course;
  const crossListed = (course.crossListed ?? []).map(courseOf);
  return { type: 'Course', ...courseOf(course), attributes: notes(course.remarks), visibleCrossListedCourses: crossListed };
}
