import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { FieldChecks, Problem, type FieldError } from '../kernel/index.js';
import { LearnersService } from '../learners/index.js';
import { Clock, newId, notFound, type Page, type PageQuery, transaction } from '../platform/index.js';
import { loadLearnerForEvaluation, type LearnerFacts } from '../redemptions/index.js';
import { EvaluationContexts, type EvaluationContext } from './context.js';
import {
  checkDecisions,
  inputText,
  namedScales,
  offeredCourses,
  resolveInline,
  type EvaluationInput,
  type EvaluationOutcome,
  type EvaluationRequest,
  type EvaluationTask,
  type InlineEvaluationRequest,
  type StoredEvaluation,
  type StoredEvaluationRequest,
} from './domain/index.js';
import { Evaluator } from './evaluator.js';
import { insertEvaluation, listEvaluations, readEvaluation } from './storage/evaluation.store.js';

@Injectable()
export class EvaluationsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly learners: LearnersService,
    private readonly contexts: EvaluationContexts,
    private readonly evaluator: Evaluator,
  ) {}

  /** Evaluates what the body itself says; stores nothing. */
  async evaluateInline(request: InlineEvaluationRequest): Promise<EvaluationOutcome> {
    const known = await this.contexts.readMeasures(namedSystems(request), [...namedScales(request)]);
    const resolved = resolveInline(request, known, this.clock.today());
    if (resolved.kind === 'invalid') {
      throw new Problem('ruleViolated', 'The request contradicts itself or names what it does not hold.', resolved.errors);
    }
    return this.evaluator.run({
      input: resolved.input,
      offered: [offeredCourses(request, resolved.input.requestDate)],
      ...wishesOf(request),
    });
  }

  /** Evaluates what is on record of a learner, and stores the outcome under the learner. Three statements when programme and rules are in memory. */
  async evaluateStored(stated: StoredEvaluationRequest): Promise<StoredEvaluation> {
    const request = withIdsInLowerCase(stated);
    const requestDate = request.requestDate ?? this.clock.today();
    const policyDate = request.policyDate ?? requestDate;
    const facts = await loadLearnerForEvaluation(this.dataSource, request.learner, {
      programmeId: request.programme,
      ...(request.transcripts === undefined ? {} : { transcriptIds: request.transcripts }),
    });
    const context = await this.contexts.load(request.programme, policyDate);
    if (facts === undefined || context === undefined) throw await this.unknown(request, context);
    const input = await this.inputOf(request, facts, context, { requestDate, policyDate });
    refuseUnknown(request, facts, input);
    const outcome = await this.evaluator.run({ input, offered: context.offered, ...wishesOf(request) });
    const stored = {
      learner: request.learner,
      id: newId(),
      programme: request.programme,
      outcome,
      createdAt: this.clock.now().toISOString(),
    };
    const { inputDigest, engineVersion } = outcome.result;
    await insertEvaluation(this.dataSource, { ...stored, input: inputText(input), inputDigest, engineVersion }, facts.journalKey);
    return stored;
  }

  async read(learner: string, id: string): Promise<StoredEvaluation> {
    const stored = await readEvaluation(this.dataSource, learner, id);
    if (stored === undefined) throw notFound();
    return stored;
  }

  async list(learner: string, query: PageQuery): Promise<Page<StoredEvaluation>> {
    await this.learners.read(learner);
    return transaction(this.dataSource, (manager) => listEvaluations(manager, learner, query));
  }

  private async inputOf(
    request: StoredEvaluationRequest,
    facts: LearnerFacts,
    { programme, agreements, receivingScale, measures }: EvaluationContext,
    dates: { readonly requestDate: string; readonly policyDate: string },
  ): Promise<EvaluationInput> {
    const { completions, enrolment, homeRecord, redemptions } = facts;
    const systems = [programme.creditSystem, ...completions.map(({ creditSystem }) => creditSystem)];
    const input: Omit<EvaluationInput, 'creditSystems' | 'gradingScales'> = {
      ...dates,
      ...(enrolment === undefined ? {} : { admissionDate: enrolment.admissionDate }),
      programme,
      agreements,
      completions,
      homeRecord,
      redemptions,
      choices: request.choices ?? [],
      exceptions: request.exceptions ?? [],
      ...(receivingScale === undefined ? {} : { receivingScale }),
      whatIf: request.whatIf ?? false,
    };
    return { ...input, ...(await measures.find(systems, namedScales(input))) };
  }

  /** Says which of learner and programme is not on record. */
  private async unknown({ learner }: StoredEvaluationRequest, context: EvaluationContext | undefined): Promise<Problem> {
    const isKnown = await this.learners.read(learner).then(() => true, isRefused);
    return notOnRecord([
      ...(isKnown ? [] : [{ pointer: '/learner', detail: 'is not a known learner' }]),
      ...(context === undefined ? [{ pointer: '/programme', detail: 'is not a known programme' }] : []),
    ]);
  }
}

/** False for what does not exist; whatever else went wrong stays wrong. */
function isRefused(error: unknown): false {
  if (error instanceof Problem && error.code === 'notFound') return false;
  throw error;
}

/** Refuses transcripts that are none of this learner, and decisions about what is not there. */
function refuseUnknown(request: StoredEvaluationRequest, facts: LearnerFacts, input: EvaluationInput): void {
  const checks = new FieldChecks();
  const own = new Set(facts.transcripts.map(({ id }) => id));
  for (const [index, id] of (request.transcripts ?? []).entries()) {
    if (!own.has(id)) checks.report(`/transcripts/${String(index)}`, 'is not a transcript of this learner');
  }
  checkDecisions(checks, request, input);
  if (checks.errors.length > 0) throw notOnRecord(checks.errors);
}

function notOnRecord(errors: readonly FieldError[]): Problem {
  return new Problem('ruleViolated', 'The evaluation names what is not on record.', errors);
}

/** Ids are kept and answered in lower case. */
function withIdsInLowerCase({ learner, programme, transcripts, ...wishes }: StoredEvaluationRequest): StoredEvaluationRequest {
  return {
    ...wishes,
    learner: learner.toLowerCase(),
    programme: programme.toLowerCase(),
    ...(transcripts === undefined ? {} : { transcripts: transcripts.map((id) => id.toLowerCase()) }),
  };
}

function wishesOf({ effort, suggestions }: EvaluationRequest): Pick<EvaluationTask, 'effort' | 'suggestions'> {
  return { effort: effort ?? 'interactive', suggestions: suggestions ?? true };
}

/** The credit systems that a body names: what its courses and institutions count in, and the ends of its agreements' conversions. */
function namedSystems({ institutions, courses = [], completions, programme, agreements = [] }: InlineEvaluationRequest): string[] {
  const named = [programme, ...institutions, ...courses, ...completions].flatMap(({ creditSystem }) => creditSystem ?? []);
  const converted = agreements.flatMap(({ terms }) => terms.conversions.flatMap(({ from, to }) => [from, to]));
  return [...new Set([...named, ...converted])];
}
