import { at, thousandths } from '../../kernel/index.js';
import type { Allocation } from './allocate.js';
import type { Cap } from './caps.js';
import type { LimitedSlots } from './limits.js';
import type { Model } from './model.js';
import type { BindingConstraint, LimitBinding } from './result.js';

/** How much more an agreement's limit or a programme's cap would take. */
export interface Room {
  readonly binding: LimitBinding;
  /** Awards that the constraint concerns. */
  readonly slots: ReadonlySet<number>;
  /** Applications it concerns, with what each would consume of the limited number. */
  readonly consumed: ReadonlyMap<number, number>;
  readonly number: number;
  readonly credits: number;
}

/** What is left under every limit, given an allocation. */
export function limitRooms(model: Model, allocation: Allocation): readonly Room[] {
  return model.limits.map((limited) => limitRoom(limited, model, allocation));
}

function limitRoom({ revision, limit, slots, consumed }: LimitedSlots, model: Model, allocation: Allocation): Room {
  const granted = slots.filter((slot) => allocation.granted[slot] === true);
  const taken = consumed?.reduce((sum, [application, count]) => sum + (allocation.taken[application] === true ? count : 0), 0);
  const credits = granted.reduce((sum, slot) => sum + at(model.slots, slot).filler.credits, 0);
  return {
    binding: { kind: 'limit', id: limit.id, agreement: revision.agreement },
    slots: new Set(slots),
    consumed: new Map(consumed),
    number: limit.maximumCourses === undefined ? Infinity : limit.maximumCourses - (taken ?? granted.length),
    credits: limit.maximumCredits === undefined ? Infinity : thousandths(limit.maximumCredits) - credits,
  };
}

/** Programme caps that are used up. */
export function exhaustedCaps(model: Model, allocation: Allocation): readonly Cap[] {
  return model.caps.filter((cap) => {
    const placed = [...cap.slots].flatMap((slot) => at(allocation.placed, slot).filter(({ leaf }) => cap.leaves?.has(leaf) === true));
    if (cap.kind === 'number') return placed.length >= cap.maximum;
    if (cap.leaves !== undefined) return placed.reduce((sum, { credits }) => sum + credits, 0) >= cap.maximum;
    return [...cap.slots].reduce((sum, slot) => sum + at(allocation.counted, slot), 0) >= cap.maximum;
  });
}

/** The caps used up and the limits that refuse an application not taken or an award not granted. */
export function bindingConstraints(model: Model, allocation: Allocation): readonly BindingConstraint[] {
  const limits = limitRooms(model, allocation).filter((room) => refuses(room, model, allocation));
  const constraints = [...exhaustedCaps(model, allocation), ...limits].map(({ binding }) => binding);
  const distinct = new Map(constraints.map((binding) => [`${binding.kind} ${binding.agreement ?? ''} ${binding.id ?? ''}`, binding]));
  return [...distinct].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, binding]) => binding);
}

function refuses(room: Room, model: Model, allocation: Allocation): boolean {
  const awards = [...room.slots].some(
    (slot) => allocation.granted[slot] !== true && exceeds(room, 1, at(model.slots, slot).filler.credits),
  );
  const numbers = [...room.consumed].some(([application, count]) => allocation.taken[application] !== true && count > room.number);
  return room.consumed.size > 0 ? numbers || (room.credits < Infinity && awards) : awards;
}

/** Whether so many awards with so many credits are more than the room left. */
export function exceeds(room: Room, number: number, credits: number): boolean {
  return (room.consumed.size === 0 && number > room.number) || credits > room.credits;
}
