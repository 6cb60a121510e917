import { type ProblemCode, problemStatus } from '../kernel/index.js';
import type { MessageLanguage } from './languages.js';

/** A kind of problem in words: its title, and what it means for the caller. */
interface ProblemText {
  readonly title: string;
  readonly meaning: string;
}

/** Whether a text is the code of a kind of problem. */
export function isProblemCode(code: string): code is ProblemCode {
  return Object.hasOwn(problemStatus, code);
}

export const problemCodes: readonly ProblemCode[] = Object.keys(problemStatus).filter(isProblemCode);

/** Every kind of problem in every language of messages; the service shows them under `/problems/<code>`. */
export const problemTexts: Readonly<Record<ProblemCode, Readonly<Record<MessageLanguage, ProblemText>>>> = {
  malformed: {
    en: { title: 'Malformed request', meaning: 'The request cannot be read: its syntax is wrong.' },
    zh: { title: '请求格式错误', meaning: '无法读取该请求：其语法不正确。' },
    fr: { title: 'Requête mal formée', meaning: 'La requête est illisible : sa syntaxe est incorrecte.' },
  },
  validationFailed: {
    en: { title: 'Invalid fields', meaning: 'One or more fields are invalid. The list of errors names each of them.' },
    zh: { title: '字段无效', meaning: '一个或多个字段无效。错误列表逐一列出这些字段。' },
    fr: { title: 'Champs non valides', meaning: 'Un ou plusieurs champs ne sont pas valides. La liste des erreurs les nomme tous.' },
  },
  unauthenticated: {
    en: {
      title: 'Not authenticated',
      meaning: 'The request carries no valid access token. The WWW-Authenticate header says what is missing.',
    },
    zh: { title: '未经身份验证', meaning: '请求未携带有效的访问令牌。WWW-Authenticate 标头说明缺少什么。' },
    fr: {
      title: 'Non authentifié',
      meaning: "La requête ne porte aucun jeton d'accès valable. L'en-tête WWW-Authenticate dit ce qui manque.",
    },
  },
  forbidden: {
    en: { title: 'Forbidden', meaning: 'Your token is valid, but your role or its scopes do not allow this operation.' },
    zh: { title: '禁止访问', meaning: '您的令牌有效，但您的角色或令牌的权限范围不允许此操作。' },
    fr: { title: 'Interdit', meaning: "Votre jeton est valable, mais votre rôle ou ses portées n'autorisent pas cette opération." },
  },
  notFound: {
    en: { title: 'Not found', meaning: 'There is no such resource, or you may not see it.' },
    zh: { title: '未找到', meaning: '该资源不存在，或您无权查看。' },
    fr: { title: 'Introuvable', meaning: "Cette ressource n'existe pas, ou vous ne pouvez pas la voir." },
  },
  notAcceptable: {
    en: { title: 'Not acceptable', meaning: 'The answer cannot be given in a media type that the Accept header admits.' },
    zh: { title: '无法接受', meaning: '无法以 Accept 标头所允许的媒体类型作答。' },
    fr: { title: 'Non acceptable', meaning: "La réponse ne peut être donnée dans aucun des types de média admis par l'en-tête Accept." },
  },
  conflict: {
    en: { title: 'Conflict', meaning: 'The request contradicts the present state of the resource, or something already recorded.' },
    zh: { title: '冲突', meaning: '该请求与资源的当前状态或已有记录相矛盾。' },
    fr: { title: 'Conflit', meaning: "La requête contredit l'état actuel de la ressource, ou une donnée déjà enregistrée." },
  },
  preconditionFailed: {
    en: {
      title: 'Changed meanwhile',
      meaning: 'The resource has changed since you read it. Read it again, and repeat your change on the new version.',
    },
    zh: { title: '资源已被更改', meaning: '自您读取以来，该资源已发生变化。请重新读取，并在新版本上重复您的更改。' },
    fr: {
      title: 'Modifié entre-temps',
      meaning: 'La ressource a changé depuis votre lecture. Relisez-la, puis refaites votre modification sur la nouvelle version.',
    },
  },
  tooLarge: {
    en: { title: 'Too large', meaning: 'The body is larger than the service accepts.' },
    zh: { title: '内容过大', meaning: '请求正文超出了服务可接受的大小。' },
    fr: { title: 'Trop volumineux', meaning: 'Le corps de la requête dépasse la taille acceptée par le service.' },
  },
  unsupportedMediaType: {
    en: { title: 'Unsupported media type', meaning: 'The body is of a media type that this operation does not take.' },
    zh: { title: '不支持的媒体类型', meaning: '此操作不接受该媒体类型的正文。' },
    fr: { title: 'Type de média non pris en charge', meaning: "Le corps est d'un type de média que cette opération n'accepte pas." },
  },
  ruleViolated: {
    en: { title: 'Against a rule', meaning: 'The request is well formed, but a rule of the system forbids it.' },
    zh: { title: '违反规则', meaning: '请求格式正确，但系统规则不允许。' },
    fr: { title: 'Contraire à une règle', meaning: "La requête est bien formée, mais une règle du système l'interdit." },
  },
  idempotencyKeyReused: {
    en: {
      title: 'Idempotency key used already',
      meaning: 'You have sent this Idempotency-Key with another request. Use a new key for a new request.',
    },
    zh: { title: '幂等键已被使用', meaning: '您已在另一请求中使用过此 Idempotency-Key。新的请求请使用新的键。' },
    fr: {
      title: "Clé d'idempotence déjà utilisée",
      meaning: 'Vous avez envoyé cette Idempotency-Key avec une autre requête. Utilisez une nouvelle clé pour une nouvelle requête.',
    },
  },
  preconditionRequired: {
    en: { title: 'Precondition required', meaning: 'A change must quote the ETag of the version it is meant for in the If-Match header.' },
    zh: { title: '需要前提条件', meaning: '更改时必须在 If-Match 标头中引用所针对版本的 ETag。' },
    fr: { title: 'Précondition requise', meaning: "Une modification doit citer l'ETag de la version visée dans l'en-tête If-Match." },
  },
  rateLimited: {
    en: { title: 'Too many requests', meaning: 'You have sent more requests than allowed. Wait as long as the Retry-After header says.' },
    zh: { title: '请求过多', meaning: '您发送的请求超出了允许的数量。请按 Retry-After 标头所示时间等待。' },
    fr: {
      title: 'Trop de requêtes',
      meaning: "Vous avez envoyé plus de requêtes que permis. Attendez le temps indiqué par l'en-tête Retry-After.",
    },
  },
  internal: {
    en: {
      title: 'Internal error',
      meaning: 'Something went wrong on our side. Please report it, and quote the X-Request-Id header of this answer.',
    },
    zh: { title: '内部错误', meaning: '我们这边出了问题。请报告此问题，并附上本响应的 X-Request-Id 标头。' },
    fr: {
      title: 'Erreur interne',
      meaning: "Une erreur s'est produite de notre côté. Signalez-la en citant l'en-tête X-Request-Id de cette réponse.",
    },
  },
  unavailable: {
    en: { title: 'Unavailable', meaning: 'The service cannot answer at the moment. Try again shortly.' },
    zh: { title: '暂不可用', meaning: '服务暂时无法作答。请稍后重试。' },
    fr: { title: 'Indisponible', meaning: 'Le service ne peut pas répondre pour le moment. Réessayez bientôt.' },
  },
};
