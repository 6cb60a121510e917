import type { EntityManager } from 'typeorm';
import { type FieldError, Problem } from '../kernel/index.js';
import type { CreditSystemsService, Institution, InstitutionsService } from '../institutions/index.js';
import type { CourseDetails } from './domain/index.js';

/** Who knows what courses refer to. */
export interface Registers {
  readonly institutions: InstitutionsService;
  readonly creditSystems: CreditSystemsService;
}

type References = Pick<CourseDetails, 'provider' | 'platform' | 'creditSystem'>;

/** Why an institution cannot stand at this place; undefined when it can. */
function placeFault(institution: Institution | undefined): string | undefined {
  if (institution === undefined) return 'is not a known institution';
  return institution.kind === 'consortium' ? 'is a consortium, which teaches nothing itself' : undefined;
}

/** For each course what it refers to that does not exist, or cannot stand where it does. */
export async function danglingReferences(
  manager: EntityManager,
  { institutions, creditSystems }: Registers,
  courses: readonly References[],
): Promise<FieldError[][]> {
  const known = await institutions.find(
    manager,
    courses.flatMap(({ provider, platform }) => [provider, ...(platform === undefined ? [] : [platform])]),
  );
  const systems = new Set(
    (
      await creditSystems.find(
        manager,
        courses.map(({ creditSystem }) => creditSystem),
      )
    ).map(({ id }) => id),
  );
  return courses.map(({ provider, platform, creditSystem }) => {
    const faults: [pointer: string, detail: string | undefined][] = [
      ['/provider', placeFault(known.get(provider))],
      ['/platform', platform === undefined ? undefined : placeFault(known.get(platform))],
      ['/creditSystem', systems.has(creditSystem) ? undefined : 'is not a known credit system'],
    ];
    return faults.flatMap(([pointer, detail]) => (detail === undefined ? [] : [{ pointer, detail }]));
  });
}

/** What is wrong with the institutions where an offering's students sit. */
export async function danglingHosts(manager: EntityManager, { institutions }: Registers, hosts: readonly string[]): Promise<FieldError[]> {
  const known = await institutions.find(manager, hosts);
  return hosts.flatMap((host, index) => {
    const detail = placeFault(known.get(host));
    return detail === undefined ? [] : [{ pointer: `/hosts/${String(index)}`, detail }];
  });
}

export function refuse(faults: readonly FieldError[], what: string): void {
  if (faults.length > 0) throw new Problem('ruleViolated', `The ${what} cannot be recorded so.`, faults);
}
