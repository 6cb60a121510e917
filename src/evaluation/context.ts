import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { readTerms, type RevisionHead } from '../agreements/index.js';
import { awardsOfRule } from '../agreements/domain/index.js';
import { CoursesService } from '../courses/index.js';
import { CreditSystemsService, GradingScalesService } from '../institutions/index.js';
import { normaliseCode, type CalendarDate, type CreditSystem, type GradingScale } from '../kernel/index.js';
import { ProgrammesService } from '../programmes/index.js';
import type { Programme } from '../programmes/domain/index.js';
import type { RevisionInForce } from './domain/index.js';
import { readContextHead } from './storage/context.store.js';

/** What an evaluation rests on besides the learner. */
export interface EvaluationContext {
  readonly programme: Programme;
  readonly agreements: readonly RevisionInForce[];
  readonly receivingScale?: string;
}

/** More than this many programmes, revisions or scales at once are not kept in memory; the least recently used go first. */
const mostKept = 2000;

/** What never changes under its key, kept in memory while it is used. */
class Kept<Value> {
  private readonly values = new Map<string, Value>();

  get(key: string): Value | undefined {
    const value = this.values.get(key);
    if (value === undefined) return undefined;
    this.values.delete(key);
    this.values.set(key, value);
    return value;
  }

  set(key: string, value: Value): void {
    this.values.set(key, value);
    const [oldest] = this.values.keys();
    if (this.values.size > mostKept && oldest !== undefined) this.values.delete(oldest);
  }
}

/**
 * Programmes and revisions as the engine takes them. They are kept by digest, and with them what the engine compiles from them once: a change has
 * another digest, so nothing kept is ever stale. Results are never kept.
 */
@Injectable()
export class EvaluationContexts {
  private readonly programmes = new Kept<Programme>();
  private readonly revisions = new Kept<RevisionInForce>();
  private readonly creditSystems = new Kept<CreditSystem>();
  private readonly gradingScales = new Kept<GradingScale>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly programmesService: ProgrammesService,
    private readonly courses: CoursesService,
    private readonly creditSystemsService: CreditSystemsService,
    private readonly gradingScalesService: GradingScalesService,
  ) {}

  /** One statement when everything is kept already. Undefined when there is no such programme. */
  async load(programmeId: string, policyDate: CalendarDate): Promise<EvaluationContext | undefined> {
    const head = await readContextHead(this.dataSource, programmeId, policyDate);
    if (head === undefined) return undefined;
    const programme = this.programmes.get(programmeKey(programmeId, head.programmeDigest)) ?? (await this.loadProgramme(programmeId));
    const missing = head.revisions.filter((revision) => this.revisions.get(revisionKey(revision, head.institution)) === undefined);
    if (missing.length > 0) await this.loadRevisions(missing, head.institution);
    const agreements = head.revisions.flatMap((revision) => this.revisions.get(revisionKey(revision, head.institution)) ?? []);
    return { programme, agreements, ...(head.gradingScale === undefined ? {} : { receivingScale: head.gradingScale }) };
  }

  /** Credit systems and scales by id; those that do not exist are left out. What refers to one keeps it from changing. */
  async measures(
    systems: Iterable<string>,
    scales: Iterable<string>,
  ): Promise<{ creditSystems: CreditSystem[]; gradingScales: GradingScale[] }> {
    const { manager } = this.dataSource;
    return {
      creditSystems: await kept(this.creditSystems, systems, (ids) => this.creditSystemsService.find(manager, ids)),
      gradingScales: await kept(this.gradingScales, scales, (ids) => this.gradingScalesService.find(manager, ids)),
    };
  }

  private async loadProgramme(id: string): Promise<Programme> {
    const { institution, code, catalogueYear, title, creditSystem, totalCredits, requirements, policy, digest } =
      await this.programmesService.read(id);
    const programme = { id, institution, code, catalogueYear, title, creditSystem, totalCredits, requirements, policy };
    this.programmes.set(programmeKey(id, digest), programme);
    return programme;
  }

  private async loadRevisions(heads: readonly RevisionHead[], receiving: string): Promise<void> {
    for (const head of await readTerms(this.dataSource, heads)) {
      const { agreement, number, digest, attestedBy, terms } = head;
      const codes = [
        ...new Set(
          terms.rules.flatMap(awardsOfRule).flatMap(({ target }) => (target.kind === 'course' ? [normaliseCode(target.code)] : [])),
        ),
      ];
      const courses = (await this.courses.editionsAt(this.dataSource.manager, [receiving], codes)).filter(
        ({ provider }) => provider === receiving,
      );
      // The latest edition speaks for a code; what an agreement refers to does not change any more.
      const latest = new Map(
        courses
          .sort((a, b) => ((a.validity.from ?? '') < (b.validity.from ?? '') ? -1 : 1))
          .map((course) => [normaliseCode(course.code), course]),
      );
      const receivingCourses = [...latest.values()].map(({ code, credits }) => ({ code, credits }));
      this.revisions.set(revisionKey(head, receiving), { agreement, revision: number, digest, attestedBy, terms, receivingCourses });
    }
  }
}

function programmeKey(id: string, digest: string): string {
  return `${id} ${digest}`;
}

function revisionKey({ agreement, number, digest }: RevisionHead, receiving: string): string {
  return `${agreement} ${String(number)} ${digest} ${receiving}`;
}

async function kept<Value extends { readonly id: string }>(
  cache: Kept<Value>,
  ids: Iterable<string>,
  load: (ids: readonly string[]) => Promise<readonly Value[]>,
): Promise<Value[]> {
  const wanted = [...new Set(ids)];
  const missing = wanted.filter((id) => cache.get(id) === undefined);
  if (missing.length > 0) for (const value of await load(missing)) cache.set(value.id, value);
  return wanted.flatMap((id) => cache.get(id) ?? []);
}
