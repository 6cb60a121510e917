import type { EntityManager } from 'typeorm';
import type { Conditions } from './conditions.js';

/**
 * Search in any language. Words of spaced scripts are stored as a `tsvector` of folded words; scripts that are written without blanks are stored
 * as single characters and pairs of neighbours in an array. Both are made here, so that what is stored and what is asked are cut alike, and both
 * have a GIN index. Misspelt words are matched by trigram against a table of the distinct words, which is small, and not against the texts.
 */

/** What an index keeps of some texts that name one thing. */
export interface SearchTerms {
  /** A `tsvector` as text: the distinct words, without positions. */
  readonly vector: string;
  readonly words: readonly string[];
  /** Characters of unspaced scripts, alone and in pairs of neighbours. */
  readonly pairs: readonly string[];
  /** How many words and neighbours the shortest of the texts has: the fewer, the more of it a hit covers. */
  readonly size: number;
}

/** What somebody looks for, cut the same way. */
export interface SearchWish {
  readonly words: readonly string[];
  readonly pairs: readonly string[];
}

/** A word with what it may stand for: itself, or, where nothing is spelt so, its most similar neighbours. */
export type WordAlternatives = readonly string[];

/** Longer words are cut: PostgreSQL takes lexemes of up to 2,046 bytes, and nobody tells words apart at this length. */
const longestWord = 60;

/** More words or characters than this narrow no search further. */
const mostWishes = 24;

/** A prefix of fewer letters would match half of a catalogue. */
const shortestPrefix = 3;

const unspaced =
  '\\p{scx=Han}\\p{scx=Hira}\\p{scx=Kana}\\p{scx=Bopo}\\p{scx=Hang}\\p{scx=Thai}\\p{scx=Laoo}\\p{scx=Khmr}\\p{scx=Mymr}\\p{scx=Tibt}';
const unspacedRun = new RegExp(`[${unspaced}]+|[^${unspaced}]+`, 'gu');
const isUnspaced = new RegExp(`^[${unspaced}]`, 'u');

/** Letters that decomposition leaves as they are, though readers write them in two ways. */
const foldedLetters: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ł: 'l',
  ı: 'i',
  ħ: 'h',
};

/** Accents of Latin, Greek and Cyrillic, points of Hebrew and Arabic: readers leave them out. Vowel signs of Indic scripts are letters to them. */
const optionalMarks = /[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u064b-\u065f\u0670]/gu;

/** A text without case, accents, width or ligatures. */
function fold(text: string): string {
  const letters = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[ßæœøđðþłıħ]/gu, (letter) => foldedLetters[letter] ?? letter);
  return letters.normalize('NFKD').replace(optionalMarks, '').normalize('NFC');
}

interface Cut {
  readonly words: readonly string[];
  readonly runs: readonly (readonly string[])[];
}

function cut(text: string): Cut {
  const words: string[] = [];
  const runs: string[][] = [];
  for (const token of fold(text).match(/[\p{L}\p{M}\p{N}]+/gu) ?? []) {
    for (const part of token.match(unspacedRun) ?? []) {
      if (isUnspaced.test(part)) runs.push([...part]);
      else words.push([...part].slice(0, longestWord).join(''));
    }
  }
  return { words, runs };
}

function neighbours(run: readonly string[]): string[] {
  return run.slice(1).map((character, index) => `${run[index] ?? ''}${character}`);
}

/** The terms under which texts are found. Each text is one name of the same thing, in one language. */
export function searchTerms(texts: readonly string[]): SearchTerms {
  const cuts = texts.map(cut);
  const words = [...new Set(cuts.flatMap((text) => text.words))].sort();
  const pairs = [...new Set(cuts.flatMap((text) => text.runs.flatMap((run) => [...run, ...neighbours(run)])))].sort();
  const sizes = cuts.map((text) => text.words.length + text.runs.reduce((sum, run) => sum + Math.max(1, run.length - 1), 0));
  return { vector: words.map(quoted).join(' '), words, pairs, size: Math.min(...sizes) };
}

/** What a search text asks for; no words and no pairs when it holds neither letter nor digit. */
export function searchWish(text: string): SearchWish {
  const { words, runs } = cut(text);
  const pairs = runs.flatMap((run) => (run.length === 1 ? run : neighbours(run)));
  return { words: [...new Set(words)].slice(0, mostWishes), pairs: [...new Set(pairs)].slice(0, mostWishes) };
}

/** Words hold letters, marks and digits only, so nothing in them needs escaping. */
function quoted(word: string): string {
  return `'${word}'`;
}

/**
 * Holds a list to what somebody looks for, in a table with the columns `search_vector` and `search_pairs`. Returns the SQL of a number that says how well
 * a row fits, the best first: 1 where every word is there as it was asked for, 2 where some are only the beginning of a word or spelt otherwise.
 */
export function addSearch(conditions: Conditions, wish: SearchWish, alternatives: readonly WordAlternatives[]): string {
  if (wish.pairs.length > 0) conditions.add(wish.pairs, (pairs) => `search_pairs @> ${pairs}::text[]`);
  if (wish.words.length === 0) return '1';
  conditions.add(wordsQuery(alternatives, 'beginning'), (query) => `search_vector @@ ${query}::tsquery`);
  const asAsked = conditions.parameter(
    wordsQuery(
      wish.words.map((word) => [word]),
      'whole',
    ),
  );
  return `CASE WHEN search_vector @@ ${asAsked}::tsquery THEN 1 ELSE 2 END`;
}

/**
 * The same where a thing is found by several texts that are kept in several places: each word and each pair may stand in another. `places` says of a
 * condition on the two columns that one of the places fulfils it.
 */
export function addSearchAcross(
  conditions: Conditions,
  wish: SearchWish,
  alternatives: readonly WordAlternatives[],
  places: (condition: string) => string,
): string {
  const holds = (query: string): string => places(`search_vector @@ ${query}::tsquery`);
  for (const pair of wish.pairs) conditions.add([pair], (pairs) => places(`search_pairs @> ${pairs}::text[]`));
  for (const words of alternatives) conditions.add(wordsQuery([words], 'beginning'), holds);
  const asAsked = wish.words.map((word) => holds(conditions.parameter(wordsQuery([[word]], 'whole'))));
  return asAsked.length === 0 ? '1' : `CASE WHEN ${asAsked.join(' AND ')} THEN 1 ELSE 2 END`;
}

/** A `tsquery`: every wish by one of its alternatives, as a whole word or as the beginning of one. */
function wordsQuery(wishes: readonly WordAlternatives[], match: 'whole' | 'beginning'): string {
  const term = (word: string) => (match === 'beginning' && word.length >= shortestPrefix ? `${quoted(word)}:*` : quoted(word));
  return wishes.map((alternatives) => `(${alternatives.map(term).join(' | ')})`).join(' & ');
}

/** A table with the distinct words of a catalogue: one column `word` in C collation with a trigram index. Named by code, never by input. */
export type WordTable = `${string}_words`;

/** Adds words to the distinct words; in one order, so that commands that add the same words do not wait for each other in a circle. */
export async function rememberWords(manager: EntityManager, table: WordTable, words: readonly string[]): Promise<void> {
  const distinct = [...new Set(words)].sort();
  if (distinct.length === 0) return;
  await manager.query(
    `INSERT INTO ${table} (word)
     SELECT wanted.word FROM unnest($1::text[]) AS wanted(word)
     WHERE NOT EXISTS (SELECT FROM ${table} known WHERE known.word = wanted.word)
     ON CONFLICT DO NOTHING`,
    [distinct],
  );
}

/**
 * How similar (shared trigrams over all trigrams) a word must be to be looked at more closely. Two neighbouring letters exchanged in a word of seven leave a third.
 * It is the threshold that pg_trgm's operator % has where nobody has set another.
 */
const leastSimilarity = 0.3;

/** How many similar words are looked at more closely, and how many a misspelt one may stand for. */
const mostCandidates = 20;
const mostAlternatives = 3;

/**
 * How many slips make one word out of another: letters left out, added, changed, or exchanged with their neighbour (optimal string alignment distance).
 */
function slipsBetween(one: string, other: string): number {
  const [a, b] = [[...one], [...other]];
  let before: number[] = [];
  let row = [0, ...b.map((_letter, index) => index + 1)];
  for (const [i, letter] of a.entries()) {
    const next = [i + 1];
    for (const [j, wanted] of b.entries()) {
      const changed = (row[j] ?? 0) + (letter === wanted ? 0 : 1);
      const isExchanged = i > 0 && j > 0 && letter === b[j - 1] && a[i - 1] === wanted;
      const exchanged = isExchanged ? (before[j - 1] ?? 0) + 1 : changed;
      next.push(Math.min(changed, exchanged, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    [before, row] = [row, next];
  }
  return row[b.length] ?? 0;
}

/** The words that a misspelt one most likely stands for: those with the fewest slips, and with no more of them than its length excuses. */
function likelyWords(word: string, candidates: readonly string[]): readonly string[] {
  const excused = word.length < 4 ? 0 : word.length < 8 ? 1 : 2;
  const slips = new Map(candidates.map((candidate) => [candidate, slipsBetween(word, candidate)]));
  const fewest = Math.min(excused, ...slips.values());
  return candidates.filter((candidate) => slips.get(candidate) === fewest).slice(0, mostAlternatives);
}

/** What a word of a search may stand for: itself, and where no word of the catalogue is or begins so, the words it may be a misspelling of. */
export async function wordAlternatives(manager: EntityManager, table: WordTable, words: readonly string[]): Promise<WordAlternatives[]> {
  // A number is never a misspelt one.
  const spelt = words.filter((word) => !/\p{N}/u.test(word));
  if (spelt.length === 0) return words.map((word) => [word]);
  const rows = await manager.query<{ word: string; alike: string[] }[]>(
    `SELECT wanted.word, ARRAY(
       SELECT known.word FROM ${table} known
       WHERE known.word % wanted.word AND similarity(known.word, wanted.word) >= ${String(leastSimilarity)}
       ORDER BY similarity(known.word, wanted.word) DESC, known.word LIMIT ${String(mostCandidates)}
     ) AS alike
     FROM unnest($1::text[]) AS wanted(word)
     WHERE NOT EXISTS (SELECT FROM ${table} known WHERE known.word >= wanted.word AND known.word < wanted.word || U&'\\+10FFFF')`,
    [spelt],
  );
  const alike = new Map(rows.map((row) => [row.word, row.alike]));
  return words.map((word) => [word, ...likelyWords(word, alike.get(word) ?? [])]);
}
