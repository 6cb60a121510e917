import type { Completion, EvaluationInput, RevisionInForce } from '../../src/evaluation/domain/index.js';
import { Place, readJson } from '../../src/formats/json/index.js';
import { shippedCreditSystems } from '../../src/institutions/data/credit-systems.js';
import { shippedGradingScales } from '../../src/institutions/data/grading-scales.js';
import { compareRational, digestOf, type FieldError, normaliseCode, rankOf } from '../../src/kernel/index.js';
import { assistAgreements, type RealAgreement, sanDiego, santaMonica } from './assist-agreements.js';
import { readSharedFile, sharedFiles } from './shared-data.js';

/** Ten students of Santa Monica College who want to go on at UC San Diego. */
export const profilesFolder = 'transcripts/transcripts_synthetic_smc';

export interface Profile {
  readonly id: string;
  readonly courses: readonly { readonly code: string; readonly grade: string }[];
  /** Codes of the courses under way. */
  readonly underWay: readonly string[];
  /** The agreement that the student asks about. */
  readonly major: string;
}

export function smcProfiles(): Profile[] {
  return sharedFiles(profilesFolder, '.json').map((file) => {
    const document = readJson(readSharedFile(profilesFolder, file));
    const errors: FieldError[] = [];
    const root = Place.root(document.ok ? document.value : undefined, errors);
    const profile = {
      id: root.at('id').text(),
      courses: root
        .at('courses')
        .items()
        .map((course) => ({ code: course.at('code').text(), grade: course.at('grade').text() })),
      underWay: root
        .at('current_schedule')
        .items()
        .map((course) => course.at('code').text()),
      major: root.at('major_interest').text(),
    };
    if (errors.length > 0) throw new Error(`${file}: ${JSON.stringify(errors)}`);
    return profile;
  });
}

/**
 * A profile as completions. It states neither credits nor dates: credits are those of the edition in any agreement of the folder. Courses that no agreement
 * names (English composition, physical education) have unknown credits, written as 0: no rule takes them, so they count for nothing.
 */
export function completionsOf(profile: Profile, agreements: readonly RealAgreement[]): Completion[] {
  const credits = creditsByCode(agreements);
  const courses = [
    ...profile.courses.map(({ code, grade }) => ({ code, ...outcomeOf(grade) })),
    ...profile.underWay.map((code) => ({ code, outcome: 'inProgress' as const })),
  ];
  return courses.map((course, index) => ({
    id: `${profile.id}-${String(index + 1).padStart(2, '0')}`,
    provider: santaMonica,
    credits: credits.get(normaliseCode(course.code)) ?? 0,
    creditSystem: 'us-semester',
    evidence: { identityVerified: false, proctored: false, verification: 'unverified' },
    mooc: false,
    repeatable: false,
    ...course,
  }));
}

function creditsByCode(agreements: readonly RealAgreement[]): ReadonlyMap<string, number> {
  const courses = agreements.flatMap(({ imported }) => imported.courses).filter(({ provider }) => provider === santaMonica);
  return new Map(courses.map(({ code, credits }) => [normaliseCode(code), credits ?? 0]));
}

/**
 * W is a withdrawal: the course was not completed. P passed without a letter: no grade on the scale. A letter passes or fails as the scale
 * says.
 */
function outcomeOf(grade: string): Pick<Completion, 'outcome' | 'grade'> {
  if (grade === 'W') return { outcome: 'failed' };
  const scale = shippedGradingScales.find(({ id }) => id === 'us-letter');
  if (scale === undefined) throw new Error('the scale us-letter is not shipped');
  const [rank, pass] = [rankOf(scale, grade), rankOf(scale, scale.passMark)];
  if (rank === undefined || pass === undefined) return { outcome: 'achieved' };
  return { outcome: compareRational(rank, pass) < 0 ? 'failed' : 'achieved', grade: { scale: scale.id, value: grade } };
}

/** An agreement of the folder as the revision in force, resting on UC San Diego's word. */
export function revisionOf({ major, imported }: RealAgreement): RevisionInForce {
  const receiving = imported.courses.filter(({ provider }) => provider === sanDiego);
  return {
    agreement: `assist-${major}`,
    revision: 1,
    digest: digestOf(imported.terms),
    attestedBy: sanDiego,
    terms: imported.terms,
    receivingCourses: receiving.map(({ code, credits }) => ({ code, credits: credits ?? 0 })),
  };
}

/** A profile against agreements of the folder, for the programme of its own major, on a day of the academic year. */
export function inputFor(profile: Profile, all: readonly RealAgreement[], against: readonly RealAgreement[]): EvaluationInput {
  const programme = all.find(({ major }) => major === profile.major)?.imported.programme;
  if (programme === undefined) throw new Error(`${profile.major} asks for nothing`);
  return {
    policyDate: '2025-01-15',
    requestDate: '2025-01-15',
    programme,
    agreements: against.map(revisionOf),
    completions: completionsOf(profile, all),
    homeRecord: [],
    redemptions: [],
    choices: [],
    exceptions: [],
    creditSystems: shippedCreditSystems,
    gradingScales: shippedGradingScales,
    whatIf: false,
  };
}

/** Each profile against its major's agreement alone, and against all agreements of the folder. */
export function profileInputs(): { readonly profile: Profile; readonly own: EvaluationInput; readonly all: EvaluationInput }[] {
  const agreements = assistAgreements();
  return smcProfiles().map((profile) => ({
    profile,
    own: inputFor(
      profile,
      agreements,
      agreements.filter(({ major }) => major === profile.major),
    ),
    all: inputFor(profile, agreements, agreements),
  }));
}
