import type { CreditSystem, FieldError } from '../../kernel/index.js';

/** Where a credit system contradicts itself, with JSON Pointers into it. */
export function faultsOfCreditSystem(system: CreditSystem): FieldError[] {
  const hours = system.hoursPerCredit;
  if (hours === undefined || hours.minimum <= hours.maximum) return [];
  return [{ pointer: '/hoursPerCredit/maximum', detail: 'must not be less than the minimum' }];
}
