import type { EvaluationInput } from '../../../src/evaluation/domain/index.js';
import type { Requirement } from '../../../src/programmes/domain/index.js';
import type { Source } from '../../../src/rules/domain/index.js';

/** The same input with its lists in another order. */

export type Shuffle = <T>(list: readonly T[]) => readonly T[];

/** Lists of the input itself: the input's digest stays the same. */
export function reordered(input: EvaluationInput, shuffle: Shuffle): EvaluationInput {
  return {
    ...input,
    agreements: shuffle(input.agreements.map((revision) => ({ ...revision, receivingCourses: shuffle(revision.receivingCourses) }))),
    completions: shuffle(input.completions),
    homeRecord: shuffle(input.homeRecord),
    redemptions: shuffle(input.redemptions),
    choices: shuffle(input.choices),
    exceptions: shuffle(input.exceptions),
    creditSystems: shuffle(input.creditSystems),
    gradingScales: shuffle(input.gradingScales),
  };
}

/** Also the lists within terms and programme, apart from those whose order means something: awards, options, rows, grades. */
export function reorderedThroughout(input: EvaluationInput, shuffle: Shuffle): EvaluationInput {
  const outer = reordered(input, shuffle);
  const { minimumGrades, ...policy } = outer.programme.policy;
  return {
    ...outer,
    programme: {
      ...outer.programme,
      requirements: shuffledTree(outer.programme.requirements, shuffle),
      policy: { ...policy, ...(minimumGrades === undefined ? {} : { minimumGrades: shuffle(minimumGrades) }) },
    },
    agreements: outer.agreements.map((revision) => ({
      ...revision,
      terms: {
        ...revision.terms,
        parties: shuffle(revision.terms.parties),
        rules: shuffle(revision.terms.rules.map((rule) => ({ ...rule, source: shuffledSource(rule.source, shuffle) }))),
        limits: shuffle(revision.terms.limits),
        conversions: shuffle(revision.terms.conversions),
        gradeTables: shuffle(revision.terms.gradeTables),
      },
    })),
  };
}

function shuffledTree(node: Requirement, shuffle: Shuffle): Requirement {
  const shares = node.sharesWith === undefined ? {} : { sharesWith: shuffle(node.sharesWith) };
  if (node.kind === 'course') return { ...node, ...shares, codes: shuffle(node.codes) };
  if (node.kind === 'credits') return { ...node, ...shares, from: shuffle(node.from) };
  if (node.kind === 'freeElectives') return { ...node, ...shares };
  return { ...node, of: shuffle(node.of.map((part) => shuffledTree(part, shuffle))) };
}

function shuffledSource(source: Source, shuffle: Shuffle): Source {
  return source.kind === 'course' ? source : { ...source, of: shuffle(source.of.map((part) => shuffledSource(part, shuffle))) };
}
