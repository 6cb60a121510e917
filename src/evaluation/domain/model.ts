import { at, thousandths, type Thousandths } from '../../kernel/index.js';
import { gcd, groupBy, isProperSubset } from './arithmetic.js';
import type { Candidates } from './candidate.js';
import { capsThatMayBind, type Cap } from './caps.js';
import type { EvaluationInput } from './input.js';
import { addRow, always, constantOf, negated, never, openTerms } from './constants.js';
import { foregone, type Foregone } from './foregone.js';
import { limitedSets, type LimitedSlots } from './limits.js';
import { describeCode, mayShare, requirementTree, type Node, type RequirementTree } from './requirements.js';
import { Program, stages, type Term } from './solver/program.js';
import { slotsOf, type Placement, type Slot } from './slots.js';
import { addSurplus, type Surplus } from './surplus.js';

/** The constraints of docs/evaluation.md §5 as an integer programme; objectives.ts has §7. */
export interface Model {
  readonly program: Program;
  readonly tree: RequirementTree;
  readonly slots: readonly Slot[];
  readonly waived: ReadonlySet<string>;
  /** Thousandths that one unit of an amount column stands for. */
  readonly unit: number;
  /** Column of each application; `always` or `never` where that is decided (foregone.ts). */
  readonly taken: readonly number[];
  /** Column that says whether a slot is granted, or `always`, or `never`. */
  readonly granted: readonly number[];
  /** Column of what a slot counts, where programme caps or surplus may cut it; else it counts whole. */
  readonly counted: readonly (number | undefined)[];
  readonly placements: readonly Placement[];
  readonly surpluses: readonly Surplus[];
  /** Per leaf what counts in it, in units; for a named course, whether it is filled. Terms may be constants, here as everywhere in a model. */
  readonly filled: readonly (readonly Term[])[];
  /** Per leaf a column or sum of columns that is 1 only when it is complete; undefined when it always is. */
  readonly completed: readonly (readonly Term[] | undefined)[];
  readonly caps: readonly Cap[];
  readonly limits: readonly LimitedSlots[];
}

export function buildModel(input: EvaluationInput, candidates: Candidates): Model {
  return new Builder(input, candidates).build();
}

class Builder {
  private readonly program = new Program();
  private readonly tree: RequirementTree;
  private readonly waived: ReadonlySet<string>;
  private readonly slots: readonly Slot[];
  private readonly taken: number[];
  private readonly granted: number[] = [];
  private readonly counted: (number | undefined)[] = [];
  private readonly placements: Placement[] = [];
  private readonly surpluses: Surplus[] = [];
  private readonly filled: (readonly Term[])[] = [];
  private readonly completed: (readonly Term[] | undefined)[] = [];
  private readonly caps: readonly Cap[];
  private readonly homeCodes: ReadonlySet<string | undefined>;
  private readonly foregone: Foregone;
  private readonly limits: readonly LimitedSlots[];
  private readonly exclusive: ReadonlySet<number>;
  private readonly unit: number;
  /** True when amounts may differ from the awards' whole credits, so that they need columns of their own. */
  private readonly withAmounts: boolean;

  constructor(
    private readonly input: EvaluationInput,
    private readonly candidates: Candidates,
  ) {
    this.tree = requirementTree(input.programme);
    this.waived = new Set(input.exceptions.flatMap((exception) => (exception.kind === 'requirementWaived' ? [exception.requirement] : [])));
    this.slots = slotsOf(input, candidates, this.tree, this.waived);
    this.caps = capsThatMayBind(input, this.tree, this.slots, candidates.applications);
    const surplus = input.programme.policy.surplusToElectives === true && this.slots.some(({ leaves }) => leaves.length > 0);
    this.withAmounts = surplus || this.caps.some(({ kind }) => kind === 'credits');
    this.unit = this.commonUnit();
    this.homeCodes = new Set(input.homeRecord.map(({ code }) => describeCode(code).code));
    this.limits = limitedSets(this.slots, candidates);
    const capped = surplus || this.caps.length > 0;
    this.foregone = foregone({ applications: candidates.applications, slots: this.slots, homeCodes: this.homeCodes, capped });
    this.taken = candidates.applications.map((_, index) => this.takenColumn(index));
    this.exclusive = this.exclusiveLeaves();
  }

  build(): Model {
    const { program, tree, slots, waived, unit, taken, granted, counted, placements, surpluses, filled, completed, caps, limits } = this;
    this.addGrants();
    this.addExclusions();
    this.addLimits();
    this.slots.forEach((slot, index) => {
      this.addCounted(slot, index);
      this.addPlacements(slot, index);
    });
    if (this.input.programme.policy.surplusToElectives === true)
      this.surpluses.push(...addSurplus({ program, tree, slots, waived, unit, counted, placements }));
    const placementsIn = groupBy(this.placements, ({ leaf }) => leaf);
    this.tree.leaves.forEach((node, leaf) => {
      this.addLeaf(node, leaf, placementsIn.get(leaf) ?? []);
    });
    this.addSurplusConditions();
    this.addCaps();
    return { program, tree, slots, waived, unit, taken, granted, counted, placements, surpluses, filled, completed, caps, limits };
  }

  private takenColumn(application: number): number {
    if (this.foregone.left.has(application)) return never;
    return this.foregone.taken.has(application) ? always : this.program.addColumn(1, stages.application);
  }

  /** Named courses that only awards of one receiving course could fill: of these one is granted at most, and can always stand there. */
  private exclusiveLeaves(): ReadonlySet<number> {
    const codes = this.tree.leaves.map(() => new Set<string | undefined>());
    for (const [index, { leaves }] of this.slots.entries()) {
      if (!this.isLeft(index)) for (const leaf of leaves) at(codes, leaf).add(this.awardedCode(index));
    }
    const isExclusive = (leaf: number): boolean => at(codes, leaf).size === 1 && !at(codes, leaf).has(undefined);
    return new Set([...codes.keys()].filter((leaf) => at(this.tree.leaves, leaf).requirement.kind === 'course' && isExclusive(leaf)));
  }

  private isLeft(slot: number): boolean {
    const { application } = at(this.slots, slot);
    return application !== undefined && this.foregone.left.has(application);
  }

  /** The course that an award would be of, where its application is not left anyway. */
  private awardedCode(slot: number): string | undefined {
    const { application, filler } = at(this.slots, slot);
    return application === undefined || this.isLeft(slot) ? undefined : filler.code;
  }

  private addRow(terms: readonly Term[], bound: number): void {
    addRow(this.program, terms, bound);
  }

  /**
   * Amounts are counted in the greatest unit that divides every credit in play, so that the numbers stay small. Where a pass/fail cap crosses
   * other caps the best amounts need not be multiples of it, and a thousandth is the unit.
   */
  private commonUnit(): number {
    const credits = this.caps.filter(({ kind }) => kind === 'credits');
    if (credits.some(({ binding }) => binding.kind === 'passFail') && credits.length > 1) return 1;
    let unit = 0;
    for (const { filler } of this.slots) unit = gcd(unit, filler.credits);
    for (const { need } of this.tree.leaves) unit = gcd(unit, need);
    for (const { maximum } of credits) unit = gcd(unit, maximum);
    return Math.max(unit, 1);
  }

  private units(credits: Thousandths): number {
    return credits / this.unit;
  }

  /** Whether each award is granted: with its application, unless its course may be awarded once only, or a limit may refuse it. */
  private addGrants(): void {
    const byCourse = groupBy(this.slots.keys(), (index) => this.awardedCode(index));
    const contested = new Set(this.limits.flatMap(({ slots }) => slots));
    for (const rivals of byCourse.values()) if (rivals.length > 1) for (const index of rivals) contested.add(index);
    const breakable = this.candidates.applications.some(({ givesWayTo }) => givesWayTo.length > 0);
    this.slots.forEach((slot, index) => {
      this.granted.push(
        slot.application === undefined
          ? this.homeGrant(slot)
          : this.grantColumn(slot.application, slot.filler.code, contested.has(index), breakable),
      );
    });
    for (const rivals of byCourse.values()) if (rivals.length > 1) this.addRow(this.grantTerms(rivals), 1);
  }

  private grantColumn(application: number, code: string | undefined, contested: boolean, breakable: boolean): number {
    const taken = at(this.taken, application);
    if (taken === never || (code !== undefined && this.homeCodes.has(code))) return never;
    const single = at(this.candidates.applications, application).awards.length === 1;
    // An application whose only award is refused is never worth taking, unless taking it sets another one free.
    if (taken === always || !contested || (single && !breakable)) return taken;
    const column = this.program.addColumn(1, stages.grant);
    this.addRow(
      [
        [column, 1],
        [taken, -1],
      ],
      0,
    );
    return column;
  }

  private homeGrant(slot: Slot): number {
    const limited = slot.passFail && this.input.programme.policy.passFail?.maximumHomeCourses !== undefined;
    return limited ? this.program.addColumn(1, stages.grant) : always;
  }

  private grantTerms(slots: readonly number[], weight: (slot: Slot) => number = () => 1): Term[] {
    return slots.map((index): Term => [at(this.granted, index), weight(at(this.slots, index))]);
  }

  /** §5.1 and §3.3: sets are disjoint; an application gives way to larger satisfied sets that nothing has broken. */
  private addExclusions(): void {
    const { applications, completions } = this.candidates;
    const consumers = completions.map((): number[] => []);
    applications.forEach(({ set }, index) => {
      if (at(this.taken, index) === never) return;
      for (const completion of set) at(consumers, completion).push(index);
    });
    for (const rivals of consumers) {
      if (rivals.length > 1)
        this.addRow(
          rivals.map((index): Term => [at(this.taken, index), 1]),
          1,
        );
    }
    applications.forEach((application, index) => {
      for (const larger of application.givesWayTo) {
        const breakers = new Set(larger.flatMap((completion) => at(consumers, completion)));
        const terms: Term[] = [[at(this.taken, index), 1]];
        for (const breaker of breakers) {
          if (!isProperSubset(at(applications, breaker).set, larger)) terms.push([at(this.taken, breaker), -1]);
        }
        this.addRow(terms, 0);
      }
    });
  }

  /** §5.3. */
  private addLimits(): void {
    for (const { limit, consumed, slots } of this.limits) {
      if (limit.maximumCourses !== undefined) {
        const terms = consumed?.map(([application, count]): Term => [at(this.taken, application), count]) ?? this.grantTerms(slots);
        this.addRow(terms, limit.maximumCourses);
      }
      if (limit.maximumCredits !== undefined) {
        this.addRow(
          this.grantTerms(slots, ({ filler }) => filler.credits),
          thousandths(limit.maximumCredits),
        );
      }
    }
    const homeLimit = this.input.programme.policy.passFail?.maximumHomeCourses;
    const passFailHome = [...this.slots.keys()].filter(
      (index) => at(this.slots, index).home !== undefined && at(this.slots, index).passFail,
    );
    if (homeLimit !== undefined) this.addRow(this.grantTerms(passFailHome), homeLimit);
  }

  /** An award counts no more than its credits, and no more than any cap on what counts at all. */
  private mostCounted({ filler }: Slot, index: number): Thousandths {
    const caps = this.caps.filter(({ kind, leaves, slots }) => kind === 'credits' && leaves === undefined && slots.has(index));
    return Math.min(filler.credits, ...caps.map(({ maximum }) => maximum));
  }

  private addCounted(slot: Slot, index: number): void {
    const grant = at(this.granted, index);
    if (!this.withAmounts || grant === never || slot.filler.credits === 0) {
      this.counted.push(undefined);
      return;
    }
    const most = this.units(this.mostCounted(slot, index));
    const column = this.program.addColumn(most, stages.consequence);
    this.addRow(
      [
        [column, 1],
        [grant, -most],
      ],
      0,
    );
    this.counted.push(column);
  }

  /** §5.4: where a slot may stand, and what it counts there. */
  private addPlacements(slot: Slot, index: number): void {
    const grant = at(this.granted, index);
    if (grant === never || slot.leaves.length === 0) return;
    const own = slot.leaves.map((leaf): Placement => {
      const column = this.placementColumn(slot, leaf, grant);
      return { slot: index, leaf, column, amount: this.amountTerms(slot, index, leaf, column) };
    });
    this.placements.push(...own);
    if (own.length > 1 || own[0]?.column !== grant) this.addOnePlaceRows(own, grant);
  }

  /** A slot that has only one requirement to go to stands there whenever it is granted, unless another could stand in its way. */
  private placementColumn(slot: Slot, leaf: number, grant: number): number {
    const only = slot.leaves.length === 1 && !this.caps.some(({ kind }) => kind === 'number');
    const isNamed = at(this.tree.leaves, leaf).requirement.kind === 'course';
    const follows = only && (isNamed ? this.exclusive.has(leaf) : grant >= 0 || !this.withAmounts);
    return follows ? grant : this.program.addColumn(1, stages.placement);
  }

  private amountTerms(slot: Slot, index: number, leaf: number, column: number): readonly Term[] {
    const { need, requirement } = at(this.tree.leaves, leaf);
    if (requirement.kind === 'course') return [];
    // No more than the requirement needs can count there: the relaxation is sharper for saying so of each award.
    const whole = this.units(Math.min(slot.filler.credits, need));
    const counted = this.counted[index];
    if (counted === undefined) return [[column, whole]];
    const amount = this.program.addColumn(whole, stages.consequence);
    this.addRow(
      [
        [amount, 1],
        [column, -whole],
      ],
      0,
    );
    this.addRow(
      [
        [amount, 1],
        [counted, -1],
      ],
      0,
    );
    return [[amount, 1]];
  }

  /** An award fills one requirement, or several that pairwise share. */
  private addOnePlaceRows(own: readonly Placement[], grant: number): void {
    const leaf = (placement: Placement): Node => at(this.tree.leaves, placement.leaf);
    const sharing = own.filter((a) => own.some((b) => a !== b && mayShare(leaf(a), leaf(b))));
    const alone = own.filter((placement) => !sharing.includes(placement));
    const granted: Term = [grant, -1];
    if (sharing.length === 0) this.addRow([...own.map(({ column }): Term => [column, 1]), granted], 0);
    for (const a of sharing) {
      this.addRow([[a.column, 1], ...alone.map(({ column }): Term => [column, 1]), granted], 0);
      for (const b of sharing) {
        if (a.leaf < b.leaf && !mayShare(leaf(a), leaf(b))) this.addRow([[a.column, 1], [b.column, 1], granted], 0);
      }
    }
  }

  /** A named course is filled once; credits count up to the need. */
  private addLeaf(node: Node, leaf: number, here: readonly Placement[]): void {
    if (node.requirement.kind === 'course') {
      const filled = here.map(({ column }): Term => [column, 1]);
      if (here.length > 1 && !this.exclusive.has(leaf)) this.addRow(filled, 1);
      this.filled.push(filled);
      this.completed.push(filled);
      return;
    }
    const amounts = [...here.flatMap(({ amount }) => amount), ...this.surplusTerms(({ to }) => to === leaf)];
    const filled = this.upToNeed(amounts, this.units(node.need));
    this.filled.push(filled);
    this.completed.push(this.completion(filled, this.units(node.need)));
  }

  private surplusTerms(wanted: (surplus: Surplus) => boolean): Term[] {
    return this.surpluses.filter(wanted).map(({ column }): Term => [column, 1]);
  }

  /** Amounts that have columns of their own sum to at most the need; whole credits count through a column that stops at it. */
  private upToNeed(amounts: readonly Term[], need: number): readonly Term[] {
    if (this.withAmounts) {
      this.addRow(amounts, need);
      return amounts;
    }
    if (amounts.reduce((sum, [, amount]) => sum + amount, 0) <= need) return amounts;
    if (constantOf(amounts) >= need) return [[always, need]];
    const column = this.program.addColumn(need, stages.consequence);
    this.addRow([[column, 1], ...negated(amounts)], 0);
    return [[column, 1]];
  }

  private completion(filled: readonly Term[], need: number): readonly Term[] | undefined {
    if (need === 0) return undefined;
    if (constantOf(filled) >= need) return [[always, 1]];
    if (this.mostOf(filled) < need) return [];
    const column = this.program.addColumn(1, stages.consequence);
    this.addRow([[column, need], ...negated(filled)], 0);
    return [[column, 1]];
  }

  /** The most that terms can come to, each at its largest. */
  private mostOf(terms: readonly Term[]): number {
    return openTerms(terms).reduce((sum, [column, amount]) => sum + amount * at(this.program.upper, column), constantOf(terms));
  }

  /** §5.5. */
  private addCaps(): void {
    for (const cap of this.caps) {
      const below = this.placements.filter(({ slot, leaf }) => cap.slots.has(slot) && cap.leaves?.has(leaf) === true);
      if (cap.kind === 'number')
        this.addRow(
          below.map(({ column }): Term => [column, 1]),
          cap.maximum,
        );
      else if (cap.leaves !== undefined) {
        const surplus = this.surplusTerms(({ slot, to }) => cap.slots.has(slot) && cap.leaves?.has(to) === true);
        this.addRow([...below.flatMap(({ amount }) => amount), ...surplus], this.units(cap.maximum));
      } else {
        const terms = [...cap.slots].flatMap((slot): Term[] => (this.counted[slot] === undefined ? [] : [[this.counted[slot], 1]]));
        this.addRow(terms, this.units(cap.maximum));
      }
    }
  }

  private addSurplusConditions(): void {
    for (const { from, choice } of this.surpluses) {
      const complete = this.completed[from];
      if (complete !== undefined) this.addRow([[choice, 1], ...complete.map(([column]): Term => [column, -1])], 0);
    }
  }
}
