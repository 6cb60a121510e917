import type { EvaluationInput } from '../../../src/evaluation/domain/index.js';

/** Smaller inputs for shrinking: the same input with one thing left out, switched off, or a tree replaced by one of its parts. */

/** Fields that an input is valid without, by path. */
const optional = [
  /^(admissionDate|receivingScale)$/,
  /^completions\/\d+\/(platform|isced|eqfLevel|hours|weeks|grade|completedOn|enrolledOn)$/,
  /^agreements\/\d+\/(attestedBy|terms\/annexTo)$/,
  /\/rules\/\d+\/conditions$/,
  /\/conditions\/(programmes|alsoHolds|doesNotHold|completedWithin|evidence|programmes\/\w+|evidence\/\w+)$/,
  /\/validity\/\w+$/,
  /\/(minimumGrade|maximumGrade|minimumCredits)$/,
  /\/select\/(\d+\/)?(provider|platform|level|minimumEqf)$/,
  /\/(source|alsoHolds|doesNotHold)(\/of\/\d+)*\/(courses|credits)$/,
  /\/limits\/\d+\/maximum\w+$/,
  /\/rounding$/,
  /\/(awards|options\/\d+)\/\d+\/(attributes|credits\/maximum|target\/subject|target\/level)$/,
  /^programme\/requirements.*\/(transfer|transfer\/\w+|sharesWith|minimumLevel)$/,
  /^programme\/policy\/(\w+|passFail\/\w+)$/,
];

/** Lists that must keep an element. */
const filled = [/\/(of|awards|options|options\/\d+|codes|from|rows|parties|minimumGrades)$/];

/** Lists that are left as they are. */
const fixed = [/^(creditSystems|gradingScales)/];

/** Switches that can be turned to the simpler position. */
const switches = new Map<unknown, { readonly path: RegExp; readonly simpler: unknown }>([
  [true, { path: /(whatIf|repeatable|mooc|passFail)$/, simpler: false }],
  ['mostSpecific', { path: /precedence$/, simpler: 'bestForStudent' }],
]);

export function* simpler(input: EvaluationInput): Generator<EvaluationInput> {
  for (const smaller of variants(input, '')) if (isInput(smaller)) yield smaller;
}

function* variants(value: unknown, path: string): Generator {
  const matches = (patterns: readonly RegExp[], at = path): boolean => patterns.some((pattern) => pattern.test(at));
  if (matches(fixed)) return;
  if (isList(value)) {
    if (value.length > (matches(filled) ? 1 : 0)) for (const index of value.keys()) yield value.filter((_, i) => i !== index);
    for (const [index, element] of value.entries()) {
      for (const smaller of variants(element, `${path}/${String(index)}`)) yield value.map((other, i) => (i === index ? smaller : other));
    }
    return;
  }
  const off = switches.get(value);
  if (off?.path.test(path) === true) yield off.simpler;
  if (typeof value !== 'object' || value === null) return;
  const fields = Object.entries(value);
  const parts: unknown = 'of' in value ? value.of : undefined;
  if (isList(parts)) yield* parts;
  for (const [key, part] of fields) {
    const below = path === '' ? key : `${path}/${key}`;
    if (matches(optional, below)) yield Object.fromEntries(fields.filter(([other]) => other !== key));
    for (const smaller of variants(part, below)) yield { ...value, [key]: smaller };
  }
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** What leaving things out can break: a number of parts larger than the parts, a demand of nothing, a choice of an option that is gone. */
function isInput(value: unknown): value is EvaluationInput {
  return isSound(value) && choicesExist(value);
}

function isSound(value: unknown): boolean {
  if (isList(value)) return value.every(isSound);
  if (typeof value !== 'object' || value === null) return true;
  if ('of' in value && isList(value.of) && 'kind' in value && value.kind === 'atLeast') {
    if ('count' in value && Number(value.count) > value.of.length) return false;
    if (!('count' in value || 'courses' in value || 'credits' in value)) return false;
  }
  return Object.values(value).every(isSound);
}

function choicesExist(value: unknown): value is EvaluationInput {
  if (!isShaped(value)) return false;
  return value.choices.every(({ agreement, rule, option }) => {
    const rules = value.agreements.find((revision) => revision.agreement === agreement)?.terms.rules;
    const outcome = rules?.find(({ id }) => id === rule)?.outcome;
    return outcome?.kind === 'choice' && option < outcome.options.length;
  });
}

/** Every variant keeps the shape of an input: only what is optional is left out. */
function isShaped(value: unknown): value is EvaluationInput {
  return typeof value === 'object' && value !== null && 'choices' in value;
}
