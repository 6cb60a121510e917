import { digestOf } from '../../kernel/index.js';
import type { Programme } from '../../programmes/domain/index.js';
import type { EvaluationInput } from './input.js';

/** Of the engine: a result names the version that computed it, and a new version never rewrites an old result. */
export const engineVersion = '1.0.0';

const programmeDigests = new WeakMap<Programme, string>();

function programmeDigest(programme: Programme): string {
  const known = programmeDigests.get(programme);
  if (known !== undefined) return known;
  const digest = digestOf(programme);
  programmeDigests.set(programme, digest);
  return digest;
}

/**
 * The digest of everything a result depends on. Revisions enter by their own digest, the programme by the digest of its definition; lists by
 * what is in them, not by their order.
 */
export function inputDigest(input: EvaluationInput): string {
  const { agreements, programme, ...rest } = input;
  return digestOf({
    ...rest,
    programme: programmeDigest(programme),
    agreements: sorted(
      agreements.map(({ agreement, revision, digest, attestedBy, receivingCourses }) => ({
        agreement,
        revision,
        digest,
        ...(attestedBy === undefined ? {} : { attestedBy }),
        receivingCourses: sorted(receivingCourses, ({ code }) => code),
      })),
      ({ agreement }) => agreement,
    ),
    completions: sorted(input.completions, ({ id }) => id),
    homeRecord: sorted(input.homeRecord, ({ id }) => id),
    redemptions: sorted(input.redemptions, ({ completion, institution, programme: code }) => `${completion} ${institution} ${code}`),
    choices: sorted(input.choices, ({ agreement, rule, option }) => `${agreement} ${rule} ${String(option)}`),
    exceptions: sorted(input.exceptions, (exception) => JSON.stringify(Object.entries(exception).sort())),
    creditSystems: sorted(input.creditSystems, ({ id }) => id),
    gradingScales: sorted(input.gradingScales, ({ id }) => id),
  });
}

function sorted<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, key: keyOf(item) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ item }) => item);
}
