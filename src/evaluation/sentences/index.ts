import { textIn } from '../../kernel/index.js';
import { messageLanguage, type MessageLanguage } from '../../platform/index.js';
import type {
  ApplicationResult,
  AwardResult,
  CompletionResult,
  EvaluationResult,
  Improvement,
  RequirementResult,
  RuleOutcome,
} from '../domain/index.js';
import { english } from './en.js';
import { french } from './fr.js';
import { wordsOf, type Phrases } from './phrases.js';
import { chinese } from './zh.js';

const phrasesIn: Readonly<Record<MessageLanguage, Phrases>> = { en: english, zh: chinese, fr: french };

/** A result in words. */
export interface Explanation {
  readonly language: string;
  readonly summary: readonly string[];
  readonly completions: readonly { readonly completion: string; readonly sentence: string; readonly otherRules: readonly string[] }[];
  readonly requirements: readonly string[];
  readonly improvements: readonly string[];
}

/** Says a result in the first of the reader's languages that messages are written in; titles in whatever they are written in. */
export function explain(result: EvaluationResult, improvements: readonly Improvement[], languages: readonly string[]): Explanation {
  const language = messageLanguage(languages);
  return new Sentences(result, phrasesIn[language], languages).explanation(language, improvements);
}

class Sentences {
  private readonly titles: ReadonlyMap<string, string>;
  private readonly codes: ReadonlyMap<string, string>;
  private readonly applicationOf: ReadonlyMap<string, ApplicationResult>;

  constructor(
    private readonly result: EvaluationResult,
    private readonly phrases: Phrases,
    private readonly languages: readonly string[],
  ) {
    this.titles = new Map(
      result.requirements.map(({ requirement, title }) => [requirement, title === undefined ? requirement : textIn(title, languages)]),
    );
    this.codes = new Map(result.completions.map(({ completion, code }) => [completion, code]));
    this.applicationOf = new Map(
      result.applications.flatMap((application) => application.completions.map((completion) => [completion, application] as const)),
    );
  }

  explanation(language: string, improvements: readonly Improvement[]): Explanation {
    return {
      language,
      summary: this.summary(),
      completions: this.result.completions.map((completion) => ({
        completion: completion.completion,
        sentence: this.completion(completion),
        otherRules: completion.otherRules.map((outcome) => this.outcome(completion.code, outcome)),
      })),
      requirements: this.requirements(),
      improvements: improvements.map((improvement) => this.improvement(improvement)),
    };
  }

  private summary(): string[] {
    const { objective, optimal, provenLevels, provisional, attested, whatIf, totals } = this.result;
    const { phrases } = this;
    return [
      phrases.recognised(String(objective.recognisedCredits), objective.completionsConsumed),
      objective.remainingStudy === 0 ? phrases.nothingRemaining : phrases.remaining(String(objective.remainingStudy)),
      ...(totals.capped > 0 ? [phrases.capped(String(totals.capped))] : []),
      optimal ? phrases.optimal : phrases.notOptimal(provenLevels),
      ...(provisional ? [phrases.provisional] : []),
      ...(attested.length > 0 ? [phrases.attested(attested.length)] : []),
      ...(whatIf ? [phrases.whatIf] : []),
    ];
  }

  private completion({ completion, code, status, because }: CompletionResult): string {
    const application = status === 'used' ? this.applicationOf.get(completion) : undefined;
    if (application !== undefined) return this.used(application);
    return this.outcome(code, {
      status,
      parameters: because?.parameters ?? {},
      ...(because?.rule === undefined ? {} : { rule: because.rule }),
    });
  }

  private used({ completions, awards, rule }: ApplicationResult): string {
    const codes = completions.map((completion) => this.codes.get(completion) ?? completion);
    const granted = awards.filter((award) => award.granted).map((award) => this.award(award));
    // Taken only to let others be taken, while limits refuse all that it would award.
    if (granted.length === 0)
      return this.phrases.status.used({ code: this.phrases.list(codes), rule: this.phrases.rule(rule) }, wordsOf({}));
    return this.phrases.usedFor(codes, granted, this.phrases.rule(rule));
  }

  private award({ target, counted, fills }: AwardResult): string {
    const label = target.kind === 'elective' && target.label !== undefined ? textIn(target.label, this.languages) : undefined;
    const name = target.kind === 'course' ? target.code : (label ?? this.phrases.elective(target.subject ?? ''));
    const places = fills.map(({ requirement }) => this.titles.get(requirement) ?? requirement);
    return this.phrases.award(name, String(counted), places);
  }

  private outcome(code: string, outcome: Pick<RuleOutcome, 'status' | 'parameters'> & Partial<RuleOutcome>): string {
    const rule = outcome.rule === undefined ? this.phrases.programmePolicy : this.phrases.rule(outcome.rule);
    return this.phrases.status[outcome.status]({ code, rule }, wordsOf(outcome.parameters));
  }

  private requirements(): string[] {
    return this.result.requirements
      .filter(({ offered, complete }) => offered !== undefined && !complete)
      .flatMap(({ requirement, remaining, offered, statements }) => {
        const title = this.titles.get(requirement) ?? requirement;
        const open = offered === true ? this.phrases.requirement : this.phrases.requirementNotOffered;
        return [open(title, String(remaining)), ...statements.map((statement) => this.statement(statement))];
      });
  }

  private statement({ kind, target, reason }: RequirementResult['statements'][number]): string {
    const sentence = this.phrases.statement[kind](target);
    return reason === undefined ? sentence : `${sentence} ${textIn(reason, this.languages)}`;
  }

  private improvement({ changes, objective }: Improvement): string {
    const { phrases } = this;
    const told = changes.map((change) => {
      switch (change.kind) {
        case 'addCompletion':
          return phrases.addCourse(change.selector, change.grade?.value);
        case 'raiseGrade':
          return phrases.raiseGrade(this.codes.get(change.completion) ?? change.completion, change.grade.value);
        case 'addEvidence':
          return phrases.addEvidence(this.codes.get(change.completion) ?? change.completion, phrases.evidence[change.evidence]);
      }
    });
    return phrases.improvement(told, String(objective.recognisedCredits), objective.completionsConsumed);
  }
}
