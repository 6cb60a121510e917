import { Controller, Get, Header, Param } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { problemStatus } from '../kernel/index.js';
import { notFound } from './ids.js';
import { Languages, messageLanguage } from './languages.js';
import { Media } from './media-types.js';
import { isProblemCode, problemTexts } from './problem-texts.js';

@ApiTags('service')
@Controller('problems')
export class ProblemsController {
  /** What a kind of problem means; the `type` of every problem leads here. */
  @Get(':code')
  @Media({ produces: ['text/html'] })
  @Header('content-type', 'text/html; charset=utf-8')
  @ApiOkResponse({ schema: { type: 'string' } })
  show(@Param('code') code: string, @Languages() languages: readonly string[]): string {
    if (!isProblemCode(code)) throw notFound();
    const language = messageLanguage(languages);
    const { title, meaning } = problemTexts[code][language];
    return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><title>${title}</title></head>
<body><h1>${title}</h1><p>${meaning}</p><p><code>${code}</code>, HTTP ${String(problemStatus[code])}</p></body>
</html>
`;
  }
}
