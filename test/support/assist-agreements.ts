import { type AssistAgreement, readAssistAgreement } from '../../src/formats/assist/index.js';
import { type AssistImport, importAssist } from '../../src/imports/domain/index.js';
import { readSharedFile, sharedFiles } from './shared-data.js';

/** Real articulation agreements between Santa Monica College and UC San Diego for 2024-2025, one for each major. */
export const assistFolder = 'rules/assist_smc_to_ucsd';

/** The ids that the tests give the two institutions. */
export const santaMonica = 'smc';
export const sanDiego = 'ucsd';

export interface RealAgreement {
  /** The file's name without its ending: what a student profile names as its major. */
  readonly major: string;
  readonly agreement: AssistAgreement;
  readonly imported: AssistImport;
}

/** All agreements of the folder, read and imported. */
export function assistAgreements(): RealAgreement[] {
  return sharedFiles(assistFolder, '.json').map((file) => {
    const major = file.replace(/\.json$/, '');
    const reading = readAssistAgreement(readSharedFile(assistFolder, file));
    if (!reading.ok) throw new Error(`${file}: ${JSON.stringify(reading.errors)}`);
    const ids = { sending: santaMonica, receiving: sanDiego, programme: major };
    return { major, agreement: reading.value, imported: importAssist(reading.value, ids) };
  });
}
