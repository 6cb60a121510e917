import type { AssistAgreement, AssistGroup } from '../../../formats/assist/index.js';
import { digestOf, fromThousandths, type LocalisedText, textLimits, thousandths, type Thousandths } from '../../../kernel/index.js';
import type { Limit } from '../../../agreements/domain/index.js';
import type { Programme, Requirement } from '../../../programmes/domain/index.js';
import type { ListedException } from '../listed-exception.js';
import { creditSystemOf } from './catalogue.js';
import { cellsOf } from './cells.js';
import { buildGroup } from './requirements.js';
import type { AssistIds, CellFate } from './result.js';
import { plainText } from './plain-text.js';
import { shared } from './sharing.js';

export interface ProgrammeImport {
  readonly programme?: Programme;
  /** "Maximum credit, one course": what holds for the agreement's awards rather than for the tree. */
  readonly limits: readonly Limit[];
  readonly cells: readonly CellFate[];
  readonly exceptions: readonly ListedException[];
}

/** The requirement tree of the major: the groups in the order of the file, under their headings. */
export function importProgramme(agreement: AssistAgreement, ids: AssistIds): ProgrammeImport {
  const template = new TemplateImport();
  const parts = chaptersOf(agreement).flatMap((chapter, index) => template.chapter(chapter, index + 1));
  const { cells, exceptions, limits } = template;
  const texts = textsOf(agreement);
  if (parts.length === 0) return { limits, cells, exceptions: [...exceptions, ...texts] };
  const requirements = shared({ id: 'all', kind: 'all', of: parts });
  return {
    programme: {
      id: ids.programme,
      institution: ids.receiving,
      code: programmeCode(agreement.name),
      catalogueYear: agreement.catalogueYear,
      title: { en: agreement.name },
      creditSystem: creditSystemOf(agreement.receiving),
      // The file does not state the credits of the whole degree: these are what the tree asks for.
      totalCredits: fromThousandths(need(requirements)),
      requirements,
      policy: {},
    },
    limits,
    cells,
    exceptions: [...exceptions, ...texts],
  };
}

/** Groups with the heading that stands above them. */
interface Chapter {
  readonly title?: string;
  readonly groups: AssistGroup[];
}

function chaptersOf(agreement: AssistAgreement): Chapter[] {
  const chapters: Chapter[] = [];
  for (const asset of agreement.assets) {
    if (asset.kind === 'RequirementTitle') chapters.push({ title: asset.content, groups: [] });
    if (asset.kind !== 'group') continue;
    if (chapters.length === 0) chapters.push({ groups: [] });
    chapters.at(-1)?.groups.push(asset);
  }
  return chapters;
}

/** Builds the tree chapter by chapter and keeps account of every cell. */
class TemplateImport {
  readonly limits: Limit[] = [];
  readonly cells: CellFate[] = [];
  readonly exceptions: ListedException[] = [];
  private groups = 0;

  chapter({ title, groups }: Chapter, number: number): Requirement[] {
    // The heading itself says that nothing below it is required.
    const isRequired = title === undefined || !/\bnot required\b/i.test(title);
    const parts = groups.flatMap((group) => (isRequired ? this.group(group) : this.recommended(group, title)));
    if (title === undefined || parts.length === 0) return parts;
    const text: LocalisedText = { en: title };
    const [only] = parts;
    if (only !== undefined && parts.length === 1) return [{ ...only, title: text }];
    return [{ id: `chapter-${String(number)}`, kind: 'all', title: text, of: parts }];
  }

  private group(group: AssistGroup): Requirement[] {
    this.groups += 1;
    const built = buildGroup(group, `g${String(this.groups)}`);
    this.exceptions.push(...built.exceptions);
    this.limits.push(...built.limits);
    this.cells.push(...built.cells);
    return built.requirement === undefined ? [] : [built.requirement];
  }

  private recommended(group: AssistGroup, title: string): Requirement[] {
    this.groups += 1;
    this.exceptions.push({ code: 'recommendedOnly', where: { pointer: group.pointer }, detail: title });
    this.cells.push(...cellsOf(group).map(({ pointer }): CellFate => ({ pointer, kind: 'exception' })));
    return [];
  }
}

/** What stands in the template for readers, and parts of types that are not known. */
function textsOf(agreement: AssistAgreement): ListedException[] {
  return agreement.assets.flatMap((asset): ListedException[] => {
    if (asset.kind === 'group' || asset.kind === 'RequirementTitle') return [];
    const where = { pointer: asset.pointer };
    if (asset.kind === 'unknown') return [{ code: 'unknownPart', where, detail: `a part of the type "${asset.type}" is not known` }];
    return [{ code: 'textNotEvaluated', where, detail: plainText(asset.content) }];
  });
}

/** What is left to study of a tree that nothing fills. */
function need(requirement: Requirement): Thousandths {
  if (requirement.kind === 'all') return requirement.of.map(need).reduce((sum, part) => sum + part, 0);
  if (requirement.kind !== 'atLeast') return thousandths(requirement.credits);
  const parts = requirement.of.map(need).sort((a, b) => a - b);
  return parts.slice(0, requirement.count).reduce((sum, part) => sum + part, 0);
}

/** The file has no code for a major: its name in lower case and hyphens, cut where it is longer than a code may be. */
function programmeCode(name: string): string {
  const words = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  if (words.length <= textLimits.code) return words;
  return `${words.slice(0, textLimits.code - 9)}-${digestOf(name).slice(-8)}`;
}
