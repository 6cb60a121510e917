import { digestOf } from '../../kernel/index.js';
import type { EvaluationInput, RevisionInForce } from './input.js';

/** Of the engine: a result names the version that computed it, and a new version never rewrites an old result. */
export const engineVersion = '1.0.0';

const digests = new WeakMap<object, string>();

/** The digest of what many evaluations share as one object and nobody changes: a programme, a revision, a scale. */
function sharedDigest(shared: object, content: () => unknown = () => shared): string {
  const known = digests.get(shared);
  if (known !== undefined) return known;
  const digest = digestOf(content());
  digests.set(shared, digest);
  return digest;
}

function revisionDigest(revision: RevisionInForce): string {
  return sharedDigest(revision, () => {
    const { agreement, revision: number, digest, attestedBy, receivingCourses } = revision;
    const courses = sorted(receivingCourses, ({ code }) => code);
    return { agreement, revision: number, digest, receivingCourses: courses, ...(attestedBy === undefined ? {} : { attestedBy }) };
  });
}

/**
 * The digest of everything a result depends on. Programme, revisions (through the digest of their terms), credit systems and scales enter by digests of
 * their own; lists by what is in them, not by their order.
 */
export function inputDigest(input: EvaluationInput): string {
  return digestOf({
    ...input,
    programme: sharedDigest(input.programme),
    agreements: input.agreements.map(revisionDigest).sort(),
    creditSystems: input.creditSystems.map((system) => sharedDigest(system)).sort(),
    gradingScales: input.gradingScales.map((scale) => sharedDigest(scale)).sort(),
    completions: sorted(input.completions, ({ id }) => id),
    homeRecord: sorted(input.homeRecord, ({ id }) => id),
    redemptions: sorted(input.redemptions, ({ completion, institution, programme: code }) => `${completion} ${institution} ${code}`),
    choices: sorted(input.choices, ({ agreement, rule, option }) => `${agreement} ${rule} ${String(option)}`),
    exceptions: sorted(input.exceptions, (exception) => JSON.stringify(Object.entries(exception).sort())),
  });
}

function sorted<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, key: keyOf(item) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ item }) => item);
}
