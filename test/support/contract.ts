import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { fullFormats } from 'ajv-formats/dist/formats.js';
import { parse } from 'yaml';
import { projectRoot } from '../../src/platform/project-root.js';

/**
 * Holds answers against openapi.yaml, and holds it tight: every object of a response is closed, so that an undeclared field, status or media type
 * fails the test that met it.
 */

/** What of an answer is held: supertest's, or any other client's. */
export interface Answer {
  readonly status: number;
  /** The media type, without parameters. */
  readonly type: string;
  readonly text: string;
}

type Json = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function objectAt(value: unknown, ...path: readonly string[]): Json {
  let here: unknown = value;
  for (const key of path) here = isObject(here) ? here[key] : undefined;
  return isObject(here) ? here : {};
}

const document: unknown = parse(readFileSync(join(projectRoot, 'openapi.yaml'), 'utf8'));

/** The keywords under which schemas lie that describe the same value; those are closed together, where the value is used. */
const combining = ['allOf', 'anyOf', 'oneOf'];

/** A schema where a value is used: closed to fields that nothing in it, nor in what it combines, declares. */
function closed(schema: unknown): unknown {
  if (!isObject(schema)) return schema;
  const whole = closedInside(schema);
  const isOpen = 'additionalProperties' in schema || 'unevaluatedProperties' in schema;
  return isOpen ? whole : { ...whole, unevaluatedProperties: false };
}

/** A schema that is part of another one: only the values inside it are closed. */
function closedInside(schema: Json): Json {
  const entries = Object.entries(schema).map(([keyword, value]): [string, unknown] => {
    if (keyword === 'properties' && isObject(value)) return [keyword, closedEach(value)];
    if (keyword === 'items' || keyword === 'additionalProperties') return [keyword, closed(value)];
    if (combining.includes(keyword) && Array.isArray(value)) {
      return [keyword, value.map((part: unknown) => (isObject(part) ? closedInside(part) : part))];
    }
    return [keyword, value];
  });
  return Object.fromEntries(entries);
}

function closedEach(schemas: Json): Json {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, closed(schema)]));
}

function closedParts(schemas: Json): Json {
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, isObject(schema) ? closedInside(schema) : schema]));
}

const ajv = new Ajv2020({ allErrors: true, strict: false, formats: fullFormats });
ajv.addSchema({ $id: 'service:', components: { schemas: closedParts(objectAt(document, 'components', 'schemas')) } });

const validators = new Map<string, ValidateFunction>();

/** References of the document lead into the document that ajv knows. */
function absolute(schema: unknown): unknown {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"service:#/components/'));
}

function validatorOf(key: string, schema: unknown): ValidateFunction {
  const known = validators.get(key);
  if (known !== undefined) return known;
  const wanted = absolute(closed(schema));
  const compiled = ajv.compile(isObject(wanted) ? wanted : {});
  validators.set(key, compiled);
  return compiled;
}

interface Template {
  readonly template: string;
  readonly pattern: RegExp;
}

/** `/v1/courses/{id}` as a pattern; what is fixed comes before what is not, so that `/me` wins over `/{id}`. */
const templates: readonly Template[] = Object.keys(objectAt(document, 'paths'))
  .sort((one, other) => (one.replaceAll('{', '~') < other.replaceAll('{', '~') ? -1 : 1))
  .map((template) => ({ template, pattern: new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{[^}]+\}/g, '[^/]+')}$`) }));

function resolved(response: Json): Json {
  const reference = response['$ref'];
  return typeof reference === 'string' ? objectAt(document, ...reference.slice(2).split('/')) : response;
}

/** What is wrong with an answer; nothing when it is as declared. */
function faultOf(method: string, path: string, answer: Answer): string | undefined {
  const template = templates.find(({ pattern }) => pattern.test(path.split('?')[0] ?? ''))?.template;
  const operation = objectAt(document, 'paths', template ?? '', method);
  // What is no operation can only be answered by one thing.
  const responses = 'responses' in operation ? objectAt(operation, 'responses') : { 404: { $ref: '#/components/responses/Problem404' } };
  const status = String(answer.status);
  if (!(status in responses)) return `the status ${status} is not declared`;
  const content = objectAt(resolved(objectAt(responses, status)), 'content');
  const mediaType = answer.type;
  if (Object.keys(content).length === 0) return answer.text === '' ? undefined : 'no body is declared';
  if (!(mediaType in content)) return `the media type ${mediaType} is not declared`;
  if (!/[/+]json$/.test(mediaType)) return undefined;
  const validate = validatorOf(`${method} ${template ?? ''} ${status} ${mediaType}`, objectAt(content, mediaType, 'schema'));
  if (validate(JSON.parse(answer.text))) return undefined;
  return ajv.errorsText(validate.errors, { separator: '\n  ' });
}

/** Throws when an answer is not what openapi.yaml declares. */
export function holdToContract(method: string, path: string, answer: Answer): void {
  const fault = faultOf(method.toLowerCase(), path, answer);
  if (fault === undefined) return;
  throw new Error(`${method.toUpperCase()} ${path} answered ${String(answer.status)} against openapi.yaml:\n  ${fault}\n${answer.text}`);
}
