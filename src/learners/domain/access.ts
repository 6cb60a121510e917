/** Somebody else than the learner has read, or changed, what is the learner's. */
export interface Access {
  readonly id: string;
  /** RFC 3339, UTC. */
  readonly at: string;
  /** The institution for which it was done. */
  readonly institution?: string;
  /** The account of a person, or the id of a machine client. */
  readonly subject: string;
  /** The client that was used. */
  readonly client?: string;
  /** `METHOD /path` as openapi.yaml writes it. */
  readonly operation: string;
  /** The path that was called. */
  readonly resource: string;
  readonly requestId?: string;
}
