import { applyDecorators, type ArgumentMetadata, Injectable, type PipeTransform, type Type as Class, ValidationPipe } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsObject,
  registerDecorator,
  ValidateIf,
  ValidateNested,
  type ValidationError,
  type ValidatorOptions,
} from 'class-validator';
import { type FieldError, Problem } from '../kernel/index.js';
import { mostErrors, pointerToken } from './json-body.js';
import { jsonShapeContext, sentenceOf, shapeErrors } from './json-schema.js';

/** May be left out, but not `null`: for class-validator's own `@IsOptional()` the two are the same. */
export function MayBeAbsent(): PropertyDecorator {
  return ValidateIf((_object, value: unknown) => value !== undefined);
}

/** class-validator takes a list for an object with no fields. */
function IsPlainObject(each: boolean): PropertyDecorator {
  return (target, property) => {
    registerDecorator({
      name: 'isPlainObject',
      target: target.constructor,
      propertyName: String(property),
      options: { each, message: 'must be an object' },
      validator: { validate: (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value) },
    });
  };
}

/** A field that is itself a form. */
export function Nested(form: () => Class): PropertyDecorator {
  return applyDecorators(Type(form), IsObject(), IsPlainObject(false), ValidateNested());
}

/** A field that is a list of forms, of which it takes only so many. */
export function NestedList(form: () => Class, maximum: number): PropertyDecorator {
  return applyDecorators(
    // Swagger tells a class that is looked up later from a class by the name of the function: it must be `type`.
    ApiProperty({ type: () => form(), isArray: true, maxItems: maximum }),
    Type(form),
    IsArray(),
    ArrayMaxSize(maximum),
    IsPlainObject(true),
    ValidateNested({ each: true }),
  );
}

/** Our words where class-validator's speak of its own workings. */
const ownWords: Readonly<Record<string, string>> = {
  whitelistValidation: 'is not a known field',
  nestedValidation: 'must be an object',
  unknownValue: 'must be an object',
};

type Naming = (parent: string, property: string) => string;

/** A field of the body is named by its JSON Pointer. */
const pointers: Naming = (parent, property) => parent + pointerToken(property);

/** A parameter is named by its name. */
const names: Naming = (parent, property) => (parent === '' ? property : `${parent}.${property}`);

function errorsOf(error: ValidationError, parent: string, naming: Naming): FieldError[] {
  const pointer = naming(parent, error.property);
  const shape = jsonShapeContext(error);
  const own = shape === undefined ? Object.entries(error.constraints ?? {}) : [];
  return [
    ...own.map(([name, message]) => ({ pointer, detail: ownWords[name] ?? message })),
    ...(shape === undefined ? [] : shapeErrors(shape, error.value).map((found) => ({ ...found, pointer: pointer + found.pointer }))),
    ...(error.children ?? []).flatMap((child) => errorsOf(child, pointer, naming)),
  ];
}

/** One refusal that names every invalid field at once, each kind of fault once. */
function refusal(errors: readonly ValidationError[], naming: Naming): Problem {
  const found = errors.flatMap((error) => errorsOf(error, '', naming)).slice(0, mostErrors);
  const distinct = [...new Map(found.map((error) => [`${error.pointer} ${error.detail}`, error])).values()];
  return new Problem('validationFailed', sentenceOf(distinct.length), distinct);
}

function pipe(naming: Naming): ValidationPipe {
  const validatorOptions: ValidatorOptions = {
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    validationError: { target: false, value: true },
  };
  return new ValidationPipe({ ...validatorOptions, transform: true, exceptionFactory: (errors) => refusal(errors, naming) });
}

/** Every body and every query string against the class of its form: what is unknown, missing or wrong is refused, all of it at once. */
@Injectable()
export class FormPipe implements PipeTransform {
  private readonly body = pipe(pointers);
  private readonly parameters = pipe(names);

  async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    if (metadata.type === 'body') {
      // Nest would take it for an absent body, and that for a form without fields.
      if (value === null) throw new Problem('validationFailed', sentenceOf(1), [{ pointer: '', detail: 'must be an object' }]);
      return this.body.transform(value, metadata);
    }
    if (metadata.type === 'query' && typeof value === 'object' && value !== null) refuseReserved(value);
    // What a path holds is text that its own pipe reads; Nest's conversion to numbers would make NaN of it.
    return metadata.type === 'query' ? this.parameters.transform(value, metadata) : value;
  }
}

/** A name that every object has would pass for a known parameter. */
function refuseReserved(query: object): void {
  const reserved = Object.keys(query).filter((name) => name in Object.prototype);
  if (reserved.length === 0) return;
  throw new Problem(
    'validationFailed',
    'The request has parameters that are not known.',
    reserved.slice(0, mostErrors).map((pointer) => ({ pointer, detail: 'is not a known parameter' })),
  );
}
