import { expect } from '@jest/globals';
import { validateTerms } from '../../src/agreements/domain/index.js';
import { readAssistAgreement } from '../../src/formats/assist/index.js';
import { type AssistImport, importAssist } from '../../src/imports/domain/index.js';
import { validateProgramme } from '../../src/programmes/domain/index.js';
import { type AssetFacts, assistFileOf, type RowFacts, type SectionFacts } from './assist-file.js';

/** The import of a file; whatever it is, its terms and its programme are valid. */
export function importFile(file: string): AssistImport {
  const reading = readAssistAgreement(file);
  if (!reading.ok) throw new Error(JSON.stringify(reading.errors));
  const result = importAssist(reading.value, { sending: 'smc', receiving: 'ucsd', programme: 'p1' });
  expect(validateTerms(result.terms)).toEqual([]);
  if (result.programme !== undefined) expect(validateProgramme(result.programme)).toEqual([]);
  return result;
}

/** The import of a file of these parts. */
export function imported(...assets: readonly AssetFacts[]): AssistImport {
  return importFile(assistFileOf(...assets));
}

/** A line of the agreement as a reader sees it: "MATH 20A" from [["MATH 7", "MATH 8"]], several groups joined by OR. */
export function line(code: string, ...groups: readonly (readonly string[])[]): RowFacts {
  const joins = groups.slice(1).map((_, index) => ['Or', index, index + 1] as const);
  return {
    receiving: { code },
    articulation: { groups: groups.map((codes) => ({ courses: codes.map((sending) => ({ code: sending })) })), joins },
  };
}

export function section(...rows: readonly RowFacts[]): SectionFacts {
  return { rows };
}

/** Code and place of what was not carried over. */
export function exceptionsOf({ exceptions }: AssistImport) {
  return exceptions.map(({ code, where }) => ({ code, ...where }));
}
