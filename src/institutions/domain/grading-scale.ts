import {
  add,
  compareRational,
  type FieldError,
  type GradingScale,
  parseRational,
  type Rational,
  rankOf,
  rational,
} from '../../kernel/index.js';

/**
 * Where a grading scale contradicts itself, with JSON Pointers into it. A coherent scale can rank every grade it names; what this returns is empty
 * for it.
 */
export function faultsOfGradingScale(scale: GradingScale): FieldError[] {
  return [...rangeFaults(scale), ...gradeFaults(scale), ...passMarkFaults(scale), ...distributionFaults(scale)];
}

function rangeFaults(scale: GradingScale): FieldError[] {
  if (scale.numeric === undefined)
    return scale.grades.length === 0 ? [{ pointer: '/grades', detail: 'must name the grades of a scale without marks' }] : [];
  const [lowest, highest] = [parseRational(scale.numeric.lowest), parseRational(scale.numeric.highest)];
  if (lowest === undefined || highest === undefined) return [{ pointer: '/numeric', detail: 'must go from one decimal number to another' }];
  return compareRational(lowest, highest) < 0 ? [] : [{ pointer: '/numeric/highest', detail: 'must be greater than the lowest mark' }];
}

function gradeFaults(scale: GradingScale): FieldError[] {
  const seen = new Set<string>();
  return scale.grades.flatMap((grade, index) => {
    const pointer = `/grades/${String(index)}`;
    const isRepeated = seen.has(grade.value);
    seen.add(grade.value);
    if (isRepeated) return [{ pointer: `${pointer}/value`, detail: 'is named twice on this scale' }];
    if (grade.points !== undefined && parseRational(grade.points) === undefined) {
      return [{ pointer: `${pointer}/points`, detail: 'must be a decimal number such as "3.7"' }];
    }
    if (scale.numeric !== undefined && rankOf(scale, grade.value) === undefined) {
      return [{ pointer: `${pointer}/points`, detail: 'must be given: a grade on a scale of marks has its place by its points' }];
    }
    return isOrdered(scale, index)
      ? []
      : [{ pointer, detail: 'has its place before the grade that precedes it: grades go from lowest to highest' }];
  });
}

/** Whether the points of a grade do not contradict its place after the one before. Grades may share points, as A and A+ often do. */
function isOrdered(scale: GradingScale, index: number): boolean {
  const points = parseRational(scale.grades[index]?.points ?? '');
  const before = parseRational(scale.grades[index - 1]?.points ?? '');
  if (points === undefined || before === undefined) return true;
  const difference = compareRational(points, before);
  return scale.numeric?.descending === true ? difference <= 0 : difference >= 0;
}

function passMarkFaults(scale: GradingScale): FieldError[] {
  return rankOf(scale, scale.passMark) === undefined ? [{ pointer: '/passMark', detail: 'is not a grade of this scale' }] : [];
}

/** The shares are those of the students who passed: every grade passes, none is named twice, and together they are exactly one. */
function distributionFaults(scale: GradingScale): FieldError[] {
  if (scale.distribution === undefined) return [];
  const pass = rankOf(scale, scale.passMark);
  const seen = new Set<string>();
  const faults = scale.distribution.flatMap((part, index) => {
    const pointer = `/distribution/${String(index)}`;
    const rank = rankOf(scale, part.value);
    const isRepeated = seen.has(part.value);
    seen.add(part.value);
    if (isRepeated) return [{ pointer: `${pointer}/value`, detail: 'is named twice in this distribution' }];
    if (rank === undefined) return [{ pointer: `${pointer}/value`, detail: 'is not a grade of this scale' }];
    if (pass !== undefined && compareRational(rank, pass) < 0)
      return [{ pointer: `${pointer}/value`, detail: 'does not pass: shares are of students who passed' }];
    return shareOf(part.share) === undefined
      ? [{ pointer: `${pointer}/share`, detail: 'must be a decimal from 0 to 1 such as "0.25"' }]
      : [];
  });
  if (faults.length > 0) return faults;
  const sum = scale.distribution.reduce((total, part) => add(total, shareOf(part.share) ?? rational(0)), rational(0));
  return compareRational(sum, rational(1)) === 0 ? [] : [{ pointer: '/distribution', detail: 'must have shares that sum to exactly 1' }];
}

function shareOf(text: string): Rational | undefined {
  const share = text.includes('/') ? undefined : parseRational(text);
  return share === undefined || compareRational(share, rational(1)) > 0 ? undefined : share;
}
