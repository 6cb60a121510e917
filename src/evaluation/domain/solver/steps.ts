/** Work that pauses now and then, so that whoever does it can do something else in between. */
export type Steps<Result> = Generator<undefined, Result>;

/** Does all of the work at once. */
export function inOneGo<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
