/** How large a recursive shape may be. Objects are counted, and lists that stand in lists; a list in an object adds nothing. */
export interface ShapeLimits {
  readonly depth: number;
  readonly nodes: number;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/**
 * Whether a value keeps to its limits. Counts without recursion and stops at the limits, so that it stands whatever it is given, objects that
 * contain themselves included; recursive code comes after.
 */
export function isWithinShape(value: unknown, limits: ShapeLimits): boolean {
  const open: { readonly value: unknown; readonly depth: number; readonly lists: number }[] = [{ value, depth: 0, lists: 0 }];
  let nodes = 0;
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (!isObject(next.value)) continue;
    const isList = Array.isArray(next.value);
    const lists = isList ? next.lists + 1 : 0;
    const depth = isList && lists < 2 ? next.depth : next.depth + 1;
    if (!isList || lists > 1) nodes += 1;
    if (depth > limits.depth || nodes > limits.nodes) return false;
    for (const child of Object.values(next.value) as unknown[]) if (isObject(child)) open.push({ value: child, depth, lists });
  }
  return true;
}
