import type { Phrases } from './phrases.js';

const evidence = {
  identityVerified: 'une identité vérifiée',
  proctored: 'un examen surveillé',
  verifiedTranscript: 'un relevé vérifié',
  minimumHours: 'assez d’heures d’étude',
};
const list = (items: readonly string[]): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} et ${items.at(-1) ?? ''}`;

export const french: Phrases = {
  evidence,
  list,
  rule: (id) => `la règle ${id}`,
  programmePolicy: 'le règlement du programme',
  status: {
    used: ({ code, rule }) => `${code} est utilisé par ${rule}.`,
    alreadyRedeemed: ({ code }) => `${code} a déjà donné des crédits, et l’accord ne permet pas de le compter encore.`,
    refusedByRule: ({ code, rule }, { get }) => `${code} ne donne pas de crédit : ${rule} le refuse (${get('reason')}).`,
    needsAssessment: ({ code, rule }) => `${code} doit être évalué par une personne : ${rule} le soumet à une évaluation individuelle.`,
    choiceOpen: ({ code, rule }) => `${code} attend un choix que ${rule} laisse ouvert.`,
    evidenceMissing: ({ code, rule }, words) =>
      words.has('verification')
        ? `${code} ne peut pas être utilisé : le relevé qui l’atteste n’a pas pu être vérifié.`
        : `Il manque à ${code} une preuve que ${rule} demande : ${list(words.list('evidence').map((kind) => evidence[kind as keyof typeof evidence]))}.`,
    gradeTooLow: ({ code, rule }, { get, has }) =>
      `${code} exige au moins ${get('minimum')} pour ${rule} ; ${has('grade') ? `la note est ${get('grade')}` : 'aucune note n’est indiquée'}.`,
    outsideDates: ({ code, rule }, { get, has }) =>
      `${code} est hors des dates de ${rule} : le ${get('date')} n’est pas compris${has('from') ? ` à partir du ${get('from')}` : ''}${has('until') ? ` jusqu’au ${get('until')}` : ''}.`,
    dateMissing: ({ code, rule }, { get }) => `${code} ne peut pas être comparé aux dates de ${rule} : la date (${get('which')}) manque.`,
    tooOld: ({ code, rule }, { get }) => `${code} est trop ancien pour ${rule} : achevé le ${get('date')}, avant le ${get('earliest')}.`,
    programmeExcluded: ({ code, rule }, { get }) =>
      `${code} ne compte pas ici : ${rule} ne s’applique pas au programme ${get('programme')}.`,
    incompleteSet: ({ code, rule }, words) =>
      words.has('condition')
        ? `${code} compterait par ${rule} si l’on avait aussi : ${list(words.list('missing'))}.`
        : `${code} ne suffit pas seul pour ${rule} : ${list(words.list('missing'))} ${words.has('missingCredits') ? `(${words.get('missingCredits')} crédits de plus) ` : ''}le compléterait.`,
    limitReached: ({ code, rule }, { get }) =>
      `${code} n’est pas crédité par ${rule} : la limite ${get('limit')} de l’accord est atteinte.`,
    capReached: ({ code, rule }) => `${code} n’est pas crédité par ${rule} : le plafond de crédits transférés du programme est atteint.`,
    outranked: ({ code, rule }, { get, has }) =>
      has('betterAttempt')
        ? `Une meilleure tentative de ${code} est utilisée.`
        : `${code} n’est pas crédité par ${rule} : ${has('byRule') ? `la règle ${get('byRule')}` : 'une règle sur plus de cours'} passe avant.`,
    notNeeded: ({ code, rule }, { get, has }) =>
      has('alreadyAwarded')
        ? `${code} n’est pas nécessaire : ${get('alreadyAwarded')} est déjà accordé.`
        : `${code} n’est pas nécessaire à ${rule} : la meilleure répartition s’en passe.`,
    notEvaluated: ({ code }, { has }) =>
      has('held') || has('maximum') || has('minimumCredits')
        ? `Aucune règle ne parle de ${code} tel quel.`
        : `Aucun accord en vigueur ne parle de ${code}.`,
    unmatched: ({ code }) => `${code} n’est dans aucun catalogue et aucun accord n’en parle.`,
    failed: ({ code }) => `${code} n’a pas été réussi.`,
    inProgress: ({ code }) => `${code} n’est pas encore achevé.`,
  },
  usedFor: (code, awards, rule) => `${code} compte comme ${list(awards)} par ${rule}.`,
  award: (target, credits, requirements) =>
    `${target} (${credits} crédits${requirements.length > 0 ? `, pour ${list(requirements)}` : ', sans place dans le programme'})`,
  elective: (subject) => (subject === '' ? 'crédits libres' : `crédits libres en ${subject}`),
  recognised: (credits, count) => `${credits} crédits sont reconnus à partir de ${String(count)} cours achevés.`,
  remaining: (credits) => `Il reste ${credits} crédits du programme.`,
  nothingRemaining: 'Il ne reste rien du programme.',
  optimal: 'Aucune répartition n’est meilleure : c’est prouvé.',
  notOptimal: (levels) =>
    `C’est la meilleure répartition trouvée ; ${String(levels)} niveaux sur 6 de l’objectif sont prouvés. Demandez une évaluation approfondie avant de décider.`,
  provisional: 'Elle repose sur un choix que personne n’a encore fait ; aucune décision ne peut s’y fonder.',
  attested: (count) => `${String(count)} accord(s) qui ont donné des crédits reposent sur la parole d’une seule partie.`,
  whatIf: 'Des cours non achevés ont été comptés comme s’ils l’étaient.',
  capped: (credits) => `${credits} crédits sont écartés par les plafonds du programme.`,
  requirement: (title, credits) => `${title} : il reste ${credits} crédits.`,
  requirementNotOffered: (title, credits) => `${title} : il reste ${credits} crédits, et aucun accord n’offre rien pour cela.`,
  improvement: (changes, gained) => `${list(changes)} rapporterait davantage : ${gained}.`,
  addCourse: (selector, grade) => (grade === undefined ? `${selector} en plus` : `${selector} avec au moins ${grade} en plus`),
  raiseGrade: (code, grade) => `au moins ${grade} en ${code}`,
  addEvidence: (code, what) => `${what} pour ${code}`,
};
