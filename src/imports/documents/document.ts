import type { Reading } from '../../formats/json/index.js';
import { Problem } from '../../kernel/index.js';

/** Where an agreement was taken from. */
export interface FromDocument {
  /** The document or system; without it the file says what it is. */
  readonly source?: string;
}

/** What a reader has read; a file of another shape is refused whole, with all its errors. */
export function contentOf<Content>(reading: Reading<Content>, what: string): Content {
  if (reading.ok) return reading.value;
  throw new Problem('validationFailed', `The file is not ${what}.`, reading.errors);
}
