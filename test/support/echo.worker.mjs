export default function work(task) {
  return task;
}
