/** That the service answers. */
export class HealthView {
  /** @example "ok" */
  status!: 'ok';
}
