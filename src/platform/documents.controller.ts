import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { parse } from 'yaml';
import { Media } from './media-types.js';
import { projectRoot } from './project-root.js';

/** Where the description of the interface lies, written by `npm run openapi`. */
export const openApiFile = join(projectRoot, 'openapi.yaml');

@ApiTags('service')
@Controller()
export class DocumentsController {
  private text: string | undefined;

  /** The description of this interface, in YAML. */
  @Get('openapi.yaml')
  @Media({ produces: ['application/yaml'] })
  @Header('content-type', 'application/yaml')
  @ApiOkResponse({ schema: { type: 'string' } })
  yaml(): string {
    this.text ??= readFileSync(openApiFile, 'utf8');
    return this.text;
  }

  /** The description of this interface, in JSON. */
  @Get('openapi.json')
  @ApiOkResponse({ schema: { type: 'object', additionalProperties: true } })
  json(): unknown {
    return parse(this.yaml());
  }
}
