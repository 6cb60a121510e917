import { compareRational, rankOf, type Grade, type GradingScale, type Rational } from '../../kernel/index.js';
import type { GradeTable } from '../../agreements/domain/index.js';
import { convertByDistribution } from './grade-distribution.js';
import { valueAt } from './value-at.js';

/** The grading scales of an evaluation. Grades compare by their rank on one scale; a value that is not on its scale has none. */
export class GradeBook {
  readonly #scales: ReadonlyMap<string, GradingScale>;
  readonly #ranks = new Map<string, Map<string, Rational | undefined>>();

  constructor(scales: readonly GradingScale[]) {
    this.#scales = new Map(scales.map((scale) => [scale.id, scale]));
  }

  scale(id: string): GradingScale | undefined {
    return this.#scales.get(id);
  }

  /** The position of a grade on its scale, greater being better; undefined when the scale is unknown or does not have the value. */
  rank(grade: Grade): Rational | undefined {
    const ranks = valueAt(this.#ranks, grade.scale, () => new Map<string, Rational | undefined>());
    if (ranks.has(grade.value)) return ranks.get(grade.value);
    const scale = this.#scales.get(grade.scale);
    const rank = scale === undefined ? undefined : rankOf(scale, grade.value);
    ranks.set(grade.value, rank);
    return rank;
  }

  /** Negative, zero or positive as `a` is worse than, the same as or better than `b`; undefined when they do not compare. */
  compare(a: Grade, b: Grade): number | undefined {
    if (a.scale !== b.scale) return undefined;
    const [rankA, rankB] = [this.rank(a), this.rank(b)];
    return rankA === undefined || rankB === undefined ? undefined : compareRational(rankA, rankB);
  }

  /**
   * A grade on another scale: itself where it is on that scale already, else by the first of the tables that can tell. Undefined when
   * none can, or when the result is not on the scale.
   */
  convert(grade: Grade, to: string, tables: readonly GradeTable[]): Grade | undefined {
    if (grade.scale === to) return this.rank(grade) === undefined ? undefined : grade;
    for (const table of tables) {
      const value = table.from === grade.scale && table.to === to ? this.#byTable(grade, table) : undefined;
      const converted = value === undefined ? undefined : { scale: to, value };
      if (converted !== undefined && this.rank(converted) !== undefined) return converted;
    }
    return undefined;
  }

  #byTable(grade: Grade, table: GradeTable): string | undefined {
    if (table.method === 'pairs') {
      const same = (value: string): boolean => value === grade.value || this.compare({ scale: grade.scale, value }, grade) === 0;
      return table.pairs.find(({ from }) => same(from))?.to;
    }
    const [from, to] = [this.scale(table.from), this.scale(table.to)];
    return from === undefined || to === undefined ? undefined : convertByDistribution(grade.value, from, to, table.choose);
  }
}
