import type { AssistCell, AssistGroup } from '../../../formats/assist/index.js';

export function cellsOf(group: AssistGroup): readonly AssistCell[] {
  return group.sections.flatMap((section) => section.rows.flatMap((row) => row.cells));
}
