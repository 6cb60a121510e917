import { describe, it } from '@jest/globals';
import { hasSharedData } from './shared-data.js';

/** Tests on a folder of the real data. Where it is missing they are skipped, and the run says why. */
export function describeOnSharedData(name: string, folder: string, tests: () => void): void {
  if (hasSharedData(folder)) {
    describe(name, tests);
    return;
  }
  const reason = `../shared/data/${folder} is not on this machine`;
  console.warn(`skipped: ${name} – ${reason}`);
  describe.skip(name, () => {
    it(reason, () => undefined);
  });
}
