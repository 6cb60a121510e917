/**
 * Course codes compare without regard to case and spacing: "CS 20A", "cs20a" and "CS  20a" are one code
 * (Unicode compatibility forms folded, so full-width letters of Chinese catalogues compare too).
 */
export function normaliseCode(code: string): string {
  return code.normalize('NFKC').toUpperCase().replace(/\s+/gu, '');
}

/** What a code says of itself: "COM ST 20A" is number 20 of subject "COM ST", level 20; "CMPT 128" is of level 100. */
export interface CodeParts {
  readonly subject: string;
  /** The number's first digit followed by zeros: 128 → 100, 1273 → 1000, 7 → 7. Undefined when the code has no digit. */
  readonly level?: number;
}

/**
 * Subject and level of a code. The subject is what stands before the last blank, or, without one, before the first digit, in
 * normal form.
 */
export function partsOfCode(code: string): CodeParts {
  const text = code.normalize('NFKC').trim();
  const blank = text.search(/\s\S+$/u);
  const [subject, number] = blank < 0 ? [text.replace(/\d.*$/su, ''), text] : [text.slice(0, blank), text.slice(blank)];
  const digits = /\d+/u.exec(number)?.[0];
  const normal = normaliseCode(subject);
  if (digits === undefined) return { subject: normal };
  return { subject: normal, level: Number(digits[0]) * 10 ** (Math.min(digits.length, 6) - 1) };
}

/**
 * A pattern over codes: `#` is one digit, `*` is any rest (of any length, anywhere); everything else is itself. Case and spacing
 * are ignored, as in codes. Matching takes time in proportion to the code's length times the pattern's, however many `*` there are: what stands
 * between two of them is looked for once, where it comes first, which leaves most of the code to the rest. The expression cannot come back to that,
 * because a lookahead is never entered again, and what it found is taken by reference.
 */
export function patternToRegExp(pattern: string): RegExp {
  const segments = normaliseCode(pattern)
    .split(/\*+/)
    .map((segment) => segment.replace(/[.+?^${}()|[\]\\/]/g, '\\$&').replace(/#/g, '\\d'));
  const source = segments.map((segment, index) => {
    if (index === 0) return segment;
    return index === segments.length - 1 ? `.*${segment}` : `(?=(.*?${segment}))(?:\\${String(index)})`;
  });
  return new RegExp(`^${source.join('')}$`, 'u');
}

/** How many characters of a pattern stand for themselves: the more, the more exact the pattern. */
export function literalLength(pattern: string): number {
  return normaliseCode(pattern).replace(/[#*]/g, '').length;
}
