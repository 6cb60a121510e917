/** Answers its task at once; but "for ever" never ends nor pauses, and "too much" fills the memory. */
export default function work(task) {
  if (task === 'for ever') for (;;);
  const kept = [];
  while (task === 'too much') kept.push(new Array(1_000_000).fill(kept));
  return task;
}
