import type { ChildProcess } from 'node:child_process';
import { isObject } from './json.js';
import type { LoadOrder } from './load.js';
import { median } from './measure.js';

/** Requests a second, and milliseconds of the service's processor for each. */
export interface Rate {
  readonly perSecond: number;
  readonly processorMs: number;
}

/** Of several rounds. */
export function middle(rates: readonly Rate[]): Rate {
  return { perSecond: median(rates.map(({ perSecond }) => perSecond)), processorMs: median(rates.map(({ processorMs }) => processorMs)) };
}

/** Has the load generator send requests for a while; fails where one was not answered with 200. */
export async function rateOf(load: ChildProcess, order: LoadOrder): Promise<Rate> {
  const before = process.cpuUsage();
  const report = new Promise<unknown>((resolve) => load.once('message', resolve));
  load.send(order);
  const { answers, failures, milliseconds } = reportOf(await report);
  const { user, system } = process.cpuUsage(before);
  if (failures > 0) throw new Error(`${order.path} failed ${String(failures)} times`);
  return { perSecond: (1000 * answers) / milliseconds, processorMs: (user + system) / 1000 / answers };
}

function reportOf(report: unknown): { readonly answers: number; readonly failures: number; readonly milliseconds: number } {
  const { answers, failures, milliseconds } = isObject(report) ? report : {};
  if (typeof answers !== 'number' || typeof failures !== 'number' || typeof milliseconds !== 'number')
    throw new Error('the load generator broke off');
  return { answers, failures, milliseconds };
}
