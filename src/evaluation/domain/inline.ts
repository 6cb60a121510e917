import {
  awardsOfRule,
  validateAgainstCatalogue,
  validateTerms,
  type AgreementTerms,
  type Catalogue,
} from '../../agreements/domain/index.js';
import { faultsOfCreditSystem, faultsOfGradingScale } from '../../institutions/domain/index.js';
import {
  digestOf,
  FieldChecks,
  normaliseCode,
  rankOf,
  type CreditSystem,
  type FieldError,
  type Grade,
  type GradingScale,
} from '../../kernel/index.js';
import { validateProgramme, type Programme } from '../../programmes/domain/index.js';
import { checkDecisions } from './decisions.js';
import { courseKey, InlineCourses } from './inline-courses.js';
import type { Completion, EvaluationInput, HomeCourse, RevisionInForce } from './input.js';
import { namedScales } from './named-scales.js';
import type { InlineAgreement, InlineCompletion, InlineCourse, InlineEvaluationRequest, InlineHomeCourse } from './request.js';

/** What the service knows, and a request may name without giving it. */
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

/** Hours and weeks of one course. */
const mostWorkload = { hours: 100_000, weeks: 1000 } as const;

class Resolver {
  readonly checks = new FieldChecks();
  private readonly institutions: ReadonlyMap<string, { readonly creditSystem?: string; readonly gradingScale?: string }>;
  private readonly creditSystems: ReadonlyMap<string, CreditSystem>;
  private readonly gradingScales: ReadonlyMap<string, GradingScale>;
  private readonly courses: InlineCourses;

  constructor(
    private readonly request: InlineEvaluationRequest,
    reference: Reference,
  ) {
    const { institutions, creditSystems = [], gradingScales = [], courses = [] } = request;
    this.institutions = new Map(institutions.map((institution) => [institution.id, institution]));
    this.creditSystems = new Map([...reference.creditSystems, ...creditSystems].map((system) => [system.id, system]));
    this.gradingScales = new Map([...reference.gradingScales, ...gradingScales].map((scale) => [scale.id, scale]));
    this.courses = new InlineCourses(courses, this.checks);
  }

  input(today: string): EvaluationInput {
    const { request } = this;
    const requestDate = request.requestDate ?? today;
    this.checkUnique();
    this.checkMeasures();
    this.checkCourses();
    const programme = this.programme();
    const receivingScale = this.institutions.get(programme.institution)?.gradingScale;
    const agreements = this.agreements(programme.institution);
    const completions = request.completions.map((completion, index) => this.completion(completion, `/completions/${String(index)}`));
    checkDecisions(this.checks, request, { agreements, programme, completions });
    this.checkRedemptions();
    return {
      policyDate: request.policyDate ?? requestDate,
      requestDate,
      ...(request.admissionDate === undefined ? {} : { admissionDate: request.admissionDate }),
      programme,
      agreements,
      completions,
      homeRecord: (request.homeRecord ?? []).map((course, index) => this.homeCourse(course, `/homeRecord/${String(index)}`)),
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

  private checkUnique(): void {
    const { completions, institutions, creditSystems = [], gradingScales = [], homeRecord = [], agreements = [] } = this.request;
    const lists = { institutions, creditSystems, gradingScales, agreements, completions, homeRecord };
    for (const [name, list] of Object.entries(lists)) {
      this.checks.unique(
        list.map(({ id }) => id),
        (index) => `/${name}/${String(index)}/id`,
        'must not be given twice',
      );
    }
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

  /** Credit systems and scales of the request's own, and those that its institutions name. */
  private checkMeasures(): void {
    const { institutions, creditSystems = [], gradingScales = [] } = this.request;
    creditSystems.forEach((system, index) => {
      const at = `/creditSystems/${String(index)}`;
      const { creditsPerYear, hoursPerCredit } = system;
      this.checks.credits(`${at}/creditsPerYear`, creditsPerYear, true);
      this.checks.credits(`${at}/hoursPerCredit/minimum`, hoursPerCredit?.minimum, true);
      this.checks.credits(`${at}/hoursPerCredit/maximum`, hoursPerCredit?.maximum, true);
      this.reportAll(at, faultsOfCreditSystem(system));
    });
    gradingScales.forEach((scale, index) => {
      this.reportAll(`/gradingScales/${String(index)}`, faultsOfGradingScale(scale));
    });
    institutions.forEach(({ creditSystem, gradingScale }, index) => {
      const at = `/institutions/${String(index)}`;
      if (creditSystem !== undefined) this.checkSystem(`${at}/creditSystem`, creditSystem);
      if (gradingScale !== undefined) this.checkScale(`${at}/gradingScale`, gradingScale);
    });
  }

  private checkCourses(): void {
    (this.request.courses ?? []).forEach((course, index) => {
      const at = `/courses/${String(index)}`;
      this.checkPlaces(at, course);
      this.checks.code(`${at}/code`, course.code);
      this.checks.credits(`${at}/credits`, course.credits);
      if (course.creditSystem !== undefined) this.checkSystem(`${at}/creditSystem`, course.creditSystem);
      this.checkWorkload(at, course);
      this.checks.period(`${at}/validity`, course.validity ?? {});
    });
  }

  private programme(): Programme {
    const { institution, code, catalogueYear, title, creditSystem, totalCredits, requirements, policy } = this.request.programme;
    this.checkInstitution('/programme/institution', institution);
    const system = creditSystem ?? this.institutions.get(institution)?.creditSystem ?? '';
    this.checkSystem('/programme/creditSystem', system);
    const programme: Programme = {
      id: code,
      institution,
      code,
      catalogueYear,
      title: title ?? { en: code },
      creditSystem: system,
      totalCredits,
      requirements,
      policy: policy ?? {},
    };
    // What its credit system is has been looked at.
    this.reportAll(
      '/programme',
      validateProgramme(programme).filter(({ pointer }) => pointer !== '/creditSystem'),
    );
    policy?.minimumGrades?.forEach((grade, index) => {
      this.checkGrade(`/programme/policy/minimumGrades/${String(index)}`, grade);
    });
    return programme;
  }

  private agreements(receiving: string): RevisionInForce[] {
    const { agreements = [], rules } = this.request;
    const taught = this.courses.taughtBy(receiving);
    const revisions = agreements.map((agreement, index) => {
      const at = `/agreements/${String(index)}`;
      this.checkAgreement(agreement, at);
      return revisionOf(agreement, taught);
    });
    if (rules === undefined) return revisions;
    const around = { id: inlineAgreement, terms: { ...emptyTerms, parties: [...this.institutions.keys()], rules } };
    this.checkTerms(around, (pointer) => (pointer.startsWith('/parties') ? '/institutions' : pointer));
    return [...revisions, revisionOf(around, taught)];
  }

  private checkAgreement({ id, attestedBy, terms }: InlineAgreement, at: string): void {
    this.checkTerms({ id, terms }, (pointer) => `${at}/terms${pointer}`);
    terms.parties.forEach((party, index) => {
      this.checkInstitution(`${at}/terms/parties/${String(index)}`, party);
    });
    if (attestedBy !== undefined && !terms.parties.includes(attestedBy))
      this.checks.report(`${at}/attestedBy`, 'must be a party of the agreement');
  }

  private checkTerms({ id, terms }: Pick<InlineAgreement, 'id' | 'terms'>, placed: (pointer: string) => string): void {
    for (const { pointer, detail } of [...validateTerms(terms, id), ...validateAgainstCatalogue(terms, this.catalogue()).errors]) {
      this.checks.report(placed(pointer), detail);
    }
  }

  /** A request need not give every course of an institution. */
  private catalogue(): Catalogue {
    return {
      keepsCoursesOf: () => false,
      editionsOf: (code) => this.courses.editionsOf(code),
      gradingScale: (id) => this.gradingScales.get(id),
      creditSystem: (id) => this.creditSystems.get(id),
    };
  }

  private completion(completion: InlineCompletion, at: string): Completion {
    const edition = this.courses.editionFor(completion);
    this.checkCompletion(completion, at);
    const credits = completion.credits ?? edition?.credits;
    if (credits === undefined)
      this.checks.report(`${at}/credits`, 'is required: the body has no edition of this course that ran on its date');
    const system = this.systemOf(completion, edition);
    this.checkSystem(`${at}/creditSystem`, system);
    const { provider, code, grade, outcome = 'achieved', completedOn, enrolledOn } = completion;
    const { isced, eqfLevel } = edition ?? {};
    const platform = completion.platform ?? edition?.platform;
    const [hours, weeks] = [completion.hours ?? edition?.hours, completion.weeks ?? edition?.weeks];
    return {
      id: completion.id,
      provider,
      ...(platform === undefined ? {} : { platform }),
      code,
      ...(edition === undefined ? {} : { course: courseKey(edition) }),
      ...(isced === undefined ? {} : { isced }),
      ...(eqfLevel === undefined ? {} : { eqfLevel }),
      credits: credits ?? 0,
      creditSystem: system,
      ...(hours === undefined ? {} : { hours }),
      ...(weeks === undefined ? {} : { weeks }),
      ...(grade === undefined ? {} : { grade }),
      outcome,
      ...(completedOn === undefined ? {} : { completedOn }),
      ...(enrolledOn === undefined ? {} : { enrolledOn }),
      evidence: { identityVerified: false, proctored: false, verification: 'attested', ...completion.evidence },
      mooc: completion.mooc ?? edition?.mooc ?? false,
      repeatable: edition?.repeatable ?? false,
    };
  }

  private checkCompletion(completion: InlineCompletion, at: string): void {
    this.checkPlaces(at, completion);
    this.checks.code(`${at}/code`, completion.code);
    this.checks.credits(`${at}/credits`, completion.credits);
    this.checkWorkload(at, completion);
    if (completion.grade !== undefined) this.checkGrade(`${at}/grade`, completion.grade);
    const { enrolledOn, completedOn } = completion;
    if (enrolledOn !== undefined && completedOn !== undefined && completedOn < enrolledOn) {
      this.checks.report(`${at}/completedOn`, 'is before the date of enrolment');
    }
  }

  /** Credits that are stated without a system are in that of their edition, else in the provider's own. */
  private systemOf({ provider, creditSystem }: InlineCompletion, edition: InlineCourse | undefined): string {
    return creditSystem ?? edition?.creditSystem ?? this.institutions.get(provider)?.creditSystem ?? '';
  }

  private homeCourse({ id, code, credits, status, passFail, attributes }: InlineHomeCourse, at: string): HomeCourse {
    this.checks.code(`${at}/code`, code);
    this.checks.credits(`${at}/credits`, credits);
    return { id, code, credits, status: status ?? 'done', passFail: passFail ?? false, attributes: attributes ?? [] };
  }

  private checkRedemptions(): void {
    const completions = new Set(this.request.completions.map(({ id }) => id));
    (this.request.redemptions ?? []).forEach(({ completion, institution }, index) => {
      const at = `/redemptions/${String(index)}`;
      if (!completions.has(completion)) this.checks.report(`${at}/completion`, 'is not one of the completions');
      this.checkInstitution(`${at}/institution`, institution);
    });
  }

  private checkPlaces(at: string, { provider, platform }: Pick<InlineCourse, 'provider' | 'platform'>): void {
    this.checkInstitution(`${at}/provider`, provider);
    if (platform !== undefined) this.checkInstitution(`${at}/platform`, platform);
  }

  private checkInstitution(pointer: string, id: string): void {
    if (!this.institutions.has(id)) this.checks.report(pointer, `names ${id}, which is not among the institutions of this body`);
  }

  private checkWorkload(at: string, { hours, weeks }: Pick<InlineCourse, 'hours' | 'weeks'>): void {
    this.checks.amount(`${at}/hours`, hours, mostWorkload.hours);
    this.checks.amount(`${at}/weeks`, weeks, mostWorkload.weeks);
  }

  /** No text: nobody says which. */
  private checkSystem(pointer: string, id: string): void {
    if (id === '') this.checks.report(pointer, 'is required: the institution states no credit system of its own');
    else if (!this.creditSystems.has(id))
      this.checks.report(pointer, `${id} is not a credit system that is known here or given in this body`);
  }

  private checkScale(pointer: string, id: string): void {
    if (!this.gradingScales.has(id)) this.checks.report(pointer, `${id} is not a grading scale that is known here or given in this body`);
  }

  private checkGrade(pointer: string, { scale, value }: Grade): void {
    this.checkScale(`${pointer}/scale`, scale);
    const known = this.gradingScales.get(scale);
    if (known !== undefined && rankOf(known, value) === undefined)
      this.checks.report(`${pointer}/value`, `${value} is not a grade of the scale ${scale}`);
  }

  private reportAll(at: string, errors: readonly FieldError[]): void {
    for (const { pointer, detail } of errors) this.checks.report(at + pointer, detail);
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

/** `taught` are the receiving institution's courses by code; those that the rules award are the weights where converted credit is split. */
function revisionOf({ id, revision, attestedBy, terms }: InlineAgreement, taught: ReadonlyMap<string, InlineCourse>): RevisionInForce {
  const targets = terms.rules.flatMap(awardsOfRule).flatMap(({ target }) => (target.kind === 'course' ? [normaliseCode(target.code)] : []));
  const awarded = [...new Set(targets)].flatMap((code) => taught.get(code) ?? []);
  return {
    agreement: id,
    revision: revision ?? 1,
    digest: digestOf(terms),
    ...(attestedBy === undefined ? {} : { attestedBy }),
    terms,
    receivingCourses: awarded.map(({ code, credits }) => ({ code, credits })),
  };
}
