import { type Caller, serviceScope } from '../../src/platform/index.js';
import { agreementForm, recordAgreement, termsOf } from './agreements.js';
import type { TestApp, TestClient } from './app.js';
import { callers, memberOf, studentOf } from './callers.js';
import { courseForm, recordCourse, type Recorded, recordInstitution } from './catalogue.js';
import { handIn, recordEnrolment, recordLearner, recordProgramme, transcriptForm } from './students.js';

/** Two institutions, on one of whose behalf commands are carried out, each on something that it is the first to touch. */

type Fields = Readonly<Record<string, unknown>>;

/** Somebody who sends requests. */
export interface Actor {
  readonly caller: Caller;
  readonly client: TestClient;
}

/** A learner with a transcript of one course, enrolled. */
export interface EnrolledLearner {
  readonly learner: string;
  readonly enrolment: string;
  readonly transcript: string;
  readonly completion: string;
  readonly identifier: string;
}

export class JournalWorld {
  private made = 0;

  private constructor(
    readonly member: Actor,
    readonly service: Actor,
    /** The institution that the member acts for. */
    readonly institution: string,
    readonly partner: string,
    readonly programme: string,
    private readonly actorOf: (caller: Caller) => Actor,
  ) {}

  static async of(test: TestApp): Promise<JournalWorld> {
    const as = callers(test);
    const actorOf = (caller: Caller): Actor => ({ caller, client: as(caller) });
    const service = actorOf({ scope: serviceScope, subject: 'the-operator', client: 'operations' });
    const institution = (await recordInstitution(service.client, { homeCreditSystem: 'ects' })).id;
    const partner = (await recordInstitution(service.client, { names: { en: 'Partner' } })).id;
    const member = actorOf(memberOf(institution));
    const programme = (await recordProgramme(member.client, institution, { code: 'FIRST' })).id;
    await recordProgramme(member.client, institution, { code: 'SECOND' });
    return new JournalWorld(member, service, institution, partner, programme, actorOf);
  }

  student(learner: string): Actor {
    return this.actorOf(studentOf(learner));
  }

  /** A text that nothing else has. */
  fresh(word: string): string {
    this.made += 1;
    return `${word} ${String(this.made)}`;
  }

  /** An id of a measure that nothing else has. */
  freshId(): string {
    return this.fresh('measure').replace(' ', '-');
  }

  course(): Promise<Recorded> {
    return recordCourse(this.member.client, this.institution, { code: this.fresh('NEW') });
  }

  courseForm(fields: Fields = {}): Fields {
    return courseForm(this.institution, { code: this.fresh('NEW'), ...fields });
  }

  agreement(): Promise<Recorded> {
    return recordAgreement(this.member.client, termsOf([this.institution, this.partner]));
  }

  agreementForm(): Fields {
    return agreementForm(termsOf([this.institution, this.partner]));
  }

  identifier(): Fields {
    return { institution: this.institution, scheme: 'student-number', value: this.fresh('number'), proof: 'registrar' };
  }

  async learner(): Promise<EnrolledLearner> {
    const { client } = this.member;
    const created = await recordLearner(client, { identifiers: [this.identifier()] });
    const { identifiers } = created as Recorded & { readonly identifiers: readonly { readonly id: string }[] };
    const { id: enrolment } = await recordEnrolment(client, created.id, this.programme);
    const { id: transcript, completions } = await handIn(client, created.id, transcriptForm(this.institution));
    const completion = completions[0]?.completion ?? '';
    return { learner: created.id, enrolment, transcript, completion, identifier: identifiers[0]?.id ?? '' };
  }

  /** Records something as the member; answers its id. */
  async record(path: string, form: Fields): Promise<string> {
    const { body } = (await this.member.client.post(path).set('if-match', '*').send(form).expect(201)) as { body: Recorded };
    return body.id;
  }
}
