import { thousandths, type Thousandths } from '../../kernel/index.js';
import { gcd, groupBy, isProperSubset } from './arithmetic.js';
import type { Candidates } from './candidate.js';
import { capsThatMayBind, type Cap } from './caps.js';
import type { EvaluationInput } from './input.js';
import { limitedSets } from './limits.js';
import { describeCode, describeTarget, mayShare, requirementTree, type Filler, type Node, type RequirementTree } from './requirements.js';
import { Program, stages, type Term } from './solver/program.js';
import type { Placement, Slot } from './slots.js';
import { addSurplus, type Surplus } from './surplus.js';

/** The constraints of docs/evaluation.md §5 as an integer programme; objectives.ts has §7. */
export interface Model {
  readonly program: Program;
  readonly tree: RequirementTree;
  readonly slots: readonly Slot[];
  readonly waived: ReadonlySet<string>;
  /** Thousandths that one unit of an amount column stands for. */
  readonly unit: number;
  /** Column of each application. */
  readonly taken: readonly number[];
  /** Column that says whether a slot is granted; −1 for a home course that always is, −2 for what never is. */
  readonly granted: readonly number[];
  /** Column of what a slot counts, where programme caps or surplus may cut it; else it counts whole. */
  readonly counted: readonly (number | undefined)[];
  readonly placements: readonly Placement[];
  readonly surpluses: readonly Surplus[];
  /** Per leaf what counts in it, in units; for a named course, whether it is filled. */
  readonly filled: readonly (readonly Term[])[];
  /** Per leaf a column or sum of columns that is 1 only when it is complete; undefined when it always is. */
  readonly completed: readonly (readonly Term[] | undefined)[];
  readonly caps: readonly Cap[];
}

export const always = -1;
export const never = -2;

export function buildModel(input: EvaluationInput, candidates: Candidates): Model {
  return new Builder(input, candidates).build();
}

class Builder {
  private readonly program = new Program();
  private readonly tree: RequirementTree;
  private readonly waived: ReadonlySet<string>;
  private readonly slots: Slot[];
  private readonly taken: number[];
  private readonly granted: number[] = [];
  private readonly counted: (number | undefined)[] = [];
  private readonly placements: Placement[] = [];
  private readonly surpluses: Surplus[] = [];
  private readonly filled: (readonly Term[])[] = [];
  private readonly completed: (readonly Term[] | undefined)[] = [];
  private readonly caps: readonly Cap[];
  private readonly unit: number;
  /** True when amounts may differ from the awards' whole credits, so that they need columns of their own. */
  private readonly withAmounts: boolean;

  constructor(
    private readonly input: EvaluationInput,
    private readonly candidates: Candidates,
  ) {
    this.tree = requirementTree(input.programme);
    this.waived = new Set(input.exceptions.flatMap((exception) => (exception.kind === 'requirementWaived' ? [exception.requirement] : [])));
    this.slots = [...this.awardSlots(), ...this.homeSlots()];
    this.caps = capsThatMayBind(input, this.tree, this.slots, candidates.applications);
    const surplus = input.programme.policy.surplusToElectives === true && this.slots.some(({ leaves }) => leaves.length > 0);
    this.withAmounts = surplus || this.caps.some(({ kind }) => kind === 'credits');
    this.unit = this.commonUnit();
    this.taken = candidates.applications.map(() => this.program.addColumn(1, stages.application));
  }

  build(): Model {
    const { program, tree, slots, waived, unit, taken, granted, counted, placements, surpluses, filled, completed, caps } = this;
    this.addGrants();
    this.addExclusions();
    this.addLimits();
    this.slots.forEach((slot, index) => {
      this.addCounted(slot, index);
      this.addPlacements(slot, index);
    });
    if (this.input.programme.policy.surplusToElectives === true)
      this.surpluses.push(...addSurplus({ program, tree, slots, waived, unit, counted, placements }));
    this.tree.leaves.forEach((node, leaf) => {
      this.addLeaf(node, leaf);
    });
    this.addSurplusConditions();
    this.addCaps();
    return { program, tree, slots, waived, unit, taken, granted, counted, placements, surpluses, filled, completed, caps };
  }

  private awardSlots(): Slot[] {
    const { electivesOnly } = this.input.programme.policy;
    return this.candidates.applications.flatMap((application, index) =>
      application.awards.map((award): Slot => {
        const filler: Filler = {
          ...describeTarget(award.award.target),
          attributes: award.award.attributes ?? [],
          effect: award.award.effect,
          credits: award.credits,
        };
        const kept = !award.coreAllowed && (electivesOnly === 'transferred' || (electivesOnly === 'mooc' && application.mooc));
        const leaves = this.leavesFor(filler, (leaf) => !(kept && leaf.requirement.kind === 'course'));
        return { filler, application: index, award, transferred: true, mooc: application.mooc, passFail: award.passFail, leaves };
      }),
    );
  }

  private homeSlots(): Slot[] {
    return this.input.homeRecord
      .filter(({ status }) => status === 'done' || this.input.whatIf)
      .sort((a, b) => (a.id < b.id ? -1 : 1))
      .map((home): Slot => {
        const credits = thousandths(home.credits);
        const filler: Filler = { ...describeCode(home.code), attributes: home.attributes, effect: 'credit', credits };
        return { filler, home, transferred: false, mooc: false, passFail: home.passFail, leaves: this.leavesFor(filler, () => true) };
      });
  }

  private leavesFor(filler: Filler, allowed: (leaf: Node) => boolean): number[] {
    return this.tree.leaves.flatMap((leaf, index) => (!this.waived.has(leaf.id) && allowed(leaf) && leaf.fits(filler) ? [index] : []));
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
    const homeCodes = new Set(this.input.homeRecord.map(({ code }) => describeCode(code).code));
    const contested = this.contestedSlots();
    const breakable = this.candidates.applications.some(({ givesWayTo }) => givesWayTo.length > 0);
    this.slots.forEach((slot, index) => {
      this.granted.push(this.grantColumn(slot, contested.has(index), breakable, homeCodes));
    });
    const byCourse = groupBy(this.slots.keys(), (index) => this.slots[index]?.award && this.slots[index].filler.code);
    for (const rivals of byCourse.values()) this.program.addRow(this.grantTerms(rivals), 1);
  }

  private grantColumn(slot: Slot, contested: boolean, breakable: boolean, homeCodes: ReadonlySet<string | undefined>): number {
    if (slot.home !== undefined) return this.homeGrant(slot);
    const taken = this.taken[slot.application ?? 0] ?? 0;
    if (slot.filler.code !== undefined && homeCodes.has(slot.filler.code)) return never;
    const single = this.candidates.applications[slot.application ?? 0]?.awards.length === 1;
    // An application whose only award is refused is never worth taking, unless taking it sets another one free.
    if (!contested || (single && !breakable)) return taken;
    const column = this.program.addColumn(1, stages.grant);
    this.program.addRow(
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

  /** Slots that share a receiving course with another, or fall under a limit. */
  private contestedSlots(): Set<number> {
    const contested = new Set<number>();
    const byCourse = groupBy(this.slots.keys(), (index) => this.slots[index]?.award && this.slots[index].filler.code);
    for (const rivals of byCourse.values()) if (rivals.length > 1) rivals.forEach((index) => contested.add(index));
    for (const { slots } of limitedSets(this.slots, this.candidates)) slots.forEach((index) => contested.add(index));
    return contested;
  }

  private grantTerms(slots: readonly number[], weight: (slot: Slot) => number = () => 1): Term[] {
    return slots.flatMap((index): Term[] => {
      const [column, slot] = [this.granted[index], this.slots[index]];
      return column === undefined || column < 0 || slot === undefined ? [] : [[column, weight(slot)]];
    });
  }

  /** §5.1 and §3.3: sets are disjoint; an application gives way to larger satisfied sets that nothing has broken. */
  private addExclusions(): void {
    const { applications, completions } = this.candidates;
    const consumers = completions.map((): number[] => []);
    applications.forEach(({ set }, index) => {
      for (const completion of set) consumers[completion]?.push(index);
    });
    for (const rivals of consumers)
      this.program.addRow(
        rivals.map((index): Term => [this.taken[index] ?? 0, 1]),
        1,
      );
    applications.forEach((application, index) => {
      for (const larger of application.givesWayTo) {
        const breakers = new Set(larger.flatMap((completion) => consumers[completion] ?? []));
        const terms: Term[] = [[this.taken[index] ?? 0, 1]];
        for (const breaker of breakers) {
          if (!isProperSubset(applications[breaker]?.set ?? [], larger)) terms.push([this.taken[breaker] ?? 0, -1]);
        }
        this.program.addRow(terms, 0);
      }
    });
  }

  /** §5.3. */
  private addLimits(): void {
    for (const limited of limitedSets(this.slots, this.candidates)) {
      const { limit, consumed, slots } = limited;
      if (limit.maximumCourses !== undefined) {
        const terms = consumed?.map(([application, count]): Term => [this.taken[application] ?? 0, count]) ?? this.grantTerms(slots);
        this.program.addRow(terms, limit.maximumCourses);
      }
      if (limit.maximumCredits !== undefined) {
        this.program.addRow(
          this.grantTerms(slots, ({ filler }) => filler.credits),
          thousandths(limit.maximumCredits),
        );
      }
    }
    const homeLimit = this.input.programme.policy.passFail?.maximumHomeCourses;
    const passFailHome = [...this.slots.keys()].filter((index) => this.slots[index]?.home !== undefined && this.slots[index].passFail);
    if (homeLimit !== undefined) this.program.addRow(this.grantTerms(passFailHome), homeLimit);
  }

  /** An award counts no more than its credits, and no more than any cap on what counts at all. */
  private mostCounted({ filler }: Slot, index: number): Thousandths {
    const caps = this.caps.filter(({ kind, leaves, slots }) => kind === 'credits' && leaves === undefined && slots.has(index));
    return Math.min(filler.credits, ...caps.map(({ maximum }) => maximum));
  }

  private addCounted(slot: Slot, index: number): void {
    const grant = this.granted[index] ?? never;
    if (!this.withAmounts || grant === never || slot.filler.credits === 0) {
      this.counted.push(undefined);
      return;
    }
    const most = this.units(this.mostCounted(slot, index));
    const column = this.program.addColumn(most, stages.consequence);
    if (grant >= 0)
      this.program.addRow(
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
    const grant = this.granted[index] ?? never;
    if (grant === never || slot.leaves.length === 0) return;
    const first = this.placements.length;
    for (const leaf of slot.leaves) {
      const column = this.placementColumn(slot, leaf, grant);
      this.placements.push({ slot: index, leaf, column, amount: this.amountTerms(slot, index, leaf, column) });
    }
    const own = this.placements.slice(first);
    if (own.length === 1 && own[0]?.column === grant) return;
    this.addOnePlaceRows(own, grant);
  }

  /** A slot that has only one credit requirement to go to stands there whenever it is granted. */
  private placementColumn(slot: Slot, leaf: number, grant: number): number {
    const node = this.tree.leaves[leaf];
    const capped = this.caps.some(({ kind }) => kind === 'number');
    const only = slot.leaves.length === 1 && node?.requirement.kind !== 'course' && !capped;
    return only && grant >= 0 ? grant : this.program.addColumn(1, stages.placement);
  }

  private amountTerms(slot: Slot, index: number, leaf: number, column: number): readonly Term[] {
    // No more than the requirement needs can count there: the relaxation is sharper for saying so of each award.
    const whole = this.units(Math.min(slot.filler.credits, this.tree.leaves[leaf]?.need ?? 0));
    if (this.tree.leaves[leaf]?.requirement.kind === 'course') return [];
    const counted = this.counted[index];
    if (counted === undefined) return [[column, whole]];
    const amount = this.program.addColumn(whole, stages.consequence);
    this.program.addRow(
      [
        [amount, 1],
        [column, -whole],
      ],
      0,
    );
    this.program.addRow(
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
    const [granted, bound]: [Term[], number] = grant >= 0 ? [[[grant, -1]], 0] : [[], 1];
    const leaf = (placement: Placement): Node | undefined => this.tree.leaves[placement.leaf];
    const sharing = own.filter((a) => own.some((b) => a !== b && shares(leaf(a), leaf(b))));
    const alone = own.filter((placement) => !sharing.includes(placement));
    if (sharing.length === 0) this.program.addRow([...own.map(({ column }): Term => [column, 1]), ...granted], bound);
    for (const a of sharing) {
      this.program.addRow([[a.column, 1], ...alone.map(({ column }): Term => [column, 1]), ...granted], bound);
      for (const b of sharing) {
        if (a.leaf < b.leaf && !shares(leaf(a), leaf(b))) this.program.addRow([[a.column, 1], [b.column, 1], ...granted], bound);
      }
    }
  }

  /** A named course is filled once; credits count up to the need. */
  private addLeaf(node: Node, leaf: number): void {
    const here = this.placements.filter((placement) => placement.leaf === leaf);
    if (node.requirement.kind === 'course') {
      const filled = here.map(({ column }): Term => [column, 1]);
      this.program.addRow(filled, 1);
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
      this.program.addRow(amounts, need);
      return amounts;
    }
    if (amounts.reduce((sum, [, amount]) => sum + amount, 0) <= need) return amounts;
    const column = this.program.addColumn(need, stages.consequence);
    this.program.addRow([[column, 1], ...amounts.map(([other, amount]): Term => [other, -amount])], 0);
    return [[column, 1]];
  }

  private completion(filled: readonly Term[], need: number): readonly Term[] | undefined {
    if (need === 0) return undefined;
    if (filled.length === 0) return [];
    const column = this.program.addColumn(1, stages.consequence);
    this.program.addRow([[column, need], ...filled.map(([other, amount]): Term => [other, -amount])], 0);
    return [[column, 1]];
  }

  /** §5.5. */
  private addCaps(): void {
    for (const cap of this.caps) {
      const below = this.placements.filter(({ slot, leaf }) => cap.slots.has(slot) && cap.leaves?.has(leaf) === true);
      if (cap.kind === 'number')
        this.program.addRow(
          below.map(({ column }): Term => [column, 1]),
          cap.maximum,
        );
      else if (cap.leaves !== undefined) {
        const surplus = this.surplusTerms(({ slot, to }) => cap.slots.has(slot) && cap.leaves?.has(to) === true);
        this.program.addRow([...below.flatMap(({ amount }) => amount), ...surplus], this.units(cap.maximum));
      } else {
        const terms = [...cap.slots].flatMap((slot): Term[] => (this.counted[slot] === undefined ? [] : [[this.counted[slot], 1]]));
        this.program.addRow(terms, this.units(cap.maximum));
      }
    }
  }

  private addSurplusConditions(): void {
    for (const { from, choice } of this.surpluses) {
      const complete = this.completed[from];
      if (complete !== undefined) this.program.addRow([[choice, 1], ...complete.map(([column]): Term => [column, -1])], 0);
    }
  }
}

function shares(a: Node | undefined, b: Node | undefined): boolean {
  return a !== undefined && b !== undefined && mayShare(a, b);
}
