import type { Completion, EvaluationInput } from '../src/evaluation/domain/index.js';
import { evaluate } from '../src/evaluation/domain/index.js';
import { assistAgreements, assistFolder, santaMonica, type RealAgreement } from '../test/support/assist-agreements.js';
import { hasSharedData } from '../test/support/shared-data.js';
import { inputFor, profilesFolder, revisionOf, smcProfiles } from '../test/support/smc-profiles.js';
import { randomNumbers } from './instances.js';
import type { Kind } from './kinds.js';

const aim = 'p50 < 0.3, max < 20, all proven';
const capsAim = 'max ≤ 50';
const randomStudents = 40;
/** Of what would be recognised without a cap. */
const capShare = 0.6;

/** Real agreements: the ten student profiles against their own and all agreements, and random courses against all of them. */
export function assistKinds(): readonly Kind[] {
  const missing = [assistFolder, profilesFolder].filter((folder) => !hasSharedData(folder));
  if (missing.length > 0) {
    console.log(`skipped: real ASSIST instances – ../shared/data/${missing.join(' and ')} is not on this machine`);
    return [];
  }
  const agreements = assistAgreements();
  const revisions = new Map(agreements.map((agreement) => [agreement, revisionOf(agreement)]));
  const against = (input: EvaluationInput, some: readonly RealAgreement[]): EvaluationInput => ({
    ...input,
    // One object a revision, so that it is compiled once for all inputs, as the service does.
    agreements: some.flatMap((agreement) => revisions.get(agreement) ?? []),
  });
  const profiles = smcProfiles().map((profile) => {
    const own = agreements.filter(({ major }) => major === profile.major);
    const input = inputFor(profile, agreements, []);
    return { own: against(input, own), all: against(input, agreements) };
  });
  const random = (courses: number): EvaluationInput[] =>
    Array.from({ length: randomStudents }, (_, seed) => against(randomStudent(agreements, courses, seed), agreements));
  const kinds: readonly Kind[] = [
    { name: 'profile × its ASSIST agreement', inputs: () => profiles.map(({ own }) => own), aim },
    { name: `profile × all ${String(agreements.length)}`, inputs: () => profiles.map(({ all }) => all), aim },
    { name: '20 random courses × all', inputs: () => random(20), aim },
    { name: '60 random courses × all', inputs: () => random(60), aim },
  ];
  return kinds.flatMap((kind) => [kind, { name: `${kind.name}, caps`, inputs: () => kind.inputs().map(withBindingCap), aim: capsAim }]);
}

/** A student with so many courses of Santa Monica College, all passed well, who asks about a random major. */
function randomStudent(agreements: readonly RealAgreement[], courses: number, seed: number): EvaluationInput {
  const random = randomNumbers(seed + 1);
  const pick = <Thing>(things: readonly Thing[]): Thing | undefined => things[Math.floor(random() * things.length)];
  const offered = [
    ...new Map(
      agreements
        .flatMap(({ imported }) => imported.courses)
        .filter(({ provider }) => provider === santaMonica)
        .map((course) => [course.code, course]),
    ).values(),
  ].sort((a, b) => (a.code < b.code ? -1 : 1));
  const completions = new Map<string, Completion>();
  while (completions.size < Math.min(courses, offered.length)) {
    const course = pick(offered);
    if (course === undefined || completions.has(course.code)) continue;
    completions.set(course.code, completionOf(course.code, course.credits ?? 0, completions.size));
  }
  const majors = agreements.flatMap(({ major, imported }) => (imported.programme === undefined ? [] : [major]));
  const student = { id: `random-${String(seed)}`, courses: [], underWay: [], major: pick(majors) ?? '' };
  return { ...inputFor(student, agreements, []), completions: [...completions.values()] };
}

function completionOf(code: string, credits: number, index: number): Completion {
  return {
    id: `c${String(index).padStart(3, '0')}`,
    provider: santaMonica,
    code,
    credits,
    creditSystem: 'us-semester',
    grade: { scale: 'us-letter', value: 'A' },
    outcome: 'achieved',
    evidence: { identityVerified: false, proctored: false, verification: 'unverified' },
    mooc: false,
    repeatable: false,
  };
}

/** The same with a cap on transferred credit below what would be recognised, half a credit beside a whole number. */
function withBindingCap(input: EvaluationInput): EvaluationInput {
  const { recognisedCredits } = evaluate(input).objective;
  const maximumTransferredCredits = Math.floor(recognisedCredits * capShare) + 0.5;
  const policy = { ...input.programme.policy, maximumTransferredCredits };
  return { ...input, programme: { ...input.programme, policy } };
}
