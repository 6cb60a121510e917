import { normaliseCode } from '../../../kernel/index.js';
import type { Requirement } from '../../../programmes/domain/index.js';

/**
 * The tree with the leaves that name one course sharing it. A template may name a course in several places (PHYS 2A in each of three alternative
 * series), and a course is taken once: having it, a student has it in every list, and its credits count once.
 */
export function shared(root: Requirement): Requirement {
  const byCode = new Map<string, Set<string>>();
  for (const leaf of leavesOf(root)) {
    for (const code of leaf.codes.map(normaliseCode)) byCode.set(code, (byCode.get(code) ?? new Set()).add(leaf.id));
  }
  return withSharing(root, byCode);
}

type Leaf = Extract<Requirement, { kind: 'course' }>;

function leavesOf(requirement: Requirement): Leaf[] {
  if (requirement.kind === 'course') return [requirement];
  return requirement.kind === 'all' || requirement.kind === 'atLeast' ? requirement.of.flatMap(leavesOf) : [];
}

function withSharing(requirement: Requirement, byCode: ReadonlyMap<string, ReadonlySet<string>>): Requirement {
  if (requirement.kind === 'all' || requirement.kind === 'atLeast') {
    return { ...requirement, of: requirement.of.map((part) => withSharing(part, byCode)) };
  }
  if (requirement.kind !== 'course') return requirement;
  const partners = new Set(requirement.codes.flatMap((code) => [...(byCode.get(normaliseCode(code)) ?? [])]));
  partners.delete(requirement.id);
  return partners.size === 0 ? requirement : { ...requirement, sharesWith: [...partners].sort() };
}
