import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { languageTagPattern } from '../kernel/index.js';
import { documentMethod } from './document-method.js';

/** The languages that messages and explanations are written in. */
export const messageLanguages = ['en', 'zh', 'fr'] as const;
export type MessageLanguage = (typeof messageLanguages)[number];

/** More wishes than this nobody has. */
const mostLanguages = 20;

/** The tags of an Accept-Language header (RFC 9110, section 12.5.4), the most wanted first; what is no language tag is passed over. */
export function languagesOf(header: string | undefined): readonly string[] {
  const wishes = (header ?? '').split(',', mostLanguages).map((part) => {
    const [tag = '', ...parameters] = part.split(';').map((piece) => piece.trim());
    const weight = parameters.map((parameter) => /^q=(\d(?:\.\d{1,3})?)$/i.exec(parameter)?.[1]).find((value) => value !== undefined);
    return { tag, weight: Number(weight ?? 1) };
  });
  const usable = wishes.filter(({ tag, weight }) => weight > 0 && languageTagPattern.test(tag));
  return usable.sort((one, other) => other.weight - one.weight).map(({ tag }) => tag);
}

/** The first of the wanted languages that messages are written in; English where there is none. */
export function messageLanguage(languages: readonly string[]): MessageLanguage {
  for (const wanted of languages) {
    const spoken = messageLanguages.find((language) => language === wanted.split('-')[0]);
    if (spoken !== undefined) return spoken;
  }
  return 'en';
}

const documented = documentMethod(
  ApiHeader({
    name: 'Accept-Language',
    required: false,
    description: 'Languages of titles and explanations, by RFC 9110; messages are written in English, Chinese and French.',
    schema: { type: 'string', examples: ['zh-CN, en;q=0.8'] },
  }),
);

/** `@Languages() languages: readonly string[]`: what the caller reads, the most wanted first. */
export const Languages = createParamDecorator(
  (_data: undefined, context: ExecutionContext): readonly string[] =>
    languagesOf(context.switchToHttp().getRequest<FastifyRequest>().headers['accept-language']),
  [documented],
);
