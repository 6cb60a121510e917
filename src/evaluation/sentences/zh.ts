import type { GoverningDate, RefusalReason } from '../../rules/domain/index.js';
import type { ReasonParameters } from '../domain/index.js';
import { grammarOf, numberNeeded, unsuitableCourses, type Phrases, type Subject, type Terms } from './phrases.js';

// Chinese nouns have one form beside any number.
const { number } = grammarOf('zh');
const list = (items: readonly string[]): string => items.join('、');

const evidence: Phrases['evidence'] = {
  identityVerified: '身份核验',
  proctored: '监考考试',
  verifiedTranscript: '经核验的成绩单',
};
const dates: Terms<GoverningDate> = {
  completion: '修完日期',
  enrolment: '选课日期',
  request: '申请日期',
  admission: '入学日期',
};
const reasons: Terms<RefusalReason> = {
  level: '层次有实质性差异',
  workload: '学习量有实质性差异',
  contentOrOutcomes: '内容或学习成果有实质性差异',
  qualityAssurance: '质量保障有实质性差异',
  prerequisites: '先修要求有实质性差异',
  noDegreeCredit: '不计入学位学分',
  remedial: '属于补习课程',
  duplicate: '与已认定的内容重复',
  other: '原因未说明',
};
const cap: Phrases['cap'] = {
  maximumTransferredCredits: '已达培养方案的转换学分上限',
  residencyCredits: '培养方案其余的学分须在本校修读',
  maximumMoocCredits: '已达培养方案的慕课学分上限',
  passFail: '已达培养方案的无成绩学分上限',
};

export const chinese: Phrases = {
  evidence,
  cap,
  rule: (id) => `规则“${id}”`,
  programmePolicy: '培养方案的规定',
  status: {
    used: ({ code, rule }) => `${code} 已按${rule}使用。`,
    alreadyRedeemed: ({ code }) => `${code} 已经换取过学分，协议不允许重复计算。`,
    refusedByRule: ({ code, rule }, { reason }) => `${code} 不予认定学分：${rule}予以拒绝（${reasons[reason]}）。`,
    needsAssessment: ({ code, rule }) => `${code} 须由人工评定：${rule}要求个别评估。`,
    choiceOpen: ({ code, rule }, { option }) =>
      option === undefined ? `${code} 未计入：为${rule}选定的选项不存在。` : `${code} 正等待${rule}留下的选择。`,
    evidenceMissing: ({ code, rule }, parameters) =>
      parameters.verification === 'failed'
        ? `${code} 不能使用：记载它的成绩单未通过核验。`
        : `${code} 缺少${rule}要求的证明：${list(evidenceIn(parameters))}。`,
    gradeTooLow: ({ code, rule }, { minimum, grade, comparable }) =>
      `${code} 按${rule}至少需要 ${minimum}；${gradeStated(grade, comparable)}。`,
    outsideDates: ({ code, rule }, { governedBy, date, from, until }) =>
      `${code} 不在${rule}的有效期内：${dates[governedBy]}为 ${date}，有效期${from === undefined ? '' : `自 ${from} 起`}${
        until === undefined ? '' : `至 ${until} 止`
      }。`,
    dateMissing: ({ code, rule }, { which }) => `无法按${rule}核对 ${code} 的日期：缺少${dates[which]}。`,
    tooOld: ({ code, rule }, { date, earliest }) => `${code} 对${rule}来说过旧：完成于 ${date}，早于 ${earliest}。`,
    programmeExcluded: ({ code, rule }, { programme }) => `${code} 在此不计：${rule}不适用于培养方案 ${programme}。`,
    incompleteSet: (subject, parameters) =>
      parameters.condition === undefined ? notEnough(subject, parameters) : notHeld(subject, parameters),
    limitReached: ({ code, rule }, { limit }) => `${code} 未按${rule}计入：已达协议的限额 ${limit}。`,
    capReached: ({ code, rule, titleOf }, { cap: kind, requirement = '' }) =>
      `${code} 未按${rule}计入：${kind === 'requirementTransfer' ? `“${titleOf(requirement)}”的转换已达上限` : cap[kind]}。`,
    outranked: ({ code, rule, codeOf }, { byRule, byCompletions = [], betterAttempt }) => {
      if (betterAttempt !== undefined) return `已采用 ${code} 成绩更好的一次。`;
      const first = byRule === undefined ? `包含 ${list(byCompletions.map(codeOf))} 的规则` : `规则“${byRule}”`;
      return `${code} 未按${rule}计入：${first}优先。`;
    },
    notNeeded: ({ code, rule, codeOf }, { alreadyAwarded, usedElsewhere, sameAsRule }) => {
      if (sameAsRule !== undefined) return `${rule}不需要 ${code}：规则“${sameAsRule}”给予同样的结果。`;
      if (alreadyAwarded !== undefined) return `${rule}不需要 ${code}：${list(alreadyAwarded)} 已经授予。`;
      if (usedElsewhere !== undefined) return `${code} 未按${rule}计入：${list(usedElsewhere.map(codeOf))} 已由另一条规则使用。`;
      return `${rule}不需要 ${code}：最佳分配没有用到它。`;
    },
    notEvaluated: ({ code, rule }, { maximum, grade, comparable, minimumCredits, credits = 0, held }) => {
      if (held !== undefined) return `${rule}不适用于 ${code}：不得同时修有 ${list(held)}。`;
      if (minimumCredits !== undefined)
        return `${rule}不适用于 ${code}：它有 ${number(credits)} 学分，而至少需要 ${number(minimumCredits)} 学分。`;
      if (maximum === undefined) return `没有生效的协议涉及 ${code}。`;
      return `${rule}不适用于 ${code}：该规则针对不高于 ${maximum} 的成绩，${gradeStated(grade, comparable === true)}。`;
    },
    unmatched: ({ code }) => `${code} 不在任何课程目录中，也没有协议涉及它。`,
    failed: ({ code }) => `${code} 未通过。`,
    inProgress: ({ code }, { outcome }) => (outcome === 'planned' ? `${code} 只是计划修读，尚未完成。` : `${code} 尚未完成。`),
  },
  usedFor: (codes, awards, rule) =>
    awards.length === 0 ? `${list(codes)} 已按${rule}使用，但未获学分。` : `${list(codes)} 按${rule}认定为 ${list(awards)}。`,
  award: (target, credits, requirements) =>
    `${target}（${number(credits)} 学分${requirements.length > 0 ? `，用于${list(requirements)}` : '，在培养方案中没有位置'}）`,
  elective: (subject) => (subject === undefined ? '选修学分' : `${subject} 选修学分`),
  recognised: (credits, count) => `从 ${number(count)} 门已完成课程中认定 ${number(credits)} 学分。`,
  remaining: (credits) => `培养方案还差 ${number(credits)} 学分。`,
  nothingRemaining: '培养方案已全部完成。',
  noCreditsRemaining: '培养方案不再差学分，但尚有要求未完成。',
  optimal: '没有更好的分配：已经证明。',
  notOptimal: (levels) => `这是找到的最佳分配；目标的 6 层中已证明 ${number(levels)} 层。作出决定之前请要求彻底评估。`,
  provisional: '它基于尚未作出的选择，因此不能据此作出决定。',
  attested: (count) => `给予学分的协议中有 ${number(count)} 项只由一方证实。`,
  whatIf: '尚未完成的课程被当作已完成计算。',
  capped: (credits) => `培养方案的上限截去了 ${number(credits)} 学分。`,
  requirement: (title, credits) => (credits === 0 ? `${title}：尚未完成。` : `${title}：还差 ${number(credits)} 学分。`),
  requirementNotOffered: (title, credits) =>
    credits === 0 ? `${title}：尚未完成，且没有协议为其提供课程。` : `${title}：还差 ${number(credits)} 学分，且没有协议为其提供课程。`,
  statement: {
    takeAfterTransfer: (course) => `${course} 须在转入之后修读。`,
    noArticulation: (course) => `协议说明没有课程可以抵作 ${course}。`,
    individualAssessment: (course) => `可以抵作 ${course} 的课程由人工评定。`,
  },
  improvement: (changes, credits, count) =>
    `如果${list(changes)}，就可以获得更多：从 ${number(count)} 门课程认定 ${number(credits)} 学分。`,
  addCourse: ({ selector, title, credits, minimumCredits, grade }) => {
    const facts = [title, credits === undefined ? undefined : `${number(credits)} 学分`].filter((fact) => fact !== undefined);
    const named = facts.length === 0 ? selector : `${selector}（${facts.join('，')}）`;
    const least = minimumCredits === undefined ? named : `${named}（不少于 ${number(minimumCredits)} 学分）`;
    return grade === undefined ? `再修 ${least}` : `再修 ${least}，且成绩不低于 ${grade}`;
  },
  raiseGrade: (code, grade) => ` ${code} 的成绩不低于 ${grade}`,
  addEvidence: (code, what) => `为 ${code} 提供${what}`,
};

function gradeStated(grade: string | undefined, comparable: boolean): string {
  if (grade === undefined) return '没有成绩';
  return comparable ? `现成绩为 ${grade}` : `成绩 ${grade} 所用的等级制无法比较`;
}

function evidenceIn({ evidence: kinds, minimumHours = 0, hours }: ReasonParameters['evidenceMissing']): readonly string[] {
  const stated = hours === undefined ? '未载明学时' : `载明 ${number(hours)} 学时`;
  return kinds.map((kind) => (kind === 'minimumHours' ? `至少 ${number(minimumHours)} 学时（${stated}）` : evidence[kind]));
}

function notEnough(subject: Subject, parameters: ReasonParameters['incompleteSet']): string {
  const { missing, missingCourses, missingCredits } = parameters;
  const wanting = `仅 ${subject.code} 不足以满足${subject.rule}`;
  const unsuitable = unsuitableCourses(parameters, subject);
  if (unsuitable.length > 0) {
    const held = `已修的 ${list(unsuitable)} 按现状不被接受`;
    if (missing.length === 0) return `${wanting}：${held}。`;
    if (missingCourses <= missing.length) return `${wanting}：${held}；补修 ${wanted(parameters)} 即可。`;
    return `${wanting}：${held}，此外还需 ${list(missing)}。`;
  }
  if (missing.length > 0) return `${wanting}：还需 ${wanted(parameters)}。`;
  const more = missingCourses > 0 ? `${number(missingCourses)} 门课程` : undefined;
  const credit = missingCredits === undefined ? undefined : `${number(missingCredits)} 学分`;
  return `${wanting}：还需 ${list([more, credit].filter((part) => part !== undefined))}。`;
}

/** What would bring what is missing: A、B、C 中的 2 门（还差 3 学分）. */
function wanted(parameters: ReasonParameters['incompleteSet']): string {
  const { missing, missingCourses, missingCredits } = parameters;
  if (missingCourses === 0 && missingCredits !== undefined) return `${missing.join(' 或 ')} 的 ${number(missingCredits)} 学分`;
  const count = numberNeeded(parameters);
  const named = count === undefined ? list(missing) : `${list(missing)} 中的 ${number(count)} 门`;
  return missingCredits === undefined ? named : `${named}（还差 ${number(missingCredits)} 学分）`;
}

function notHeld(subject: Subject, parameters: ReasonParameters['incompleteSet']): string {
  const unsuitable = unsuitableCourses(parameters, subject);
  const would = `${subject.code} 可按${subject.rule}计算`;
  if (unsuitable.length === 0) return `如果还修有 ${wanted(parameters)}，${would}。`;
  const held = `如果已修的 ${list(unsuitable)} 达到规则要求的成绩或学分`;
  return `${held}${parameters.missing.length === 0 ? '' : `，并且还修有 ${list(parameters.missing)}`}，${would}。`;
}
