import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiBody, ApiProperty } from '@nestjs/swagger';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { registerDecorator, type ValidationError } from 'class-validator';
import type { FastifyRequest } from 'fastify';
import {
  componentsPath,
  type FieldError,
  isWithinShape,
  type JsonSchema,
  kernelSchemas,
  Problem,
  type ShapeLimits,
} from '../kernel/index.js';
import { documentMethod } from './document-method.js';
import { mostErrors, pointerToken } from './json-body.js';

/** Enough for every rule and requirement tree that was met in real catalogues, with room to spare. */
const usualLimits: ShapeLimits = { depth: 16, nodes: 2000 };

const schemas = new Map<string, JsonSchema>(Object.entries(kernelSchemas));
const validators = new Map<string, (value: unknown) => readonly ErrorObject[]>();

/** Makes schemas known by name: to `@JsonShape`, and to openapi.yaml as components. */
export function registerSchemas(named: Readonly<Record<string, JsonSchema>>): void {
  for (const [name, schema] of Object.entries(named)) schemas.set(name, schema);
}

/** Every registered schema, for openapi.yaml. */
export function registeredSchemas(): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(schemas);
}

/** Compiled at the first use, when every module has registered its schemas; then kept. */
function validatorOf(name: string): (value: unknown) => readonly ErrorObject[] {
  const known = validators.get(name);
  if (known !== undefined) return known;
  if (!schemas.has(name)) throw new Error(`no schema is registered as ${name}`);
  const ajv = new Ajv2020({ allErrors: true, discriminator: true, strict: true, strictRequired: false, formats: fullFormats });
  ajv.addKeyword('components');
  ajv.addSchema({ $id: 'service:', components: { schemas: registeredSchemas() } });
  const compiled = ajv.compile({ $ref: `service:${componentsPath}${name}` });
  const validate = (value: unknown): readonly ErrorObject[] => (compiled(value) ? [] : (compiled.errors ?? []));
  validators.set(name, validate);
  return validate;
}

function parameter(error: ErrorObject, name: string): string {
  const value: unknown = Object.entries<unknown>(error.params).find(([key]) => key === name)?.[1];
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What ajv found in our words: where exactly, and what to do about it. */
function fieldError(error: ErrorObject): FieldError {
  const at = error.instancePath;
  switch (error.keyword) {
    case 'required':
      return { pointer: at + pointerToken(parameter(error, 'missingProperty')), detail: 'is required' };
    case 'additionalProperties':
      return { pointer: at + pointerToken(parameter(error, 'additionalProperty')), detail: 'is not a known field' };
    case 'unevaluatedProperties':
      return { pointer: at + pointerToken(parameter(error, 'unevaluatedProperty')), detail: 'is not a known field' };
    case 'discriminator':
      return { pointer: at + pointerToken(parameter(error, 'tag')), detail: 'is required and must name one of the known kinds' };
    case 'propertyNames':
      return { pointer: at + pointerToken(parameter(error, 'propertyName')), detail: 'is not an accepted name' };
    case 'enum':
      return { pointer: at, detail: `must be one of ${parameter(error, 'allowedValues')}` };
    case 'const':
      return { pointer: at, detail: `must be ${parameter(error, 'allowedValue')}` };
    default:
      return { pointer: at, detail: error.message ?? 'is invalid' };
  }
}

/** The sentence of a refusal of so many fields. */
export function sentenceOf(errors: number): string {
  return errors === 1 ? 'One field is invalid.' : `${String(errors)} fields are invalid.`;
}

/** Everything wrong with a value of a shape; no errors means that it is one. */
export function shapeErrors(shape: Shape, value: unknown): FieldError[] {
  const { depth, nodes } = shape.limits;
  if (!isWithinShape(value, shape.limits)) {
    return [
      { pointer: '', detail: `must not be nested more than ${String(depth)} objects deep or hold more than ${String(nodes)} objects` },
    ];
  }
  const errors = validatorOf(shape.schema)(value);
  // What is wrong with a name inside is reported once, by `propertyNames`.
  return errors
    .filter((error) => error.propertyName === undefined)
    .slice(0, mostErrors)
    .map(fieldError);
}

/** A registered schema together with the size it may have. */
export interface Shape {
  readonly schema: string;
  readonly limits: ShapeLimits;
}

function isShape(context: unknown): context is Shape {
  return typeof context === 'object' && context !== null && 'schema' in context && 'limits' in context;
}

const constraint = 'jsonShape';

/** The shape that a field failed to have, if that is what class-validator found. */
export function jsonShapeContext(error: ValidationError): Shape | undefined {
  const context: unknown = Object.entries<unknown>(error.contexts ?? {}).find(([name]) => name === constraint)?.[1];
  return isShape(context) ? context : undefined;
}

/**
 * A field held to a registered JSON Schema instead of a class: for recursive shapes and unions, which class-validator cannot check. The errors point
 * into the shape.
 */
export function JsonShape(schema: string, limits: ShapeLimits = usualLimits): PropertyDecorator {
  const shape: Shape = { schema, limits };
  return (target, property) => {
    // The type is known by reference only: what TypeScript tells about it (Object) says nothing.
    ApiProperty({ allOf: [{ $ref: componentsPath + schema }] })(target, property);
    registerDecorator({
      name: constraint,
      target: target.constructor,
      propertyName: String(property),
      options: { message: `must be a ${schema}`, context: shape },
      validator: { validate: (value: unknown) => shapeErrors(shape, value).length === 0 },
    });
  };
}

/**
 * `@ShapeBody('EvaluationRequest') request: EvaluationRequest`: a whole body held to a registered JSON Schema. For bodies of thousands of items, which
 * class-validator would take longer to check than the service to answer.
 */
export function ShapeBody(schema: string, limits: ShapeLimits = usualLimits): ParameterDecorator {
  const shape: Shape = { schema, limits };
  const decorator = createParamDecorator(
    (_data: undefined, context: ExecutionContext): unknown => {
      const { body } = context.switchToHttp().getRequest<FastifyRequest>();
      const errors = shapeErrors(shape, body);
      if (errors.length > 0) throw new Problem('validationFailed', sentenceOf(errors.length), errors);
      return body;
    },
    [documentMethod(ApiBody({ required: true, schema: { $ref: componentsPath + schema } }))],
  );
  return decorator();
}
