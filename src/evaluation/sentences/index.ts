import { textIn } from '../../kernel/index.js';
import { messageLanguage, type MessageLanguage } from '../../platform/index.js';
import type {
  ApplicationResult,
  AwardResult,
  Because,
  CompletionResult,
  CompletionStatus,
  EvaluationResult,
  Improvement,
  RequirementResult,
} from '../domain/index.js';
import { english } from './en.js';
import { french } from './fr.js';
import type { Phrases } from './phrases.js';
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
      phrases.recognised(objective.recognisedCredits, objective.completionsConsumed),
      this.remaining(),
      ...(totals.capped > 0 ? [phrases.capped(totals.capped)] : []),
      optimal ? phrases.optimal : phrases.notOptimal(provenLevels),
      ...(provisional ? [phrases.provisional] : []),
      ...(attested.length > 0 ? [phrases.attested(attested.length)] : []),
      ...(whatIf ? [phrases.whatIf] : []),
    ];
  }

  private remaining(): string {
    const { remainingStudy } = this.result.objective;
    if (remainingStudy > 0) return this.phrases.remaining(remainingStudy);
    return this.openRequirements().length > 0 ? this.phrases.noCreditsRemaining : this.phrases.nothingRemaining;
  }

  private completion({ completion, code, status, because }: CompletionResult): string {
    const application = status === 'used' ? this.applicationOf.get(completion) : undefined;
    if (application !== undefined) return this.used(application);
    if (because !== undefined) return this.outcome(code, because);
    return this.outcome(code, { status: status === 'unmatched' ? status : 'notEvaluated', parameters: {} });
  }

  private used({ completions, awards, rule }: ApplicationResult): string {
    const granted = awards.filter((award) => award.granted).map((award) => this.award(award));
    return this.phrases.usedFor(completions.map(this.codeOf), granted, this.phrases.rule(rule));
  }

  private award({ target, counted, fills }: AwardResult): string {
    return this.phrases.award(
      this.target(target),
      counted,
      fills.map(({ requirement }) => this.titleOf(requirement)),
    );
  }

  private target(target: AwardResult['target']): string {
    if (target.kind === 'course') return target.code;
    return target.label === undefined ? this.phrases.elective(target.subject) : textIn(target.label, this.languages);
  }

  private outcome<Status extends CompletionStatus>(code: string, { status, parameters, rule: id }: Because<Status>): string {
    const rule = id === undefined ? this.phrases.programmePolicy : this.phrases.rule(id);
    return this.phrases.status[status]({ code, rule, codeOf: this.codeOf, titleOf: this.titleOf }, parameters);
  }

  private readonly codeOf = (completion: string): string => this.codes.get(completion) ?? completion;

  private readonly titleOf = (requirement: string): string => this.titles.get(requirement) ?? requirement;

  /** What is still to be done; not what an alternative that was not needed leaves undone. */
  private openRequirements(): readonly RequirementResult[] {
    return this.result.requirements.filter(({ open }) => open === true);
  }

  private requirements(): string[] {
    return this.openRequirements().flatMap(({ requirement, remaining, offered, statements }) => {
      const open = offered === true ? this.phrases.requirement : this.phrases.requirementNotOffered;
      return [open(this.titleOf(requirement), remaining), ...statements.map((statement) => this.statement(statement))];
    });
  }

  private statement({ kind, target, reason }: RequirementResult['statements'][number]): string {
    const sentence = this.phrases.statement[kind](target);
    return reason === undefined ? sentence : `${sentence} ${textIn(reason, this.languages)}`;
  }

  private improvement({ changes, objective }: Improvement): string {
    const told = changes.map((change) => this.change(change));
    return this.phrases.improvement(told, objective.recognisedCredits, objective.completionsConsumed);
  }

  private change(change: Improvement['changes'][number]): string {
    const { phrases } = this;
    switch (change.kind) {
      case 'addCompletion': {
        const { selector, title, credits, minimumCredits, grade } = change;
        return phrases.addCourse({
          selector,
          ...(title === undefined ? {} : { title: textIn(title, this.languages) }),
          ...(credits === undefined ? {} : { credits }),
          ...(minimumCredits === undefined ? {} : { minimumCredits }),
          ...(grade === undefined ? {} : { grade: grade.value }),
        });
      }
      case 'raiseGrade':
        return phrases.raiseGrade(this.codeOf(change.completion), change.grade.value);
      case 'addEvidence':
        return phrases.addEvidence(this.codeOf(change.completion), phrases.evidence[change.evidence]);
    }
  }
}
