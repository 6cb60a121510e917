import type { ClientMetadata } from 'oidc-provider';
import { DataSource } from 'typeorm';
import { validate } from 'uuid';
import { asService, preparedQuery } from '../../platform/index.js';
import type { ClientAuthentication, ClientKind } from '../clients/domain/index.js';
import { clientColumns, clientOf, type FoundClient, type KeptClient } from '../clients/storage/client.store.js';
import type { Role } from '../domain/index.js';

const methods: Readonly<Record<ClientAuthentication, ClientMetadata['token_endpoint_auth_method']>> = {
  privateKeyJwt: 'private_key_jwt',
  clientSecret: 'client_secret_basic',
  none: 'none',
};

const applicationTypes: Readonly<Record<ClientKind, 'web' | 'native'>> = { machine: 'web', web: 'web', browser: 'web', native: 'native' };

/** What the authorisation server must know of a client beside what OAuth has words for. */
export interface ClientTerms {
  readonly institution: string;
  readonly kind: ClientKind;
  /** Of a machine. */
  readonly roles: readonly Role[];
}

/** The names of the {@link ClientTerms} in the metadata of oidc-provider. */
export const termNames = ['institution', 'kind', 'roles'] as const satisfies readonly (keyof ClientTerms)[];

/** A client in the words of OAuth (RFC 7591, section 2); where its secret would stand is the digest of it. */
function metadataOf({ id, name, kind, authentication, redirectUris, keys, secretDigest, ...client }: KeptClient): ClientMetadata {
  const isMachine = kind === 'machine';
  const terms: ClientTerms = { institution: client.institution, kind, roles: client.roles };
  return {
    client_id: id,
    client_name: name,
    application_type: applicationTypes[kind],
    grant_types: isMachine ? ['client_credentials'] : ['authorization_code', 'refresh_token'],
    response_types: isMachine ? [] : ['code'],
    redirect_uris: redirectUris,
    token_endpoint_auth_method: methods[authentication],
    ...(keys === undefined ? {} : { jwks: { keys } }),
    ...(secretDigest === undefined ? {} : { client_secret: secretDigest }),
    ...terms,
  };
}

/** The client with an id, in the words of OAuth; a revoked one is as good as none. */
export async function findRegisteredClient(dataSource: DataSource, id: string): Promise<ClientMetadata | undefined> {
  if (!validate(id)) return undefined;
  const text = `SELECT ${clientColumns} FROM oauth_clients WHERE id = $1 AND revoked_at IS NULL`;
  const [row] = await asService('authorisation server', () => preparedQuery<FoundClient>(dataSource, 'oauth_client', text, [id]));
  return row && metadataOf(clientOf(row));
}
