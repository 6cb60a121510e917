const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** The words of a piece of HTML, in one line. Nothing of it is ever shown as HTML. */
export function plainText(html: string): string {
  return html
    .replace(/<[^>]*>/g, ' ')
    .replace(/&(?:#(\d{1,6})|([a-z]+));/gi, (whole: string, number: string | undefined, name: string | undefined) => {
      if (number !== undefined) return String.fromCodePoint(Number(number));
      return entities[(name ?? '').toLowerCase()] ?? whole;
    })
    .replace(/[\s\uFEFF]+/gu, ' ')
    .trim();
}
