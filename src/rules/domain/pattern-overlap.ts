import { normaliseCode } from '../../kernel/index.js';

/**
 * A pattern all of whose codes match both patterns, with as few characters as possible; undefined when no code matches both. Not every
 * code that matches both need match it: it stands for an example.
 */
export function intersectPatterns(one: string, other: string): string | undefined {
  const [a, b] = [tokensOf(one), tokensOf(other)];
  const seen = new Set<number>();
  let open: { i: number; j: number; text: string }[] = [{ i: 0, j: 0, text: '' }];
  while (open.length > 0) {
    const next: typeof open = [];
    for (const { i, j, text } of open) {
      const state = i * (b.length + 1) + j;
      if (seen.has(state)) continue;
      seen.add(state);
      if (i === a.length && j === b.length) return text;
      next.push(...steps(a, b, i, j).map((step) => ({ i: step.i, j: step.j, text: text + step.token })));
    }
    open = next;
  }
  return undefined;
}

function tokensOf(pattern: string): readonly string[] {
  return Array.from(normaliseCode(pattern).replace(/\*+/g, '*'));
}

/** From a position in both patterns: leave a `*` behind, or take a character that both allow. */
function steps(a: readonly string[], b: readonly string[], i: number, j: number): { i: number; j: number; token: string }[] {
  const [x, y] = [a[i], b[j]];
  const both = x === '*' && y === '*' ? '*' : '';
  const found: { i: number; j: number; token: string }[] = [];
  if (x === '*') found.push({ i: i + 1, j, token: both });
  if (y === '*') found.push({ i, j: j + 1, token: both });
  if (x === undefined || y === undefined || both !== '') return found;
  const token = common(x, y);
  if (token !== undefined) found.push({ i: x === '*' ? i : i + 1, j: y === '*' ? j : j + 1, token });
  return found;
}

function common(x: string, y: string): string | undefined {
  if (x === y || y === '*') return x;
  if (x === '*') return y;
  if (x === '#') return /\d/.test(y) ? y : undefined;
  return y === '#' && /\d/.test(x) ? x : undefined;
}

/**
 * The codes of a pattern, the likeliest first, at most `count`: "CMPT 100", "CMPT 101"… for `CMPT ###`; `*` stands for a course number, or for nothing
 * where there is one. They are written with a blank before the number.
 */
export function* codesOf(pattern: string, count: number): Generator<string> {
  const tokens = normaliseCode(pattern).replace(/\*+/g, '*');
  const blanks = tokens.match(/#/g)?.length ?? 0;
  const first = blanks > 0 && !/\d#/.test(tokens) ? 10 ** (blanks - 1) : 0;
  for (let variant = 0; variant < count; variant++) {
    const number = blanks === 0 ? '' : String(first + variant).padStart(blanks, '0');
    const fits = number.length === blanks && (blanks > 0 || variant === 0);
    if (!fits && !tokens.includes('*')) return;
    const digits = Array.from(number.length === blanks ? number : '9'.repeat(blanks));
    const rest = /[\d#]/.test(tokens) ? (fits ? '' : letters(variant)) : String(101 + variant);
    const code = tokens
      .replace(/#/g, () => digits.shift() ?? '')
      .replace('*', rest)
      .replaceAll('*', '');
    yield code.replace(/^(\D+?)(\d)/, '$1 $2');
  }
}

/** "A", "B"… "Z", "AA", "AB"… */
function letters(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : letters(Math.floor(index / 26) - 1) + letter;
}
