import type { GradeTable } from '../../agreements/domain/index.js';
import type { Award, CourseSource, Outcome, Selector } from '../../rules/domain/index.js';

/** Short ways to say what rules say often. */

/** One course by its code. */
export function course(
  code: string,
  rest: Omit<CourseSource, 'kind' | 'select'> & Pick<Selector, 'provider' | 'platform'> = {},
): CourseSource {
  const { provider, platform, ...demands } = rest;
  const scope = { ...(provider === undefined ? {} : { provider }), ...(platform === undefined ? {} : { platform }) };
  return { kind: 'course', select: { kind: 'code', code, ...scope }, ...demands };
}

/** A mark from 0 to 100 of which 60 passes. */
export function percent(value: number): { readonly scale: string; readonly value: string } {
  return { scale: 'percentage-60', value: String(value) };
}

export function credit(...awards: readonly Award[]): Outcome {
  return { kind: 'credit', awards };
}

/** A named course of the receiving university, or unassigned credit. Without a grade unless it says so. */
export function award(
  target: string | Omit<Extract<Award['target'], { kind: 'elective' }>, 'kind'>,
  credits: Award['credits'],
  rest: Partial<Pick<Award, 'grade' | 'effect' | 'attributes'>> = {},
): Award {
  return {
    target: typeof target === 'string' ? { kind: 'course', code: target } : { kind: 'elective', ...target },
    credits,
    grade: { kind: 'none' },
    effect: 'credit',
    ...rest,
  };
}

export function fixed(credits: number): Award['credits'] {
  return { kind: 'fixed', credits };
}

export function converted(maximum?: number): Award['credits'] {
  return { kind: 'converted', ...(maximum === undefined ? {} : { maximum }) };
}

/** The grade is converted by the agreement's table; of several completions the lowest counts. */
export const graded: Pick<Award, 'grade'> = { grade: { kind: 'converted', combine: 'lowest' } };

/** A table by bands of whole marks: every mark from the least of a band up to the next band reads as its grade. Best band first. */
export function bands(from: string, to: string, best: number, ...table: readonly (readonly [least: number, grade: string])[]): GradeTable {
  const pairs = table.flatMap(([least, grade], index) => {
    const above = index === 0 ? best + 1 : (table[index - 1]?.[0] ?? best + 1);
    return Array.from({ length: above - least }, (_, mark) => ({ from: String(least + mark), to: grade }));
  });
  return { from, to, method: 'pairs', pairs };
}
