import { describe, expect, it } from '@jest/globals';
import { applied, fill, granted, result } from '../../../test/support/check-fixtures.js';
import { course, elective } from '../../../test/support/rule-builders.js';
import { messageLanguages } from '../../platform/languages.js';
import { refusalReasons } from '../../rules/domain/index.js';
import {
  completionStatuses,
  programmeCaps,
  type CompletionResult,
  type CompletionStatus,
  type Improvement,
  type Reason,
  type ReasonParameters,
} from '../domain/index.js';
import { explain, type Explanation } from './index.js';

/** Every status with every set of parameters that the engine gives it (src/evaluation/domain/reasons.ts). */
const outcomes: { readonly [Status in CompletionStatus]: readonly ReasonParameters[Status][] } = {
  used: [{}],
  alreadyRedeemed: [{ redemption: 'once', institution: 'uvic', programme: 'BSC' }],
  refusedByRule: refusalReasons.map((reason) => ({ reason })),
  needsAssessment: [{}],
  choiceOpen: [{ by: 'student' }, { by: 'registrar', option: 1 }],
  evidenceMissing: [
    { evidence: ['identityVerified', 'proctored', 'verifiedTranscript', 'minimumHours'], minimumHours: 90, hours: 80 },
    { evidence: ['proctored', 'minimumHours'], minimumHours: 1 },
    { evidence: ['verifiedTranscript'], verification: 'failed' },
  ],
  gradeTooLow: [
    { scale: 'us-letter', minimum: 'C', gradeScale: 'us-letter', grade: 'D', comparable: true },
    { scale: 'us-letter', minimum: 'C', gradeScale: 'stars', grade: '2', comparable: false, policy: true },
    { scale: 'us-letter', minimum: 'C', comparable: false },
  ],
  outsideDates: [
    { governedBy: 'completion', date: '2019-05-01', from: '2020-01-01', until: '2024-12-31' },
    { governedBy: 'request', date: '2019-05-01', from: '2020-01-01' },
    { governedBy: 'admission', date: '2025-05-01', until: '2024-12-31' },
  ],
  dateMissing: (['completion', 'enrolment', 'admission', 'request'] as const).map((which) => ({ which })),
  tooOld: [{ date: '2010-01-01', earliest: '2020-01-01', duration: 'P5Y', before: 'request' }],
  programmeExcluded: [{ programme: 'BSC', only: ['BA'] }],
  incompleteSet: [
    { missing: ['MATH 1283'], missingCourses: 1 },
    { missing: ['ENGL 1', 'ENGL 2', 'ENGL 3'], missingCourses: 2 },
    { missing: ['ENGL 1', 'ENGL 2'], missingCourses: 2 },
    { missing: ['ENGL 1', 'ENGL 2'], missingCourses: 0, missingCredits: 3 },
    { missing: [], missingCourses: 0, missingCredits: 1 },
    { missing: [], missingCourses: 1 },
    { missing: [], missingCourses: 1, unsuitable: ['b'] },
    { missing: ['ENGL 1'], missingCourses: 1, unsuitable: ['b'] },
    { missing: ['ENGL 1', 'ENGL 2'], missingCourses: 3, unsuitable: ['b'] },
    { missing: ['CHEM 1'], missingCourses: 1, condition: 'alsoHolds' },
    { missing: [], missingCourses: 1, unsuitable: ['b'], condition: 'alsoHolds' },
    { missing: ['CHEM 1'], missingCourses: 2, unsuitable: ['b'], condition: 'alsoHolds' },
  ],
  limitReached: [{ limit: 'languages' }],
  capReached: [
    { cap: 'maximumTransferredCredits' },
    { cap: 'residencyCredits' },
    { cap: 'maximumMoocCredits' },
    { cap: 'passFail' },
    { cap: 'requirementTransfer', requirement: 'core' },
  ],
  outranked: [
    { byAgreement: 'g', byRule: 'r2', byCompletions: ['a', 'b'] },
    { betterAttempt: 'b' },
    { byAgreement: 'g', byCompletions: ['a', 'b'] },
  ],
  notNeeded: [{}, { alreadyAwarded: ['MATH101'] }, { usedElsewhere: ['a', 'b'] }, { sameAsAgreement: 'g', sameAsRule: 'r2' }],
  notEvaluated: [
    {},
    { scale: 'us-letter', maximum: 'B', gradeScale: 'us-letter', grade: 'A', comparable: true },
    { scale: 'us-letter', maximum: 'B', gradeScale: 'stars', grade: '2', comparable: false },
    { scale: 'us-letter', maximum: 'B', comparable: false },
    { minimumCredits: 4, credits: 3 },
    { condition: 'doesNotHold', held: ['MATH 1'] },
  ],
  unmatched: [{}],
  failed: [{ outcome: 'failed' }],
  inProgress: [{ outcome: 'planned' }, { outcome: 'inProgress' }],
};

/** Of a rule, which another rule lost as well; and without a rule: then it is the programme, or the completion itself, that says so. */
function twice(reason: Reason): readonly CompletionResult[] {
  const common = { provider: 'langara', status: reason.status };
  const outcome = { agreement: 'g', ...reason };
  return [
    { completion: 'a', code: 'MATH 1273', because: { ...outcome, rule: 'r1' }, otherRules: [{ ...outcome, rule: 'r9' }], ...common },
    { completion: 'b', code: 'MATH 1283', because: reason, otherRules: [], ...common },
  ];
}

function reasonsOf<Status extends CompletionStatus>(status: Status): readonly Reason<Status>[] {
  return outcomes[status].map((parameters): Reason<Status> => ({ status, parameters }));
}

const told = completionStatuses.flatMap((status) => reasonsOf(status).flatMap(twice));

const award = granted(course('MATH 101', 3), [fill('core', 3)]);
const improvements: readonly Improvement[] = [
  {
    changes: [
      { kind: 'raiseGrade', completion: 'a', grade: { scale: 'us-letter', value: 'B' } },
      { kind: 'addCompletion', selector: 'MATH 1283' },
      { kind: 'addCompletion', selector: 'MATH 1##', grade: { scale: 'us-letter', value: 'C' } },
      { kind: 'addEvidence', completion: 'a', evidence: 'proctored' },
      { kind: 'addEvidence', completion: 'gone', evidence: 'identityVerified' },
      { kind: 'addEvidence', completion: 'a', evidence: 'verifiedTranscript' },
      { kind: 'raiseGrade', completion: 'gone', grade: { scale: 'us-letter', value: 'B' } },
    ],
    objective: { remainingStudy: 1, requirementsCompleted: 1, recognisedCredits: 6, completionsConsumed: 2, loss: 0 },
  },
  {
    changes: [{ kind: 'addCompletion', selector: 'MATH 1283' }],
    objective: { remainingStudy: 1, requirementsCompleted: 1, recognisedCredits: 3, completionsConsumed: 1, loss: 0 },
  },
];

const leaf = { complete: false, completeAsOffered: false, offered: true, open: true, remaining: 3, statements: [] };
const everything = result({
  optimal: false,
  provenLevels: 3,
  provisional: true,
  whatIf: true,
  attested: ['g'],
  totals: { recognised: 6, unplaced: 0, capped: 2, wasted: 0 },
  objective: { remainingStudy: 3, requirementsCompleted: 1, recognisedCredits: 6, completionsConsumed: 1, loss: 0 },
  applications: [
    applied('r1', ['a', 'b'], {
      awards: [
        award,
        granted(elective('MATH', 100, '1XX', 3)),
        granted({ ...course('', 3), target: { kind: 'elective', subject: 'MATH' } }, [fill('untitled', 3), fill('core', 1, true)]),
        granted({ ...course('', 3), target: { kind: 'elective' } }),
      ],
    }),
  ],
  requirements: [
    { ...leaf, requirement: 'core', title: { en: 'Core', zh: '核心', fr: 'Tronc commun' } },
    { ...leaf, requirement: 'untitled', offered: false },
    { ...leaf, requirement: 'pass', remaining: 0 },
    { ...leaf, requirement: 'unoffered pass', remaining: 0, offered: false },
    {
      ...leaf,
      requirement: 'stated',
      statements: [
        { agreement: 'g', target: 'MATH 200', kind: 'takeAfterTransfer' },
        {
          agreement: 'g',
          target: 'MATH 201',
          kind: 'noArticulation',
          reason: { en: 'No equivalent.', zh: '无对应课程。', fr: 'Aucun équivalent.' },
        },
        { agreement: 'g', target: 'MATH 202', kind: 'individualAssessment' },
      ],
    },
    { requirement: 'node', complete: false, completeAsOffered: false, remaining: 3, statements: [] },
    { ...leaf, requirement: 'done', complete: true, open: false },
    // Part of a choice that is complete without it.
    { ...leaf, requirement: 'alternative', open: false },
  ],
  completions: told,
});

const sentencesOf = ({ summary, completions, requirements, improvements: more }: Explanation): readonly string[] => [
  ...summary,
  ...completions.flatMap(({ sentence, otherRules }) => [sentence, ...otherRules]),
  ...requirements,
  ...more,
];

/** Signs of a hole where a word should be. */
const hole = /undefined|null|NaN|\[object|\(\s*\)|（\s*）|“”|: \.|:\s*$|\s[.,]|, \.|^\s|\s$| {2}|：。|、。|^[.。]/;

/** Codes of closed lists, which only English may resemble. */
const codes =
  /identityVerified|proctored|verifiedTranscript|minimumHours|contentOrOutcomes|qualityAssurance|noDegreeCredit|remedial|\b(enrolment|request)\b/;

describe.each(messageLanguages)('in %s', (language) => {
  const explanation = explain(everything, improvements, [language]);
  const sentences = sentencesOf(explanation);

  it('every status has a sentence without holes', () => {
    expect(explanation.language).toBe(language);
    expect(explanation.completions).toHaveLength(told.length);
    expect(sentences.filter((sentence) => hole.test(sentence))).toEqual([]);
    expect(sentences.filter((sentence) => !/[.。]$/u.test(sentence))).toEqual([]);
  });

  it('nothing is left in another language', () => {
    if (language === 'zh') expect(sentences.filter((sentence) => !/\p{Script=Han}/u.test(sentence))).toEqual([]);
    else expect(sentences.filter((sentence) => /\p{Script=Han}/u.test(sentence))).toEqual([]);
    if (language !== 'en') expect(sentences.filter((sentence) => codes.test(sentence))).toEqual([]);
  });

  it('every completion’s sentence names the course, and different reasons differ', () => {
    for (const { completion, sentence } of explanation.completions)
      expect(sentence).toContain(completion === 'a' ? 'MATH 1273' : 'MATH 1283');
    const refusals = refusalReasons.map((_, index) => explanation.completions[2 + 2 + 2 * index]?.sentence);
    expect(new Set(refusals).size).toBe(refusalReasons.length);
  });

  it('a result of nothing is told too', () => {
    const nothing = result({
      objective: { remainingStudy: 0, requirementsCompleted: 1, recognisedCredits: 0, completionsConsumed: 0, loss: 0 },
    });
    const { summary, completions } = explain(nothing, [], [language]);
    expect(summary).toHaveLength(3);
    expect(completions).toEqual([]);
    const awardless = result({
      applications: [applied('r1', ['a'], { awards: [{ ...award, granted: false }] })],
      completions: [{ completion: 'a', provider: 'p', code: 'MATH 1273', status: 'used', otherRules: [] }],
      attested: ['g', 'h'],
    });
    const [used] = explain(awardless, [], [language]).completions;
    expect(used?.sentence).toContain('MATH 1273');
    expect(used?.sentence).not.toMatch(hole);
  });
});

describe('in English', () => {
  const { summary, requirements, improvements: more } = explain(everything, improvements, ['en-GB']);

  it('the summary says what it rests on', () => {
    expect(summary).toEqual([
      '6 credits are recognised out of 1 completed course.',
      '3 credits of the programme remain.',
      '2 credits are cut off by the programme’s caps.',
      'This is the best allocation found; 3 of 6 levels of the objective are proven. Ask for a thorough evaluation before deciding on it.',
      'It rests on a choice that nobody has made yet, so no decision may rest on it.',
      'One agreement that gave credit rests on the word of one party.',
      'Courses not completed yet were counted as if they were.',
    ]);
  });

  it('what is open is told requirement by requirement, with what agreements say about it', () => {
    expect(requirements).toEqual([
      'Core: 3 credits remain.',
      'untitled: 3 credits remain, and no agreement offers anything for it.',
      'pass is still open.',
      'unoffered pass is still open, and no agreement offers anything for it.',
      'stated: 3 credits remain.',
      'MATH 200 must be taken after transfer.',
      'The agreement says that nothing counts as MATH 201. No equivalent.',
      'A person assesses what may count as MATH 202.',
    ]);
  });

  it('a change is told with all that belongs to it', () => {
    expect(more[0]).toBe(
      'More would be earned with at least B in MATH 1273, MATH 1283 as well, MATH 1## with at least C as well, ' +
        'a proctored examination for MATH 1273, a verified identity for gone, a verified transcript for MATH 1273 and at least B in gone: ' +
        '6 credits out of 2 courses.',
    );
  });
});

it('amounts agree with their nouns', () => {
  const one = result({
    objective: { remainingStudy: 1.5, requirementsCompleted: 1, recognisedCredits: 1, completionsConsumed: 1, loss: 0 },
    totals: { recognised: 1, unplaced: 0, capped: 1, wasted: 0 },
    attested: ['g', 'h'],
  });
  expect(explain(one, [], ['en']).summary).toEqual([
    '1 credit is recognised out of 1 completed course.',
    '1.5 credits of the programme remain.',
    '1 credit is cut off by the programme’s caps.',
    'No allocation is better: this is proven.',
    '2 agreements that gave credit rest on the word of one party.',
  ]);
  expect(explain(one, [], ['fr']).summary).toEqual([
    'Reconnu : 1 crédit à partir de 1 cours achevé.',
    'Il reste 1,5 crédit du programme.',
    'Écarté par les plafonds du programme : 1 crédit.',
    'Aucune répartition n’est meilleure : c’est prouvé.',
    '2 accords qui ont donné des crédits reposent sur la parole d’une seule partie.',
  ]);
});

it('what is lacking is told in numbers that agree', () => {
  const one = result({ optimal: false, provenLevels: 1 });
  expect(explain(one, [], ['en']).summary[2]).toMatch('1 of 6 levels of the objective is proven.');
  expect(explain(one, [], ['fr']).summary[2]).toMatch('1 niveau sur 6 de l’objectif est prouvé.');
  const sentenceOf = (language: string, parameters: ReasonParameters['incompleteSet']) => {
    const reason: Reason = { status: 'incompleteSet', parameters };
    return explain(result({ completions: twice(reason) }), [], [language]).completions[0]?.sentence;
  };
  const credits = (missing: readonly string[], missingCredits: number) => ({ missing, missingCourses: 0, missingCredits });
  expect(sentenceOf('en', credits([], 1))).toBe('MATH 1273 is not enough by itself for rule r1: 1 more credit would complete it.');
  expect(sentenceOf('fr', credits([], 1.5))).toBe('MATH 1273 ne suffit pas seul pour la règle r1 : il manque encore 1,5 crédit.');
  expect(sentenceOf('en', credits(['A 1', 'A 2'], 3))).toBe(
    'MATH 1273 is not enough by itself for rule r1: 3 more credits from A 1 or A 2 would complete it.',
  );
  expect(sentenceOf('zh', credits(['A 1', 'A 2'], 3))).toBe('仅 MATH 1273 不足以满足规则“r1”：还需 A 1 或 A 2 的 3 学分。');
  expect(sentenceOf('en', { missing: ['A 1'], missingCourses: 2, unsuitable: ['b'] })).toBe(
    'MATH 1273 is not enough by itself for rule r1: MATH 1283 is held, but not accepted as it is, and A 1 is needed besides.',
  );
});

it('every cap is told as what it is', () => {
  const sentences = programmeCaps.map((cap) => {
    const reason: Reason = { status: 'capReached', parameters: { cap, ...(cap === 'requirementTransfer' ? { requirement: 'core' } : {}) } };
    return explain({ ...everything, completions: twice(reason) }, [], ['en']).completions[0]?.sentence;
  });
  expect(sentences).toEqual(
    [
      'the programme’s cap on transferred credit is reached',
      'what is left of the programme must be studied at the university itself',
      'the programme’s cap on credit from open online courses is reached',
      'the programme’s cap on credit without a grade is reached',
      'no more may be transferred for Core',
    ].map((reason) => `MATH 1273 is not credited by rule r1: ${reason}.`),
  );
});

it('a new course is told with what the catalogue says of it, or what it must carry', () => {
  const { objective } = result({});
  const told = (language: string) =>
    explain(
      everything,
      [
        { changes: [{ kind: 'addCompletion', selector: 'A 1', title: { en: 'Algebra' }, credits: 3, creditSystem: 'ects' }], objective },
        { changes: [{ kind: 'addCompletion', selector: 'A 2', minimumCredits: 1, grade: { scale: 'us-letter', value: 'C' } }], objective },
      ],
      [language],
    ).improvements.map((sentence) => sentence.split(/[:：]/u)[0]?.trim());
  expect(told('en')).toEqual([
    'More would be earned with A 1 (Algebra, 3 credits) as well',
    'More would be earned with A 2 with at least C and 1 credit as well',
  ]);
  expect(told('fr')).toEqual([
    'On obtiendrait davantage avec A 1 (Algebra, 3 crédits) en plus',
    'On obtiendrait davantage avec A 2 en plus avec au moins C et 1 crédit',
  ]);
  expect(told('zh')).toEqual([
    '如果再修 A 1（Algebra，3 学分），就可以获得更多',
    '如果再修 A 2（不少于 1 学分），且成绩不低于 C，就可以获得更多',
  ]);
});

it('where no credits remain but a requirement without credits does, that is told', () => {
  const open = result({ requirements: [{ ...leaf, requirement: 'seminar', remaining: 0 }] });
  expect(explain(open, [], ['en']).summary[1]).toBe('No credits of the programme remain, but not every requirement is complete.');
});

it('another language than these is told in English', () => {
  expect(explain(everything, [], ['de']).language).toBe('en');
});
