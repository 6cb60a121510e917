/** Who keeps a credit system or a grading scale, and which version of it this is. */
export interface Ownership {
  /** The institution that defined it; absent when it ships with the service. */
  readonly institution?: string;
  readonly version: number;
  /** RFC 3339, UTC. */
  readonly modifiedAt: string;
}
