import { fromThousandths, normaliseCode, thousandths, type LocalisedText, type Thousandths } from '../../kernel/index.js';
import {
  anyMember,
  codesOf,
  selectorLabel,
  type AtLeastSource,
  type CourseSource,
  type Rule,
  type Selector,
  type Source,
} from '../../rules/domain/index.js';
import type { Completion, EvaluationInput, RevisionInForce } from './input.js';
import type { Change } from './result.js';
import { mostChanges, type Proposal, type Step } from './suggest-step.js';

/** What the catalogue knows of a course that might be taken. */
export interface OfferedCourse {
  readonly provider: string;
  readonly code: string;
  readonly title?: LocalisedText;
  readonly credits: number;
  readonly creditSystem: string;
  readonly hours?: number;
  readonly mooc?: boolean;
}

/** How much courses must bring: so many of them, and so many credits together. */
interface Wanted {
  readonly courses: number;
  readonly credits: Thousandths;
}

/** A course source to be satisfied by a new course, with the credits that are demanded of it beside its own demand. */
interface Piece {
  readonly source: CourseSource;
  readonly credits: Thousandths;
}

type Way = readonly Piece[];

/** Courses not taken yet, for rules that need them. */
export class NewCourses {
  private readonly held: ReadonlySet<string>;
  private readonly usual: Thousandths;

  constructor(
    private readonly input: EvaluationInput,
    private readonly offered: readonly (readonly OfferedCourse[])[],
  ) {
    this.held = new Set(input.completions.map(({ provider, code }) => courseKey(provider, code)));
    const credits = input.completions.map((completion) => thousandths(completion.credits)).sort((a, b) => a - b);
    // What courses of this student usually carry: the middle one's credits, 3 where there is none.
    this.usual = credits[Math.floor(credits.length / 2)] ?? 3000;
  }

  /** Courses of these sources, in their order, that bring so many courses and credits; undefined where they do not, or too many would be needed. */
  bringing(
    sources: readonly CourseSource[],
    { courses, credits }: { readonly courses: number; readonly credits: number },
    rule: Rule,
    revision: RevisionInForce,
  ): Proposal | undefined {
    const place = new Place(this.input, rule, revision);
    const pieces = this.gathered(
      sources.map((source) => [{ source, credits: 0 }]),
      { courses, credits: thousandths(credits) },
      place,
    );
    return pieces === undefined ? undefined : this.stepsFor(pieces, place);
  }

  /** The first way to satisfy a rule with courses that are not held; and with what must be held beside them. */
  waysOf(rule: Rule, revision: RevisionInForce): readonly Proposal[] {
    const place = new Place(this.input, rule, revision);
    const way = this.wayOf(rule.source, place);
    const beside = rule.conditions?.alsoHolds === undefined ? undefined : this.wayOf(rule.conditions.alsoHolds, place);
    const ways = [way, ...(beside === undefined || way === undefined ? [] : [[...way, ...beside]])];
    return ways.flatMap((pieces) => {
      const steps = pieces === undefined ? undefined : this.stepsFor(pieces, place);
      return steps === undefined ? [] : [steps];
    });
  }

  private wayOf(source: Source, place: Place): Way | undefined {
    switch (source.kind) {
      case 'course':
        return this.isHeld(source.select, place) ? undefined : [{ source, credits: 0 }];
      case 'any':
        return source.of.map((part) => this.wayOf(part, place)).find((way) => way !== undefined);
      case 'all': {
        const ways = source.of.flatMap((part) => {
          const way = this.wayOf(part, place);
          return way === undefined ? [] : [way];
        });
        return ways.length < source.of.length ? undefined : ways.flat();
      }
      case 'atLeast':
        return this.wayOfAtLeast(source, place);
    }
  }

  private wayOfAtLeast({ of, courses = 0, credits = 0 }: AtLeastSource, place: Place): Way | undefined {
    const ways = of.flatMap((part) => {
      const way = this.wayOf(part, place);
      return way === undefined ? [] : [way];
    });
    return this.gathered(ways, { courses, credits: thousandths(credits) }, place);
  }

  /**
   * As many of these ways, in their order, as it takes; what selects many courses is taken again where the others do not do. A course whose credits nobody
   * knows is taken to carry what is usual, and the last of them what the others leave.
   */
  private gathered(ways: readonly Way[], wanted: Wanted, place: Place): Way | undefined {
    const again = ways.filter((way) => way.every(({ source }) => source.select.kind !== 'code'));
    let pieces: Way = [];
    for (const way of [...ways, ...Array.from({ length: mostChanges }, () => again).flat()]) {
      if (pieces.length >= wanted.courses && this.sumOf(pieces, place) >= wanted.credits) break;
      pieces = [...pieces, ...way];
    }
    const rest = wanted.credits - this.sumOf(pieces, place);
    const unknown = pieces.filter(({ source }) => this.creditsOf(source, place) === undefined);
    if (pieces.length < wanted.courses || (rest > 0 && unknown.length === 0)) return undefined;
    if (wanted.credits === 0) return pieces;
    const last = unknown.at(-1);
    return pieces.map((piece) => {
      if (!unknown.includes(piece)) return piece;
      return { source: piece.source, credits: Math.max(piece.credits, this.usual + (piece === last ? rest : 0), 0) };
    });
  }

  private sumOf(pieces: Way, place: Place): Thousandths {
    return pieces.reduce((sum, { source }) => sum + (this.creditsOf(source, place) ?? this.usual), 0);
  }

  /** What a course is known to carry; undefined where the catalogue does not know it. */
  private creditsOf(source: CourseSource, place: Place): Thousandths | undefined {
    const known = this.knownCourse(source.select, place);
    return known === undefined || !this.isMeasured(known) ? undefined : thousandths(known.credits);
  }

  private isHeld(select: Selector, place: Place): boolean {
    return select.kind === 'code' && this.held.has(courseKey(place.providerOf(select), select.code));
  }

  private knownCourse(select: Selector, place: Place): OfferedCourse | undefined {
    if (select.kind !== 'code') return undefined;
    const key = courseKey(place.providerOf(select), select.code);
    for (const courses of this.offered) {
      const known = indexOf(courses).get(key);
      if (known !== undefined) return known;
    }
    return undefined;
  }

  /** Whether the input knows the credit system, so that the credits convert. */
  private isMeasured({ creditSystem }: OfferedCourse): boolean {
    return this.input.creditSystems.some(({ id }) => id === creditSystem);
  }

  private stepsFor(pieces: Way, place: Place): Proposal | undefined {
    if (pieces.length > mostChanges) return undefined;
    const taken = new Set(this.held);
    return pieces.map((piece, index) => this.stepFor(piece, place, index, taken));
  }

  /** A new course: on the day of the request or the rule's last, with the grade and the evidence that the rule asks for. */
  private stepFor({ source, credits }: Piece, place: Place, index: number, taken: Set<string>): Step {
    const { select, minimumGrade } = source;
    const provider = place.providerOf(select);
    const known = this.knownCourse(select, place);
    const measured = known !== undefined && this.isMeasured(known) ? known : undefined;
    const least = Math.max(credits, thousandths(source.minimumCredits ?? 0));
    const code = codeFor(select, (candidate) => taken.has(courseKey(provider, candidate)));
    taken.add(courseKey(provider, code));
    const course: NewCourse = {
      id: `~new ${String(index)}`,
      provider,
      code,
      credits: measured?.credits ?? fromThousandths(Math.max(least, source.minimumCredits === undefined ? this.usual : least)),
      creditSystem: measured?.creditSystem ?? this.input.completions[0]?.creditSystem ?? this.input.programme.creditSystem,
      mooc: known?.mooc ?? false,
      ...(known?.hours === undefined ? {} : { hours: known.hours }),
    };
    const change: Change = {
      kind: 'addCompletion',
      provider,
      ...(select.platform === undefined ? {} : { platform: select.platform }),
      selector: selectorLabel(select),
      ...(known?.title === undefined ? {} : { title: known.title }),
      ...(known === undefined ? {} : { credits: known.credits, creditSystem: known.creditSystem }),
      ...(known === undefined && least > 0 ? { minimumCredits: fromThousandths(least) } : {}),
      ...(minimumGrade === undefined ? {} : { grade: minimumGrade }),
    };
    return { change, apply: (input) => place.taking(input, course, source) };
  }
}

type NewCourse = Pick<Completion, 'id' | 'provider' | 'code' | 'credits' | 'creditSystem' | 'hours' | 'mooc'>;

/** The rule for which courses are taken. */
class Place {
  constructor(
    private readonly input: EvaluationInput,
    private readonly rule: Rule,
    private readonly revision: RevisionInForce,
  ) {}

  /** Who teaches a course: whom the selector names, else the rule's sender, of any member the first other party. */
  providerOf({ provider }: Selector): string {
    if (provider !== undefined) return provider;
    if (this.rule.from !== anyMember) return this.rule.from;
    return this.revision.terms.parties.find((party) => party !== this.input.programme.institution) ?? this.input.programme.institution;
  }

  /** The input with a course taken: at the receiving institution it stands on the home record. */
  taking(input: EvaluationInput, course: NewCourse, { select, minimumGrade }: CourseSource): EvaluationInput {
    const { id, code, credits, provider } = course;
    if (provider === input.programme.institution) {
      const home = { id, code, credits, status: 'done', passFail: false, attributes: [] } as const;
      return { ...input, homeRecord: [...input.homeRecord, home] };
    }
    const { validity, conditions } = this.rule;
    const hours = conditions?.evidence?.minimumHours;
    const date = validity.until !== undefined && validity.until < input.requestDate ? validity.until : input.requestDate;
    const completion: Completion = {
      ...course,
      ...(select.platform === undefined ? {} : { platform: select.platform }),
      ...(select.kind === 'field' ? { isced: select.isced, eqfLevel: select.minimumEqf ?? 6 } : {}),
      ...(hours === undefined ? {} : { hours: course.hours ?? hours }),
      ...(minimumGrade === undefined ? {} : { grade: minimumGrade }),
      outcome: 'achieved',
      completedOn: date,
      enrolledOn: date,
      evidence: { identityVerified: true, proctored: true, verification: 'verified' },
      repeatable: false,
    };
    return { ...input, completions: [...input.completions, completion] };
  }
}

function courseKey(provider: string, code: string): string {
  return `${provider} ${normaliseCode(code)}`;
}

const indices = new WeakMap<readonly OfferedCourse[], ReadonlyMap<string, OfferedCourse>>();

/** By provider and code; indexed once for each list. */
function indexOf(courses: readonly OfferedCourse[]): ReadonlyMap<string, OfferedCourse> {
  const before = indices.get(courses);
  if (before !== undefined) return before;
  const index = new Map(courses.map((course) => [courseKey(course.provider, course.code), course]));
  indices.set(courses, index);
  return index;
}

/** The most codes of a selector that are looked at. */
const mostCodes = 1000;

/** A code that a selector matches and that is not taken, as far as there is one. */
function codeFor(select: Selector, isTaken: (code: string) => boolean): string {
  let first: string | undefined;
  for (const code of possibleCodes(select)) {
    if (!isTaken(code)) return code;
    first ??= code;
  }
  if (first === undefined) throw new Error('a selector without any code');
  return first;
}

function possibleCodes(select: Selector): Iterable<string> {
  switch (select.kind) {
    case 'code':
      return [select.code];
    case 'pattern':
      return codesOf(select.pattern, mostCodes);
    case 'subject':
      return numbered(select.subject, select.level ?? 100);
    case 'field':
      return numbered('NEW', 100);
  }
}

/** Codes of one level. */
function* numbered(subject: string, first: number): Generator<string> {
  const count = 10 ** (String(first).length - 1);
  for (let number = first; number < first + count; number += 1) yield `${subject} ${String(number)}`;
}
