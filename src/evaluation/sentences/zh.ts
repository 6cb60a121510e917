import type { EvidenceDemand, GoverningDate, RefusalReason } from '../../rules/domain/index.js';
import { lacking, term, type Phrases, type Terms, type Words } from './phrases.js';

const evidence: Terms<keyof EvidenceDemand> = {
  identityVerified: '身份核验',
  proctored: '监考考试',
  verifiedTranscript: '经核验的成绩单',
  minimumHours: '足够的学时',
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
const list = (items: readonly string[]): string => items.join('、');

export const chinese: Phrases = {
  evidence,
  list,
  rule: (id) => `规则“${id}”`,
  programmePolicy: '培养方案的规定',
  status: {
    used: ({ code, rule }) => `${code} 已按${rule}使用。`,
    alreadyRedeemed: ({ code }) => `${code} 已经换取过学分，协议不允许重复计算。`,
    refusedByRule: ({ code, rule }, { get }) => `${code} 不予认定学分：${rule}予以拒绝（${term(reasons, get('reason'))}）。`,
    needsAssessment: ({ code, rule }) => `${code} 须由人工评定：${rule}要求个别评估。`,
    choiceOpen: ({ code, rule }) => `${code} 正等待${rule}留下的选择。`,
    evidenceMissing: ({ code, rule }, words) =>
      words.has('verification')
        ? `${code} 不能使用：记载它的成绩单未通过核验。`
        : `${code} 缺少${rule}要求的证明：${list(words.list('evidence').map((kind) => term(evidence, kind)))}。`,
    gradeTooLow: ({ code, rule }, { get, has }) =>
      `${code} 按${rule}至少需要 ${get('minimum')}；${
        !has('grade')
          ? '没有成绩'
          : get('comparable') === 'false'
            ? `成绩 ${get('grade')} 所用的等级制无法比较`
            : `现成绩为 ${get('grade')}`
      }。`,
    outsideDates: ({ code, rule }, { get, has }) =>
      `${code} 不在${rule}的有效期内：${get('date')} 不在${has('from') ? ` ${get('from')} 起` : ''}${has('until') ? ` ${get('until')} 止` : ''}的期间。`,
    dateMissing: ({ code, rule }, { get }) => `无法按${rule}核对 ${code} 的日期：缺少${term(dates, get('which'))}。`,
    tooOld: ({ code, rule }, { get }) => `${code} 对${rule}来说过旧：完成于 ${get('date')}，早于 ${get('earliest')}。`,
    programmeExcluded: ({ code, rule }, { get }) => `${code} 在此不计：${rule}不适用于培养方案 ${get('programme')}。`,
    incompleteSet: ({ code, rule }, words) =>
      words.has('condition')
        ? `如果还修有 ${list(words.list('missing'))}，${code} 可按${rule}计算。`
        : `仅 ${code} 不足以满足${rule}：还需 ${completing(words)}。`,
    limitReached: ({ code, rule }, { get }) => `${code} 未按${rule}计入：已达协议的限额 ${get('limit')}。`,
    capReached: ({ code, rule }) => `${code} 未按${rule}计入：已达培养方案的转换学分上限。`,
    outranked: ({ code, rule }, { get, has }) =>
      has('betterAttempt')
        ? `已采用 ${code} 成绩更好的一次。`
        : `${code} 未按${rule}计入：${has('byRule') ? `规则“${get('byRule')}”` : '包含更多课程的规则'}优先。`,
    notNeeded: ({ code, rule }, { get, has }) =>
      has('alreadyAwarded') ? `不需要 ${code}：${get('alreadyAwarded')} 已经授予。` : `${rule}不需要 ${code}：最佳分配没有用到它。`,
    notEvaluated: ({ code }, { has }) =>
      has('held') || has('maximum') || has('minimumCredits') ? `没有规则适用于现状下的 ${code}。` : `没有生效的协议涉及 ${code}。`,
    unmatched: ({ code }) => `${code} 不在任何课程目录中，也没有协议涉及它。`,
    failed: ({ code }) => `${code} 未通过。`,
    inProgress: ({ code }) => `${code} 尚未完成。`,
  },
  usedFor: (codes, awards, rule) => `${list(codes)} 按${rule}认定为 ${list(awards)}。`,
  award: (target, credits, requirements) =>
    `${target}（${credits} 学分${requirements.length > 0 ? `，用于${list(requirements)}` : '，在培养方案中没有位置'}）`,
  elective: (subject) => (subject === '' ? '选修学分' : `${subject} 选修学分`),
  recognised: (credits, count) => `从 ${String(count)} 门已完成课程中认定 ${credits} 学分。`,
  remaining: (credits) => `培养方案还差 ${credits} 学分。`,
  nothingRemaining: '培养方案已全部完成。',
  optimal: '没有更好的分配：已经证明。',
  notOptimal: (levels) => `这是找到的最佳分配；目标的 6 层中已证明 ${String(levels)} 层。作出决定之前请要求彻底评估。`,
  provisional: '它基于尚未作出的选择，因此不能据此作出决定。',
  attested: (count) => `给予学分的协议中有 ${String(count)} 项只由一方证实。`,
  whatIf: '尚未完成的课程被当作已完成计算。',
  capped: (credits) => `培养方案的上限截去了 ${credits} 学分。`,
  requirement: (title, credits) => (credits === '0' ? `${title}：尚未完成。` : `${title}：还差 ${credits} 学分。`),
  requirementNotOffered: (title, credits) =>
    credits === '0' ? `${title}：尚未完成，且没有协议为其提供课程。` : `${title}：还差 ${credits} 学分，且没有协议为其提供课程。`,
  statement: {
    takeAfterTransfer: (course) => `${course} 须在转入之后修读。`,
    noArticulation: (course) => `协议说明没有课程可以抵作 ${course}。`,
    individualAssessment: (course) => `可以抵作 ${course} 的课程由人工评定。`,
  },
  improvement: (changes, credits, count) => `${list(changes)}可以获得更多：从 ${String(count)} 门课程认定 ${credits} 学分。`,
  addCourse: (selector, grade) => (grade === undefined ? `再修 ${selector}` : `再修 ${selector} 且成绩不低于 ${grade}`),
  raiseGrade: (code, grade) => `${code} 的成绩不低于 ${grade}`,
  addEvidence: (code, what) => `为 ${code} 提供${what}`,
};

function completing(words: Words): string {
  const { courses, number } = lacking(words);
  const named = number === undefined ? list(courses) : `${list(courses)}中的 ${number} 门`;
  return words.has('missingCredits') ? `${named}（还差 ${words.get('missingCredits')} 学分）` : named;
}
