import { STATUS_CODES } from 'node:http';
import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { stringify } from 'yaml';
import { componentsPath, type JsonSchema, type ProblemCode, problemStatus } from '../kernel/index.js';
import { etagExtension } from './etag.js';
import { isContainer } from './json-body.js';
import { registeredSchemas } from './json-schema.js';
import { pagedExtension } from './paging.js';
import { problemMediaType } from './problem.js';
import { problemCodes, problemTexts } from './problem-texts.js';
import { ProblemView } from './problem.view.js';

type PathItem = OpenAPIObject['paths'][string];
type Operation = NonNullable<PathItem['get']>;
type Responses = Operation['responses'];
type SecurityScheme = Parameters<DocumentBuilder['addSecurity']>[1];

/** What the document says about the service as a whole. */
export interface ApiDescription {
  readonly title: string;
  readonly version: string;
  readonly description: string;
  /** How a caller shows who they are; every operation that is not public asks for one of these. */
  readonly securitySchemes: Readonly<Record<string, SecurityScheme>>;
  /** Who may call an operation, `METHOD /path`. */
  readonly accessTo: (operation: string) => OperationAccess;
}

/** What the document says about who may call an operation. */
export interface OperationAccess {
  /** The scopes that a token must grant; undefined where no token is needed. */
  readonly scopes: readonly string[] | undefined;
  /** A sentence for the reader. */
  readonly sentence: string;
}

const methods = ['get', 'put', 'post', 'delete', 'patch'] as const;
type Method = (typeof methods)[number];

const hasParameter = (operation: Operation, place: string): boolean =>
  (operation.parameters ?? []).some((parameter) => 'in' in parameter && parameter.in === place);

const takesHeader = (operation: Operation, name: string): boolean =>
  (operation.parameters ?? []).some((parameter) => 'in' in parameter && parameter.in === 'header' && parameter.name === name);

/** Which refusals an operation can answer with, told from its shape: the one place where that is decided. */
function problemsOf(method: Method, operation: Operation, { scopes }: OperationAccess): ProblemCode[] {
  const takesBody = operation.requestBody !== undefined;
  const codes: [boolean, ProblemCode[]][] = [
    // A token that is sent although none is needed must be valid.
    [true, ['malformed', 'unauthenticated', 'notAcceptable', 'rateLimited', 'unavailable']],
    [scopes !== undefined, ['forbidden']],
    [hasParameter(operation, 'path'), ['notFound']],
    [hasParameter(operation, 'query'), ['validationFailed']],
    [takesBody, ['validationFailed', 'tooLarge', 'unsupportedMediaType']],
    [method !== 'get', ['conflict', 'ruleViolated']],
    [takesHeader(operation, 'If-Match'), ['preconditionFailed', 'preconditionRequired']],
  ];
  return codes.flatMap(([applies, some]) => (applies ? some : []));
}

/** One response per status: both kinds of 422 are one. */
function sharedResponses(): Record<string, NonNullable<Responses[string]>> {
  // A 500 is a defect: no operation promises one.
  const statuses = [...new Set<number>(Object.values(problemStatus))].filter((status) => status !== problemStatus.internal);
  const schema = { $ref: `#/components/schemas/${ProblemView.name}` };
  return Object.fromEntries(
    statuses.sort().map((status) => {
      const meanings = problemCodes.filter((code) => problemStatus[code] === status);
      const description = meanings.map((code) => `\`${code}\`: ${problemTexts[code].en.meaning}`).join(' ');
      return [`Problem${String(status)}`, { description, content: { [problemMediaType]: { schema } } }];
    }),
  );
}

/** Every answer that succeeds tells its request's id; some tell more. */
function headersOf(operation: Operation): Record<string, object> {
  const text = { type: 'string' };
  return {
    'X-Request-Id': { description: 'The id of this request in our log.', schema: text },
    ...(etagExtension in operation ? { ETag: { description: 'The version of the resource, for If-Match.', schema: text } } : {}),
    ...(pagedExtension in operation ? { Link: { description: 'The next page, by RFC 8288.', schema: text } } : {}),
  };
}

/** OpenAPI wants a description for every response; where the code has none, HTTP's own word for the status says it. */
function describedAs(status: string, description: string): { description: string } {
  return { description: description === '' ? (STATUS_CODES[status] ?? 'Success') : description };
}

function completeResponses(method: Method, operation: Operation, access: OperationAccess): Responses {
  // Keys that are whole numbers keep their order, whichever comes first.
  const responses: Responses = {};
  if (method === 'get' && etagExtension in operation) responses['304'] = { description: 'You have this version already.' };
  for (const code of problemsOf(method, operation, access)) {
    const status = String(problemStatus[code]);
    responses[status] = { $ref: `#/components/responses/Problem${status}` };
  }
  for (const [status, response] of Object.entries(operation.responses)) {
    if (response === undefined || '$ref' in response) responses[status] = response;
    else
      responses[status] = {
        ...response,
        ...describedAs(status, response.description),
        headers: { ...headersOf(operation), ...response.headers },
      };
  }
  return responses;
}

/** The extensions were notes to this writer. */
function withoutNotes(operation: Operation): Operation {
  const copy = { ...operation };
  for (const note of [etagExtension, pagedExtension]) Reflect.deleteProperty(copy, note);
  return copy;
}

const idempotencyKeyParameter: NonNullable<Operation['parameters']>[number] = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Any text of your own, a UUID for instance. Repeated with the same key within 24 hours, the request has one effect and one answer.',
  schema: { type: 'string', minLength: 1, maxLength: 255 },
};

function completeOperation(method: Method, path: string, operation: Operation, { securitySchemes, accessTo }: ApiDescription): Operation {
  const access = accessTo(`${method.toUpperCase()} ${path}`);
  const { scopes } = access;
  return {
    ...withoutNotes(operation),
    description: [operation.description, access.sentence].filter((text) => text !== undefined && text !== '').join('\n\n'),
    ...(method === 'post' ? { parameters: [...(operation.parameters ?? []), idempotencyKeyParameter] } : {}),
    security: scopes === undefined ? [] : Object.keys(securitySchemes).map((name) => ({ [name]: [...scopes] })),
    responses: completeResponses(method, operation, access),
  };
}

function completePath(path: string, item: PathItem, description: ApiDescription): PathItem {
  const complete = { ...item };
  for (const method of methods) {
    const operation = item[method];
    if (operation !== undefined) complete[method] = completeOperation(method, path, operation, description);
  }
  return complete;
}

function sorted<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([one], [other]) => (one < other ? -1 : 1)));
}

/** The constant that a named schema gives its tag. */
function tagOf(reference: string, tag: string, schemas: Readonly<Record<string, JsonSchema>>): string | undefined {
  const properties = schemas[reference.slice(componentsPath.length)]?.['properties'];
  const property = isContainer(properties) ? properties[tag] : undefined;
  return isContainer(property) && typeof property['const'] === 'string' ? property['const'] : undefined;
}

/** Generators of clients take a tag for the name of a schema unless a mapping says better; a validator needs none, so the schemas have none. */
function withMapping(schema: JsonSchema, schemas: Readonly<Record<string, JsonSchema>>): JsonSchema {
  const { discriminator, oneOf } = schema;
  if (!isContainer(discriminator) || !Array.isArray(oneOf)) return schema;
  const mapping: Record<string, string> = {};
  for (const variant of oneOf as readonly unknown[]) {
    const reference = isContainer(variant) ? String(variant['$ref']) : '';
    const tag = tagOf(reference, String(discriminator['propertyName']), schemas);
    if (tag !== undefined) mapping[tag] = reference;
  }
  return { ...schema, discriminator: { ...discriminator, mapping } };
}

function namedSchemas(): Record<string, JsonSchema> {
  const schemas = registeredSchemas();
  return Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, withMapping(schema, schemas)]));
}

/** Writes the description of the interface from the controllers and forms of an app; the same code gives the same document. */
export function describeApi(app: INestApplication, description: ApiDescription): OpenAPIObject {
  const builder = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle(description.title)
    .setVersion(description.version)
    .setDescription(description.description);
  for (const [name, scheme] of Object.entries(description.securitySchemes)) builder.addSecurity(name, scheme);
  const document = SwaggerModule.createDocument(app, builder.build(), {
    extraModels: [ProblemView],
    operationIdFactory: (controller, method) =>
      controller.replace(/Controller$/, '').replace(/^./, (letter) => letter.toLowerCase()) +
      method.replace(/^./, (letter) => letter.toUpperCase()),
  });
  const paths = Object.fromEntries(Object.entries(document.paths).map(([path, item]) => [path, completePath(path, item, description)]));
  const schemas = sorted({ ...document.components?.schemas, ...namedSchemas() });
  return {
    openapi: document.openapi,
    info: { title: description.title, version: description.version, description: description.description },
    paths: sorted(paths),
    components: { ...document.components, schemas, responses: sharedResponses() },
  };
}

/** The document as the text of openapi.yaml. */
export function openApiText(document: OpenAPIObject): string {
  // Readers of YAML 1.1 take a bare `on` for true.
  return stringify(document, { lineWidth: 0, aliasDuplicateObjects: false, compat: 'yaml-1.1' });
}
