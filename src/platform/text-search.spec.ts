import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { searchTerms, searchWish } from './text-search.js';

describe('the terms of a text', () => {
  it('are its words without case, accents and width', () => {
    expect(searchTerms(['Éradication de la Pauvreté']).words).toEqual(['de', 'eradication', 'la', 'pauvrete']);
    expect(searchTerms(['ＣＭＰＴ－１２８']).words).toEqual(['128', 'cmpt']);
    expect(searchTerms(['İktisada Giriş, Ørsted, Straße, Łódź']).words).toEqual(['giris', 'iktisada', 'lodz', 'orsted', 'strasse']);
    expect(searchTerms(['Й Ё экономика']).words).toEqual(['е', 'и', 'экономика']);
  });

  it('keep the vowel signs of Indic scripts, and drop the points of Arabic and Hebrew', () => {
    expect(searchTerms(['परिचय']).words).toEqual(['परिचय']);
    expect(searchTerms(['كِتَاب']).words).toEqual(['كتاب']);
    expect(searchTerms(['שָׁלוֹם']).words).toEqual(['שלום']);
  });

  it('are single characters and pairs of neighbours where a script has no blanks', () => {
    expect(searchTerms(['中国画']).pairs).toEqual(['中', '中国', '国', '国画', '画']);
    expect(searchTerms(['Java程序']).words).toEqual(['java']);
    expect(searchTerms(['Java程序']).pairs).toEqual(['序', '程', '程序']);
    expect(searchTerms(['데이터']).pairs).toEqual(['데', '데이', '이', '이터', '터']);
    expect(searchTerms(['コース']).pairs).toContain('ース');
  });

  it('count the shortest text', () => {
    expect(searchTerms(['Poverty Eradication in China', '消除贫困']).size).toBe(3);
    expect(searchTerms(['Art']).size).toBe(1);
  });

  it('are a tsvector that needs no escaping', () => {
    expect(searchTerms([`it's a \\'trap\\': x & y | !z`]).vector).toBe(`'a' 'it' 's' 'trap' 'x' 'y' 'z'`);
  });

  it('are found by any part of the text, cut at blanks', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1, maxLength: 6 }), (parts) => {
        const terms = searchTerms([parts.join(' ')]);
        for (const part of parts) {
          const wish = searchWish(part);
          for (const word of wish.words) expect(terms.words).toContain(word);
          for (const pair of wish.pairs) expect(terms.pairs).toContain(pair);
        }
      }),
    );
  });
});

describe('a wish', () => {
  it('asks for pairs, and for a single character only where it stands alone', () => {
    expect(searchWish('中国 画 art')).toEqual({ words: ['art'], pairs: ['中国', '画'] });
  });

  it('is empty without a letter or a digit, and never endless', () => {
    expect(searchWish('?! — 。')).toEqual({ words: [], pairs: [] });
    expect(searchWish(Array.from({ length: 500 }, (_, n) => `w${String(n)}`).join(' ')).words).toHaveLength(24);
    expect(searchWish('x'.repeat(5000)).words).toEqual(['x'.repeat(60)]);
  });
});
