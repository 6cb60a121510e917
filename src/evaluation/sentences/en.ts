import type { Phrases } from './phrases.js';

const evidence = {
  identityVerified: 'a verified identity',
  proctored: 'a proctored examination',
  verifiedTranscript: 'a verified transcript',
  minimumHours: 'enough hours of study',
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
    refusedByRule: ({ code, rule }, { get }) => `${code} earns no credit: ${rule} refuses it (${get('reason')}).`,
    needsAssessment: ({ code, rule }) => `${code} must be assessed by a person: ${rule} sends it to individual assessment.`,
    choiceOpen: ({ code, rule }) => `${code} waits for a choice that ${rule} leaves open.`,
    evidenceMissing: ({ code, rule }, words) =>
      words.has('verification')
        ? `${code} cannot be used: the transcript that states it failed verification.`
        : `${code} lacks evidence that ${rule} asks for: ${list(words.list('evidence').map((kind) => evidence[kind as keyof typeof evidence]))}.`,
    gradeTooLow: ({ code, rule }, { get, has }) =>
      `${code} needs at least ${get('minimum')} for ${rule}; ${has('grade') ? `the grade is ${get('grade')}` : 'no grade is stated'}.`,
    outsideDates: ({ code, rule }, { get, has }) =>
      `${code} falls outside the dates of ${rule}: ${get('date')} is not ${has('from') ? `from ${get('from')}` : ''}${has('from') && has('until') ? ' ' : ''}${has('until') ? `until ${get('until')}` : ''}.`,
    dateMissing: ({ code, rule }, { get }) =>
      `${code} cannot be held against the dates of ${rule}: the date of ${get('which')} is missing.`,
    tooOld: ({ code, rule }, { get }) => `${code} is too old for ${rule}: it was completed on ${get('date')}, before ${get('earliest')}.`,
    programmeExcluded: ({ code, rule }, { get }) =>
      `${code} does not count here: ${rule} does not apply to the programme ${get('programme')}.`,
    incompleteSet: ({ code, rule }, words) =>
      words.has('condition')
        ? `${code} would count by ${rule} if this were held as well: ${list(words.list('missing'))}.`
        : `${code} is not enough by itself for ${rule}: ${list(words.list('missing'))} ${words.has('missingCredits') ? `(${words.get('missingCredits')} credits more) ` : ''}would complete it.`,
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
  usedFor: (code, awards, rule) => `${code} counts as ${list(awards)} by ${rule}.`,
  award: (target, credits, requirements) =>
    `${target} (${credits} credits${requirements.length > 0 ? `, for ${list(requirements)}` : ', without a place in the programme'})`,
  elective: (subject) => (subject === '' ? 'elective credit' : `elective credit in ${subject}`),
  recognised: (credits, count) =>
    `${credits} credits are recognised out of ${String(count)} completed ${count === 1 ? 'course' : 'courses'}.`,
  remaining: (credits) => `${credits} credits of the programme remain.`,
  nothingRemaining: 'Nothing of the programme remains.',
  optimal: 'No allocation is better: this is proven.',
  notOptimal: (levels) =>
    `This is the best allocation found; ${String(levels)} of 6 levels of the objective are proven. Ask for a thorough evaluation before deciding on it.`,
  provisional: 'It rests on a choice that nobody has made yet, so no decision may rest on it.',
  attested: (count) => `${count === 1 ? 'One agreement' : `${String(count)} agreements`} that gave credit rest on the word of one party.`,
  whatIf: 'Courses not completed yet were counted as if they were.',
  capped: (credits) => `${credits} credits are cut off by the programme’s caps.`,
  requirement: (title, credits) => `${title}: ${credits} credits remain.`,
  requirementNotOffered: (title, credits) => `${title}: ${credits} credits remain, and no agreement offers anything for it.`,
  improvement: (changes, gained) => `${list(changes)} would earn more: ${gained}.`,
  addCourse: (selector, grade) => (grade === undefined ? `${selector} as well` : `${selector} with at least ${grade} as well`),
  raiseGrade: (code, grade) => `at least ${grade} in ${code}`,
  addEvidence: (code, what) => `${what} for ${code}`,
};
