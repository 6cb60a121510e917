import {
  codeSchema,
  creditsSchema,
  dateSchema,
  enumSchema,
  identifierSchema,
  integerSchema,
  kernelRef,
  listSchema,
  objectSchema,
  references,
  textSchema,
  type Components,
  type Schema,
} from '../../kernel/index.js';
import type { Conflict, ConflictExample, ExampleCompletion } from '../../rules/domain/index.js';
import type { CatalogueWarning } from './catalogue.js';
import { termsLimits } from './schema.js';

/** A warning of any kind: what only some kinds have may be absent. */
interface AnyWarning extends Pick<CatalogueWarning, 'kind' | 'pointer' | 'code' | 'institutions'> {
  readonly edition?: string;
  readonly replacedBy?: string;
}

/** A conflict of any kind. */
interface AnyConflict extends Pick<Conflict, 'kind' | 'rules' | 'pointers'> {
  readonly example?: ConflictExample;
  readonly because?: Extract<Conflict, { kind: 'neverFires' }>['because'];
}

/** What the authors of terms should look at, as components. */
export interface FindingsComponents {
  readonly CatalogueWarning: AnyWarning;
  readonly RuleConflict: AnyConflict;
  readonly ConflictExample: ConflictExample;
  readonly ExampleCompletion: ExampleCompletion;
}

const ref = references<FindingsComponents>();

/** A reference to one of them. */
export const findingsRef = ref;

const pointer = (description: string): Schema<string> => textSchema(`${description} A JSON Pointer into the terms.`, { maxLength: 1000 });
const institution = (description: string): Schema<string> => identifierSchema(`${description} The id of an institution.`);
const completions = (description: string): Schema<readonly ExampleCompletion[]> =>
  listSchema(description, ref('ExampleCompletion'), { maxItems: 1000 });

export const findingsSchemas: Components<FindingsComponents> = {
  CatalogueWarning: objectSchema<AnyWarning>(
    'A course that the catalogues do not know, or know otherwise than the revision. `unknownCourse`: no catalogue here has the code. `sourceOutsideValidity`: the course is never taught while the rule is valid. `editionChanged`: a newer edition has replaced the one that was agreed on.',
    {
      kind: enumSchema('What it is about.', ['unknownCourse', 'sourceOutsideValidity', 'editionChanged']),
      pointer: pointer('Where the course is named.'),
      code: codeSchema('Its code.'),
      institutions: listSchema('Where it was looked for.', institution('One of them.'), { maxItems: termsLimits.parties }),
    },
    {
      edition: identifierSchema('The edition that was agreed on.'),
      replacedBy: identifierSchema('The latest edition; absent when the catalogue has none any more.'),
    },
  ),
  RuleConflict: objectSchema<AnyConflict>(
    'Rules that contradict each other. `differentOutcomes`: two fire on the same completions, and nothing says which goes first; `overlappingGradeBands`: they do so by their grades. `neverFires`: a rule that no completions satisfy. `alwaysRefused`: the second rule refuses wherever the first would fire.',
    {
      kind: enumSchema('What it is.', ['differentOutcomes', 'overlappingGradeBands', 'neverFires', 'alwaysRefused']),
      rules: listSchema('Ids of the rules.', identifierSchema('One of them.'), { maxItems: 10 }),
      pointers: listSchema('What to change.', pointer('One place.'), { maxItems: 10 }),
    },
    {
      example: ref('ConflictExample'),
      because: enumSchema('Why the rule never fires.', ['emptyValidity', 'noProgramme', 'noGrade', 'noCourse', 'heldAndNotHeld']),
    },
  ),
  ConflictExample: objectSchema<ConflictExample>(
    'As few completions as possible on which the rules fire.',
    {
      receiver: institution('Who recognises.'),
      dates: objectSchema<ConflictExample['dates']>(
        'Dates that lie within the validities of the rules.',
        {},
        {
          completion: dateSchema('Of completion.'),
          enrolment: dateSchema('Of enrolment in the course.'),
          request: dateSchema('Of the request.'),
          admission: dateSchema('Of admission to the programme.'),
        },
      ),
      consumed: completions('What the rules take.'),
      held: completions('What must be held besides.'),
    },
    { programme: codeSchema('The code of the programme; absent where any will do.') },
  ),
  ExampleCompletion: objectSchema<ExampleCompletion>(
    'A completion that is thought up.',
    { provider: institution('Who teaches it.'), code: codeSchema('Its code.') },
    {
      platform: institution('Where it runs.'),
      isced: textSchema('Its ISCED-F 2013 code.', { maxLength: 4 }),
      eqfLevel: integerSchema('Its level in the European Qualifications Framework.', { minimum: 1, maximum: 8 }),
      credits: creditsSchema('Its credits.'),
      grade: kernelRef('Grade'),
    },
  ),
};
