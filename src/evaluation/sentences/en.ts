import type { EvidenceDemand, GoverningDate, RefusalReason } from '../../rules/domain/index.js';
import { lacking, term, type Phrases, type Terms, type Words } from './phrases.js';

const evidence: Terms<keyof EvidenceDemand> = {
  identityVerified: 'a verified identity',
  proctored: 'a proctored examination',
  verifiedTranscript: 'a verified transcript',
  minimumHours: 'enough hours of study',
};
const dates: Terms<GoverningDate> = {
  completion: 'completion',
  enrolment: 'enrolment in the course',
  request: 'the request',
  admission: 'admission to the programme',
};
const reasons: Terms<RefusalReason> = {
  level: 'its level differs substantially',
  workload: 'its workload differs substantially',
  contentOrOutcomes: 'its content or outcomes differ substantially',
  qualityAssurance: 'its quality assurance differs substantially',
  prerequisites: 'its prerequisites differ substantially',
  noDegreeCredit: 'it carries no degree credit',
  remedial: 'it is a remedial course',
  duplicate: 'it repeats what is credited already',
  other: 'for a reason that is not named',
};
const list = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} and ${items.at(-1) ?? ''}`;

export const english: Phrases = {
  evidence,
  list,
  rule: (id) => `rule ${id}`,
  programmePolicy: 'the programme’s policy',
  status: {
    used: ({ code, rule }) => `${code} is used by ${rule}.`,
    alreadyRedeemed: ({ code }) => `${code} has already earned credit, and the agreement does not let it count again.`,
    refusedByRule: ({ code, rule }, { get }) => `${code} earns no credit: ${rule} refuses it (${term(reasons, get('reason'))}).`,
    needsAssessment: ({ code, rule }) => `${code} must be assessed by a person: ${rule} sends it to individual assessment.`,
    choiceOpen: ({ code, rule }) => `${code} waits for a choice that ${rule} leaves open.`,
    evidenceMissing: ({ code, rule }, words) =>
      words.has('verification')
        ? `${code} cannot be used: the transcript that states it failed verification.`
        : `${code} lacks evidence that ${rule} asks for: ${list(words.list('evidence').map((kind) => term(evidence, kind)))}.`,
    gradeTooLow: ({ code, rule }, { get, has }) =>
      `${code} needs at least ${get('minimum')} for ${rule}; ${
        !has('grade')
          ? 'no grade is stated'
          : get('comparable') === 'false'
            ? `the grade ${get('grade')} is on a scale that does not compare`
            : `the grade is ${get('grade')}`
      }.`,
    outsideDates: ({ code, rule }, { get, has }) =>
      `${code} falls outside the dates of ${rule}: ${get('date')} is not ${has('from') ? `from ${get('from')}` : ''}${has('from') && has('until') ? ' ' : ''}${has('until') ? `until ${get('until')}` : ''}.`,
    dateMissing: ({ code, rule }, { get }) =>
      `${code} cannot be held against the dates of ${rule}: the date of ${term(dates, get('which'))} is missing.`,
    tooOld: ({ code, rule }, { get }) => `${code} is too old for ${rule}: it was completed on ${get('date')}, before ${get('earliest')}.`,
    programmeExcluded: ({ code, rule }, { get }) =>
      `${code} does not count here: ${rule} does not apply to the programme ${get('programme')}.`,
    incompleteSet: ({ code, rule }, words) =>
      words.has('condition')
        ? `${code} would count by ${rule} if this were held as well: ${list(words.list('missing'))}.`
        : `${code} is not enough by itself for ${rule}: ${completing(words)} would complete it.`,
    limitReached: ({ code, rule }, { get }) => `${code} is not credited by ${rule}: the agreement’s limit ${get('limit')} is reached.`,
    capReached: ({ code, rule }) => `${code} is not credited by ${rule}: the programme’s cap on transferred credit is reached.`,
    outranked: ({ code, rule }, { get, has }) =>
      has('betterAttempt')
        ? `A better attempt at ${code} is used instead.`
        : `${code} is not credited by ${rule}: ${has('byRule') ? `rule ${get('byRule')}` : 'a rule on more courses'} goes first.`,
    notNeeded: ({ code, rule }, { get, has }) =>
      has('alreadyAwarded')
        ? `${code} is not needed: ${get('alreadyAwarded')} is awarded already.`
        : `${code} is not needed by ${rule}: the best allocation does without it.`,
    notEvaluated: ({ code }, { has }) =>
      has('held') || has('maximum') || has('minimumCredits')
        ? `No rule speaks of ${code} as it stands.`
        : `No agreement in force speaks of ${code}.`,
    unmatched: ({ code }) => `${code} is in no catalogue and no agreement speaks of it.`,
    failed: ({ code }) => `${code} was failed.`,
    inProgress: ({ code }) => `${code} is not completed yet.`,
  },
  usedFor: (codes, awards, rule) => `${list(codes)} ${codes.length === 1 ? 'counts' : 'count'} as ${list(awards)} by ${rule}.`,
  award: (target, credits, requirements) =>
    `${target} (${amount(credits)}${requirements.length > 0 ? `, for ${list(requirements)}` : ', without a place in the programme'})`,
  elective: (subject) => (subject === '' ? 'elective credit' : `elective credit in ${subject}`),
  recognised: (credits, count) =>
    `${amount(credits)} ${areOf(credits)} recognised out of ${String(count)} completed ${count === 1 ? 'course' : 'courses'}.`,
  remaining: (credits) => `${amount(credits)} of the programme ${remainOf(credits)}.`,
  nothingRemaining: 'Nothing of the programme remains.',
  optimal: 'No allocation is better: this is proven.',
  notOptimal: (levels) =>
    `This is the best allocation found; ${String(levels)} of 6 levels of the objective are proven. Ask for a thorough evaluation before deciding on it.`,
  provisional: 'It rests on a choice that nobody has made yet, so no decision may rest on it.',
  attested: (count) =>
    count === 1
      ? 'One agreement that gave credit rests on the word of one party.'
      : `${String(count)} agreements that gave credit rest on the word of one party.`,
  whatIf: 'Courses not completed yet were counted as if they were.',
  capped: (credits) => `${amount(credits)} ${areOf(credits)} cut off by the programme’s caps.`,
  requirement: (title, credits) => (credits === '0' ? `${title} is still open.` : `${title}: ${amount(credits)} ${remainOf(credits)}.`),
  requirementNotOffered: (title, credits) =>
    credits === '0'
      ? `${title} is still open, and no agreement offers anything for it.`
      : `${title}: ${amount(credits)} ${remainOf(credits)}, and no agreement offers anything for it.`,
  statement: {
    takeAfterTransfer: (course) => `${course} must be taken after transfer.`,
    noArticulation: (course) => `The agreement says that nothing counts as ${course}.`,
    individualAssessment: (course) => `A person assesses what may count as ${course}.`,
  },
  improvement: (changes, credits, count) =>
    `More would be earned with ${list(changes)}: ${amount(credits)} out of ${String(count)} ${count === 1 ? 'course' : 'courses'}.`,
  addCourse: (selector, grade) => (grade === undefined ? `${selector} as well` : `${selector} with at least ${grade} as well`),
  raiseGrade: (code, grade) => `at least ${grade} in ${code}`,
  addEvidence: (code, what) => `${what} for ${code}`,
};

function completing(words: Words): string {
  const { courses, number } = lacking(words);
  const named = number === undefined ? list(courses) : `${number} of ${list(courses)}`;
  return words.has('missingCredits') ? `${named} (${amount(words.get('missingCredits'))} more)` : named;
}

function amount(credits: string): string {
  return `${credits} ${credits === '1' ? 'credit' : 'credits'}`;
}

function areOf(credits: string): string {
  return credits === '1' ? 'is' : 'are';
}

function remainOf(credits: string): string {
  return credits === '1' ? 'remains' : 'remain';
}
