import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { CreditSystemsService, GradingScalesService } from '../institutions/index.js';
import { canonicalJson, Problem } from '../kernel/index.js';
import { LearnersService } from '../learners/index.js';
import { Clock, newId, notFound, type Page, type PageQuery } from '../platform/index.js';
import { loadLearnerForEvaluation, type LearnerFacts } from '../redemptions/index.js';
import { EvaluationContexts, type EvaluationContext } from './context.js';
import {
  namedScales,
  resolveInline,
  type EvaluationInput,
  type EvaluationOutcome,
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
    private readonly creditSystems: CreditSystemsService,
    private readonly gradingScales: GradingScalesService,
    private readonly contexts: EvaluationContexts,
    private readonly evaluator: Evaluator,
  ) {}

  /** Evaluates what the body itself says; stores nothing. */
  async evaluateInline(request: InlineEvaluationRequest): Promise<EvaluationOutcome> {
    const { manager } = this.dataSource;
    const resolved = resolveInline(
      request,
      {
        creditSystems: await this.creditSystems.find(manager, namedSystems(request)),
        gradingScales: await this.gradingScales.find(manager, [...namedScales(request)]),
      },
      this.clock.today(),
    );
    if (resolved.kind === 'invalid') {
      throw new Problem('ruleViolated', 'The request contradicts itself or names what it does not hold.', resolved.errors);
    }
    return this.evaluator.run({
      input: resolved.input,
      effort: request.effort ?? 'interactive',
      suggestions: request.suggestions ?? true,
    });
  }

  /** Evaluates what is on record of a learner, and stores the outcome under the learner. Three statements when programme and rules are in memory. */
  async evaluateStored(request: StoredEvaluationRequest): Promise<StoredEvaluation> {
    const requestDate = request.requestDate ?? this.clock.today();
    const policyDate = request.policyDate ?? requestDate;
    const facts = await loadLearnerForEvaluation(this.dataSource, request.learner, {
      programmeId: request.programme,
      ...(request.transcripts === undefined ? {} : { transcriptIds: request.transcripts }),
    });
    const context = await this.contexts.load(request.programme, policyDate);
    if (facts === undefined || context === undefined) throw await this.unknown(request);
    refuseForeignTranscripts(request, facts);
    const input = await this.inputOf(request, facts, context, { requestDate, policyDate });
    const outcome = await this.evaluator.run({ input, effort: request.effort ?? 'interactive', suggestions: request.suggestions ?? true });
    const stored = {
      learner: request.learner,
      id: newId(),
      programme: request.programme,
      outcome,
      createdAt: this.clock.now().toISOString(),
    };
    const { inputDigest, engineVersion } = outcome.result;
    await insertEvaluation(this.dataSource, { ...stored, input: inputText(input), inputDigest, engineVersion });
    return stored;
  }

  async read(learner: string, id: string): Promise<StoredEvaluation> {
    const stored = await readEvaluation(this.dataSource, learner, id);
    if (stored === undefined) throw notFound();
    return stored;
  }

  async list(learner: string, query: PageQuery): Promise<Page<StoredEvaluation>> {
    await this.learners.read(learner);
    return listEvaluations(this.dataSource.manager, learner, query);
  }

  private async inputOf(
    request: StoredEvaluationRequest,
    facts: LearnerFacts,
    { programme, agreements, receivingScale }: EvaluationContext,
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
    return { ...input, ...(await this.contexts.measures(systems, namedScales(input))) };
  }

  /** Says which of the two is not there. */
  private async unknown(request: StoredEvaluationRequest): Promise<Problem> {
    const isLearner = await this.learners.read(request.learner).then(
      () => true,
      () => false,
    );
    const pointer = isLearner ? '/programme' : '/learner';
    return new Problem('ruleViolated', 'The evaluation names what is not on record.', [
      { pointer, detail: isLearner ? 'is not a known programme' : 'is not a known learner' },
    ]);
  }
}

function refuseForeignTranscripts(request: StoredEvaluationRequest, facts: LearnerFacts): void {
  const own = new Set(facts.transcripts.map(({ id }) => id));
  const errors = (request.transcripts ?? []).flatMap((id, index) =>
    own.has(id) ? [] : [{ pointer: `/transcripts/${String(index)}`, detail: 'is not a transcript of this learner' }],
  );
  if (errors.length > 0) throw new Problem('ruleViolated', 'The evaluation names what is not on record.', errors);
}

function namedSystems({ institutions, courses = [], completions, programme }: InlineEvaluationRequest): string[] {
  const named = [programme, ...institutions, ...courses, ...completions].flatMap(({ creditSystem }) => creditSystem ?? []);
  return [...new Set(named)];
}

/** What is stored of an input: revisions by agreement, number and digest, since their terms are kept with the agreement for ever. */
function inputText({ agreements, ...input }: EvaluationInput): string {
  return canonicalJson({
    ...input,
    agreements: agreements.map(({ agreement, revision, digest, attestedBy, receivingCourses }) => ({
      agreement,
      revision,
      digest,
      receivingCourses,
      ...(attestedBy === undefined ? {} : { attestedBy }),
    })),
  });
}
