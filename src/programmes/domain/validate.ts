import { FieldChecks, isWithinShape, parseRational, toThousandths, type FieldError } from '../../kernel/index.js';
import type { CourseMatch, Programme, Requirement, TransferPolicy } from './programme.js';
import { programmeLimits } from './schema.js';

/**
 * Everything that is wrong with a programme whose shape is right, at once; nothing when it is valid. Never hangs, not even on a
 * requirement that contains itself.
 */
export function validateProgramme(programme: Programme): readonly FieldError[] {
  const checks = new FieldChecks();
  checks.code('/code', programme.code);
  checks.localisedText('/title', programme.title);
  checks.text('/creditSystem', programme.creditSystem);
  checks.credits('/totalCredits', programme.totalCredits, true);
  checkTree(checks, '/requirements', programme.requirements);
  checkPolicy(checks, '/policy', programme.policy, programme.totalCredits);
  return checks.errors;
}

/** A requirement with where it stands in the tree. */
interface Placed {
  readonly at: string;
  readonly requirement: Requirement;
}

function checkTree(checks: FieldChecks, at: string, root: Requirement): void {
  if (!isWithinShape(root, programmeLimits)) {
    const { depth, nodes } = programmeLimits;
    checks.report(at, `must not be nested more than ${String(depth)} objects deep or hold more than ${String(nodes)} objects`);
    return;
  }
  const all = [...placed(at, root)];
  for (const { at: place, requirement } of all) checkRequirement(checks, place, requirement);
  checks.unique(
    all.map(({ requirement }) => requirement.id),
    (index) => `${all[index]?.at ?? ''}/id`,
    'must not be the id of another requirement of this programme',
  );
  checkSharing(checks, all);
}

function* placed(at: string, requirement: Requirement): Generator<Placed> {
  yield { at, requirement };
  for (const [index, part] of partsOf(requirement).entries()) yield* placed(`${at}/of/${String(index)}`, part);
}

function partsOf(requirement: Requirement): readonly Requirement[] {
  return requirement.kind === 'all' || requirement.kind === 'atLeast' ? requirement.of : [];
}

function checkRequirement(checks: FieldChecks, at: string, requirement: Requirement): void {
  checks.text(`${at}/id`, requirement.id);
  checks.localisedText(`${at}/title`, requirement.title);
  checkTransfer(checks, `${at}/transfer`, requirement.transfer);
  switch (requirement.kind) {
    case 'course':
      checkCodes(checks, `${at}/codes`, requirement.codes);
      checks.credits(`${at}/credits`, requirement.credits);
      break;
    case 'all':
      checks.nonEmpty(`${at}/of`, requirement.of);
      break;
    case 'atLeast':
      checks.nonEmpty(`${at}/of`, requirement.of);
      checks.count(`${at}/count`, requirement.count, 1);
      if (requirement.count > requirement.of.length) {
        checks.report(`${at}/count`, `must be at most ${String(requirement.of.length)}: there are no more parts`);
      }
      break;
    case 'credits':
      checks.credits(`${at}/credits`, requirement.credits, true);
      checks.nonEmpty(`${at}/from`, requirement.from);
      for (const [index, match] of requirement.from.entries()) checkMatch(checks, `${at}/from/${String(index)}`, match);
      break;
    case 'freeElectives':
      checks.credits(`${at}/credits`, requirement.credits, true);
      break;
  }
}

function checkCodes(checks: FieldChecks, at: string, codes: readonly string[]): void {
  checks.nonEmpty(at, codes);
  for (const [index, code] of codes.entries()) checks.code(`${at}/${String(index)}`, code);
  checks.uniqueCodes(codes, (index) => `${at}/${String(index)}`, 'must not be named twice');
}

function checkMatch(checks: FieldChecks, at: string, match: CourseMatch): void {
  switch (match.kind) {
    case 'code':
      checks.code(`${at}/pattern`, match.pattern);
      break;
    case 'subject':
      checks.code(`${at}/subject`, match.subject);
      checks.count(`${at}/minimumLevel`, match.minimumLevel, 0);
      break;
    case 'attribute':
      checks.text(`${at}/attribute`, match.attribute);
      break;
  }
}

function checkTransfer(checks: FieldChecks, at: string, transfer: Requirement['transfer']): void {
  if (transfer === undefined) return;
  if (transfer.maximumCourses === undefined && transfer.maximumCredits === undefined) {
    checks.report(at, 'must say at most how many courses or credits');
  }
  checks.count(`${at}/maximumCourses`, transfer.maximumCourses, 0);
  checks.credits(`${at}/maximumCredits`, transfer.maximumCredits);
}

function checkSharing(checks: FieldChecks, all: readonly Placed[]): void {
  const byId = new Map(all.map(({ requirement }) => [requirement.id, requirement]));
  for (const { at, requirement } of all) {
    const { id, sharesWith } = requirement;
    if (sharesWith === undefined) continue;
    if (!isLeaf(requirement)) checks.report(`${at}/sharesWith`, 'must stand on a leaf: a requirement with parts fills nothing itself');
    for (const [index, other] of sharesWith.entries()) {
      const fault = sharingFault(id, other, byId.get(other));
      if (fault !== undefined) checks.report(`${at}/sharesWith/${String(index)}`, fault);
    }
    checks.unique(sharesWith, (index) => `${at}/sharesWith/${String(index)}`, 'must not be named twice');
  }
}

function sharingFault(id: string, other: string, partner: Requirement | undefined): string | undefined {
  if (other === id) return 'must be another requirement';
  if (partner === undefined) return 'must be the id of a requirement of this programme';
  if (!isLeaf(partner)) return 'must be the id of a leaf: a requirement with parts fills nothing itself';
  if (partner.sharesWith?.includes(id) !== true) return `must share as well: ${JSON.stringify(other)} does not name ${JSON.stringify(id)}`;
  return undefined;
}

function isLeaf(requirement: Requirement): boolean {
  return requirement.kind !== 'all' && requirement.kind !== 'atLeast';
}

function checkPolicy(checks: FieldChecks, at: string, policy: TransferPolicy, total: number): void {
  checks.credits(`${at}/maximumTransferredCredits`, policy.maximumTransferredCredits);
  checkShare(checks, `${at}/maximumTransferredShare`, policy.maximumTransferredShare);
  checks.credits(`${at}/residencyCredits`, policy.residencyCredits);
  const [residency, whole] = [toThousandths(policy.residencyCredits ?? 0), toThousandths(total)];
  if (residency !== undefined && whole !== undefined && residency > whole) {
    checks.report(`${at}/residencyCredits`, 'must be at most the total credits of the programme');
  }
  checks.credits(`${at}/maximumMoocCredits`, policy.maximumMoocCredits);
  checkPassFail(checks, `${at}/passFail`, policy.passFail);
  const grades = policy.minimumGrades ?? [];
  for (const [index, { scale, value }] of grades.entries()) {
    checks.text(`${at}/minimumGrades/${String(index)}/scale`, scale);
    checks.text(`${at}/minimumGrades/${String(index)}/value`, value);
  }
  checks.unique(
    grades.map(({ scale }) => scale),
    (index) => `${at}/minimumGrades/${String(index)}/scale`,
    'must not be named twice',
  );
  checks.duration(`${at}/maximumAge`, policy.maximumAge);
}

function checkShare(checks: FieldChecks, at: string, share: string | undefined): void {
  if (share === undefined) return;
  const value = parseRational(share);
  if (value === undefined) checks.report(at, 'must be a fraction or a decimal, such as 1/2 or 0.25');
  else if (value.numerator > value.denominator) checks.report(at, 'must be at most the whole');
}

function checkPassFail(checks: FieldChecks, at: string, passFail: TransferPolicy['passFail']): void {
  if (passFail === undefined) return;
  if (passFail.maximumCredits === undefined && passFail.maximumHomeCourses === undefined) {
    checks.report(at, 'must say at most how many credits or courses of the home record');
  }
  checks.credits(`${at}/maximumCredits`, passFail.maximumCredits);
  checks.count(`${at}/maximumHomeCourses`, passFail.maximumHomeCourses, 0);
}
