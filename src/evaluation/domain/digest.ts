import { canonicalJson, digestOfText } from '../../kernel/index.js';
import type { EvaluationInput, RevisionInForce } from './input.js';

/** Of the engine: a result names the version that computed it, and a new version never rewrites an old result. */
export const engineVersion = '1.0.0';

/** Canonical JSON, and its digest when it was asked for. */
class Canonical {
  #digest: string | undefined;

  constructor(readonly text: string) {}

  get digest(): string {
    return (this.#digest ??= digestOfText(this.text));
  }
}

const shared = new WeakMap<object, Canonical>();

/** Of what many evaluations share as one object and nobody changes (a programme, a revision, a scale): made once. */
function canonicalOf(part: object, content: () => unknown = () => part): Canonical {
  const known = shared.get(part);
  if (known !== undefined) return known;
  const canonical = new Canonical(canonicalJson(content()));
  shared.set(part, canonical);
  return canonical;
}

/** A revision by what identifies it: its terms are kept with the agreement for ever. */
function canonicalRevision(revision: RevisionInForce): Canonical {
  return canonicalOf(revision, () => {
    const { agreement, revision: number, digest, attestedBy, receivingCourses } = revision;
    const courses = sorted(receivingCourses, ({ code }) => code);
    return { agreement, revision: number, digest, receivingCourses: courses, ...(attestedBy === undefined ? {} : { attestedBy }) };
  });
}

const ownMembers = new WeakMap<EvaluationInput, ReadonlyMap<string, string>>();

/** The members of an input that are its own, each as canonical JSON; lists in an order that depends on nothing but what is in them. */
function ownMembersOf(input: EvaluationInput): ReadonlyMap<string, string> {
  const known = ownMembers.get(input);
  if (known !== undefined) return known;
  const { programme: _programme, agreements: _agreements, creditSystems: _systems, gradingScales: _scales, ...own } = input;
  const members: Record<string, unknown> = {
    ...own,
    completions: sorted(input.completions, ({ id }) => id),
    homeRecord: sorted(input.homeRecord, ({ id }) => id),
    redemptions: sorted(input.redemptions, ({ completion, institution, programme: code }) => `${completion} ${institution} ${code}`),
    choices: sorted(input.choices, ({ agreement, rule, option }) => `${agreement} ${rule} ${String(option)}`),
    exceptions: sorted(input.exceptions, (exception) => JSON.stringify(Object.entries(exception).sort())),
  };
  const stated = Object.entries(members).filter(([, value]) => value !== undefined);
  const result = new Map(stated.map(([name, value]) => [name, canonicalJson(value)]));
  ownMembers.set(input, result);
  return result;
}

const digests = new WeakMap<EvaluationInput, string>();

/**
 * The digest of everything a result depends on. Programme, revisions (through the digest of their terms), credit systems and scales enter by digests of
 * their own; lists by what is in them, not by their order.
 */
export function inputDigest(input: EvaluationInput): string {
  const known = digests.get(input);
  if (known !== undefined) return known;
  const digest = digestOfText(canonicalInput(input, ({ digest: of }) => `"${of}"`));
  digests.set(input, digest);
  return digest;
}

/** An input as it is stored, as canonical JSON: everything in full but the terms of revisions. It has the digest of the input it was made of. */
export function inputText(input: EvaluationInput): string {
  return canonicalInput(input, ({ text }) => text);
}

/** An input whose shared parts are written in one way or another. */
function canonicalInput(input: EvaluationInput, write: (part: Canonical) => string): string {
  const list = (parts: readonly Canonical[]): string => `[${parts.map(write).sort().join()}]`;
  const members = [
    ...ownMembersOf(input),
    ['programme', write(canonicalOf(input.programme))] as const,
    ['agreements', list(input.agreements.map(canonicalRevision))] as const,
    ['creditSystems', list(input.creditSystems.map((system) => canonicalOf(system)))] as const,
    ['gradingScales', list(input.gradingScales.map((scale) => canonicalOf(scale)))] as const,
  ];
  return `{${sorted(members, ([name]) => name)
    .map(([name, text]) => `${JSON.stringify(name)}:${text}`)
    .join()}}`;
}

function sorted<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, key: keyOf(item) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ item }) => item);
}
