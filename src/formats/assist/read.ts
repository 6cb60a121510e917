import { type CalendarDate, type FieldError, isCalendarDate } from '../../kernel/index.js';
import { Place, readJson, type Reading } from '../json/index.js';
import type { AssistAgreement, AssistInstitution } from './agreement.js';
import { inOrder } from './in-order.js';
import { readArticulation } from './read-articulation.js';
import { readAsset } from './read-template.js';

/**
 * Reads the answer of the ASSIST API for one agreement by major. A file with a part that is missing or of another shape is refused whole,
 * with every error located by a JSON Pointer; a part of a type that is not known is read as unknown, for the importer to list.
 */
export function readAssistAgreement(file: Uint8Array | string): Reading<AssistAgreement> {
  const document = readJson(file);
  if (!document.ok) return document;
  const errors: FieldError[] = [];
  const value = readAnswer(Place.root(document.value, errors));
  return errors.length === 0 ? { ok: true, value } : { ok: false, errors };
}

function readAnswer(root: Place): AssistAgreement {
  if (!root.at('isSuccessful').boolean()) root.at('isSuccessful').reject('must be true: this is the answer to a request that failed');
  const result = root.at('result');
  // Agreements by department, by prefix or for general education have a template of another shape.
  result.at('type').oneOf(['Major']);
  const year = result.at('academicYear').embedded();
  return {
    name: result.at('name').text().trim(),
    academicYear: { code: year.at('code').text(), begin: readDay(year.at('beginDate')), end: readDay(year.at('endDate')) },
    catalogueYear: result.at('catalogYear').embedded().at('receivingCatalogYearBegin').integer(),
    sending: readInstitution(result.at('sendingInstitution').embedded()),
    receiving: readInstitution(result.at('receivingInstitution').embedded()),
    assets: inOrder(result.at('templateAssets').embedded()).map(readAsset),
    articulations: result.at('articulations').embedded().items().map(readArticulation),
  };
}

function readInstitution(place: Place): AssistInstitution {
  // The last name in the list of years is the one in use.
  const names = place
    .at('names')
    .items()
    .map((item) => ({ name: item.at('name').text().trim(), fromYear: item.at('fromYear').integer() }))
    .sort((a, b) => b.fromYear - a.fromYear)
    .map(({ name }) => name);
  const [name, ...formerNames] = names;
  if (name === undefined) place.at('names').reject('must have a name');
  return {
    id: place.at('id').integer(),
    code: place.at('code').text().trim(),
    name: name ?? '',
    formerNames,
    terms: place.at('termType').oneOf(['Semester', 'Quarter']),
  };
}

/** The day of a time stamp without a zone: "2024-10-01T00:00:00". */
function readDay(place: Place): CalendarDate {
  const day = place.text().slice(0, 10);
  if (isCalendarDate(day)) return day;
  place.reject('must begin with a date such as 2024-10-01');
  return '';
}
