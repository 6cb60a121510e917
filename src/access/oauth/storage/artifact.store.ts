import type { AdapterPayload } from 'oidc-provider';
import type { DataSource } from 'typeorm';
import { preparedQuery } from '../../../platform/index.js';

/** What the authorisation server has issued and must find again: codes, refresh tokens, sessions, grants, proofs that were used. */
export interface Artifact {
  readonly payload: AdapterPayload;
  readonly grantId?: string | undefined;
  readonly userCode?: string | undefined;
  readonly uid?: string | undefined;
  readonly expiresAt: Date;
}

interface FoundArtifact {
  readonly payload: AdapterPayload;
  /** Seconds since 1970. */
  readonly consumed: number | null;
}

/** What oidc-provider kept, and since when it has been used up. */
function payloadOf(rows: readonly FoundArtifact[]): AdapterPayload | undefined {
  const [row] = rows;
  if (row === undefined) return undefined;
  return row.consumed === null ? row.payload : { ...row.payload, consumed: row.consumed };
}

const found = 'SELECT payload, extract(epoch FROM consumed_at)::double precision AS consumed FROM oauth_artifacts';

/** The table of artifacts, in the scope of whoever calls. What has expired is as good as gone. */
export class ArtifactStore {
  constructor(private readonly dataSource: DataSource) {}

  async save(model: string, id: string, { payload, grantId, userCode, uid, expiresAt }: Artifact): Promise<void> {
    await preparedQuery(
      this.dataSource,
      `INSERT INTO oauth_artifacts (model, id, payload, grant_id, user_code, uid, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (model, id) DO UPDATE SET payload = excluded.payload, grant_id = excluded.grant_id, user_code = excluded.user_code,
         uid = excluded.uid, expires_at = excluded.expires_at`,
      [model, id, JSON.stringify(payload), grantId, userCode, uid, expiresAt],
    );
  }

  /** Saves what may exist only once; false when there is one already, however many try at the same time. */
  async saveOnce(model: string, id: string, payload: AdapterPayload, expiresAt: Date): Promise<boolean> {
    const saved = await preparedQuery(
      this.dataSource,
      `INSERT INTO oauth_artifacts (model, id, payload, expires_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (model, id) DO UPDATE SET expires_at = excluded.expires_at WHERE oauth_artifacts.expires_at <= now() RETURNING id`,
      [model, id, JSON.stringify(payload), expiresAt],
    );
    return saved.length === 1;
  }

  async find(model: string, id: string): Promise<AdapterPayload | undefined> {
    const text = `${found} WHERE model = $1 AND id = $2 AND expires_at > now()`;
    return payloadOf(await preparedQuery<FoundArtifact>(this.dataSource, text, [model, id]));
  }

  async findByUserCode(model: string, userCode: string): Promise<AdapterPayload | undefined> {
    const text = `${found} WHERE user_code = $2 AND model = $1 AND expires_at > now()`;
    return payloadOf(await preparedQuery<FoundArtifact>(this.dataSource, text, [model, userCode]));
  }

  async findByUid(model: string, uid: string): Promise<AdapterPayload | undefined> {
    const text = `${found} WHERE uid = $2 AND model = $1 AND expires_at > now()`;
    return payloadOf(await preparedQuery<FoundArtifact>(this.dataSource, text, [model, uid]));
  }

  /** Uses an artifact up; false when it has been used up already, however many try at the same time. */
  async consume(model: string, id: string): Promise<boolean> {
    const consumed = await preparedQuery(
      this.dataSource,
      'UPDATE oauth_artifacts SET consumed_at = now() WHERE model = $1 AND id = $2 AND consumed_at IS NULL RETURNING id',
      [model, id],
    );
    return consumed.length === 1;
  }

  async remove(model: string, id: string): Promise<void> {
    await preparedQuery(this.dataSource, 'DELETE FROM oauth_artifacts WHERE model = $1 AND id = $2', [model, id]);
  }

  async removeOfGrant(model: string, grantId: string): Promise<void> {
    const text = 'DELETE FROM oauth_artifacts WHERE grant_id = $2 AND model = $1';
    await preparedQuery(this.dataSource, text, [model, grantId]);
  }

  async sweep(): Promise<void> {
    await preparedQuery(this.dataSource, 'DELETE FROM oauth_artifacts WHERE expires_at <= now()', []);
  }
}
