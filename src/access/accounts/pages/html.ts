/** Markup that is safe to send: whatever was put into it has been escaped. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = string | Html | readonly Html[] | undefined;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function safe(part: Part): string {
  if (part === undefined) return '';
  if (typeof part === 'string') return part.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
  return part instanceof Html ? part.text : part.map(({ text }) => text).join('');
}

/** Markup out of a template: texts are escaped, for the inside of elements and of quoted attributes alike; other markup stays what it is. */
export function html(markup: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(markup.map((piece, index) => piece + safe(parts[index])).join(''));
}
