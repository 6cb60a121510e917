import type { Place } from '../json/index.js';

/** The items of a list that state their positions, in that order; items of one position keep the order of the file. */
export function inOrder(list: Place): readonly Place[] {
  return list
    .items()
    .map((item) => ({ item, position: item.at('position').integer() }))
    .sort((a, b) => a.position - b.position)
    .map(({ item }) => item);
}
