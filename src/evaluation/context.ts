import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import {
  readReceivingCourses,
  readSendingCourses,
  readTerms,
  type ReceivingCourse,
  type RevisionHead,
  type SendingCourse,
} from '../agreements/index.js';
import { awardsOfRule } from '../agreements/domain/index.js';
import { CreditSystemsService, GradingScalesService, type Ownership } from '../institutions/index.js';
import { normaliseCode, type CalendarDate, type CreditSystem, type GradingScale } from '../kernel/index.js';
import { asService, managerOf } from '../platform/index.js';
import { ProgrammesService } from '../programmes/index.js';
import type { Programme } from '../programmes/domain/index.js';
import type { OfferedCourse, RevisionInForce } from './domain/index.js';
import { Kept } from './kept.js';
import { readContextHead, type ContextHead } from './storage/context.store.js';

/** What an evaluation rests on besides the learner. */
export interface EvaluationContext {
  readonly programme: Programme;
  readonly agreements: readonly RevisionInForce[];
  /** The sending courses that each of them was agreed on: for suggestions alone, so no part of an input. */
  readonly offered: readonly (readonly OfferedCourse[])[];
  readonly receivingScale?: string;
  readonly measures: KnownMeasures;
}

/** A revision with the sending courses that it was agreed on. */
interface KnownRevision {
  readonly inForce: RevisionInForce;
  readonly offered: readonly OfferedCourse[];
}

/** Credit systems and grading scales. */
export interface Measures {
  readonly creditSystems: readonly CreditSystem[];
  readonly gradingScales: readonly GradingScale[];
}

/** Credit systems and scales as they are, each read once, until any of them is defined or redefined. */
class KnownMeasures {
  private readonly creditSystems = new Kept<CreditSystem>();
  private readonly gradingScales = new Kept<GradingScale>();

  constructor(
    readonly version: number,
    private readonly read: (systems: readonly string[], scales: readonly string[]) => Promise<Measures>,
  ) {}

  /** By id; those that do not exist are left out. */
  async find(systems: Iterable<string>, scales: Iterable<string>): Promise<Measures> {
    return {
      creditSystems: await this.creditSystems.all([...new Set(systems)], async (ids) => byId((await this.read(ids, [])).creditSystems)),
      gradingScales: await this.gradingScales.all([...new Set(scales)], async (ids) => byId((await this.read([], ids)).gradingScales)),
    };
  }
}

/**
 * Programmes and revisions as the engine takes them. They are kept by digest, and with them what the engine compiles from them once: a change has
 * another digest, so nothing kept is ever stale. Results are never kept.
 */
@Injectable()
export class EvaluationContexts {
  private readonly programmes = new Kept<Programme>();
  private readonly revisions = new Kept<KnownRevision>();
  private measures = new KnownMeasures(0, this.readMeasures.bind(this));

  constructor(
    private readonly dataSource: DataSource,
    private readonly programmesService: ProgrammesService,
    private readonly creditSystems: CreditSystemsService,
    private readonly gradingScales: GradingScalesService,
  ) {}

  /**
   * One statement when everything is kept already. Undefined when there is no such programme. Every revision in force counts, whoever may read it: a
   * result shows of them what concerns the student.
   */
  load(programmeId: string, policyDate: CalendarDate): Promise<EvaluationContext | undefined> {
    return asService('evaluation', () => this.loadAll(programmeId, policyDate));
  }

  private async loadAll(programmeId: string, policyDate: CalendarDate): Promise<EvaluationContext | undefined> {
    const head = await readContextHead(this.dataSource, programmeId, policyDate);
    if (head === undefined) return undefined;
    const keys = head.revisions.map((revision) => revisionKey(revision, head.institution));
    const revisions = await this.revisions.all(keys, (missing) => this.loadRevisions(head, new Set(missing)));
    return {
      programme: await this.programme(programmeId, head.programmeDigest),
      agreements: revisions.map(({ inForce }) => inForce),
      offered: revisions.map(({ offered }) => offered),
      ...(head.gradingScale === undefined ? {} : { receivingScale: head.gradingScale }),
      measures: this.measuresOf(head),
    };
  }

  /** Credit systems and scales as they are now. */
  async readMeasures(systems: readonly string[], scales: readonly string[]): Promise<Measures> {
    const manager = managerOf(this.dataSource);
    return {
      creditSystems: systems.length === 0 ? [] : (await this.creditSystems.find(manager, systems)).map(withoutOwnership),
      gradingScales: scales.length === 0 ? [] : (await this.gradingScales.find(manager, scales)).map(withoutOwnership),
    };
  }

  private measuresOf({ measuresVersion }: ContextHead): KnownMeasures {
    if (this.measures.version !== measuresVersion) this.measures = new KnownMeasures(measuresVersion, this.readMeasures.bind(this));
    return this.measures;
  }

  /** Where the programme changes in between, it is as it was read last, and kept by its own digest. */
  private async programme(id: string, digest: string): Promise<Programme> {
    const known = this.programmes.get(`${id} ${digest}`);
    if (known !== undefined) return known;
    const details = await this.programmesService.read(id);
    const { institution, code, catalogueYear, title, creditSystem, totalCredits, requirements, policy } = details;
    const programme = { id, institution, code, catalogueYear, title, creditSystem, totalCredits, requirements, policy };
    this.programmes.keep(`${id} ${details.digest}`, programme);
    return programme;
  }

  private async loadRevisions(
    { revisions, institution }: ContextHead,
    missing: ReadonlySet<string>,
  ): Promise<ReadonlyMap<string, KnownRevision>> {
    const heads = revisions.filter((revision) => missing.has(revisionKey(revision, institution)));
    const receiving = byRevision(await readReceivingCourses(this.dataSource, heads, institution));
    const sending = byRevision(await readSendingCourses(this.dataSource, heads, institution));
    const terms = await readTerms(this.dataSource, heads);
    return new Map(
      terms.map((revision) => {
        const key = numberedKey(revision);
        const known = { inForce: inForce(revision, receiving.get(key) ?? []), offered: (sending.get(key) ?? []).map(offeredCourse) };
        return [revisionKey(revision, institution), known];
      }),
    );
  }
}

function byRevision<Course extends Pick<RevisionHead, 'agreement' | 'number'>>(
  courses: readonly Course[],
): ReadonlyMap<string, readonly Course[]> {
  const grouped = new Map<string, Course[]>();
  for (const course of courses) {
    const known = grouped.get(numberedKey(course));
    if (known === undefined) grouped.set(numberedKey(course), [course]);
    else known.push(course);
  }
  return grouped;
}

function offeredCourse({ agreement: _agreement, number: _number, hours, ...course }: SendingCourse): OfferedCourse {
  return { ...course, ...(hours === null ? {} : { hours }) };
}

/** Of the courses that the revision was agreed on only those that its rules award have a part in a result. */
function inForce(
  { agreement, number, digest, attestedBy, terms }: Awaited<ReturnType<typeof readTerms>>[number],
  courses: readonly ReceivingCourse[],
): RevisionInForce {
  const targets = terms.rules.flatMap(awardsOfRule).flatMap(({ target }) => (target.kind === 'course' ? [target.code] : []));
  const awarded = new Set(targets.map(normaliseCode));
  const receivingCourses = courses.flatMap(({ code, credits }) => (awarded.has(normaliseCode(code)) ? [{ code, credits }] : []));
  return { agreement, revision: number, digest, attestedBy, terms, receivingCourses };
}

/** Who defined a credit system or a scale, and when, has no part in a result, nor in the digest of its input. */
function withoutOwnership<Measure extends Ownership>({
  institution: _institution,
  version: _version,
  modifiedAt: _modifiedAt,
  ...measure
}: Measure): Omit<Measure, keyof Ownership> {
  return measure;
}

function byId<Measure extends { readonly id: string }>(measures: readonly Measure[]): ReadonlyMap<string, Measure> {
  return new Map(measures.map((measure) => [measure.id, measure]));
}

function numberedKey({ agreement, number }: Pick<RevisionHead, 'agreement' | 'number'>): string {
  return `${agreement} ${String(number)}`;
}

function revisionKey(head: RevisionHead, receiving: string): string {
  return `${numberedKey(head)} ${head.digest} ${receiving}`;
}
