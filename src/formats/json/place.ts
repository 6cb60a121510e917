import type { FieldError } from '../../kernel/index.js';
import { isCleanText } from './document.js';

/** No more errors than this are collected from one document; a file with more is not the file it claims to be. */
const maximumErrors = 100;

const unclean = 'must not hold a NUL character or half of a surrogate pair';

type JsonObject = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A place in a JSON document of foreign make: a value with its JSON Pointer (RFC 6901). Every read says what must stand there; what does
 * not is noted as an error and read as an empty value, so that one pass finds all errors. A pointer goes on through a text that holds
 * JSON: `/result/articulations/3`. Whoever reads must look at the errors before using anything that was read.
 */
export class Place {
  private constructor(
    private readonly value: unknown,
    readonly pointer: string,
    private readonly errors: FieldError[],
  ) {}

  /** The root of a document; errors are added to the list given. */
  static root(document: unknown, errors: FieldError[]): Place {
    return new Place(document, '', errors);
  }

  /** Notes an error here, once. */
  reject(detail: string): void {
    const isKnown = this.errors.some((error) => error.pointer === this.pointer && error.detail === detail);
    if (!isKnown && this.errors.length < maximumErrors) this.errors.push({ pointer: this.pointer, detail });
  }

  /** A field of the object here. */
  at(name: string): Place {
    const pointer = `${this.pointer}/${name.replace(/~/g, '~0').replace(/\//g, '~1')}`;
    if (isObject(this.value)) return new Place(Object.hasOwn(this.value, name) ? this.value[name] : undefined, pointer, this.errors);
    this.reject(this.unlike('an object'));
    return new Place({}, pointer, discarded());
  }

  /** A field of the object here that may be absent or null. */
  optional(name: string): Place | undefined {
    const place = this.at(name);
    return place.value === undefined || place.value === null ? undefined : place;
  }

  /** The names of the fields of the object here, in the order of the document. */
  names(): readonly string[] {
    if (!isObject(this.value)) this.reject(this.unlike('an object'));
    else if (Object.keys(this.value).every(isCleanText)) return Object.keys(this.value);
    else this.reject(unclean);
    return [];
  }

  text(): string {
    if (typeof this.value !== 'string') this.reject(this.unlike('a text'));
    else if (isCleanText(this.value)) return this.value;
    else this.reject(unclean);
    return '';
  }

  /** The text of a field of what stands here; undefined where there is none that can be kept. Never an error. */
  textIn(name: string): string | undefined {
    const field = isObject(this.value) && Object.hasOwn(this.value, name) ? this.value[name] : undefined;
    return typeof field === 'string' && isCleanText(field) ? field : undefined;
  }

  number(): number {
    if (typeof this.value === 'number') return this.value;
    this.reject(this.unlike('a number'));
    return 0;
  }

  integer(): number {
    const number = this.number();
    if (Number.isSafeInteger(number)) return number;
    this.reject('must be a whole number');
    return 0;
  }

  boolean(): boolean {
    if (typeof this.value === 'boolean') return this.value;
    this.reject(this.unlike('true or false'));
    return false;
  }

  /** One of a closed list of texts; the first of the list where it is none of them. */
  oneOf<const T extends string>(choices: readonly [T, ...T[]]): T {
    const choice = choices.find((candidate) => candidate === this.value);
    if (choice !== undefined) return choice;
    this.reject(this.unlike(`one of ${choices.join(', ')}`));
    return choices[0];
  }

  /** The items of the list here. */
  items(): readonly Place[] {
    if (Array.isArray(this.value)) {
      return this.value.map((item: unknown, index) => new Place(item, `${this.pointer}/${String(index)}`, this.errors));
    }
    this.reject(this.unlike('a list'));
    return [];
  }

  /** What stands here, or, where a text stands here, the JSON that it holds. */
  embedded(): Place {
    if (typeof this.value !== 'string') return this;
    try {
      return new Place(JSON.parse(this.value), this.pointer, this.errors);
    } catch {
      this.reject('must be a text that holds JSON');
      return new Place(undefined, this.pointer, discarded());
    }
  }

  private unlike(expected: string): string {
    return this.value === undefined ? 'is missing' : `must be ${expected}, not ${described(this.value)}`;
  }

  /** What stands here, as JSON text. */
  json(): string {
    return JSON.stringify(this.value ?? null);
  }
}

/** Errors below a place that is wrong already say nothing new. */
function discarded(): FieldError[] {
  return [];
}

function described(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'string') return value.length <= 40 ? JSON.stringify(value) : 'a text';
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : 'an object';
}
