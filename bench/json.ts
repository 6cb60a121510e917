export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A text inside a document. */
export function textAt(document: unknown, field: string): string {
  const value = isObject(document) ? document[field] : undefined;
  if (typeof value !== 'string') throw new Error(`the answer has no ${field}: ${JSON.stringify(document)}`);
  return value;
}
