import type { CourseSource, Rule, Source } from './rule.js';

/** A course source with the JSON Pointer to it. */
export interface PlacedCourseSource {
  readonly at: string;
  readonly source: CourseSource;
}

/** The course sources of a valid source, in reading order; `at` is the JSON Pointer to the source itself. */
export function courseSourcesOf(source: Source, at: string): readonly PlacedCourseSource[] {
  if (source.kind === 'course') return [{ at, source }];
  return source.of.flatMap((part, index) => courseSourcesOf(part, `${at}/of/${String(index)}`));
}

/** The course sources of a valid rule: those it consumes, and those it looks at only. `at` is the JSON Pointer to the rule. */
export function courseSourcesOfRule(
  { source, conditions }: Rule,
  at: string,
): { readonly consumed: readonly PlacedCourseSource[]; readonly held: readonly PlacedCourseSource[] } {
  const held = (['alsoHolds', 'doesNotHold'] as const).flatMap((condition) => {
    const looked = conditions?.[condition];
    return looked === undefined ? [] : courseSourcesOf(looked, `${at}/conditions/${condition}`);
  });
  return { consumed: courseSourcesOf(source, `${at}/source`), held };
}
