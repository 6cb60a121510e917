import { compareRational, rankOf, type Grade, type GradingScale } from '../../kernel/index.js';
import type { CourseSource } from './rule.js';

/** The ends of a grade band. */
export type GradeBounds = Pick<CourseSource, 'minimumGrade' | 'maximumGrade'>;

/** How grades read on another scale, pair by pair. */
export interface PairTable {
  readonly from: string;
  readonly to: string;
  readonly pairs: readonly { readonly from: string; readonly to: string }[];
}

/** Compares grades where the scales are known; other scales are read by pairs alone. */
export class GradeComparison {
  readonly #scales: ReadonlyMap<string, GradingScale>;

  constructor(
    scales: readonly GradingScale[],
    private readonly tables: readonly PairTable[],
  ) {
    this.#scales = new Map(scales.map((scale) => [scale.id, scale]));
  }

  /** True when every bound is a grade of a known scale: only then "no grade meets them all" can be told. */
  knows(bounds: readonly GradeBounds[]): boolean {
    return gradesIn(bounds).every((grade) => this.#rank(grade) !== undefined);
  }

  /** Whether a grade lies within bounds; no grade meets none. */
  meets(grade: Grade | undefined, { minimumGrade, maximumGrade }: GradeBounds): boolean {
    const atLeast = minimumGrade === undefined || this.#compare(grade, minimumGrade, (order) => order >= 0);
    return atLeast && (maximumGrade === undefined || this.#compare(grade, maximumGrade, (order) => order <= 0));
  }

  /** Whether a grade is better than another of its scale; any is better than none. */
  isBetter(one: Grade | undefined, other: Grade | undefined): boolean {
    return one !== undefined && (other === undefined || (one.scale === other.scale && !this.meets(other, { minimumGrade: one })));
  }

  /**
   * A grade within all of these bounds, and outside the unwanted ones where that can be: a bound itself if it will do, else a grade that the scales
   * list. Undefined when none is found.
   */
  within(bounds: readonly GradeBounds[], unwanted: readonly GradeBounds[]): Grade | undefined {
    const fitting = this.#candidates(bounds).filter((grade) => bounds.every((each) => this.meets(grade, each)));
    return fitting.find((grade) => !unwanted.some((each) => this.meets(grade, each))) ?? fitting[0];
  }

  /** The bounds themselves, what a table reads as a grade of a scale that is asked for, and the grades of these scales. */
  #candidates(bounds: readonly GradeBounds[]): readonly Grade[] {
    const named = gradesIn(bounds);
    const scales = new Set(named.map(({ scale }) => scale));
    const read = this.tables.flatMap(({ from, to, pairs }) =>
      scales.has(to) ? pairs.map((pair) => ({ scale: from, value: pair.from })) : [],
    );
    const listed = [...scales].flatMap((scale) => (this.#scales.get(scale)?.grades ?? []).map(({ value }) => ({ scale, value })));
    return [...named, ...read, ...listed];
  }

  #compare(grade: Grade | undefined, bound: Grade, accepts: (order: number) => boolean): boolean {
    const read = grade === undefined ? undefined : this.#read(grade, bound.scale);
    const [one, other] = [read === undefined ? undefined : this.#rank(read), this.#rank(bound)];
    return one !== undefined && other !== undefined && accepts(compareRational(one, other));
  }

  #read(grade: Grade, scale: string): Grade | undefined {
    if (grade.scale === scale) return grade;
    const table = this.tables.find(({ from, to }) => from === grade.scale && to === scale);
    const value = table?.pairs.find(({ from }) => from === grade.value)?.to;
    return value === undefined ? undefined : { scale, value };
  }

  #rank({ scale, value }: Grade): ReturnType<typeof rankOf> {
    const known = this.#scales.get(scale);
    return known === undefined ? undefined : rankOf(known, value);
  }
}

function gradesIn(bounds: readonly GradeBounds[]): readonly Grade[] {
  return bounds
    .flatMap(({ minimumGrade, maximumGrade }) => [minimumGrade, maximumGrade])
    .filter((grade): grade is Grade => grade !== undefined);
}
