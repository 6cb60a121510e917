import type { EvaluationInput, Completion, RevisionInForce } from '../src/evaluation/domain/index.js';
import type { Programme, Requirement } from '../src/programmes/domain/index.js';
import type { Rule, Source } from '../src/rules/domain/index.js';

/** A deterministic stream of numbers in [0, 1): mulberry32. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export interface Size {
  readonly completions: number;
  readonly rules: number;
  readonly requirements: number;
}

export const sizes = {
  small: { completions: 10, rules: 20, requirements: 5 },
  typical: { completions: 20, rules: 100, requirements: 12 },
  large: { completions: 60, rules: 400, requirements: 25 },
} as const satisfies Record<string, Size>;

/** A random instance: so many rules, of which a share fires on what is held; with `caps`, a transfer and a MOOC cap below what is on offer. */
export function randomInstance(size: Size, firing: number, caps: boolean, seed: number): EvaluationInput {
  const random = randomNumbers(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const completions = Array.from({ length: size.completions }, (_, index) => completionOf(index, 2 + below(4), random() < 0.5));
  const rules = Array.from({ length: size.rules }, (_, index) =>
    ruleOf(index, index < Math.round(size.rules * firing), size, below, random),
  );
  return {
    policyDate: '2026-09-01',
    requestDate: '2026-09-01',
    programme: programmeOf(size, caps, below),
    agreements: [revisionOf(rules)],
    completions,
    homeRecord: [],
    redemptions: [],
    choices: [],
    exceptions: [],
    creditSystems: [{ id: 'ects', name: 'ECTS', creditsPerYear: 60, source: 'ECTS Users’ Guide 2015' }],
    gradingScales: [],
    whatIf: false,
  };
}

function completionOf(index: number, credits: number, mooc: boolean): Completion {
  return {
    id: `c${String(index).padStart(3, '0')}`,
    provider: 'sender',
    code: `S ${String(100 + index)}`,
    course: `s${String(index)}`,
    credits,
    creditSystem: 'ects',
    outcome: 'achieved',
    completedOn: '2026-01-15',
    evidence: { identityVerified: true, proctored: true, verification: 'verified' },
    mooc,
    repeatable: false,
  };
}

function ruleOf(index: number, fires: boolean, size: Size, below: (limit: number) => number, random: () => number): Rule {
  const courses = 1 + (random() < 0.3 ? 1 : 0) + (random() < 0.1 ? 1 : 0);
  const codes = new Set<string>();
  while (codes.size < courses) codes.add(`S ${String(100 + below(size.completions))}`);
  if (!fires) codes.add(`S ${String(900 + below(90))}`);
  const parts = [...codes].map((code): Source => ({ kind: 'course', select: { kind: 'code', code } }));
  const elective = random() < 0.15;
  return {
    id: `r${String(index).padStart(4, '0')}`,
    from: 'sender',
    to: 'receiver',
    source: parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: 'all', of: parts },
    outcome: {
      kind: 'credit',
      awards: [
        {
          target: elective
            ? { kind: 'elective', subject: 'T' }
            : { kind: 'course', code: `T ${String(100 + below(size.requirements * 6))}` },
          credits: { kind: 'fixed', credits: 2 + below(5) },
          grade: { kind: 'none' },
          effect: 'credit',
        },
      ],
    },
    validity: {},
    governedBy: 'completion',
  };
}

function programmeOf(size: Size, caps: boolean, below: (limit: number) => number): Programme {
  const leaf = (index: number): Requirement => {
    const id = `q${String(index).padStart(3, '0')}`;
    if (index % 3 === 0) return { id, kind: 'course', codes: [`T ${String(100 + index * 6)}`], credits: 3 + below(3) };
    if (index % 3 === 1) {
      const of = [0, 1, 2].map((part): Requirement => ({
        id: `${id}${String(part)}`,
        kind: 'course',
        codes: [`T ${String(100 + index * 6 + part)}`],
        credits: 4,
      }));
      return { id, kind: 'atLeast', count: 2, of };
    }
    return {
      id,
      kind: 'credits',
      credits: 6 + below(9),
      from: [{ kind: 'code', pattern: `T ${String(Math.floor((100 + index * 6) / 10))}#` }],
    };
  };
  const free: Requirement = { id: 'zfree', kind: 'freeElectives', credits: 12 };
  return {
    id: 'programme',
    institution: 'receiver',
    code: 'P',
    catalogueYear: 2026,
    title: { en: 'Programme' },
    creditSystem: 'ects',
    totalCredits: 180,
    requirements: { id: 'root', kind: 'all', of: [...Array.from({ length: size.requirements - 1 }, (_, index) => leaf(index)), free] },
    policy: caps ? { maximumTransferredCredits: size.completions + 1, maximumMoocCredits: Math.floor(size.completions / 2) + 1 } : {},
  };
}

function revisionOf(rules: readonly Rule[]): RevisionInForce {
  return {
    agreement: 'agreement',
    revision: 1,
    digest: `sha-256:${String(rules.length)}`,
    terms: {
      parties: ['receiver', 'sender'],
      period: {},
      precedence: 'bestForStudent',
      rules,
      statements: [],
      limits: [],
      conversions: [],
      gradeTables: [],
      redemption: 'oncePerProgramme',
    },
    receivingCourses: [],
  };
}
