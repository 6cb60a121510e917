/** The names under which grades and scales stand in the shapes of a request or an input. */
const scaleKeys = new Set(['scale', 'gradingScale', 'receivingScale']);
const known = new WeakMap<object, ReadonlySet<string>>();

/**
 * Every grading scale that a request or an input names: of grades, of institutions, and as an end of a grade table. What is frozen for good by a digest
 * (terms, requirement trees) is looked through once for each object.
 */
export function namedScales(value: object): ReadonlySet<string> {
  const found = new Set<string>();
  collect(value, found);
  return found;
}

function collect(value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, found);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, part] of Object.entries(value) as [string, unknown][]) {
    if (typeof part === 'string') {
      if (scaleKeys.has(key) || ((key === 'from' || key === 'to') && 'method' in value && ('pairs' in value || 'choose' in value)))
        found.add(part);
    } else if (key === 'terms' && typeof part === 'object' && part !== null) {
      for (const scale of scalesOfTerms(part)) found.add(scale);
    } else collect(part, found);
  }
}

function scalesOfTerms(terms: object): ReadonlySet<string> {
  const before = known.get(terms);
  if (before !== undefined) return before;
  const found = new Set<string>();
  collect(Object.values(terms), found);
  known.set(terms, found);
  return found;
}
