/**
 * JSON Schema 2020-12 for recursive shapes (rules, terms, requirement trees), as plain data. A schema carries the type it describes, so
 * that a field, a variant or a value that stands in one of the two only does not compile. Named components refer to one another as
 * `#/components/schemas/<name>`, which reads the same in openapi.yaml and in a validator.
 */
export type JsonSchema = Readonly<Record<string, unknown>>;

declare const described: unique symbol;

/** A schema of exactly the values of a type; the type exists at compile time only. */
export type Schema<T> = JsonSchema & { readonly [described]?: (value: T) => T };

/** Named components by name. */
export type Components<Types> = { readonly [Name in keyof Types]: Schema<Types[Name]> };

/** Where named components stand, in openapi.yaml and in the document that a validator compiles. */
export const componentsPath = '#/components/schemas/';

type OptionalKeys<T> = { [K in keyof T]-?: object extends Pick<T, K> ? K : never }[keyof T];
type RequiredKeys<T> = Exclude<keyof T, OptionalKeys<T>>;
type Fields<T, K extends keyof T> = { readonly [Key in K]-?: Schema<Required<T>[Key]> };

/** An object with these fields and no others. */
export function objectSchema<T extends object>(
  description: string,
  required: Fields<T, RequiredKeys<T>>,
  optional: Fields<T, OptionalKeys<T>>,
): Schema<T> {
  return {
    type: 'object',
    description,
    properties: { ...required, ...optional },
    required: Object.keys(required),
    additionalProperties: false,
  };
}

/** One of several named objects, told apart by the value of one of their fields. */
export function unionSchema<Tag extends string, T extends Readonly<Record<Tag, string>>>(
  description: string,
  tag: Tag,
  variants: { readonly [Value in T[Tag]]: Schema<Extract<T, Readonly<Record<Tag, Value>>>> },
): Schema<T> {
  return { type: 'object', description, discriminator: { propertyName: tag }, oneOf: Object.values(variants) };
}

/** References to named components; what a name stands for is in `Types`. */
export function references<Types>(): <Name extends keyof Types & string>(name: Name, description?: string) => Schema<Types[Name]> {
  return (name, description) => ({ $ref: componentsPath + name, ...(description === undefined ? {} : { description }) });
}

/** Lengths count Unicode code points. A `format` is one that JSON Schema 2020-12 names. */
export interface TextLimits {
  readonly minLength?: number;
  readonly maxLength: number;
  readonly pattern?: string;
  readonly format?: string;
}

export function textSchema(description: string, limits: TextLimits): Schema<string> {
  return { type: 'string', description, minLength: 1, ...limits };
}

/** One fixed text: the tag of a variant. */
export function constantSchema<const T extends string>(value: T): Schema<T> {
  return { type: 'string', const: value };
}

/** One of a closed list of texts. */
export function enumSchema<const T extends string>(description: string, values: readonly T[]): Schema<T> {
  return { type: 'string', description, enum: values };
}

export function booleanSchema(description: string): Schema<boolean> {
  return { type: 'boolean', description };
}

/** Both bounds are inclusive. */
export interface NumberLimits {
  readonly minimum: number;
  readonly maximum: number;
}

export function numberSchema(description: string, limits: NumberLimits): Schema<number> {
  return { type: 'number', description, ...limits };
}

export function integerSchema(description: string, limits: NumberLimits): Schema<number> {
  return { type: 'integer', description, ...limits };
}

export function listSchema<T>(
  description: string,
  items: Schema<T>,
  limits: { readonly minItems?: number; readonly maxItems: number },
): Schema<readonly T[]> {
  return { type: 'array', description, items, ...limits };
}
