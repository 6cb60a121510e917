import { describe, expect, it } from '@jest/globals';
import { languageTagPattern, type LocalisedText, textIn } from './localised-text.js';

describe('texts in several languages', () => {
  const text: LocalisedText = { en: 'Poverty Eradication', 'zh-Hans': '消除贫困', 'fr-CA': 'Éradication de la pauvreté' };

  it.each<[LocalisedText, readonly string[], string]>([
    [text, ['zh-Hans', 'en'], '消除贫困'],
    [text, ['zh-TW'], '消除贫困'],
    [text, ['tr', 'fr'], 'Éradication de la pauvreté'],
    [text, ['az'], 'Poverty Eradication'],
    [text, [], 'Poverty Eradication'],
    [{ zh: '一', 'zh-Hans': '二' }, ['zh-Hans'], '二'],
    [{ zh: '一', 'zh-Hans': '二' }, ['zh-Hant'], '一'],
    [{ tr: 'yoksulluk', id: 'kemiskinan' }, ['az'], 'kemiskinan'],
    [{}, ['en'], ''],
  ])('%j in %j is %j', (given, languages, expected) => {
    expect(textIn(given, languages)).toBe(expected);
  });

  it.each([
    ['en', true],
    ['zh-Hans', true],
    ['zh-Hans-CN', true],
    ['es-419', true],
    ['de-1996', true],
    ['az-Latn-AZ', true],
    ['EN', false],
    ['english', false],
    ['en_GB', false],
    ['', false],
  ])('%j is a language tag: %s', (tag, expected) => {
    expect(languageTagPattern.test(tag)).toBe(expected);
  });
});
