import type { Place } from '../json/index.js';
import type { AssistAdvisement, AssistAsset, AssistCell, AssistGroup, AssistInstruction, AssistRow, AssistSection } from './agreement.js';
import { inOrder } from './in-order.js';
import { readReceiving, readRemarks } from './read-course.js';

export function readAsset(place: Place): AssistAsset {
  const type = place.at('type').text();
  switch (type) {
    case 'RequirementGroup':
      return readGroup(place);
    case 'RequirementTitle':
    case 'GeneralTitle':
    case 'GeneralText':
      return { kind: type, pointer: place.pointer, content: place.at('content').text().trim() };
    default:
      return { kind: 'unknown', pointer: place.pointer, type };
  }
}

function readGroup(place: Place): AssistGroup {
  const instruction = place.optional('instruction');
  return {
    kind: 'group',
    pointer: place.pointer,
    ...(instruction === undefined ? {} : { instruction: readInstruction(instruction) }),
    advisements: readAdvisements(place),
    remarks: readRemarks(place, ['attributes']),
    sections: inOrder(place.at('sections')).map(readSection),
  };
}

function readInstruction(place: Place): AssistInstruction {
  const type = place.at('type').text();
  switch (type) {
    case 'Following':
      return { kind: type };
    case 'Conjunction':
      return { kind: type, conjunction: place.at('conjunction').oneOf(['And', 'Or']) };
    case 'NFromArea': {
      const courses = readCount(place);
      return courses === undefined ? unknownInstruction(place) : { kind: type, courses };
    }
    case 'NFromConjunction': {
      const conjunction = place.at('conjunction').oneOf(['And', 'Or']);
      const courses = readCount(place);
      return courses === undefined ? unknownInstruction(place) : { kind: type, courses, conjunction };
    }
    default:
      return unknownInstruction(place);
  }
}

function unknownInstruction(place: Place): AssistInstruction {
  return { kind: 'unknown', description: place.json() };
}

/** Fields that would turn "n courses" into something else ("n to m", "at least n", an area of its own), with the value that says they do not. */
const plainCount: Readonly<Record<string, string | number>> = {
  amountQuantifier: 'None',
  toAmountDeterminer: 'None',
  toAmount: 0,
  areaType: 'None',
};

/** How many courses are asked for; undefined where the file asks for anything else than a whole number of courses. */
function readCount(place: Place): number | undefined {
  const amount = place.at('amount').number();
  if (place.at('amountUnitType').text() !== 'Course' || !Number.isSafeInteger(amount) || amount < 1) return undefined;
  const isPlain = Object.entries(plainCount).every(([name, plain]) => {
    const field = place.optional(name);
    return field === undefined || field.json() === JSON.stringify(plain);
  });
  return isPlain ? amount : undefined;
}

function readAdvisements(place: Place): AssistAdvisement[] {
  return inOrder(place.at('advisements')).map((item) => {
    const courses = item.at('type').text() === 'NFollowing' ? readCount(item) : undefined;
    if (courses !== undefined) return { kind: 'NFollowing', pointer: item.pointer, courses };
    return { kind: 'unknown', pointer: item.pointer, description: item.json() };
  });
}

function readSection(place: Place): AssistSection {
  place.at('type').oneOf(['Section']);
  return {
    pointer: place.pointer,
    advisements: readAdvisements(place),
    remarks: readRemarks(place, ['attributes']),
    rows: inOrder(place.at('rows')).map(readRow),
  };
}

function readRow(place: Place): AssistRow {
  return {
    pointer: place.pointer,
    remarks: readRemarks(place, ['attributes']),
    cells: inOrder(place.at('cells')).map(readCell),
  };
}

function readCell(place: Place): AssistCell {
  return {
    pointer: place.pointer,
    id: place.at('id').text(),
    remarks: readRemarks(place, ['attributes', 'courseAttributes', 'seriesAttributes', 'requisites']),
    receiving: readReceiving(place, (item) => item.at('course')),
  };
}
