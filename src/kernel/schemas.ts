import { maximumCredits } from './credits.js';
import type { Grade } from './grade.js';
import { numberSchema, objectSchema, references, textSchema, type Components, type Schema } from './json-schema.js';
import { languageTagPattern, type LocalisedText } from './localised-text.js';
import type { CalendarDate, Period } from './period.js';

/** Words of the kernel that recursive shapes are made of, as named components. */
export interface KernelComponents {
  readonly LocalisedText: LocalisedText;
  readonly Period: Period;
  readonly Grade: Grade;
}

/** Lengths in characters, the same wherever such a text is taken. */
export const textLimits = {
  /** Ids of our own making and of others': institutions, rules, limits, requirements, scales, credit systems. */
  identifier: 100,
  /** Course and programme codes. */
  code: 60,
  /** Patterns over codes. */
  pattern: 40,
  /** A text a person wrote, in one language. */
  prose: 4000,
  /** Attributes of an award, grades and other short words. */
  word: 60,
} as const;

/** Languages one text may be written in. */
const maximumLanguages = 30;

export function identifierSchema(description: string): Schema<string> {
  return textSchema(description, { maxLength: textLimits.identifier });
}

export function codeSchema(description: string): Schema<string> {
  return textSchema(description, { maxLength: textLimits.code });
}

/** That it has at most three decimals cannot be said in a schema without binary floating point (`multipleOf`); validation says it. */
export function creditsSchema(description: string): Schema<number> {
  return numberSchema(`${description} At most three decimals.`, { minimum: 0, maximum: maximumCredits });
}

export function dateSchema(description: string): Schema<CalendarDate> {
  return textSchema(description, { minLength: 10, maxLength: 10, format: 'date' });
}

export function durationSchema(description: string): Schema<string> {
  return textSchema(`${description} ISO 8601 in whole years, months, weeks and days, such as P5Y or P18M.`, {
    minLength: 3,
    maxLength: 24,
  });
}

const localisedTextSchema: Schema<LocalisedText> = {
  type: 'object',
  description: 'A text in one or more languages, by BCP 47 tag.',
  minProperties: 1,
  maxProperties: maximumLanguages,
  propertyNames: { type: 'string', pattern: languageTagPattern.source },
  additionalProperties: { type: 'string', minLength: 1, maxLength: textLimits.prose },
};

/** The components that every recursive shape refers to. */
export const kernelSchemas: Components<KernelComponents> = {
  LocalisedText: localisedTextSchema,
  Period: objectSchema<Period>(
    'A period of days; an end that is absent is open.',
    {},
    { from: dateSchema('The first day.'), until: dateSchema('The last day, included.') },
  ),
  Grade: objectSchema<Grade>(
    'A grade on a named scale.',
    {
      scale: identifierSchema('The id of the grading scale.'),
      value: textSchema('The grade as the scale writes it.', { maxLength: textLimits.word }),
    },
    {},
  ),
};

/** References to the kernel's components. */
export const kernelRef = references<KernelComponents>();
