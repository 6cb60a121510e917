import { at, thousandths } from '../../kernel/index.js';
import type { Application, CandidateAward, Candidates } from './candidate.js';
import type { EvaluationInput, HomeCourse } from './input.js';
import { describeCode, fittingLeaves, type Filler, type RequirementTree } from './requirements.js';
import type { Term } from './solver/program.js';

/** An award of a candidate application, or a home course, as one thing that can fill requirements. */
export interface Slot {
  readonly filler: Filler;
  readonly application?: number;
  readonly award?: CandidateAward;
  readonly home?: HomeCourse;
  readonly transferred: boolean;
  readonly mooc: boolean;
  readonly passFail: boolean;
  /** The leaves it may fill, by id. */
  readonly leaves: readonly number[];
}

/** A slot in a leaf: the column that says so, and what then counts there, in units (nothing is counted in a named course). */
export interface Placement {
  readonly slot: number;
  readonly leaf: number;
  readonly column: number;
  readonly amount: readonly Term[];
}

/** The awards of the applications, in their order, then the home courses that are done, in a what-if also those under way, by id. */
export function slotsOf(
  { programme, homeRecord, whatIf }: EvaluationInput,
  { applications }: Candidates,
  tree: RequirementTree,
  waived: ReadonlySet<string>,
): readonly Slot[] {
  const { electivesOnly } = programme.policy;
  const isOpen = (leaf: number, electiveOnly: boolean): boolean => {
    const { id, requirement } = at(tree.leaves, leaf);
    return !waived.has(id) && !(electiveOnly && requirement.kind === 'course');
  };
  const ofAward = ({ mooc }: Application, application: number, award: CandidateAward): Slot => {
    const { filler, leaves } = tree.fits.of(award.award, award.credits);
    const electiveOnly = !award.coreAllowed && (electivesOnly === 'transferred' || (electivesOnly === 'mooc' && mooc));
    const open = waived.size === 0 && !electiveOnly ? leaves : leaves.filter((leaf) => isOpen(leaf, electiveOnly));
    return { filler, application, award, transferred: true, mooc, passFail: award.passFail, leaves: open };
  };
  const ofHome = (home: HomeCourse): Slot => {
    const { code, attributes, credits } = home;
    const filler: Filler = { ...describeCode(code), attributes, effect: 'credit', credits: thousandths(credits) };
    const open = fittingLeaves(tree.leaves, filler).filter((leaf) => isOpen(leaf, false));
    return { filler, home, transferred: false, mooc: false, passFail: home.passFail, leaves: open };
  };
  const home = homeRecord.filter(({ status }) => status === 'done' || whatIf).sort((a, b) => (a.id < b.id ? -1 : 1));
  return [
    ...applications.flatMap((application, index) => application.awards.map((award) => ofAward(application, index, award))),
    ...home.map(ofHome),
  ];
}
