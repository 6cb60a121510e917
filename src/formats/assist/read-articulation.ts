import type { Place } from '../json/index.js';
import type { AssistArticulation, AssistCourseGroup, AssistSendingCourse } from './agreement.js';
import { inOrder } from './in-order.js';
import { readCourse, readReceiving, readRemarks } from './read-course.js';

export function readArticulation(place: Place): AssistArticulation {
  const articulation = place.at('articulation');
  const sending = articulation.at('sendingArticulation');
  const reason = sending.optional('noArticulationReason')?.text().trim() ?? '';
  return {
    pointer: place.pointer,
    cellId: place.at('templateCellId').text(),
    receiving: readReceiving(articulation, (item) => item),
    groups: inOrder(sending.at('items')).map(readGroup),
    groupConjunctions: sending
      .at('courseGroupConjunctions')
      .items()
      .map((item) => ({
        pointer: item.pointer,
        conjunction: item.at('groupConjunction').oneOf(['And', 'Or']),
        from: item.at('sendingCourseGroupBeginPosition').integer(),
        until: item.at('sendingCourseGroupEndPosition').integer(),
      })),
    ...(reason === '' ? {} : { noArticulationReason: reason }),
    remarks: [
      ...readRemarks(articulation, ['attributes', 'courseAttributes', 'seriesAttributes', 'receivingAttributes', 'templateOverrides']),
      ...readRemarks(sending, ['attributes', 'deniedCourses']),
      ...readRemarks(place.at('receivingAttributes'), ['attributes', 'courseAttributes', 'seriesAttributes', 'seriesCourseAttributes']),
    ],
  };
}

function readGroup(place: Place): AssistCourseGroup {
  place.at('type').oneOf(['CourseGroup']);
  const items = inOrder(place.at('items'));
  if (items.length === 0) place.at('items').reject('must not be empty');
  return {
    pointer: place.pointer,
    position: place.at('position').integer(),
    conjunction: place.at('courseConjunction').oneOf(['And', 'Or']),
    courses: items.map(readSendingCourse),
    remarks: [place, ...items].flatMap((item) => readRemarks(item, ['attributes', 'requisites'])),
  };
}

function readSendingCourse(place: Place): AssistSendingCourse {
  const type = place.at('type').text();
  if (type !== 'Course') return { kind: 'unknown', pointer: place.pointer, type };
  return { kind: 'Course', course: readCourse(place), crossListed: place.at('visibleCrossListedCourses').items().map(readCourse) };
}
