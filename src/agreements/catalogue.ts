import type { EntityManager } from 'typeorm';
import { validate as isUuid } from 'uuid';
import type { CoursesService } from '../courses/index.js';
import type { CreditSystemsService, GradingScalesService, InstitutionsService } from '../institutions/index.js';
import { normaliseCode, type CreditSystem, type Grade, type GradingScale } from '../kernel/index.js';
import {
  mentionedCourses,
  mentionedInstitutions,
  placeOf,
  type AgreementTerms,
  type Catalogue,
  type CatalogueEdition,
} from './domain/index.js';

/** Where what terms refer to is looked up. */
export interface Registers {
  readonly institutions: InstitutionsService;
  readonly courses: CoursesService;
  readonly creditSystems: CreditSystemsService;
  readonly gradingScales: GradingScalesService;
}

/** What terms name, as the catalogues and registers know it. */
export interface KnownNames extends Catalogue {
  /** Ids of the institutions. */
  readonly institutions: ReadonlySet<string>;
  /** Ids of every edition whose code the terms name at the institution that should have it. */
  readonly editions: readonly string[];
  readonly scales: readonly GradingScale[];
  readonly systems: readonly CreditSystem[];
}

/** Loads what terms name: a handful of statements, however many rules there are. */
export async function loadCatalogue(manager: EntityManager, registers: Registers, terms: AgreementTerms): Promise<KnownNames> {
  const mentions = mentionedCourses(terms);
  // Where a code is looked for is a party, or named by its selector.
  const named = mentionedInstitutions(terms).map(({ institution }) => institution);
  const institutions = [...(await registers.institutions.find(manager, named.filter(isUuid))).keys()];
  const codes = [...new Set(mentions.map(({ code }) => normaliseCode(code)))];
  const courses = await registers.courses.editionsAt(manager, institutions, codes);
  const keeping = await registers.courses.institutionsWithCourses(manager, institutions);
  const scales = await registers.gradingScales.find(manager, scalesOf(terms));
  const systems = await registers.creditSystems.find(
    manager,
    terms.conversions.flatMap(({ from, to }) => [from, to]),
  );
  const byCode = new Map(codes.map((code): [string, CatalogueEdition[]] => [code, []]));
  for (const course of courses) byCode.get(normaliseCode(course.code))?.push(course);
  const editionsOf = (code: string): readonly CatalogueEdition[] => byCode.get(normaliseCode(code)) ?? [];
  const editions = mentions.flatMap((mention) =>
    editionsOf(mention.code).filter((edition) => placeOf(edition, mention.institutions) !== undefined),
  );
  return {
    institutions: new Set(institutions),
    keepsCoursesOf: (institution) => keeping.has(institution),
    editionsOf,
    gradingScale: (id) => scales.find((scale) => scale.id === id),
    creditSystem: (id) => systems.find((system) => system.id === id),
    editions: [...new Set(editions.map(({ id }) => id))],
    scales,
    systems,
  };
}

/** Every scale that terms name. */
function scalesOf(terms: AgreementTerms): readonly string[] {
  return [...new Set([...terms.gradeTables.flatMap(({ from, to }) => [from, to]), ...gradesIn(terms.rules).map(({ scale }) => scale)])];
}

function gradesIn(value: unknown): Grade[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isGrade(value)) return [value];
  return Object.values(value).flatMap(gradesIn);
}

function isGrade(value: object): value is Grade {
  return 'scale' in value && typeof value.scale === 'string' && 'value' in value && typeof value.value === 'string';
}
