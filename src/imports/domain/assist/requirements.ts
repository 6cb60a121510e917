import type { Limit } from '../../../agreements/domain/index.js';
import type {
  AssistAdvisement,
  AssistCell,
  AssistCourse,
  AssistGroup,
  AssistRemark,
  AssistSection,
} from '../../../formats/assist/index.js';
import type { Requirement } from '../../../programmes/domain/index.js';
import type { ListedException, ListedExceptionCode } from '../listed-exception.js';
import { codeOf } from './catalogue.js';
import { cellsOf } from './cells.js';
import type { CellFate } from './result.js';

export interface BuiltGroup {
  /** Absent where the group cannot be expressed exactly: it is listed then, with all its cells, instead of being imported as something else. */
  readonly requirement?: Requirement;
  readonly limits: readonly Limit[];
  readonly cells: readonly CellFate[];
  readonly exceptions: readonly ListedException[];
}

/** The one note that can be expressed: of the courses that bear it, one earns credit. */
const creditForOne = /^maximum credit,? one course$/i;

/** One group of the template as a requirement. `id` is the beginning of the ids of all its nodes. */
export function buildGroup(group: AssistGroup, id: string): BuiltGroup {
  const builder = new GroupBuilder(id);
  const requirement = builder.group(group);
  const { faults, notes, limits, leaves } = builder;
  if (faults.length > 0 || requirement === undefined) {
    const cells = cellsOf(group).map(({ pointer }): CellFate => ({ pointer, kind: 'exception' }));
    const listed = faults.length > 0 ? faults : [exception('incomplete', group.pointer, 'names no course')];
    return { limits: [], cells, exceptions: [...listed, ...notes] };
  }
  const cells = leaves.map(({ pointer, requirement: leaf }): CellFate => ({ pointer, kind: 'requirement', requirement: leaf }));
  return { requirement, limits, cells, exceptions: notes };
}

function exception(code: ListedExceptionCode, pointer: string, detail: string): ListedException {
  return { code, where: { pointer }, detail };
}

class GroupBuilder {
  /** What keeps the group from being expressed. */
  readonly faults: ListedException[] = [];
  /** What is lost of a group that is expressed otherwise. */
  readonly notes: ListedException[] = [];
  readonly limits: Limit[] = [];
  readonly leaves: { readonly pointer: string; readonly requirement: string }[] = [];

  constructor(private readonly id: string) {}

  group(group: AssistGroup): Requirement | undefined {
    this.note(group.remarks);
    if (group.advisements.length > 0)
      this.fault('inexpressible', group.pointer, 'how its advisements and its instruction go together is not known');
    const { instruction, sections } = group;
    switch (instruction?.kind) {
      case undefined:
      case 'Following':
        return this.all(this.id, this.sections(sections));
      case 'Conjunction':
        return instruction.conjunction === 'And'
          ? this.all(this.id, this.sections(sections))
          : this.atLeast(this.id, 1, this.sections(sections), group.pointer);
      case 'NFromConjunction':
        // One section, or "A or B": n courses of all that is listed. "n courses from A and B" could be n of each or n of both.
        if (instruction.conjunction === 'And' && sections.length > 1) {
          this.fault(
            'inexpressible',
            group.pointer,
            `${String(instruction.courses)} courses from several sections joined by AND can be read in two ways`,
          );
        }
        return this.courses(group, instruction.courses);
      case 'NFromArea':
        return this.courses(group, instruction.courses);
      case 'unknown':
        this.fault('inexpressible', group.pointer, `the instruction is not known: ${instruction.description}`);
        return undefined;
    }
  }

  private sections(sections: readonly AssistSection[]): Requirement[] {
    return sections.flatMap((section, index) => {
      const id = sections.length === 1 ? this.id : this.sectionId(index);
      const built = this.section(section, id, this.sectionId(index));
      return built === undefined ? [] : [built];
    });
  }

  private sectionId(index: number): string {
    return `${this.id}.${String(index + 1)}`;
  }

  /** A section by itself: all its rows, or n of them where it says so. */
  private section(section: AssistSection, id: string, cellId: string): Requirement | undefined {
    const count = this.countOf(section);
    if (count === undefined) {
      this.notePlain(section);
      return this.all(
        id,
        this.cells(section, cellId).map(({ requirement }) => requirement),
      );
    }
    return this.atLeast(id, count, this.countable(section, cellId, count), section.pointer);
  }

  /** n courses of all sections together. A section that says "select m" itself lends at most m of them. */
  private courses(group: AssistGroup, count: number): Requirement | undefined {
    const parts = group.sections.flatMap((section, index) => {
      const id = this.sectionId(index);
      const most = this.countOf(section);
      const courses = this.countable(section, id, count);
      if (most === undefined || most >= count) return courses;
      if (most > 1) {
        const detail = `at most ${String(most)} of the ${String(count)} courses come from this section`;
        this.fault('inexpressible', section.pointer, detail);
        return [];
      }
      return this.listed(this.atLeast(id, 1, courses, section.pointer));
    });
    return this.atLeast(this.id, count, parts, group.pointer);
  }

  /** How many courses of a section are asked for; undefined where it says nothing of it. */
  private countOf({ advisements, pointer }: AssistSection): number | undefined {
    const [first, ...others] = advisements;
    if (first === undefined) return undefined;
    if (others.length > 0) this.fault('inexpressible', pointer, 'how its advisements go together is not known');
    return this.courseCount(first);
  }

  private courseCount(advisement: AssistAdvisement): number | undefined {
    if (advisement.kind === 'NFollowing') return advisement.courses;
    this.fault('inexpressible', advisement.pointer, `the advisement is not known: ${advisement.description}`);
    return undefined;
  }

  /** The rows of a section as things to count: a row is one, and so are all rows together of which one earns credit. */
  private countable(section: AssistSection, id: string, count: number): Requirement[] {
    const cells = this.cells(section, id);
    if (count > 1) {
      for (const { cell } of cells) {
        if (cell.receiving.kind !== 'Series') continue;
        this.fault('inexpressible', cell.pointer, `whether a series counts as one or as several of ${String(count)} courses is not said`);
      }
    }
    const isAlternative = (cell: AssistCell): boolean => [...section.remarks, ...cell.remarks].some(isCreditForOne);
    const alternatives = cells.filter(({ cell }) => isAlternative(cell));
    this.noteOther(section);
    if (alternatives.length < 2) {
      this.note(alternatives.flatMap(({ cell }) => cell.remarks.filter(isCreditForOne)));
      return cells.map(({ requirement }) => requirement);
    }
    this.limitToOne(
      id,
      alternatives.map(({ cell }) => cell),
      section,
    );
    const oneOf = this.atLeast(
      `${id}.one`,
      1,
      alternatives.map(({ requirement }) => requirement),
      section.pointer,
    );
    return [...cells.filter(({ cell }) => !isAlternative(cell)).map(({ requirement }) => requirement), ...this.listed(oneOf)];
  }

  /** At home the tree sees to it that one of them counts; a limit sees to it that transfer credit is granted for one. */
  private limitToOne(id: string, cells: readonly AssistCell[], section: AssistSection): void {
    const codes = cells.flatMap(({ receiving }) =>
      receiving.kind === 'Course' ? [receiving.course, ...receiving.crossListed].map(codeOf) : [],
    );
    const note = [...section.remarks, ...cells.flatMap((cell) => cell.remarks)].find(isCreditForOne)?.content ?? '';
    this.limits.push({ id: `${id}.one`, over: { kind: 'receivingCourses', codes }, maximumCourses: 1, note: { en: note } });
  }

  private cells(section: AssistSection, id: string): { readonly cell: AssistCell; readonly requirement: Requirement }[] {
    return section.rows.flatMap((row, index) => {
      this.note(row.remarks);
      if (row.cells.length > 1) this.fault('inexpressible', row.pointer, 'how several cells in one row go together is not known');
      return row.cells.flatMap((cell) => {
        const cellId = `${id}.${String(index + 1)}`;
        this.leaves.push({ pointer: cell.pointer, requirement: cellId });
        const requirement = this.cell(cell, cellId);
        return requirement === undefined ? [] : [{ cell, requirement }];
      });
    });
  }

  private cell({ receiving, pointer }: AssistCell, id: string): Requirement | undefined {
    switch (receiving.kind) {
      case 'Course':
        return leaf(id, receiving.course, receiving.crossListed);
      case 'Series': {
        const of = receiving.courses.map((course, index) => leaf(`${id}.${String(index + 1)}`, course, []));
        const title = { en: receiving.name };
        return receiving.conjunction === 'And' ? { id, kind: 'all', title, of } : { id, kind: 'atLeast', title, count: 1, of };
      }
      case 'unknown':
        this.fault('unknownPart', pointer, `a cell of the type "${receiving.type}" is not known`);
        return undefined;
    }
  }

  private all(id: string, of: readonly Requirement[]): Requirement | undefined {
    const [only] = of;
    return of.length < 2 ? only : { id, kind: 'all', of };
  }

  private atLeast(id: string, count: number, of: readonly Requirement[], pointer: string): Requirement | undefined {
    if (count <= of.length) return { id, kind: 'atLeast', count, of };
    this.fault('contradiction', pointer, `asks for ${String(count)} of ${String(of.length)}`);
    return undefined;
  }

  private listed(requirement: Requirement | undefined): Requirement[] {
    return requirement === undefined ? [] : [requirement];
  }

  /** All notes of a section that asks for all its rows: "one earns credit" would contradict it and is listed like any other. */
  private notePlain(section: AssistSection): void {
    this.note([...section.remarks, ...section.rows.flatMap((row) => row.cells.flatMap((cell) => cell.remarks))]);
  }

  private noteOther(section: AssistSection): void {
    const remarks = [...section.remarks, ...section.rows.flatMap((row) => row.cells.flatMap((cell) => cell.remarks))];
    this.note(remarks.filter((remark) => !isCreditForOne(remark)));
  }

  private note(remarks: readonly AssistRemark[]): void {
    this.notes.push(...remarks.map(({ pointer, content }) => exception('remarkNotEvaluated', pointer, content)));
  }

  private fault(code: ListedExceptionCode, pointer: string, detail: string): void {
    this.faults.push(exception(code, pointer, detail));
  }
}

function isCreditForOne({ content }: AssistRemark): boolean {
  return creditForOne.test(content.trim());
}

function leaf(id: string, course: AssistCourse, crossListed: readonly AssistCourse[]): Requirement {
  return { id, kind: 'course', title: { en: course.title }, codes: [course, ...crossListed].map(codeOf), credits: course.units.minimum };
}
