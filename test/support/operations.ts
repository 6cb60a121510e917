import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { projectRoot } from '../../src/platform/project-root.js';

/** One operation of openapi.yaml. */
export interface Operation {
  readonly method: string;
  /** Its path as the document writes it. */
  readonly template: string;
  /** Its path with every parameter filled in by an id that names nothing. */
  readonly path: string;
  /** The media types of its body; none when it takes no body. */
  readonly bodies: readonly string[];
  /** Names of its query parameters. */
  readonly query: readonly string[];
}

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, DocumentedOperation>>>>;
}

interface DocumentedOperation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> };
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];
const nobody = '0190d7a0-0000-7000-8000-000000000000';

/** Every operation that the document declares, `inPath` in the place of its path parameters. */
export function operations(inPath = nobody): readonly Operation[] {
  const { paths } = parse(readFileSync(join(projectRoot, 'openapi.yaml'), 'utf8')) as Document;
  return Object.entries(paths).flatMap(([template, item]) =>
    Object.entries(item)
      .filter(([method]) => methods.includes(method))
      .map(([method, { parameters = [], requestBody }]) => ({
        method,
        template,
        path: template.replace(/\{[^}]+\}/g, inPath),
        bodies: Object.keys(requestBody?.content ?? {}),
        query: parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name),
      })),
  );
}
