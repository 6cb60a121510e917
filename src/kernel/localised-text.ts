/** A text in one or more languages, keyed by BCP 47 tag: `{ "en": "Poverty Eradication", "zh": "消除贫困" }`. */
export type LocalisedText = Readonly<Record<string, string>>;

/** A BCP 47 tag in the shape the service accepts: language, then optional script, region and variants. */
export const languageTagPattern = /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-[a-zA-Z0-9]{4,8})*$/;

/** The text in the first of the wanted languages that exists (exact tag, then its primary language), else English, else the first by tag. */
export function textIn(text: LocalisedText, languages: readonly string[]): string {
  const entries = Object.entries(text).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const wanted of [...languages, 'en']) {
    const primary = wanted.split('-')[0];
    const entry = entries.find(([tag]) => tag === wanted) ?? entries.find(([tag]) => tag.split('-')[0] === primary);
    if (entry !== undefined) return entry[1];
  }
  return entries[0] === undefined ? '' : entries[0][1];
}
