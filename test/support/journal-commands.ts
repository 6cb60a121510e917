import { creditSystemForm, gradingScaleForm, offeringForm } from './access-forms.js';
import { editionForm } from './catalogue.js';
import { revisionForm, termsOf } from './agreements.js';
import { bad, type Command, command, nobody, type Sent, stale } from './journal-command.js';
import type { JournalWorld } from './journal-world.js';
import { programmeForm, transcriptForm } from './students.js';

const decidedOn = '2026-01-15';

type MeasureForm = typeof creditSystemForm;

/** A measure on record, and what replaces it. */
async function measure(world: JournalWorld, list: string, formOf: MeasureForm): Promise<Sent> {
  const { id, institution: _institution, ...form } = formOf(world.institution, world.freshId());
  const created = await world.record(`/v1/${list}`, { ...form, id, institution: world.institution });
  return { path: `/v1/${list}/${created}`, form: { ...form, source: 'Another' } };
}

const institutionForm = (world: JournalWorld) => ({
  kind: 'university',
  names: { en: world.fresh('University') },
  country: 'CN',
  homeCreditSystem: 'ects',
  identifiers: [
    { scheme: 'ror', value: world.fresh('z') },
    { scheme: 'ipeds', value: world.fresh('a') },
  ],
});

const newProgramme = (world: JournalWorld) => programmeForm(world.institution, { code: world.fresh('BSC') });

const homeCourse = (enrolment: string) => ({ enrolment, code: 'HOME 1', credits: 5, status: 'underWay' });

interface Redeemed {
  readonly list: string;
  readonly entry: string;
}

async function redeemed(world: JournalWorld): Promise<Redeemed> {
  const { learner, completion } = await world.learner();
  const list = `/v1/learners/${learner}/redemptions`;
  return { list, entry: await world.record(list, { completion, institution: world.institution, programme: 'FIRST', decidedOn }) };
}

/** The operations on records, `METHOD /path`. */
export const recordCommands: Readonly<Record<string, Command>> = {
  'POST /v1/institutions': command(
    (world) => ({ path: '/v1/institutions', form: institutionForm(world), actor: world.service }),
    bad({ kind: 'consortium', names: { en: 'x' }, members: [nobody] }),
    'institution.created',
  ),
  'PUT /v1/institutions/{id}': command(
    (world) => ({
      path: `/v1/institutions/${world.institution}`,
      form: { kind: 'university', names: { en: world.fresh('Changed') }, country: 'CN', homeCreditSystem: 'ects' },
    }),
    stale,
    'institution.changed',
  ),
  'POST /v1/credit-systems': command(
    (world) => ({ path: '/v1/credit-systems', form: creditSystemForm(world.institution, world.freshId()) }),
    bad(creditSystemForm(nobody, 'unused')),
    'creditSystem.created',
  ),
  'PUT /v1/credit-systems/{id}': command((world) => measure(world, 'credit-systems', creditSystemForm), stale, 'creditSystem.changed'),
  'POST /v1/grading-scales': command(
    (world) => ({ path: '/v1/grading-scales', form: gradingScaleForm(world.institution, world.freshId()) }),
    bad(gradingScaleForm(nobody, 'unused')),
    'gradingScale.created',
  ),
  'PUT /v1/grading-scales/{id}': command((world) => measure(world, 'grading-scales', gradingScaleForm), stale, 'gradingScale.changed'),

  'POST /v1/courses': command((world) => ({ path: '/v1/courses', form: world.courseForm() }), bad({}), 'course.created'),
  'PUT /v1/courses/{id}': command(
    async (world) => ({ path: `/v1/courses/${(await world.course()).id}`, form: world.courseForm({ credits: 2.125 }) }),
    stale,
    'course.changed',
  ),
  'POST /v1/courses/{id}/editions': command(
    async (world) => ({
      path: `/v1/courses/${(await world.course()).id}/editions`,
      form: editionForm({ validity: { from: '2026-01-01' } }),
    }),
    bad(editionForm()),
    'course.ended',
    'course.created',
  ),
  'POST /v1/offerings': command(
    async (world) => ({ path: '/v1/offerings', form: offeringForm((await world.course()).id, world.institution) }),
    bad(offeringForm(nobody, nobody)),
    'offering.created',
  ),
  'PUT /v1/offerings/{id}': command(
    async (world) => {
      const { id } = await world.course();
      const form = offeringForm(id, world.institution);
      return { path: `/v1/offerings/${await world.record('/v1/offerings', form)}`, form: { ...form, language: 'zh' } };
    },
    stale,
    'offering.changed',
  ),
  'POST /v1/programmes': command(
    (world) => ({ path: '/v1/programmes', form: newProgramme(world) }),
    bad(programmeForm(nobody)),
    'programme.created',
  ),
  'PUT /v1/programmes/{id}': command(
    async (world) => {
      const form = newProgramme(world);
      return { path: `/v1/programmes/${await world.record('/v1/programmes', form)}`, form: { ...form, title: { en: 'Changed' } } };
    },
    stale,
    'programme.changed',
  ),

  'POST /v1/agreements': command((world) => ({ path: '/v1/agreements', form: world.agreementForm() }), bad({}), 'agreement.created'),
  'PUT /v1/agreements/{id}': command(
    async (world) => ({
      path: `/v1/agreements/${(await world.agreement()).id}`,
      form: { title: { en: 'Changed' }, visibility: 'parties' },
    }),
    stale,
    'agreement.changed',
  ),
  'POST /v1/agreements/{id}/revisions': command(
    async (world) => ({
      path: `/v1/agreements/${(await world.agreement()).id}/revisions`,
      form: revisionForm(termsOf([world.institution, world.partner], [], { period: { from: '2026-01-01' } })),
    }),
    bad(revisionForm(termsOf([nobody, nobody]))),
    'agreement.revised',
  ),

  'POST /v1/learners': command(
    (world) => ({ path: '/v1/learners', form: { displayName: 'Li Wei', identifiers: [world.identifier()] } }),
    bad({ identifiers: [{ institution: nobody, scheme: 'x', value: 'y', proof: 'registrar' }] }),
    'learner.created',
  ),
  'PUT /v1/learners/{learnerId}': command(
    async (world) => ({ path: `/v1/learners/${(await world.learner()).learner}`, form: { displayName: 'Li Lei' } }),
    stale,
    'learner.changed',
  ),
  'POST /v1/learners/{learnerId}/identifiers': command(
    async (world) => ({ path: `/v1/learners/${(await world.learner()).learner}/identifiers`, form: world.identifier() }),
    bad({ institution: nobody, scheme: 'x', value: 'y', proof: 'registrar' }),
    'learner.linked',
  ),
  'DELETE /v1/learners/{learnerId}/identifiers/{identifierId}': command(
    async (world) => {
      const { learner, identifier } = await world.learner();
      return { path: `/v1/learners/${learner}/identifiers/${identifier}` };
    },
    stale,
    'learner.unlinked',
  ),
  'POST /v1/learners/{learnerId}/enrolments': command(
    async (world) => ({
      path: `/v1/learners/${(await world.learner()).learner}/enrolments`,
      form: { programme: await world.record('/v1/programmes', newProgramme(world)), admissionDate: '2024-09-01', status: 'active' },
    }),
    bad({ programme: nobody, admissionDate: '2024-09-01', status: 'active' }),
    'enrolment.created',
  ),
  'PUT /v1/learners/{learnerId}/enrolments/{id}': command(
    async (world) => {
      const { learner, enrolment } = await world.learner();
      const form = { programme: world.programme, admissionDate: '2023-09-01', status: 'active' };
      return { path: `/v1/learners/${learner}/enrolments/${enrolment}`, form };
    },
    stale,
    'enrolment.changed',
  ),
  'DELETE /v1/learners/{learnerId}/enrolments/{id}': command(
    async (world) => {
      const { learner, enrolment } = await world.learner();
      return { path: `/v1/learners/${learner}/enrolments/${enrolment}` };
    },
    stale,
    'enrolment.removed',
  ),
  'POST /v1/learners/{learnerId}/home-courses': command(
    async (world) => {
      const { learner, enrolment } = await world.learner();
      return { path: `/v1/learners/${learner}/home-courses`, form: homeCourse(enrolment) };
    },
    bad(homeCourse(nobody)),
    'homeCourse.created',
  ),
  'PUT /v1/learners/{learnerId}/home-courses/{id}': command(
    async (world) => {
      const { learner, enrolment } = await world.learner();
      const list = `/v1/learners/${learner}/home-courses`;
      return { path: `${list}/${await world.record(list, homeCourse(enrolment))}`, form: { ...homeCourse(enrolment), credits: 6 } };
    },
    stale,
    'homeCourse.changed',
  ),
  'DELETE /v1/learners/{learnerId}/home-courses/{id}': command(
    async (world) => {
      const { learner, enrolment } = await world.learner();
      const list = `/v1/learners/${learner}/home-courses`;
      return { path: `${list}/${await world.record(list, homeCourse(enrolment))}` };
    },
    stale,
    'homeCourse.removed',
  ),
  'POST /v1/learners/{learnerId}/transcripts': command(
    async (world) => ({
      path: `/v1/learners/${(await world.learner()).learner}/transcripts`,
      form: transcriptForm(world.institution, { issuedOn: '2026-02-28' }),
    }),
    bad(transcriptForm(nobody)),
    'transcript.created',
  ),
  'PUT /v1/learners/{learnerId}/transcripts/{id}/verification': command(
    async (world) => {
      const { learner, transcript } = await world.learner();
      return { path: `/v1/learners/${learner}/transcripts/${transcript}/verification`, form: { verification: 'attested' } };
    },
    stale,
    'transcript.verified',
  ),
  'POST /v1/learners/{learnerId}/completions/{id}/match': command(
    async (world) => {
      const { learner, completion } = await world.learner();
      return { path: `/v1/learners/${learner}/completions/${completion}/match`, form: { course: (await world.course()).id } };
    },
    bad({ course: nobody }),
    'completion.matched',
  ),
  'POST /v1/learners/{learnerId}/redemptions': command(
    async (world) => {
      const { learner, completion } = await world.learner();
      const form = { completion, institution: world.institution, programme: 'FIRST', decidedOn };
      return { path: `/v1/learners/${learner}/redemptions`, form };
    },
    bad({ completion: nobody, institution: nobody, programme: 'FIRST', decidedOn }),
    'redemption.entered',
  ),
  'POST /v1/learners/{learnerId}/redemptions/{id}/transfer': command(
    async (world) => {
      const { list, entry } = await redeemed(world);
      return { path: `${list}/${entry}/transfer`, form: { programme: 'SECOND', decidedOn } };
    },
    bad({ programme: 'NONE', decidedOn }),
    'redemption.transferred',
  ),
  'POST /v1/learners/{learnerId}/redemptions/{id}/undo': command(
    async (world) => {
      const { list, entry } = await redeemed(world);
      return { path: `${list}/${entry}/undo`, form: { decidedOn } };
    },
    bad({ decidedOn: '2020-01-01' }),
    'redemption.undone',
  ),
  'POST /v1/evaluations': command(
    async (world) => ({
      path: '/v1/evaluations',
      form: { kind: 'stored', learner: (await world.learner()).learner, programme: world.programme },
    }),
    bad({ kind: 'stored', learner: nobody, programme: nobody }),
    'evaluation.made',
  ),

  'POST /v1/learners/{learnerId}/consents': command(
    async (world) => {
      const { learner } = await world.learner();
      return { path: `/v1/learners/${learner}/consents`, form: { institution: world.partner }, actor: world.student(learner) };
    },
    bad({ institution: nobody }),
    'consent.given',
  ),
  'POST /v1/learners/{learnerId}/consents/{id}/withdrawal': command(
    async (world) => {
      const { learner } = await world.learner();
      const actor = world.student(learner);
      const list = `/v1/learners/${learner}/consents`;
      const { body } = (await actor.client.post(list).send({ institution: world.partner }).expect(201)) as { body: { id: string } };
      return { path: `${list}/${body.id}/withdrawal`, actor };
    },
    { path: `/v1/learners/${nobody}/consents/${nobody}/withdrawal` },
    'consent.withdrawn',
  ),
  'DELETE /v1/learners/{learnerId}': command(
    async (world) => {
      const { learner } = await world.learner();
      return { path: `/v1/learners/${learner}`, actor: world.student(learner) };
    },
    stale,
    'learner.erased',
  ),
};
