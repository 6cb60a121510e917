import { Injectable, type PipeTransform } from '@nestjs/common';
import { v7, validate } from 'uuid';
import { Problem } from '../kernel/index.js';

/** A new UUIDv7. Ids sort by the time they were made, which keeps primary-key indexes dense. */
export function newId(): string {
  return v7();
}

/** The one answer for what does not exist and for what the caller may not see. */
export function notFound(): Problem {
  return new Problem('notFound', 'There is no such resource, or you may not see it.');
}

/**
 * What the caller has locked to change it. Where nothing was locked, `read` throws as `notFound` does if the caller does not even see it; what the caller reads is
 * somebody else's, and the caller is told so.
 */
export async function requireOwn<Resource>(locked: Resource | undefined, read: () => Promise<unknown>): Promise<Resource> {
  if (locked !== undefined) return locked;
  await read();
  throw new Problem('forbidden', 'This is not yours to change: only who recorded it may do so.');
}

/** `@Param('id', IdPipe)`: an id that is no UUID names nothing, so it answers like one that does not exist. */
@Injectable()
export class IdPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!validate(value)) throw notFound();
    return value.toLowerCase();
  }
}

/** `@Param('n', NumberPipe)`: a counted part of a path, such as a revision, starting at 1. */
@Injectable()
export class NumberPipe implements PipeTransform<string, number> {
  transform(value: string): number {
    if (!/^[1-9]\d{0,8}$/.test(value)) throw notFound();
    return Number(value);
  }
}
