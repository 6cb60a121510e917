import type { GoverningDate, RefusalReason } from '../../rules/domain/index.js';
import type { ReasonParameters } from '../domain/index.js';
import { grammarOf, numberNeeded, unsuitableCourses, type Phrases, type Subject, type Terms } from './phrases.js';

// British English: no comma before the last "and".
const { number, list, either, form } = grammarOf('en-GB');

const evidence: Phrases['evidence'] = {
  identityVerified: 'a verified identity',
  proctored: 'a proctored examination',
  verifiedTranscript: 'a verified transcript',
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
const cap: Phrases['cap'] = {
  maximumTransferredCredits: 'the programme’s cap on transferred credit is reached',
  residencyCredits: 'what is left of the programme must be studied at the university itself',
  maximumMoocCredits: 'the programme’s cap on credit from open online courses is reached',
  passFail: 'the programme’s cap on credit without a grade is reached',
};

const is = (count: number): string => form(count, 'is', 'are');
const courses = (count: number): string => `${number(count)} ${form(count, 'course', 'courses')}`;
const amount = (credits: number): string => `${number(credits)} ${form(credits, 'credit', 'credits')}`;
const remain = (credits: number): string => `${amount(credits)} ${form(credits, 'remains', 'remain')}`;

export const english: Phrases = {
  evidence,
  cap,
  rule: (id) => `rule ${id}`,
  programmePolicy: 'the programme’s policy',
  status: {
    used: ({ code, rule }) => `${code} is used by ${rule}.`,
    alreadyRedeemed: ({ code }) => `${code} has already earned credit, and the agreement does not let it count again.`,
    refusedByRule: ({ code, rule }, { reason }) => `${code} earns no credit: ${rule} refuses it (${reasons[reason]}).`,
    needsAssessment: ({ code, rule }) => `${code} must be assessed by a person: ${rule} sends it to individual assessment.`,
    choiceOpen: ({ code, rule }, { option }) =>
      option === undefined
        ? `${code} is not credited: the option chosen for ${rule} does not exist.`
        : `${code} waits for a choice that ${rule} leaves open.`,
    evidenceMissing: ({ code, rule }, parameters) =>
      parameters.verification === 'failed'
        ? `${code} cannot be used: the transcript that states it failed verification.`
        : `${code} lacks evidence that ${rule} asks for: ${list(evidenceIn(parameters))}.`,
    gradeTooLow: ({ code, rule }, { minimum, grade, comparable }) =>
      `${code} needs at least ${minimum} for ${rule}; ${gradeStated(grade, comparable)}.`,
    outsideDates: ({ code, rule }, { governedBy, date, from, until }) =>
      `${code} falls outside the dates of ${rule}: the date of ${dates[governedBy]} is ${date}, and the rule is valid${
        from === undefined ? '' : ` from ${from}`
      }${until === undefined ? '' : ` until ${until}`}.`,
    dateMissing: ({ code, rule }, { which }) =>
      `${code} cannot be held against the dates of ${rule}: the date of ${dates[which]} is missing.`,
    tooOld: ({ code, rule }, { date, earliest }) => `${code} is too old for ${rule}: it was completed on ${date}, before ${earliest}.`,
    programmeExcluded: ({ code, rule }, { programme }) =>
      `${code} does not count here: ${rule} does not apply to the programme ${programme}.`,
    incompleteSet: (subject, parameters) =>
      parameters.condition === undefined ? notEnough(subject, parameters) : notHeld(subject, parameters),
    limitReached: ({ code, rule }, { limit }) => `${code} is not credited by ${rule}: the agreement’s limit ${limit} is reached.`,
    capReached: ({ code, rule, titleOf }, { cap: kind, requirement = '' }) =>
      `${code} is not credited by ${rule}: ${
        kind === 'requirementTransfer' ? `no more may be transferred for ${titleOf(requirement)}` : cap[kind]
      }.`,
    outranked: ({ code, rule, codeOf }, { byRule, byCompletions = [], betterAttempt }) => {
      if (betterAttempt !== undefined) return `A better attempt at ${code} is used instead.`;
      const first = byRule === undefined ? `a rule on ${list(byCompletions.map(codeOf))}` : `rule ${byRule}`;
      return `${code} is not credited by ${rule}: ${first} goes first.`;
    },
    notNeeded: ({ code, rule, codeOf }, { alreadyAwarded, usedElsewhere, sameAsRule }) => {
      if (sameAsRule !== undefined) return `${code} is not needed by ${rule}: rule ${sameAsRule} gives the same for it.`;
      if (alreadyAwarded !== undefined)
        return `${code} is not needed by ${rule}: ${list(alreadyAwarded)} ${is(alreadyAwarded.length)} awarded already.`;
      if (usedElsewhere !== undefined)
        return `${code} is not credited by ${rule}: ${list(usedElsewhere.map(codeOf))} ${form(usedElsewhere.length, 'is used by another rule', 'are used by other rules')}.`;
      return `${code} is not needed by ${rule}: the best allocation does without it.`;
    },
    notEvaluated: ({ code, rule }, { maximum, grade, comparable, minimumCredits, credits = 0, held }) => {
      const isNotMeant = `${code} is not what ${rule} speaks of`;
      if (held !== undefined) return `${isNotMeant}: it must not be held together with ${list(held)}.`;
      if (minimumCredits !== undefined)
        return `${isNotMeant}: it carries ${amount(credits)}, and at least ${number(minimumCredits)} ${is(minimumCredits)} wanted.`;
      if (maximum === undefined) return `No agreement in force speaks of ${code}.`;
      return `${isNotMeant}: the rule is for grades up to ${maximum}, and ${gradeStated(grade, comparable === true)}.`;
    },
    unmatched: ({ code }) => `${code} is in no catalogue and no agreement speaks of it.`,
    failed: ({ code }) => `${code} was failed.`,
    inProgress: ({ code }, { outcome }) => (outcome === 'planned' ? `${code} is planned, not completed.` : `${code} is not completed yet.`),
  },
  usedFor: (codes, awards, rule) =>
    awards.length === 0
      ? `${list(codes)} ${is(codes.length)} used by ${rule} without earning credit.`
      : `${list(codes)} ${form(codes.length, 'counts', 'count')} as ${list(awards)} by ${rule}.`,
  award: (target, credits, requirements) =>
    `${target} (${amount(credits)}${requirements.length > 0 ? `, for ${list(requirements)}` : ', without a place in the programme'})`,
  elective: (subject) => (subject === undefined ? 'elective credit' : `elective credit in ${subject}`),
  recognised: (credits, count) =>
    `${amount(credits)} ${is(credits)} recognised out of ${number(count)} completed ${form(count, 'course', 'courses')}.`,
  remaining: (credits) => `${amount(credits)} of the programme ${form(credits, 'remains', 'remain')}.`,
  nothingRemaining: 'Nothing of the programme remains.',
  noCreditsRemaining: 'No credits of the programme remain, but not every requirement is complete.',
  optimal: 'No allocation is better: this is proven.',
  notOptimal: (levels) =>
    `This is the best allocation found; ${number(levels)} of 6 levels of the objective ${is(levels)} proven. Ask for a thorough evaluation before deciding on it.`,
  provisional: 'It rests on a choice that nobody has made yet, so no decision may rest on it.',
  attested: (count) =>
    form(
      count,
      'One agreement that gave credit rests on the word of one party.',
      `${number(count)} agreements that gave credit rest on the word of one party.`,
    ),
  whatIf: 'Courses not completed yet were counted as if they were.',
  capped: (credits) => `${amount(credits)} ${is(credits)} cut off by the programme’s caps.`,
  requirement: (title, credits) => (credits === 0 ? `${title} is still open.` : `${title}: ${remain(credits)}.`),
  requirementNotOffered: (title, credits) =>
    credits === 0
      ? `${title} is still open, and no agreement offers anything for it.`
      : `${title}: ${remain(credits)}, and no agreement offers anything for it.`,
  statement: {
    takeAfterTransfer: (course) => `${course} must be taken after transfer.`,
    noArticulation: (course) => `The agreement says that nothing counts as ${course}.`,
    individualAssessment: (course) => `A person assesses what may count as ${course}.`,
  },
  improvement: (changes, credits, count) => `More would be earned with ${list(changes)}: ${amount(credits)} out of ${courses(count)}.`,
  addCourse: ({ selector, title, credits, minimumCredits, grade }) => {
    const facts = [title, credits === undefined ? undefined : amount(credits)].filter((fact) => fact !== undefined);
    const named = facts.length === 0 ? selector : `${selector} (${facts.join(', ')})`;
    const least = [grade, minimumCredits === undefined ? undefined : amount(minimumCredits)].filter((fact) => fact !== undefined);
    return least.length === 0 ? `${named} as well` : `${named} with at least ${list(least)} as well`;
  },
  raiseGrade: (code, grade) => `at least ${grade} in ${code}`,
  addEvidence: (code, what) => `${what} for ${code}`,
};

function gradeStated(grade: string | undefined, comparable: boolean): string {
  if (grade === undefined) return 'no grade is stated';
  return comparable ? `the grade is ${grade}` : `the grade ${grade} is on a scale that does not compare`;
}

function moreCredits(credits: number): string {
  return `${number(credits)} more ${form(credits, 'credit', 'credits')}`;
}

function evidenceIn({ evidence: kinds, minimumHours = 0, hours }: ReasonParameters['evidenceMissing']): readonly string[] {
  const atLeast = `at least ${number(minimumHours)} ${form(minimumHours, 'hour', 'hours')} of study`;
  const enough = hours === undefined ? `${atLeast} (none are stated)` : `${atLeast} (${number(hours)} ${is(hours)} stated)`;
  return kinds.map((kind) => (kind === 'minimumHours' ? enough : evidence[kind]));
}

function notEnough(subject: Subject, parameters: ReasonParameters['incompleteSet']): string {
  const { missing, missingCourses, missingCredits } = parameters;
  const wanting = `${subject.code} is not enough by itself for ${subject.rule}`;
  const unsuitable = unsuitableCourses(parameters, subject);
  if (unsuitable.length > 0) {
    const held = `${list(unsuitable)} ${is(unsuitable.length)} held, but not accepted as ${form(unsuitable.length, 'it is', 'they are')}`;
    if (missing.length === 0) return `${wanting}: ${held}.`;
    if (missingCourses <= missing.length) return `${wanting}: ${held}; ${wanted(parameters)} would complete it.`;
    return `${wanting}: ${held}, and ${list(missing)} ${is(missing.length)} needed besides.`;
  }
  if (missing.length > 0) return `${wanting}: ${wanted(parameters)} would complete it.`;
  const more = missingCourses > 0 ? `${number(missingCourses)} more ${form(missingCourses, 'course', 'courses')}` : undefined;
  const credit = missingCredits === undefined ? undefined : moreCredits(missingCredits);
  return `${wanting}: ${list([more, credit].filter((part) => part !== undefined))} would complete it.`;
}

/** What would bring what is missing: "2 of A, B and C (3 credits more)", or "3 more credits from A or B". */
function wanted(parameters: ReasonParameters['incompleteSet']): string {
  const { missing, missingCourses, missingCredits } = parameters;
  if (missingCourses === 0 && missingCredits !== undefined) return `${moreCredits(missingCredits)} from ${either(missing)}`;
  const count = numberNeeded(parameters);
  const named = count === undefined ? list(missing) : `${number(count)} of ${list(missing)}`;
  return missingCredits === undefined ? named : `${named} (${amount(missingCredits)} more)`;
}

function notHeld(subject: Subject, parameters: ReasonParameters['incompleteSet']): string {
  const unsuitable = unsuitableCourses(parameters, subject);
  const would = `${subject.code} would count by ${subject.rule}`;
  if (unsuitable.length === 0) return `${would} if this were held as well: ${wanted(parameters)}.`;
  const held = `if ${list(unsuitable)}, which ${is(unsuitable.length)} held, had the grade or the credits that the rule asks for`;
  return `${would} ${held}${parameters.missing.length === 0 ? '' : `, and if this were held as well: ${list(parameters.missing)}`}.`;
}
