import type { MessageLanguage } from '../../../platform/index.js';

/** Every sentence of the log-in pages. What is in braces is filled in. */
interface Texts {
  readonly logIn: string;
  /** `{client}`: the program that asks. */
  readonly logInTo: string;
  readonly userName: string;
  readonly password: string;
  readonly cancel: string;
  readonly demoHeading: string;
  /** `{password}`: the one of everybody. */
  readonly demoNote: string;
  readonly demoTable: string;
  readonly demoWho: string;
  readonly demoRole: string;
  readonly institutions: string;
  readonly institutionsHint: string;
  readonly search: string;
  readonly searchButton: string;
  /** `{count}`: how many more institutions match. */
  readonly more: string;
  readonly noInstitution: string;
  readonly noneFound: string;
  readonly errorPrefix: string;
  readonly errorHeading: string;
  readonly userNameMissing: string;
  readonly passwordMissing: string;
  readonly wrongPassword: string;
  /** `{minutes}`: until the next attempt. */
  readonly tooMany: string;
  readonly chooseHeading: string;
  readonly chooseNote: string;
  readonly goOn: string;
  /** `{name}`. */
  readonly asStudent: string;
  /** `{institution}`. */
  readonly asStaff: string;
  readonly noRoleHeading: string;
  /** `{name}`, `{institution}`. */
  readonly noRole: string;
  readonly deactivatedHeading: string;
  /** `{name}`, `{institution}`. */
  readonly deactivated: string;
  readonly noRoleAdvice: string;
  readonly failedHeading: string;
  /** `{institution}`. */
  readonly failed: string;
  readonly tryAgain: string;
  readonly expiredHeading: string;
  readonly expired: string;
  readonly foreignHeading: string;
  readonly foreign: string;
  readonly refusedHeading: string;
  readonly refused: string;
  readonly consentHeading: string;
  /** `{client}`. */
  readonly consentNote: string;
  readonly consentList: string;
  readonly allow: string;
  readonly deny: string;
  /** What a client is told about who has logged in, and keeping access while nobody is there. */
  readonly openid: string;
  readonly offline: string;
  /** `{what}`: a resource. */
  readonly read: string;
  readonly write: string;
  readonly export: string;
  readonly erase: string;
}

export const texts: Readonly<Record<MessageLanguage, Texts>> = {
  en: {
    logIn: 'Log in',
    logInTo: 'to continue to {client}',
    userName: 'User name',
    password: 'Password',
    cancel: 'Cancel',
    demoHeading: 'As a person of the demonstration',
    demoNote: 'These people are invented. The password of all of them is {password}',
    demoTable: 'People of the demonstration',
    demoWho: 'Person',
    demoRole: 'Role',
    institutions: 'At your institution',
    institutionsHint: 'Choose the institution where you work or study. You log in on its own pages.',
    search: 'Name of the institution',
    searchButton: 'Search',
    more: 'There are {count} more. Search to find yours.',
    noInstitution: 'No institution has set up its log-in here yet.',
    noneFound: 'No institution with this name has set up its log-in here.',
    errorPrefix: 'Error:',
    errorHeading: 'You are not logged in',
    userNameMissing: 'Enter your user name.',
    passwordMissing: 'Enter your password.',
    wrongPassword: 'The user name or the password is wrong.',
    tooMany: 'There were too many attempts. Try again in {minutes} minutes.',
    chooseHeading: 'Choose how to go on',
    chooseNote: 'You both work and study. What you may do depends on what you go on as.',
    goOn: 'Go on',
    asStudent: 'As a student: {name}',
    asStaff: 'As staff of {institution}',
    noRoleHeading: 'You have no role here yet',
    noRole: 'You are known as {name} at {institution}, but nothing has been assigned to you, so there is nothing that you could do here.',
    deactivatedHeading: 'Your account is deactivated',
    deactivated: 'The account of {name} at {institution} has been deactivated.',
    noRoleAdvice:
      'If you work there, ask an administrator of your institution for a role. If you study there, ask its registrar. Tell them the number of your account:',
    failedHeading: 'You could not be logged in',
    failed: 'The log-in at {institution} did not succeed. Nothing has been changed.',
    tryAgain: 'Try again',
    expiredHeading: 'This log-in has ended',
    expired:
      'It has been completed or took too long, or your browser keeps no cookies. Go back to the program that sent you here and start again.',
    foreignHeading: 'This form came from elsewhere',
    foreign: 'The form was not sent by a page of this service, so it was not read. Go back and send it again.',
    refusedHeading: 'The request cannot be carried out',
    refused: 'The program that sent you here asked for something that is not possible. Tell its makers this code:',
    consentHeading: 'May {client} act for you?',
    consentNote: 'You can go on only if you allow it. It never learns your password.',
    consentList: '{client} asks to:',
    allow: 'Allow',
    deny: 'Do not allow',
    openid: 'know who you are',
    offline: 'keep its access while you are not there',
    read: 'read {what}',
    write: 'change {what}',
    export: 'take out everything in {what}',
    erase: 'erase {what} for good',
  },
  zh: {
    logIn: '登录',
    logInTo: '以继续使用{client}',
    userName: '用户名',
    password: '密码',
    cancel: '取消',
    demoHeading: '以演示人物的身份',
    demoNote: '这些人物均为虚构。所有人的密码都是 {password}',
    demoTable: '演示人物',
    demoWho: '人物',
    demoRole: '角色',
    institutions: '通过您所在的机构',
    institutionsHint: '请选择您工作或学习的机构。您将在该机构自己的页面上登录。',
    search: '机构名称',
    searchButton: '搜索',
    more: '还有 {count} 个机构。请搜索以找到您的机构。',
    noInstitution: '尚无机构在此设置登录。',
    noneFound: '没有以此为名的机构在此设置登录。',
    errorPrefix: '错误：',
    errorHeading: '您尚未登录',
    userNameMissing: '请输入用户名。',
    passwordMissing: '请输入密码。',
    wrongPassword: '用户名或密码不正确。',
    tooMany: '尝试次数过多。请在 {minutes} 分钟后重试。',
    chooseHeading: '请选择以何种身份继续',
    chooseNote: '您既在此工作也在此学习。您能做什么取决于您以何种身份继续。',
    goOn: '继续',
    asStudent: '以学生身份：{name}',
    asStaff: '以{institution}工作人员的身份',
    noRoleHeading: '您在此还没有角色',
    noRole: '{institution}称您为{name}，但尚未为您分配任何角色，因此您在此还不能进行任何操作。',
    deactivatedHeading: '您的账户已停用',
    deactivated: '{name}在{institution}的账户已被停用。',
    noRoleAdvice: '如果您在那里工作，请向您所在机构的管理员申请角色；如果您在那里学习，请联系教务处。请告知您的账户编号：',
    failedHeading: '未能登录',
    failed: '在{institution}的登录未成功。没有任何内容被更改。',
    tryAgain: '重试',
    expiredHeading: '本次登录已结束',
    expired: '登录已完成或耗时过长，或者您的浏览器不保存 Cookie。请返回将您带到这里的程序，重新开始。',
    foreignHeading: '此表单来自别处',
    foreign: '该表单并非由本服务的页面发送，因此未被读取。请返回并重新发送。',
    refusedHeading: '无法执行该请求',
    refused: '将您带到这里的程序请求了无法办到的事情。请将以下代码告知其开发者：',
    consentHeading: '是否允许{client}代表您操作？',
    consentNote: '只有允许后才能继续。该程序永远不会得知您的密码。',
    consentList: '{client}请求：',
    allow: '允许',
    deny: '不允许',
    openid: '知道您是谁',
    offline: '在您不在时保留访问权限',
    read: '读取{what}',
    write: '更改{what}',
    export: '导出{what}的全部内容',
    erase: '永久删除{what}',
  },
  fr: {
    logIn: 'Se connecter',
    logInTo: 'pour continuer vers {client}',
    userName: 'Nom d’utilisateur',
    password: 'Mot de passe',
    cancel: 'Annuler',
    demoHeading: 'En tant que personne de la démonstration',
    demoNote: 'Ces personnes sont inventées. Toutes ont le même mot de passe : {password}',
    demoTable: 'Personnes de la démonstration',
    demoWho: 'Personne',
    demoRole: 'Rôle',
    institutions: 'Par votre établissement',
    institutionsHint: 'Choisissez l’établissement où vous travaillez ou étudiez. Vous vous connectez sur ses propres pages.',
    search: 'Nom de l’établissement',
    searchButton: 'Chercher',
    more: 'Il y en a {count} de plus. Cherchez pour trouver le vôtre.',
    noInstitution: 'Aucun établissement n’a encore mis en place sa connexion ici.',
    noneFound: 'Aucun établissement de ce nom n’a mis en place sa connexion ici.',
    errorPrefix: 'Erreur :',
    errorHeading: 'Vous n’êtes pas connecté',
    userNameMissing: 'Saisissez votre nom d’utilisateur.',
    passwordMissing: 'Saisissez votre mot de passe.',
    wrongPassword: 'Le nom d’utilisateur ou le mot de passe est incorrect.',
    tooMany: 'Il y a eu trop d’essais. Réessayez dans {minutes} minutes.',
    chooseHeading: 'Choisissez comment continuer',
    chooseNote: 'Vous travaillez et vous étudiez. Ce que vous pouvez faire dépend de votre choix.',
    goOn: 'Continuer',
    asStudent: 'En tant qu’étudiant : {name}',
    asStaff: 'En tant que personnel de {institution}',
    noRoleHeading: 'Vous n’avez pas encore de rôle ici',
    noRole: 'Vous êtes connu sous le nom de {name} à {institution}, mais rien ne vous a été attribué : vous ne pouvez rien faire ici.',
    deactivatedHeading: 'Votre compte est désactivé',
    deactivated: 'Le compte de {name} à {institution} a été désactivé.',
    noRoleAdvice:
      'Si vous y travaillez, demandez un rôle à un administrateur de votre établissement. Si vous y étudiez, adressez-vous à la scolarité. Donnez-leur le numéro de votre compte :',
    failedHeading: 'La connexion n’a pas abouti',
    failed: 'La connexion auprès de {institution} n’a pas réussi. Rien n’a été modifié.',
    tryAgain: 'Réessayer',
    expiredHeading: 'Cette connexion a pris fin',
    expired:
      'Elle est achevée ou a duré trop longtemps, ou votre navigateur ne garde pas de cookies. Retournez au programme qui vous a envoyé ici et recommencez.',
    foreignHeading: 'Ce formulaire vient d’ailleurs',
    foreign:
      'Le formulaire n’a pas été envoyé par une page de ce service ; il n’a donc pas été lu. Revenez en arrière et envoyez-le de nouveau.',
    refusedHeading: 'La demande ne peut pas être exécutée',
    refused: 'Le programme qui vous a envoyé ici a demandé quelque chose d’impossible. Indiquez ce code à ses auteurs :',
    consentHeading: '{client} peut-il agir en votre nom ?',
    consentNote: 'Vous ne pouvez continuer que si vous l’autorisez. Il n’apprend jamais votre mot de passe.',
    consentList: '{client} demande à :',
    allow: 'Autoriser',
    deny: 'Ne pas autoriser',
    openid: 'savoir qui vous êtes',
    offline: 'garder son accès en votre absence',
    read: 'lire {what}',
    write: 'modifier {what}',
    export: 'exporter tout le contenu de : {what}',
    erase: 'effacer définitivement {what}',
  },
};

/** The resources of scopes (`resource:action`) in words. */
const resources: Readonly<Record<string, Readonly<Record<MessageLanguage, string>>>> = {
  'access-log': {
    en: 'the log of who read records of students',
    zh: '学生档案的查阅记录',
    fr: 'le journal des lectures des dossiers des étudiants',
  },
  accounts: { en: 'the accounts of your institution', zh: '您所在机构的账户', fr: 'les comptes de votre établissement' },
  agreements: { en: 'agreements', zh: '协议', fr: 'les accords' },
  audit: { en: 'the audit log', zh: '审计日志', fr: 'le journal d’audit' },
  clients: { en: 'the programs of your institution', zh: '您所在机构的程序', fr: 'les programmes informatiques de votre établissement' },
  consents: { en: 'consents to share transcripts', zh: '共享成绩单的同意书', fr: 'les consentements au partage des relevés' },
  courses: { en: 'courses', zh: '课程', fr: 'les cours' },
  evaluations: { en: 'evaluations', zh: '评估', fr: 'les évaluations' },
  imports: { en: 'data by importing them', zh: '导入的数据', fr: 'des données en les important' },
  institutions: { en: 'institutions', zh: '机构', fr: 'les établissements' },
  keys: { en: 'the keys that sign tokens', zh: '签署令牌的密钥', fr: 'les clés qui signent les jetons' },
  learners: { en: 'records of students', zh: '学生档案', fr: 'les dossiers des étudiants' },
  programmes: { en: 'degree programmes', zh: '学位项目', fr: 'les programmes de diplôme' },
  redemptions: { en: 'credit already used', zh: '已使用的学分', fr: 'les crédits déjà utilisés' },
  transcripts: { en: 'transcripts', zh: '成绩单', fr: 'les relevés de notes' },
};

/** A sentence with what is in braces filled in. */
export function filled(sentence: string, values: Readonly<Record<string, string>>): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (brace, name: string) => values[name] ?? brace);
}

const actions = ['read', 'write', 'export', 'erase'] as const;

/** What a scope lets a program do, in words; undefined for one that has none. */
function wordsOf(scope: string, language: MessageLanguage): string | undefined {
  const own = texts[language];
  if (scope === 'openid') return own.openid;
  if (scope === 'offline_access') return own.offline;
  const [resource = '', wanted] = scope.split(':');
  const action = actions.find((candidate) => candidate === wanted);
  const what = resources[resource]?.[language];
  return action === undefined || what === undefined ? undefined : filled(own[action], { what });
}

/** The same; a scope without words is named as it is. */
export function scopeInWords(scope: string, language: MessageLanguage): string {
  return wordsOf(scope, language) ?? scope;
}

/** The roles of people in words. */
export const roleNames: Readonly<Record<string, Readonly<Record<MessageLanguage, string>>>> = {
  student: { en: 'student', zh: '学生', fr: 'étudiant' },
  catalogue_editor: { en: 'catalogue editor', zh: '课程目录编辑', fr: 'responsable du catalogue' },
  negotiator: { en: 'negotiator', zh: '协议谈判人', fr: 'négociateur' },
  signatory: { en: 'signatory', zh: '签署人', fr: 'signataire' },
  registrar: { en: 'registrar', zh: '教务人员', fr: 'scolarité' },
  assessor: { en: 'assessor', zh: '评估人', fr: 'évaluateur' },
  appeals_officer: { en: 'appeals officer', zh: '申诉处理人', fr: 'chargé des recours' },
  auditor: { en: 'auditor', zh: '审计人', fr: 'auditeur' },
  administrator: { en: 'administrator', zh: '管理员', fr: 'administrateur' },
  operator: { en: 'operator of the service', zh: '服务运营者', fr: 'exploitant du service' },
};
