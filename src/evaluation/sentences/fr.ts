import type { EvidenceDemand, GoverningDate, RefusalReason } from '../../rules/domain/index.js';
import { lacking, term, type Phrases, type Terms, type Words } from './phrases.js';

const evidence: Terms<keyof EvidenceDemand> = {
  identityVerified: 'une identité vérifiée',
  proctored: 'un examen surveillé',
  verifiedTranscript: 'un relevé vérifié',
  minimumHours: 'assez d’heures d’étude',
};
const dates: Terms<GoverningDate> = {
  completion: 'd’achèvement',
  enrolment: 'd’inscription au cours',
  request: 'de la demande',
  admission: 'd’admission au programme',
};
const reasons: Terms<RefusalReason> = {
  level: 'son niveau diffère de façon substantielle',
  workload: 'sa charge de travail diffère de façon substantielle',
  contentOrOutcomes: 'son contenu ou ses acquis diffèrent de façon substantielle',
  qualityAssurance: 'son assurance qualité diffère de façon substantielle',
  prerequisites: 'ses prérequis diffèrent de façon substantielle',
  noDegreeCredit: 'il ne porte pas de crédits de diplôme',
  remedial: 'c’est un cours de remise à niveau',
  duplicate: 'il répète ce qui est déjà crédité',
  other: 'pour une raison qui n’est pas nommée',
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
    refusedByRule: ({ code, rule }, { get }) => `${code} ne donne pas de crédit : ${rule} le refuse (${term(reasons, get('reason'))}).`,
    needsAssessment: ({ code, rule }) => `${code} doit être évalué par une personne : ${rule} le soumet à une évaluation individuelle.`,
    choiceOpen: ({ code, rule }) => `${code} attend un choix que ${rule} laisse ouvert.`,
    evidenceMissing: ({ code, rule }, words) =>
      words.has('verification')
        ? `${code} ne peut pas être utilisé : le relevé qui l’atteste n’a pas pu être vérifié.`
        : `Il manque à ${code} une preuve que ${rule} demande : ${list(words.list('evidence').map((kind) => term(evidence, kind)))}.`,
    gradeTooLow: ({ code, rule }, { get, has }) =>
      `${code} exige au moins ${get('minimum')} pour ${rule} ; ${
        !has('grade')
          ? 'aucune note n’est indiquée'
          : get('comparable') === 'false'
            ? `la note ${get('grade')} est sur une échelle qui ne se compare pas`
            : `la note est ${get('grade')}`
      }.`,
    outsideDates: ({ code, rule }, { get, has }) =>
      `${code} est hors des dates de ${rule} : le ${get('date')} n’est pas compris${has('from') ? ` à partir du ${get('from')}` : ''}${has('until') ? ` jusqu’au ${get('until')}` : ''}.`,
    dateMissing: ({ code, rule }, { get }) =>
      `${code} ne peut pas être comparé aux dates de ${rule} : la date ${term(dates, get('which'))} manque.`,
    tooOld: ({ code, rule }, { get }) => `${code} est trop ancien pour ${rule} : achevé le ${get('date')}, avant le ${get('earliest')}.`,
    programmeExcluded: ({ code, rule }, { get }) =>
      `${code} ne compte pas ici : ${rule} ne s’applique pas au programme ${get('programme')}.`,
    incompleteSet: ({ code, rule }, words) =>
      words.has('condition')
        ? `${code} compterait par ${rule} si l’on avait aussi : ${list(words.list('missing'))}.`
        : `${code} ne suffit pas seul pour ${rule} : il manque ${completing(words)}.`,
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
  usedFor: (codes, awards, rule) => `${list(codes)} ${codes.length === 1 ? 'compte' : 'comptent'} comme ${list(awards)} par ${rule}.`,
  award: (target, credits, requirements) =>
    `${target} (${amount(credits)}${requirements.length > 0 ? `, pour ${list(requirements)}` : ', sans place dans le programme'})`,
  elective: (subject) => (subject === '' ? 'crédits libres' : `crédits libres en ${subject}`),
  recognised: (credits, count) => `Reconnu : ${amount(credits)} à partir de ${String(count)} cours ${count < 2 ? 'achevé' : 'achevés'}.`,
  remaining: (credits) => `Il reste ${amount(credits)} du programme.`,
  nothingRemaining: 'Il ne reste rien du programme.',
  optimal: 'Aucune répartition n’est meilleure : c’est prouvé.',
  notOptimal: (levels) =>
    `C’est la meilleure répartition trouvée ; ${String(levels)} niveaux sur 6 de l’objectif sont prouvés. Demandez une évaluation approfondie avant de décider.`,
  provisional: 'Elle repose sur un choix que personne n’a encore fait ; aucune décision ne peut s’y fonder.',
  attested: (count) =>
    count === 1
      ? 'Un accord qui a donné des crédits repose sur la parole d’une seule partie.'
      : `${String(count)} accords qui ont donné des crédits reposent sur la parole d’une seule partie.`,
  whatIf: 'Des cours non achevés ont été comptés comme s’ils l’étaient.',
  capped: (credits) => `Écarté par les plafonds du programme : ${amount(credits)}.`,
  requirement: (title, credits) => (credits === '0' ? `${title} reste à faire.` : `${title} : il reste ${amount(credits)}.`),
  requirementNotOffered: (title, credits) =>
    credits === '0'
      ? `${title} reste à faire, et aucun accord n’offre rien pour cela.`
      : `${title} : il reste ${amount(credits)}, et aucun accord n’offre rien pour cela.`,
  statement: {
    takeAfterTransfer: (course) => `${course} doit être suivi après le transfert.`,
    noArticulation: (course) => `L’accord dit que rien ne compte comme ${course}.`,
    individualAssessment: (course) => `Une personne évalue ce qui peut compter comme ${course}.`,
  },
  improvement: (changes, credits, count) =>
    `On obtiendrait davantage avec ${list(changes)} : ${amount(credits)} à partir de ${String(count)} cours.`,
  addCourse: (selector, grade) => (grade === undefined ? `${selector} en plus` : `${selector} avec au moins ${grade} en plus`),
  raiseGrade: (code, grade) => `au moins ${grade} en ${code}`,
  addEvidence: (code, what) => `${what} pour ${code}`,
};

function completing(words: Words): string {
  const { courses, number } = lacking(words);
  const named = number === undefined ? list(courses) : `${number} cours parmi ${list(courses)}`;
  return words.has('missingCredits') ? `${named} (${amount(words.get('missingCredits'))} de plus)` : named;
}

/** With a decimal comma; what is less than two is singular. */
function amount(credits: string): string {
  return `${credits.replace('.', ',')} ${Number(credits) < 2 ? 'crédit' : 'crédits'}`;
}
