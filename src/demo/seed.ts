import type { INestApplicationContext } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { demoClientId, seedDemoAccounts, seedDemoClients } from '../access/index.js';
import { type AgreementDetails, AgreementsService } from '../agreements/index.js';
import { CoursesService, editionOn, OfferingsService } from '../courses/index.js';
import { InstitutionsService } from '../institutions/index.js';
import { type LocalisedText, normaliseCode } from '../kernel/index.js';
import { LearnersService } from '../learners/index.js';
import { asService, managerOf, transaction } from '../platform/index.js';
import { EnrolmentsService, HomeCoursesService, ProgrammesService } from '../programmes/index.js';
import { RedemptionsService } from '../redemptions/index.js';
import { TranscriptsService } from '../transcripts/index.js';
import { alliance, allianceTitle } from './data/alliance.js';
import { homeCourses } from './data/home-courses.js';
import { type IdOf, institutionKeys, institutions } from './data/institutions.js';
import { moocsIndonesia, moocsIndonesiaTitle } from './data/moocs-indonesia.js';
import { offerings } from './data/offerings.js';
import { openCourses } from './data/open-courses.js';
import { programmes } from './data/programmes.js';
import { type DemoStudent, students } from './data/students.js';
import { tsinghuaMetu, tsinghuaMetuTitle } from './data/tsinghua-metu.js';

/** A student of the demonstration with the ids under which an evaluation names student and programme. */
export interface RecordedStudent {
  readonly name: string;
  readonly learner: string;
  readonly programme: string;
  /** The client id of the registrar's system of the institution where the student is enrolled. */
  readonly registrarSystem: string;
}

/** Who loads the data, as the journal knows it. */
const part = 'demonstration';

/** "demodata" in ASCII: processes that start together load the data one after another. */
const loadingLock = '7234308701633475681';

/**
 * Loads the demonstration data into an empty database and answers its students; none where the database holds something else. Loaded once, the data are
 * never touched again, whatever becomes of them.
 */
export async function seedDemo(app: INestApplicationContext): Promise<readonly RecordedStudent[]> {
  const demo = new Demo(app);
  const load = (): Promise<readonly RecordedStudent[]> =>
    transaction(app.get(DataSource), async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [loadingLock]);
      return demo.load();
    });
  return asService(part, load);
}

/**
 * Institutions, courses, programmes, agreements and learners are one transaction; what follows are commands of their own, so a start that was cut off goes on
 * with what is missing. The transcripts come last, in one transaction again: where they are, all is there.
 */
class Demo {
  private readonly dataSource: DataSource;
  private readonly institutions: InstitutionsService;
  private readonly courses: CoursesService;
  private readonly offerings: OfferingsService;
  private readonly programmes: ProgrammesService;
  private readonly agreements: AgreementsService;
  private readonly learners: LearnersService;
  private readonly enrolments: EnrolmentsService;
  private readonly homeCourses: HomeCoursesService;
  private readonly transcripts: TranscriptsService;
  private readonly redemptions: RedemptionsService;

  constructor(private readonly app: INestApplicationContext) {
    this.dataSource = app.get(DataSource);
    this.institutions = app.get(InstitutionsService);
    this.courses = app.get(CoursesService);
    this.offerings = app.get(OfferingsService);
    this.programmes = app.get(ProgrammesService);
    this.agreements = app.get(AgreementsService);
    this.learners = app.get(LearnersService);
    this.enrolments = app.get(EnrolmentsService);
    this.homeCourses = app.get(HomeCoursesService);
    this.transcripts = app.get(TranscriptsService);
    this.redemptions = app.get(RedemptionsService);
  }

  async load(): Promise<readonly RecordedStudent[]> {
    const isEmpty = (await this.institutions.list({ limit: 1 }, [])).items.length === 0;
    const id = isEmpty ? await transaction(this.dataSource, (manager) => this.recordCatalogue(manager)) : await this.idsOnRecord();
    const recorded = id === undefined ? undefined : await this.studentsOnRecord(id);
    if (id === undefined || recorded === undefined) return [];
    if (!(await this.isComplete(recorded))) await this.complete(id, recorded);
    await seedDemoClients(
      this.app,
      institutionKeys.map((key) => ({ key, name: institutions[key].names['en'] ?? key, id: id(key) })),
    );
    await seedDemoAccounts(this.app, { institution: id('metu'), learners: recorded });
    return recorded.map(({ name, learner, programme, registrarSystem }) => ({ name, learner, programme, registrarSystem }));
  }

  private async recordCatalogue(manager: EntityManager): Promise<IdOf> {
    const outcomes = await this.institutions.import(
      manager,
      institutionKeys.map((key) => institutions[key]),
    );
    const id = idOf(accepted(outcomes));
    accepted(await this.courses.import(manager, [...openCourses(id), ...homeCourses(id)]));
    accepted(await this.programmes.import(manager, programmes(id)));
    await this.agreements.insert(manager, published(tsinghuaMetuTitle), tsinghuaMetu(id));
    await this.agreements.insert(manager, published(moocsIndonesiaTitle), moocsIndonesia(id));
    await this.agreements.insert(manager, published(allianceTitle), alliance(id));
    for (const student of students(id)) {
      const identifiers = [{ ...identifierOf(student), proof: 'registrar' as const }];
      await asService(part, () => this.learners.insert(manager, { displayName: student.name, identifiers }), student.institution);
    }
    return id;
  }

  /** Undefined unless all institutions of the demonstration are on record. */
  private async idsOnRecord(): Promise<IdOf | undefined> {
    const ids: string[] = [];
    for (const key of institutionKeys) {
      const [identifier] = institutions[key].identifiers;
      const query = { limit: 1, identifierScheme: identifier?.scheme ?? '', identifier: identifier?.value ?? '' };
      const [found] = (await this.institutions.list(query, [])).items;
      if (found === undefined) return undefined;
      ids.push(found.id);
    }
    return idOf(ids);
  }

  /** Undefined unless all students of the demonstration are on record. */
  private async studentsOnRecord(id: IdOf): Promise<(DemoStudent & RecordedStudent)[] | undefined> {
    const recorded: (DemoStudent & RecordedStudent)[] = [];
    for (const student of students(id)) {
      const learner = await this.learners.findByIdentifier(managerOf(this.dataSource), identifierOf(student));
      const { institution, programmeCode: code } = student;
      const [programme] = (await this.programmes.list({ limit: 1, institution, code })).items;
      if (learner === undefined || programme === undefined) return undefined;
      const key = required(institutionKeys.find((candidate) => id(candidate) === institution));
      recorded.push({ ...student, learner, programme: programme.id, registrarSystem: demoClientId(key, 'registrar_system') });
    }
    return recorded;
  }

  private async isComplete(recorded: readonly RecordedStudent[]): Promise<boolean> {
    const [first] = recorded;
    return first !== undefined && (await this.transcripts.list(first.learner, { limit: 1 })).items.length > 0;
  }

  private async complete(id: IdOf, recorded: readonly (DemoStudent & RecordedStudent)[]): Promise<void> {
    await this.recordOfferings(id);
    for (const student of recorded) await this.recordHomeRecord(student);
    await transaction(this.dataSource, async (manager) => {
      for (const student of recorded) await asService(part, () => this.recordTranscripts(manager, student), student.institution);
    });
  }

  private async recordOfferings(id: IdOf): Promise<void> {
    for (const { provider, code, ...run } of offerings(id)) {
      const editions = await this.courses.editionsOf(managerOf(this.dataSource), [{ provider, code }]);
      const course = required(editionOn(editions, run.period.from)).id;
      const isMissing = (await this.offerings.list({ limit: 1, course })).items.length === 0;
      if (isMissing) await asService(part, () => this.offerings.create({ ...run, course }), provider);
    }
  }

  private async recordHomeRecord({ learner, programme, admissionDate, homeRecord }: DemoStudent & RecordedStudent): Promise<void> {
    const [before] = (await this.enrolments.list(learner, { limit: 1, programme })).items;
    const enrolment = before ?? (await this.enrolments.create(learner, { programme, admissionDate, status: 'active' }));
    const known = (await this.homeCourses.list(learner, { limit: 200, enrolment: enrolment.id })).items.map(({ code }) => code);
    for (const course of homeRecord) {
      if (!known.includes(course.code)) await this.homeCourses.create(learner, { ...course, enrolment: enrolment.id });
    }
  }

  private async recordTranscripts(manager: EntityManager, student: DemoStudent & RecordedStudent): Promise<void> {
    const completions = new Map<string, string>();
    for (const { completions: rows, ...details } of student.transcripts) {
      const document = { mediaType: 'application/json', bytes: Buffer.from(JSON.stringify({ ...details, completions: rows }, null, 2)) };
      const { statements } = await this.transcripts.add(manager, student.learner, { ...details, rows, document });
      for (const { completion, stated } of statements) completions.set(normaliseCode(stated.code), completion);
    }
    for (const { code, decidedOn } of student.redeemed) {
      const completion = required(completions.get(normaliseCode(code)));
      const use = { completion, institution: student.institution, programme: student.programmeCode, decidedOn };
      await this.redemptions.enter(manager, student.learner, use);
    }
  }
}

function published(title: LocalisedText): AgreementDetails {
  return { title, visibility: 'public' };
}

function identifierOf({ institution, studentNumber }: DemoStudent): { institution: string; scheme: string; value: string } {
  return { institution, scheme: 'student-number', value: studentNumber };
}

/** The ids in the order of the keys, by key. */
function idOf(ids: readonly string[]): IdOf {
  const byKey = new Map(institutionKeys.map((key, index) => [key, ids[index]]));
  return (key) => required(byKey.get(key));
}

type Outcome =
  { readonly kind: 'created' | 'changed' | 'unchanged'; readonly id: string } | { readonly kind: 'refused'; readonly errors: unknown };

/** The ids of what was recorded; a row that is refused is a defect of the demonstration. */
function accepted(outcomes: readonly Outcome[]): string[] {
  return outcomes.map((outcome, index) => {
    if (outcome.kind !== 'refused') return outcome.id;
    throw new Error(`row ${String(index)} of the demonstration data is refused: ${JSON.stringify(outcome.errors)}`);
  });
}

function required<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('the demonstration data name something that they do not hold');
  return value;
}
