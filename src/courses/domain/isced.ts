/**
 * The fields of education and training of ISCED-F 2013 (UNESCO Institute for Statistics, ISCED Fields of Education and Training 2013, Appendix I): per narrow
 * field the last digits of its detailed fields.
 */
const detailedFields: Readonly<Record<string, string>> = {
  '001': '1',
  '002': '1',
  '003': '1',
  '011': '1234',
  '021': '12345',
  '022': '123',
  '023': '12',
  '031': '1234',
  '032': '12',
  '041': '1234567',
  '042': '1',
  '051': '12',
  '052': '12',
  '053': '123',
  '054': '12',
  '061': '123',
  '071': '123456',
  '072': '1234',
  '073': '12',
  '081': '12',
  '082': '1',
  '083': '1',
  '084': '1',
  '091': '1234567',
  '092': '123',
  '101': '12345',
  '102': '12',
  '103': '12',
  '104': '1',
};

const broadFields: ReadonlySet<string> = new Set(Object.keys(detailedFields).map((narrow) => narrow.slice(0, 2)));

/** What classifies no further (0), across fields (8) or as something else (9), at the narrow level. */
const residual = /^[089]$/;

/**
 * Whether a text is a code of ISCED-F 2013 with two digits (broad field), three (narrow) or four (detailed). 0 in the last place stands for “not further
 * defined”, 9 for “not elsewhere classified”, 88 for programmes across fields; 99, 999 and 9999 for an unknown field.
 */
export function isIscedField(code: string): boolean {
  if (/^9{2,4}$/.test(code)) return true;
  const [broad, narrow, digit] = [code.slice(0, 2), code.slice(0, 3), code.slice(3)];
  if (!/^\d{2,4}$/.test(code) || !broadFields.has(broad)) return false;
  if (code.length === 2) return true;
  const detailed = detailedFields[narrow];
  if (code.length === 3) return detailed !== undefined || residual.test(code.slice(2));
  if (detailed !== undefined) return detailed.includes(digit) || digit === '0' || digit === '9';
  // A residual narrow field has one detailed field, which repeats its digit: 0200, 0288, 0299.
  return residual.test(code.slice(2, 3)) && code.slice(2, 3) === digit;
}
