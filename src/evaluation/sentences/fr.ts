import type { GoverningDate, RefusalReason } from '../../rules/domain/index.js';
import type { ReasonParameters } from '../domain/index.js';
import { grammarOf, numberNeeded, unsuitableCourses, type Phrases, type Subject, type Terms } from './phrases.js';

// With a decimal comma; what is less than two is singular.
const { number, list, either, form } = grammarOf('fr');

const evidence: Phrases['evidence'] = {
  identityVerified: 'une identité vérifiée',
  proctored: 'un examen surveillé',
  verifiedTranscript: 'un relevé vérifié',
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
const cap: Phrases['cap'] = {
  maximumTransferredCredits: 'le plafond de crédits transférés du programme est atteint',
  residencyCredits: 'ce qui reste du programme doit être suivi dans l’établissement même',
  maximumMoocCredits: 'le plafond de crédits du programme pour les cours en ligne ouverts est atteint',
  passFail: 'le plafond de crédits sans note du programme est atteint',
};

const amount = (credits: number): string => `${number(credits)} ${form(credits, 'crédit', 'crédits')}`;
const isNot = (count: number): string => form(count, 'n’est pas accepté tel quel', 'ne sont pas acceptés tels quels');

export const french: Phrases = {
  evidence,
  cap,
  rule: (id) => `la règle ${id}`,
  programmePolicy: 'le règlement du programme',
  status: {
    used: ({ code, rule }) => `${code} est utilisé par ${rule}.`,
    alreadyRedeemed: ({ code }) => `${code} a déjà donné des crédits, et l’accord ne permet pas de le compter encore.`,
    refusedByRule: ({ code, rule }, { reason }) => `${code} ne donne pas de crédit : ${rule} le refuse (${reasons[reason]}).`,
    needsAssessment: ({ code, rule }) => `${code} doit être évalué par une personne : ${rule} le soumet à une évaluation individuelle.`,
    choiceOpen: ({ code, rule }, { option }) =>
      option === undefined
        ? `${code} n’est pas crédité : l’option choisie pour ${rule} n’existe pas.`
        : `${code} attend un choix que ${rule} laisse ouvert.`,
    evidenceMissing: ({ code, rule }, parameters) =>
      parameters.verification === 'failed'
        ? `${code} ne peut pas être utilisé : le relevé qui l’atteste n’a pas pu être vérifié.`
        : `Il manque à ${code} une preuve que ${rule} demande : ${list(evidenceIn(parameters))}.`,
    gradeTooLow: ({ code, rule }, { minimum, grade, comparable }) =>
      `${code} exige au moins ${minimum} pour ${rule} ; ${gradeStated(grade, comparable)}.`,
    outsideDates: ({ code, rule }, { governedBy, date, from, until }) =>
      `${code} est hors des dates que fixe ${rule} : la date ${dates[governedBy]} est le ${date}, et la règle vaut${
        from === undefined ? '' : ` à partir du ${from}`
      }${until === undefined ? '' : ` jusqu’au ${until}`}.`,
    dateMissing: ({ code, rule }, { which }) =>
      `${code} ne peut pas être comparé aux dates que fixe ${rule} : la date ${dates[which]} manque.`,
    tooOld: ({ code, rule }, { date, earliest }) => `${code} est trop ancien pour ${rule} : achevé le ${date}, avant le ${earliest}.`,
    programmeExcluded: ({ code, rule }, { programme }) =>
      `${code} ne compte pas ici : ${rule} ne s’applique pas au programme ${programme}.`,
    incompleteSet: (subject, parameters) =>
      parameters.condition === undefined ? notEnough(subject, parameters) : notHeld(subject, parameters),
    limitReached: ({ code, rule }, { limit }) => `${code} n’est pas crédité par ${rule} : la limite ${limit} de l’accord est atteinte.`,
    capReached: ({ code, rule, titleOf }, { cap: kind, requirement = '' }) =>
      `${code} n’est pas crédité par ${rule} : ${
        kind === 'requirementTransfer' ? `on ne peut pas transférer davantage pour ${titleOf(requirement)}` : cap[kind]
      }.`,
    outranked: ({ code, rule, codeOf }, { byRule, byCompletions = [], betterAttempt }) => {
      if (betterAttempt !== undefined) return `Une meilleure tentative de ${code} est utilisée.`;
      const first = byRule === undefined ? `une règle sur ${list(byCompletions.map(codeOf))}` : `la règle ${byRule}`;
      return `${code} n’est pas crédité par ${rule} : ${first} passe avant.`;
    },
    notNeeded: ({ code, rule, codeOf }, { alreadyAwarded, usedElsewhere, sameAsRule }) => {
      if (sameAsRule !== undefined) return `${code} n’est pas nécessaire pour ${rule} : la règle ${sameAsRule} donne la même chose.`;
      if (alreadyAwarded !== undefined) {
        const granted = form(alreadyAwarded.length, 'est déjà accordé', 'sont déjà accordés');
        return `${code} n’est pas nécessaire pour ${rule} : ${list(alreadyAwarded)} ${granted}.`;
      }
      if (usedElsewhere !== undefined) {
        const used = form(usedElsewhere.length, 'est utilisé par une autre règle', 'sont utilisés par d’autres règles');
        return `${code} n’est pas crédité par ${rule} : ${list(usedElsewhere.map(codeOf))} ${used}.`;
      }
      return `${code} n’est pas nécessaire pour ${rule} : la meilleure répartition s’en passe.`;
    },
    notEvaluated: ({ code, rule }, { maximum, grade, comparable, minimumCredits, credits = 0, held }) => {
      const isNotMeant = `${code} n’est pas ce dont parle ${rule}`;
      if (held !== undefined) return `${isNotMeant} : on ne doit pas avoir aussi ${list(held)}.`;
      if (minimumCredits !== undefined)
        return `${isNotMeant} : il porte ${amount(credits)}, et il en faut au moins ${number(minimumCredits)}.`;
      if (maximum === undefined) return `Aucun accord en vigueur ne parle de ${code}.`;
      return `${isNotMeant} : la règle vaut pour des notes jusqu’à ${maximum}, et ${gradeStated(grade, comparable === true)}.`;
    },
    unmatched: ({ code }) => `${code} n’est dans aucun catalogue et aucun accord n’en parle.`,
    failed: ({ code }) => `${code} n’a pas été réussi.`,
    inProgress: ({ code }, { outcome }) => (outcome === 'planned' ? `${code} est prévu, pas achevé.` : `${code} n’est pas encore achevé.`),
  },
  usedFor: (codes, awards, rule) =>
    awards.length === 0
      ? `${list(codes)} ${form(codes.length, 'est utilisé', 'sont utilisés')} par ${rule} sans donner de crédit.`
      : `${list(codes)} ${form(codes.length, 'compte', 'comptent')} comme ${list(awards)} par ${rule}.`,
  award: (target, credits, requirements) =>
    `${target} (${amount(credits)}${requirements.length > 0 ? `, pour ${list(requirements)}` : ', sans place dans le programme'})`,
  elective: (subject) => (subject === undefined ? 'crédits libres' : `crédits libres en ${subject}`),
  recognised: (credits, count) => `Reconnu : ${amount(credits)} à partir de ${number(count)} cours ${form(count, 'achevé', 'achevés')}.`,
  remaining: (credits) => `Il reste ${amount(credits)} du programme.`,
  nothingRemaining: 'Il ne reste rien du programme.',
  noCreditsRemaining: 'Il ne reste pas de crédits du programme, mais toutes les exigences ne sont pas remplies.',
  optimal: 'Aucune répartition n’est meilleure : c’est prouvé.',
  notOptimal: (levels) =>
    `C’est la meilleure répartition trouvée ; ${number(levels)} ${form(levels, 'niveau', 'niveaux')} sur 6 de l’objectif ${form(levels, 'est prouvé', 'sont prouvés')}. Demandez une évaluation approfondie avant de décider.`,
  provisional: 'Elle repose sur un choix que personne n’a encore fait ; aucune décision ne peut s’y fonder.',
  attested: (count) =>
    form(
      count,
      'Un accord qui a donné des crédits repose sur la parole d’une seule partie.',
      `${number(count)} accords qui ont donné des crédits reposent sur la parole d’une seule partie.`,
    ),
  whatIf: 'Des cours non achevés ont été comptés comme s’ils l’étaient.',
  capped: (credits) => `Écarté par les plafonds du programme : ${amount(credits)}.`,
  requirement: (title, credits) => (credits === 0 ? `${title} reste à faire.` : `${title} : il reste ${amount(credits)}.`),
  requirementNotOffered: (title, credits) =>
    credits === 0
      ? `${title} reste à faire, et aucun accord n’offre rien pour cela.`
      : `${title} : il reste ${amount(credits)}, et aucun accord n’offre rien pour cela.`,
  statement: {
    takeAfterTransfer: (course) => `${course} doit être suivi après le transfert.`,
    noArticulation: (course) => `L’accord dit que rien ne compte comme ${course}.`,
    individualAssessment: (course) => `Une personne évalue ce qui peut compter comme ${course}.`,
  },
  improvement: (changes, credits, count) =>
    `On obtiendrait davantage avec ${list(changes)} : ${amount(credits)} à partir de ${number(count)} cours.`,
  addCourse: ({ selector, title, credits, minimumCredits, grade }) => {
    const facts = [title, credits === undefined ? undefined : amount(credits)].filter((fact) => fact !== undefined);
    const named = facts.length === 0 ? selector : `${selector} (${facts.join(', ')})`;
    const least = [grade, minimumCredits === undefined ? undefined : amount(minimumCredits)].filter((fact) => fact !== undefined);
    return least.length === 0 ? `${named} en plus` : `${named} en plus avec au moins ${list(least)}`;
  },
  raiseGrade: (code, grade) => `au moins ${grade} en ${code}`,
  addEvidence: (code, what) => `${what} pour ${code}`,
};

function gradeStated(grade: string | undefined, comparable: boolean): string {
  if (grade === undefined) return 'aucune note n’est indiquée';
  return comparable ? `la note est ${grade}` : `la note ${grade} est sur une échelle qui ne se compare pas`;
}

function evidenceIn({ evidence: kinds, minimumHours = 0, hours }: ReasonParameters['evidenceMissing']): readonly string[] {
  const atLeast = `au moins ${number(minimumHours)} ${form(minimumHours, 'heure', 'heures')} d’étude`;
  const stated = hours === undefined ? 'aucune n’est indiquée' : `${number(hours)} ${form(hours, 'est indiquée', 'sont indiquées')}`;
  return kinds.map((kind) => (kind === 'minimumHours' ? `${atLeast} (${stated})` : evidence[kind]));
}

function notEnough(subject: Subject, parameters: ReasonParameters['incompleteSet']): string {
  const { missing, missingCourses, missingCredits } = parameters;
  const wanting = `${subject.code} ne suffit pas seul pour ${subject.rule}`;
  const unsuitable = unsuitableCourses(parameters, subject);
  if (unsuitable.length > 0) {
    const held = `on a ${list(unsuitable)}, qui ${isNot(unsuitable.length)}`;
    if (missing.length === 0) return `${wanting} : ${held}.`;
    if (missingCourses <= missing.length) return `${wanting} : ${held} ; il suffirait d’avoir ${wanted(parameters)}.`;
    return `${wanting} : ${held}, et il manque en outre ${list(missing)}.`;
  }
  if (missing.length > 0) return `${wanting} : il manque ${wanted(parameters)}.`;
  const more = missingCourses > 0 ? `${number(missingCourses)} cours` : undefined;
  const credit = missingCredits === undefined ? undefined : amount(missingCredits);
  return `${wanting} : il manque encore ${list([more, credit].filter((part) => part !== undefined))}.`;
}

/** What would bring what is missing: « 2 cours parmi A, B et C (3 crédits de plus) », or « 3 crédits (A ou B) ». */
function wanted(parameters: ReasonParameters['incompleteSet']): string {
  const { missing, missingCourses, missingCredits } = parameters;
  if (missingCourses === 0 && missingCredits !== undefined) return `${amount(missingCredits)} (${either(missing)})`;
  const count = numberNeeded(parameters);
  const named = count === undefined ? list(missing) : `${number(count)} cours parmi ${list(missing)}`;
  return missingCredits === undefined ? named : `${named} (${amount(missingCredits)} de plus)`;
}

function notHeld(subject: Subject, parameters: ReasonParameters['incompleteSet']): string {
  const unsuitable = unsuitableCourses(parameters, subject);
  const would = `${subject.code} compterait par ${subject.rule}`;
  if (unsuitable.length === 0) return `${would} si l’on avait aussi : ${wanted(parameters)}.`;
  const held = `si ${list(unsuitable)} ${form(unsuitable.length, 'avait', 'avaient')} la note ou les crédits que la règle demande`;
  return `${would} ${held}${parameters.missing.length === 0 ? '' : `, et si l’on avait aussi : ${list(parameters.missing)}`}.`;
}
