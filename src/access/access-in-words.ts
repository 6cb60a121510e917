import { accessTable, type Relation } from './domain/index.js';

const relationsInWords: Readonly<Record<Relation, string>> = {
  own: 'their own',
  shared: 'shared with their institution',
  party: 'of agreements their institution is a party to',
  public: 'published',
};

/** What openapi.yaml says about who may call an operation, `METHOD /path`; an operation without a rule has none to say. */
export function accessTo(operation: string): { readonly scopes: readonly string[] | undefined; readonly sentence: string } {
  const rule = accessTable[operation];
  if (rule === undefined) throw new Error(`No rule in the access table says who may call ${operation}.`);
  const { scope, roles, relations } = rule;
  if (roles === undefined) return { scopes: undefined, sentence: 'Anybody may call it.' };
  const what = relations.map((relation) => relationsInWords[relation]).join(', or ');
  return { scopes: scope === undefined ? [] : [scope], sentence: `Roles: ${roles.join(', ')}. What they see and change: ${what}.` };
}
