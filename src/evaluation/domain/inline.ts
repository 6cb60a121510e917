import { validateTerms, type AgreementTerms } from '../../agreements/domain/index.js';
import {
  contains,
  digestOf,
  normaliseCode,
  overlaps,
  rankOf,
  FieldChecks,
  type CreditSystem,
  type FieldError,
  type Grade,
  type GradingScale,
} from '../../kernel/index.js';
import { validateProgramme, type Programme } from '../../programmes/domain/index.js';
import { namedScales } from './named-scales.js';
import type { Completion, EvaluationInput, RevisionInForce } from './input.js';
import type { InlineAgreement, InlineCompletion, InlineCourse, InlineEvaluationRequest } from './request.js';

/** What the service ships, and a request may name without giving it. */
export interface Reference {
  readonly creditSystems: readonly CreditSystem[];
  readonly gradingScales: readonly GradingScale[];
}

export type Resolved =
  { readonly kind: 'resolved'; readonly input: EvaluationInput } | { readonly kind: 'invalid'; readonly errors: readonly FieldError[] };

/**
 * The input of an evaluation out of a self-contained request whose shape is right: what a completion does not state comes from the course
 * edition that ran when it was completed. Everything that is wrong is found at once, with JSON Pointers into the request.
 */
export function resolveInline(request: InlineEvaluationRequest, reference: Reference, today: string): Resolved {
  const resolver = new Resolver(request, reference);
  const input = resolver.input(today);
  return resolver.checks.errors.length > 0 ? { kind: 'invalid', errors: resolver.checks.errors } : { kind: 'resolved', input };
}

/** The id of the agreement that rules without one are held in. */
export const inlineAgreement = 'inline';

class Resolver {
  readonly checks = new FieldChecks();
  private readonly institutions: ReadonlyMap<string, { readonly creditSystem?: string; readonly gradingScale?: string }>;
  private readonly creditSystems: ReadonlyMap<string, CreditSystem>;
  private readonly gradingScales: ReadonlyMap<string, GradingScale>;
  private readonly editions = new Map<string, InlineCourse[]>();

  constructor(
    private readonly request: InlineEvaluationRequest,
    reference: Reference,
  ) {
    this.institutions = new Map(request.institutions.map((institution) => [institution.id, institution]));
    this.creditSystems = new Map([...reference.creditSystems, ...(request.creditSystems ?? [])].map((system) => [system.id, system]));
    this.gradingScales = new Map([...reference.gradingScales, ...(request.gradingScales ?? [])].map((scale) => [scale.id, scale]));
    this.readCourses();
    this.checkUnique();
  }

  input(today: string): EvaluationInput {
    const { request } = this;
    const requestDate = request.requestDate ?? today;
    const programme = this.programme();
    const receivingScale = this.institutions.get(programme.institution)?.gradingScale;
    const agreements = this.agreements(programme.institution);
    const completions = request.completions.map((completion, index) => this.completion(completion, `/completions/${String(index)}`));
    this.checkDecisions();
    return {
      policyDate: request.policyDate ?? requestDate,
      requestDate,
      ...(request.admissionDate === undefined ? {} : { admissionDate: request.admissionDate }),
      programme,
      agreements,
      completions,
      homeRecord: (request.homeRecord ?? []).map(({ id, code, credits, status, passFail, attributes }, index) => {
        this.checks.credits(`/homeRecord/${String(index)}/credits`, credits);
        return { id, code, credits, status: status ?? 'done', passFail: passFail ?? false, attributes: attributes ?? [] };
      }),
      redemptions: request.redemptions ?? [],
      choices: request.choices ?? [],
      exceptions: request.exceptions ?? [],
      ...this.measures(programme, completions, agreements),
      ...(receivingScale === undefined ? {} : { receivingScale }),
      whatIf: request.whatIf ?? false,
    };
  }

  /** The credit systems and scales that the input refers to: what it does not name cannot change its result. */
  private measures(
    programme: Programme,
    completions: readonly Completion[],
    agreements: readonly RevisionInForce[],
  ): Pick<EvaluationInput, 'creditSystems' | 'gradingScales'> {
    const systems = new Set([programme.creditSystem, ...completions.map(({ creditSystem }) => creditSystem)]);
    const scales = namedScales({ ...this.request, programme, agreements });
    return {
      creditSystems: [...this.creditSystems.values()].filter(({ id }) => systems.has(id)),
      gradingScales: [...this.gradingScales.values()].filter(({ id }) => scales.has(id)),
    };
  }

  private readCourses(): void {
    (this.request.courses ?? []).forEach((course, index) => {
      const at = `/courses/${String(index)}`;
      this.checkInstitution(`${at}/provider`, course.provider);
      if (course.platform !== undefined) this.checkInstitution(`${at}/platform`, course.platform);
      this.checks.credits(`${at}/credits`, course.credits);
      this.checkSystem(`${at}/creditSystem`, this.systemOf(course));
      this.checks.period(`${at}/validity`, course.validity ?? {});
      const editions = this.editions.get(courseKey(course)) ?? [];
      if (editions.some(({ validity }) => overlaps(validity ?? {}, course.validity ?? {}))) {
        this.checks.report(`${at}/validity`, 'overlaps another edition of the same course; editions of one code never overlap');
      }
      this.editions.set(courseKey(course), [...editions, course]);
    });
  }

  private checkUnique(): void {
    const { completions, institutions, homeRecord = [], agreements = [] } = this.request;
    const ids = (path: string, list: readonly { readonly id: string }[]): void => {
      this.checks.unique(
        list.map(({ id }) => id),
        (index) => `/${path}/${String(index)}/id`,
        'must not be given twice',
      );
    };
    ids('institutions', institutions);
    ids('completions', completions);
    ids('homeRecord', homeRecord);
    ids('agreements', agreements);
    const achievements = completions.map((completion, index) =>
      completion.completedOn === undefined
        ? String(index)
        : `${courseKey(completion)} ${completion.completedOn} ${completion.outcome ?? 'achieved'}`,
    );
    this.checks.unique(
      achievements,
      (index) => `/completions/${String(index)}`,
      'is the same achievement as another completion; attempts differ in their dates',
    );
  }

  private programme(): Programme {
    const { institution, code, catalogueYear, title, creditSystem, totalCredits, requirements, policy } = this.request.programme;
    this.checkInstitution('/programme/institution', institution);
    const system = creditSystem ?? this.institutions.get(institution)?.creditSystem;
    this.checkSystem('/programme/creditSystem', system);
    const programme: Programme = {
      id: code,
      institution,
      code,
      catalogueYear,
      title: title ?? { en: code },
      creditSystem: system ?? '',
      totalCredits,
      requirements,
      policy: policy ?? {},
    };
    for (const { pointer, detail } of validateProgramme(programme)) this.checks.report(`/programme${pointer}`, detail);
    policy?.minimumGrades?.forEach((grade, index) => {
      this.checkGrade(`/programme/policy/minimumGrades/${String(index)}`, grade);
    });
    return programme;
  }

  private agreements(receiving: string): RevisionInForce[] {
    const { agreements = [], rules, institutions } = this.request;
    const around: InlineAgreement[] =
      rules === undefined ? [] : [{ id: inlineAgreement, terms: { ...emptyTerms, parties: institutions.map(({ id }) => id), rules } }];
    return [
      ...agreements.map((agreement, index) => ({ agreement, at: `/agreements/${String(index)}/terms` })),
      ...around.map((agreement) => ({ agreement, at: '' })),
    ].map(({ agreement, at }) => this.revision(agreement, at, receiving));
  }

  private revision({ id, revision, attestedBy, terms }: InlineAgreement, at: string, receiving: string): RevisionInForce {
    for (const { pointer, detail } of validateTerms(terms, id)) this.checks.report(at + pointer, detail);
    terms.parties.forEach((party, index) => {
      if (at !== '') this.checkInstitution(`${at}/parties/${String(index)}`, party);
    });
    terms.rules.forEach((rule, index) => {
      for (const { pointer, grade } of gradesOf(rule)) this.checkGrade(`${at}/rules/${String(index)}${pointer}`, grade);
    });
    return {
      agreement: id,
      revision: revision ?? 1,
      digest: digestOf(terms),
      ...(attestedBy === undefined ? {} : { attestedBy }),
      terms,
      receivingCourses: (this.request.courses ?? [])
        .filter(({ provider }) => provider === receiving)
        .map(({ code, credits }) => ({ code, credits })),
    };
  }

  private completion(completion: InlineCompletion, at: string): Completion {
    const edition = this.editionOf(completion);
    this.checkInstitution(`${at}/provider`, completion.provider);
    if (completion.platform !== undefined) this.checkInstitution(`${at}/platform`, completion.platform);
    const credits = completion.credits ?? edition?.credits;
    if (credits === undefined)
      this.checks.report(`${at}/credits`, 'is required: the body has no edition of this course that ran on its date');
    this.checks.credits(`${at}/credits`, credits);
    const creditSystem =
      completion.creditSystem ?? (completion.credits === undefined && edition !== undefined ? this.systemOf(edition) : undefined);
    const system =
      creditSystem ??
      (edition === undefined ? undefined : this.systemOf(edition)) ??
      this.institutions.get(completion.provider)?.creditSystem;
    this.checkSystem(`${at}/creditSystem`, system);
    if (completion.grade !== undefined) this.checkGrade(`${at}/grade`, completion.grade);
    const { isced, eqfLevel } = edition ?? {};
    const platform = completion.platform ?? edition?.platform;
    const [hours, weeks] = [completion.hours ?? edition?.hours, completion.weeks ?? edition?.weeks];
    return {
      id: completion.id,
      provider: completion.provider,
      ...(platform === undefined ? {} : { platform }),
      code: completion.code,
      ...(edition === undefined ? {} : { course: courseKey(edition) }),
      ...(isced === undefined ? {} : { isced }),
      ...(eqfLevel === undefined ? {} : { eqfLevel }),
      credits: credits ?? 0,
      creditSystem: system ?? '',
      ...(hours === undefined ? {} : { hours }),
      ...(weeks === undefined ? {} : { weeks }),
      ...(completion.grade === undefined ? {} : { grade: completion.grade }),
      outcome: completion.outcome ?? 'achieved',
      ...(completion.completedOn === undefined ? {} : { completedOn: completion.completedOn }),
      ...(completion.enrolledOn === undefined ? {} : { enrolledOn: completion.enrolledOn }),
      evidence: { identityVerified: false, proctored: false, verification: 'attested', ...completion.evidence },
      mooc: completion.mooc ?? edition?.mooc ?? false,
      repeatable: edition?.repeatable ?? false,
    };
  }

  /** The edition that ran on the completion's date; without a date the only one there is. */
  private editionOf(completion: InlineCompletion): InlineCourse | undefined {
    const editions = this.editions.get(courseKey(completion)) ?? [];
    const { completedOn } = completion;
    if (completedOn === undefined) return editions.length === 1 ? editions[0] : undefined;
    return editions.find(({ validity }) => contains(validity ?? {}, completedOn));
  }

  private systemOf({ provider, creditSystem }: InlineCourse): string | undefined {
    return creditSystem ?? this.institutions.get(provider)?.creditSystem;
  }

  private checkInstitution(pointer: string, id: string): void {
    if (!this.institutions.has(id)) this.checks.report(pointer, `names ${id}, which is not among the institutions of this body`);
  }

  private checkSystem(pointer: string, id: string | undefined): void {
    if (id === undefined) this.checks.report(pointer, 'is required: the institution states no credit system of its own');
    else if (!this.creditSystems.has(id)) this.checks.report(pointer, `${id} is not a credit system that is shipped or given in this body`);
  }

  private checkGrade(pointer: string, { scale, value }: Grade): void {
    const known = this.gradingScales.get(scale);
    if (known === undefined)
      this.checks.report(`${pointer}/scale`, `${scale} is not a grading scale that is shipped or given in this body`);
    else if (rankOf(known, value) === undefined) this.checks.report(`${pointer}/value`, `${value} is not a grade of the scale ${scale}`);
  }

  /** Choices and exceptions name what is there. */
  private checkDecisions(): void {
    const completions = new Set(this.request.completions.map(({ id }) => id));
    (this.request.exceptions ?? []).forEach((exception, index) => {
      if ('completion' in exception && !completions.has(exception.completion)) {
        this.checks.report(`/exceptions/${String(index)}/completion`, `names ${exception.completion}, which is not among the completions`);
      }
    });
    const agreements = new Set([
      ...(this.request.agreements ?? []).map(({ id }) => id),
      ...(this.request.rules === undefined ? [] : [inlineAgreement]),
    ]);
    (this.request.choices ?? []).forEach(({ agreement }, index) => {
      if (!agreements.has(agreement))
        this.checks.report(`/choices/${String(index)}/agreement`, `names ${agreement}, which is not among the agreements`);
    });
  }
}

const emptyTerms: Omit<AgreementTerms, 'parties' | 'rules'> = {
  period: {},
  precedence: 'bestForStudent',
  statements: [],
  limits: [],
  conversions: [],
  gradeTables: [],
  redemption: 'oncePerProgramme',
};

function courseKey({ provider, code }: { readonly provider: string; readonly code: string }): string {
  return `${provider} ${normaliseCode(code)}`;
}

/** Every grade that a rule demands, with its pointer in the rule. */
function gradesOf(value: unknown, pointer = ''): { readonly pointer: string; readonly grade: Grade }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => {
    const at = `${pointer}/${name}`;
    return isGrade(part) ? [{ pointer: at, grade: part }] : gradesOf(part, at);
  });
}

function isGrade(value: unknown): value is Grade {
  return (
    typeof value === 'object' &&
    value !== null &&
    'scale' in value &&
    typeof value.scale === 'string' &&
    'value' in value &&
    typeof value.value === 'string'
  );
}
