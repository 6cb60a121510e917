/** Never done, and never pausing: only the end of its thread ends it. */
export default function work() {
  for (;;);
}
