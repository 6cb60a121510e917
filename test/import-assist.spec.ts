import { beforeAll, expect, it } from '@jest/globals';
import { validateTerms } from '../src/agreements/domain/index.js';
import { evaluate } from '../src/evaluation/domain/index.js';
import { type AssistArticulation, readAssistAgreement } from '../src/formats/assist/index.js';
import { normaliseCode } from '../src/kernel/index.js';
import { type Requirement, validateProgramme } from '../src/programmes/domain/index.js';
import type { Award, Rule, Source } from '../src/rules/domain/index.js';
import { assistAgreements, assistFolder, type RealAgreement } from './support/assist-agreements.js';
import { describeOnSharedData } from './support/describe-on-shared-data.js';
import { readSharedFile, sharedFiles } from './support/shared-data.js';
import { completionsOf, profileInputs, profilesFolder, smcProfiles } from './support/smc-profiles.js';

/** Counts by a key, sorted by it. */
function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Record<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function nodesOf(requirement: Requirement | undefined): Requirement[] {
  if (requirement === undefined) return [];
  return requirement.kind === 'all' || requirement.kind === 'atLeast' ? [requirement, ...requirement.of.flatMap(nodesOf)] : [requirement];
}

/** The codes that a rule's source names; here a source is one course or all of several, each by one or any of its codes. */
function codesOf(source: Source): string[] {
  if (source.kind === 'course') return source.select.kind === 'code' ? [normaliseCode(source.select.code)] : [];
  return source.of.flatMap(codesOf);
}

function awardsOf({ outcome }: Rule): readonly Award[] {
  return outcome.kind === 'credit' ? outcome.awards : [];
}

function awardedBy(rule: Rule): string[] {
  return awardsOf(rule).flatMap(({ target }) => (target.kind === 'course' ? [normaliseCode(target.code)] : []));
}

/** The sets of sending codes of an articulation, worked out here from the file: all of each group, any group or, where it says AND, all. */
function statedSets({ groups, groupConjunctions }: AssistArticulation): string[][] {
  const sets = groups.map(({ courses }) =>
    courses.flatMap((item) => (item.kind === 'Course' ? [`${item.course.prefix}${item.course.number}`] : [])),
  );
  const normal = sets.map((codes) => codes.map(normaliseCode));
  return groupConjunctions[0]?.conjunction === 'And' ? [normal.flat()] : normal;
}

function receivedBy({ receiving }: AssistArticulation): string[] {
  const courses = receiving.kind === 'Course' ? [receiving.course] : receiving.kind === 'Series' ? receiving.courses : [];
  return courses.map(({ prefix, number }) => normaliseCode(prefix + number));
}

describeOnSharedData('all ASSIST agreements of Santa Monica College with UC San Diego', assistFolder, () => {
  let agreements: readonly RealAgreement[] = [];
  beforeAll(() => {
    agreements = assistAgreements();
  });

  it('are 91 files, every one read', () => {
    expect(agreements).toHaveLength(91);
  });

  it('give valid terms and programmes; two majors ask for recommended courses only, two files have no course list', () => {
    for (const { imported } of agreements) {
      expect(validateTerms(imported.terms)).toEqual([]);
      if (imported.programme !== undefined) expect(validateProgramme(imported.programme)).toEqual([]);
    }
    expect(agreements.filter(({ imported }) => imported.programme === undefined).map(({ major }) => major)).toEqual([
      'anthropology_ba_with_concentration_in_biological_anthropology',
      'anthropology_ba_with_concentration_in_sociocultural_anthropology',
      'linguistics_with_specialization_in_cognition_and_language_ba',
      'marketing_minor_rady_school_of_management',
    ]);
  });

  it('have every articulation said by rules, made a statement or listed', () => {
    const fates = agreements.flatMap(({ imported }) => imported.articulations);
    for (const { agreement, imported } of agreements) expect(imported.articulations).toHaveLength(agreement.articulations.length);
    // 1,022 in = 932 said by rules + 90 statements (82 to take after transfer, 8 without articulation) + none listed.
    expect(fates).toHaveLength(1022);
    expect(countBy(fates, ({ kind }) => kind)).toEqual({ rules: 932, statement: 90 });
    const reasons = agreements.flatMap(({ agreement }) => agreement.articulations.flatMap((line) => line.noArticulationReason ?? []));
    expect(countBy(reasons, (reason) => reason)).toEqual({
      'No Course Articulated': 8,
      'This course must be taken at the university after transfer': 82,
    });
    expect(agreements.flatMap(({ imported }) => imported.terms.rules)).toHaveLength(809);
  });

  it('have a rule for each set of courses that a line names, which awards all that these courses satisfy, and nothing else', () => {
    for (const { agreement, imported } of agreements) {
      const rules = new Map(imported.terms.rules.map((rule) => [rule.id, rule]));
      const said = imported.articulations.flatMap((fate) => (fate.kind === 'rules' ? fate.rules : []));
      expect(new Set(said)).toEqual(new Set(rules.keys()));
      const lines = agreement.articulations.map((line) => ({ sets: statedSets(line), received: receivedBy(line) }));
      for (const rule of rules.values()) {
        const held = new Set(codesOf(rule.source));
        const satisfied = lines.filter(({ sets }) => sets.some((set) => set.every((code) => held.has(code))));
        expect(new Set(awardedBy(rule))).toEqual(new Set(satisfied.flatMap(({ received }) => received)));
      }
      for (const [index, fate] of imported.articulations.entries()) {
        const named = fate.kind === 'rules' ? fate.rules.map((id) => rules.get(id)) : [];
        const sizes = named.map((rule) => (rule?.source.kind === 'all' ? rule.source.of.length : 1));
        expect(sizes).toEqual(lines[index]?.sets.map((set) => new Set(set).size));
      }
    }
  });

  it('have every cell of their templates in the programme or listed', () => {
    const cells = agreements.flatMap(({ imported }) => imported.cells);
    // 1,549 cells = 1,535 in programmes + 14 recommended and not required.
    expect(countBy(cells, ({ kind }) => kind)).toEqual({ exception: 14, requirement: 1535 });
    for (const { imported } of agreements) {
      const nodes = new Set(nodesOf(imported.programme?.requirements).map(({ id }) => id));
      const listed = imported.exceptions.map(({ where }) => ('pointer' in where ? where.pointer : ''));
      for (const cell of imported.cells) {
        if (cell.kind === 'requirement') expect(nodes).toContain(cell.requirement);
        else expect(listed.some((pointer) => cell.pointer.startsWith(`${pointer}/`))).toBe(true);
      }
    }
  });

  it('list what they do not carry over, and nothing else', () => {
    const exceptions = agreements.flatMap(({ imported }) => imported.exceptions);
    expect(countBy(exceptions, ({ code }) => code)).toEqual({
      // TDPR 6 carries 4 to 6 units.
      creditRange: 1,
      recommendedOnly: 6,
      // "Must be taken for a letter grade", of a group of requirements.
      remarkNotEvaluated: 5,
      // Advice and links of 91 files.
      textNotEvaluated: 269,
    });
  });

  it('say "maximum credit, one course" as a limit, in three of them', () => {
    const limits = agreements.flatMap(({ imported }) =>
      imported.terms.limits.map(({ over }) => (over.kind === 'receivingCourses' ? [...over.codes].sort() : [])),
    );
    expect(limits).toEqual([
      ['VIS 83', 'VIS 84'],
      ['BILD 1', 'BILD 10'],
      ['BILD 1', 'BILD 10'],
    ]);
  });

  it('name each course in one edition; in the terms of two of them the files differ', () => {
    const editions = new Map<string, Set<string>>();
    for (const course of agreements.flatMap(({ imported }) => imported.courses)) {
      const key = `${course.provider} ${course.code}`;
      editions.set(key, (editions.get(key) ?? new Set()).add(JSON.stringify(course)));
    }
    expect(countBy([...editions.keys()], (key) => key.split(' ')[0] ?? '')).toEqual({ smc: 97, ucsd: 353 });
    expect([...editions].flatMap(([key, facts]) => (facts.size > 1 ? [key] : []))).toEqual(['ucsd ECON 4', 'smc MATH 54']);
  });

  it('read the natural sciences of psychology as its own text explains them: any three, one at most of the last section', () => {
    const psychology = agreements.find(({ major }) => major === 'psychology_bs');
    const area = nodesOf(psychology?.imported.programme?.requirements).find(({ id }) => id === 'g1');
    const courses = (part: Requirement) => nodesOf(part).flatMap((node) => (node.kind === 'course' ? node.codes : []));
    const parts = area?.kind === 'atLeast' ? area.of : [];
    expect(area).toMatchObject({ kind: 'atLeast', count: 3 });
    expect(parts.flatMap((part) => (part.kind === 'atLeast' ? [[part.count, ...courses(part)]] : []))).toEqual([
      [1, 'CHEM 4', 'CHEM 11'],
      [1, 'BILD 12', 'COGS 17', 'PSYC 2'],
    ]);
  });

  it('are refused with located errors when damaged', () => {
    for (const file of sharedFiles(assistFolder, '.json').slice(0, 5)) {
      const text = new TextDecoder().decode(readSharedFile(assistFolder, file));
      expect(readAssistAgreement(text.slice(0, -100))).toMatchObject({ ok: false, errors: [{ pointer: '' }] });
      const reading = readAssistAgreement(text.replaceAll('\\"courseTitle\\"', '\\"title\\"'));
      expect(reading.ok ? [] : reading.errors[0]?.pointer).toMatch(/^\/result\/templateAssets\/\d+\/sections\/.*\/courseTitle$/);
    }
  });
});

describeOnSharedData('the ten student profiles', profilesFolder, () => {
  it('are completions: credits from the agreements’ editions, a withdrawal failed, a pass without a letter', () => {
    const profiles = smcProfiles();
    const agreements = assistAgreements();
    expect(profiles.map(({ id }) => id)).toEqual(['U01', 'U02', 'U03', 'U04', 'U05', 'U06', 'U07', 'U08', 'U09', 'U10']);
    const last = profiles.find(({ id }) => id === 'U10');
    const completions = last === undefined ? [] : completionsOf(last, agreements);
    expect(completions.map(({ code, credits, outcome, grade }) => [code, credits, outcome, grade?.value ?? ''])).toEqual([
      ['ENGL C1000', 0, 'achieved', 'B'],
      ['MATH 7', 5, 'achieved', 'C'],
      ['CHEM 10', 5, 'failed', ''],
      ['BIOL 3', 4, 'achieved', 'A'],
      ['BIOL 21', 4, 'achieved', 'B'],
      ['MATH 11', 5, 'failed', ''],
      ['PSYCH 2', 3, 'achieved', 'B'],
      ['KIN PE 10A', 0, 'achieved', ''],
      ['ANTHRO 1', 3, 'achieved', 'A'],
      ['CHEM 11', 5, 'achieved', 'C'],
      ['BIOL 22', 4, 'inProgress', ''],
    ]);
  });

  it('are evaluated against their own agreements', () => {
    for (const { own } of profileInputs()) {
      expect(own.agreements).toHaveLength(1);
      expect(evaluate(own).completions.map(({ completion }) => completion)).toEqual(own.completions.map(({ id }) => id));
    }
  });
});
