import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { registerDecorator, type ValidationArguments } from 'class-validator';
import { componentsPath, FieldChecks, isCalendarDate, kernelSchemas, languageTagPattern, maximumCredits } from '../kernel/index.js';
import { JsonShape, registerSchemas } from './json-schema.js';

/** A UUID in either case; ids are compared and stored in lower case. */
const idPattern = /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/;

registerSchemas({
  ...kernelSchemas,
  LanguageTags: {
    type: 'array',
    description: 'Languages by BCP 47 tag.',
    items: { type: 'string', pattern: languageTagPattern.source },
    maxItems: 50,
    uniqueItems: true,
  },
  Ids: {
    type: 'array',
    description: 'Ids of resources.',
    items: { type: 'string', pattern: idPattern.source },
    maxItems: 1000,
    uniqueItems: true,
  },
});

/** What is wrong with a value; undefined when nothing is. */
type FaultOf = (value: unknown) => string | undefined;

/** A field held to a check of ours, whose sentence is the error's. */
function held(name: string, faultOf: FaultOf): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: (value: unknown) => faultOf(value) === undefined,
        defaultMessage: (args?: ValidationArguments) => faultOf(args?.value) ?? 'is invalid',
      },
    });
  };
}

/** The first thing that the kernel's checks find wrong with a number. */
function numberFault(value: unknown, check: (checks: FieldChecks, number: number) => void): string | undefined {
  const checks = new FieldChecks();
  check(checks, typeof value === 'number' ? value : Number.NaN);
  return checks.errors[0]?.detail;
}

/** An amount of credit: 0 to 100,000 with at most three decimals. */
export function IsCredits(): PropertyDecorator {
  return applyDecorators(
    ApiProperty({ type: 'number', minimum: 0, maximum: maximumCredits }),
    held('isCredits', (value) =>
      numberFault(value, (checks, number) => {
        checks.credits('', number);
      }),
    ),
  );
}

/** Hours, weeks and the like: more than 0, with at most three decimals. */
export function IsAmount(maximum: number): PropertyDecorator {
  const fault = (value: unknown) =>
    value === 0
      ? 'must be more than 0'
      : numberFault(value, (checks, number) => {
          checks.amount('', number, maximum);
        });
  return applyDecorators(ApiProperty({ type: 'number', minimum: 0.001, maximum }), held('isAmount', fault));
}

/** A date that exists, as `YYYY-MM-DD`. */
export function IsCalendarDate(): PropertyDecorator {
  const isDate = (value: unknown) => typeof value === 'string' && isCalendarDate(value);
  return applyDecorators(
    ApiProperty({ type: 'string', format: 'date' }),
    held('isCalendarDate', (value) => (isDate(value) ? undefined : 'must be a date that exists, as YYYY-MM-DD')),
  );
}

/** A short text that a person can read in one line: no blanks at its ends, no control characters. */
export function IsOneLine(maximum: number): PropertyDecorator {
  const isOneLine = (value: unknown) =>
    typeof value === 'string' && value !== '' && value.trim() === value && !/\p{Cc}/u.test(value) && [...value].length <= maximum;
  const sentence = `must be a text of 1 to ${String(maximum)} characters in one line, without blanks at its ends`;
  return applyDecorators(
    ApiProperty({ type: 'string', minLength: 1, maxLength: maximum }),
    held('isOneLine', (value) => (isOneLine(value) ? undefined : sentence)),
  );
}

/** One BCP 47 tag. */
export function IsLanguageTag(): PropertyDecorator {
  const isTag = (value: unknown) => typeof value === 'string' && languageTagPattern.test(value);
  return applyDecorators(
    ApiProperty({ type: 'string', pattern: languageTagPattern.source }),
    held('isLanguageTag', (value) => (isTag(value) ? undefined : 'must be a BCP 47 tag such as en or zh-Hans')),
  );
}

/** The id of a resource. */
export function IsId(): PropertyDecorator {
  const isId = (value: unknown) => typeof value === 'string' && idPattern.test(value);
  return applyDecorators(
    ApiProperty({ type: 'string', format: 'uuid' }),
    Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.toLowerCase() : value)),
    held('isId', (value) => (isId(value) ? undefined : 'must be the id of a resource, a UUID')),
  );
}

/** A list of ids, none twice. */
export function IsIds(): PropertyDecorator {
  const lowered = (value: unknown) => (typeof value === 'string' ? value.toLowerCase() : value);
  return applyDecorators(
    Transform(({ value }: { value: unknown }) => (Array.isArray(value) ? value.map(lowered) : value)),
    JsonShape('Ids'),
  );
}

/** A text in one or more languages. */
export function IsLocalisedText(): PropertyDecorator {
  return JsonShape('LocalisedText');
}

/** Days from one to another, either end open. That it has a day at all is left to the domain. */
export function IsPeriod(): PropertyDecorator {
  return JsonShape('Period');
}

/** A list of BCP 47 tags. */
export function IsLanguageTags(): PropertyDecorator {
  return JsonShape('LanguageTags');
}

/** Says which registered schema a field of a View has. */
export function Shaped(schema: string): PropertyDecorator {
  return ApiProperty({ allOf: [{ $ref: componentsPath + schema }] });
}
