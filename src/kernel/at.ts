/**
 * The element of a list at an index that is known to be there. Throws a RangeError where there is none: that is a defect of the caller, which a
 * fallback would hide.
 */
export function at<Thing>(list: ArrayLike<Thing>, index: number): Thing {
  const thing = list[index];
  if (thing === undefined) throw new RangeError(`nothing at ${String(index)} of ${String(list.length)}`);
  return thing;
}
