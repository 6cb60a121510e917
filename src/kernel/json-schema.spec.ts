import { describe, expect, it } from '@jest/globals';
import {
  booleanSchema,
  constantSchema,
  enumSchema,
  integerSchema,
  listSchema,
  numberSchema,
  objectSchema,
  references,
  textSchema,
  unionSchema,
  type Schema,
} from './json-schema.js';

interface Circle {
  readonly kind: 'circle';
  readonly radius: number;
  readonly name?: string;
}
interface Group {
  readonly kind: 'group';
  readonly of: readonly Shape[];
  readonly mode: 'loose' | 'tight';
}
type Shape = Circle | Group;

const ref = references<{ Circle: Circle; Group: Group; Shape: Shape }>();
const name = textSchema('A name.', { maxLength: 10 });
const radius = numberSchema('In metres.', { minimum: 0, maximum: 9 });
const mode = enumSchema('How.', ['loose', 'tight']);
const of = listSchema('Members.', ref('Shape'), { minItems: 1, maxItems: 3 });

describe('schemas', () => {
  it('are closed objects that say which fields are required', () => {
    expect(objectSchema<Circle>('A circle.', { kind: constantSchema('circle'), radius }, { name })).toEqual({
      type: 'object',
      description: 'A circle.',
      properties: {
        kind: { type: 'string', const: 'circle' },
        radius: { type: 'number', description: 'In metres.', minimum: 0, maximum: 9 },
        name: { type: 'string', description: 'A name.', minLength: 1, maxLength: 10 },
      },
      required: ['kind', 'radius'],
      additionalProperties: false,
    });
  });

  it('refer to one another, and tell variants apart by a tag', () => {
    expect(unionSchema<'kind', Shape>('A shape.', 'kind', { circle: ref('Circle'), group: ref('Group', 'Several.') })).toEqual({
      type: 'object',
      description: 'A shape.',
      discriminator: { propertyName: 'kind' },
      oneOf: [{ $ref: '#/components/schemas/Circle' }, { $ref: '#/components/schemas/Group', description: 'Several.' }],
    });
  });

  it('have numbers, flags and lists', () => {
    expect(integerSchema('How many.', { minimum: 1, maximum: 3 })).toEqual({
      type: 'integer',
      description: 'How many.',
      minimum: 1,
      maximum: 3,
    });
    expect(booleanSchema('Whether.')).toEqual({ type: 'boolean', description: 'Whether.' });
    expect(of).toEqual({ type: 'array', description: 'Members.', items: { $ref: '#/components/schemas/Shape' }, minItems: 1, maxItems: 3 });
  });

  /** Each line compiles only because the one below it is an error. */
  it('do not compile where they differ from the type', () => {
    const kind = constantSchema('circle');
    // @ts-expect-error a required field is missing
    objectSchema<Circle>('', { kind }, { name });
    // @ts-expect-error an optional field is missing
    objectSchema<Circle>('', { kind, radius }, {});
    // @ts-expect-error an optional field is required
    objectSchema<Circle>('', { kind, radius, name }, {});
    // @ts-expect-error a field is unknown
    objectSchema<Circle>('', { kind, radius, colour: name }, { name });
    // @ts-expect-error a field is of another type
    objectSchema<Circle>('', { kind, radius: name }, { name });
    // @ts-expect-error a variant is missing
    unionSchema<'kind', Shape>('', 'kind', { circle: ref('Circle') });
    // @ts-expect-error a variant is another
    unionSchema<'kind', Shape>('', 'kind', { circle: ref('Group'), group: ref('Group') });
    // @ts-expect-error a value is missing
    const narrow: Schema<'loose' | 'tight'> = enumSchema('', ['loose']);
    // @ts-expect-error a value is one too many
    const wide: Schema<'loose' | 'tight'> = enumSchema('', ['loose', 'tight', 'free']);
    expect([narrow, wide, objectSchema<Group>('', { kind: constantSchema('group'), of, mode }, {})]).toHaveLength(3);
  });
});
