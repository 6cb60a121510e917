import type { AgreementTerms } from '../../../agreements/domain/index.js';
import type { AssistAgreement } from '../../../formats/assist/index.js';
import { dateBefore } from '../../../kernel/index.js';
import type { ListedException } from '../listed-exception.js';
import { importArticulations } from './articulations.js';
import { coursesOf, institutionOf } from './catalogue.js';
import { importProgramme } from './programme.js';
import type { AssistIds, AssistImport } from './result.js';

/**
 * An ASSIST agreement by major in our words. Whatever it does not carry over is among the exceptions: the articulations in are the
 * articulations said by rules, made statements, or listed, and so are the cells of the template.
 */
export function importAssist(agreement: AssistAgreement, ids: AssistIds): AssistImport {
  const { rules, statements, fates, exceptions } = importArticulations(agreement, ids);
  const { programme, limits, cells, exceptions: template } = importProgramme(agreement, ids);
  const catalogue = coursesOf(agreement, ids);
  const terms: AgreementTerms = {
    parties: [ids.receiving, ids.sending],
    // The year's last day is the day before the next year begins.
    period: { from: agreement.academicYear.begin, until: dateBefore(agreement.academicYear.end, 'P1D') },
    // No line goes before another in the file; every combination of courses has its own rule, so nothing needs to.
    precedence: 'bestForStudent',
    rules,
    statements,
    limits,
    conversions: [],
    gradeTables: [],
    redemption: 'oncePerProgramme',
  };
  return {
    institutions: { sending: institutionOf(agreement.sending), receiving: institutionOf(agreement.receiving) },
    courses: catalogue.courses,
    terms,
    ...(programme === undefined ? {} : { programme }),
    articulations: fates,
    cells,
    exceptions: [...formerNames(agreement), ...exceptions, ...template, ...catalogue.exceptions],
  };
}

function formerNames({ sending, receiving }: AssistAgreement): ListedException[] {
  return Object.entries({ sendingInstitution: sending, receivingInstitution: receiving }).flatMap(([field, institution]) =>
    institution.formerNames.map((name) => ({
      code: 'simplified' as const,
      where: { pointer: `/result/${field}/names` },
      detail: `${institution.name} was once called ${name}`,
    })),
  );
}
