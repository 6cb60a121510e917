import type { ClientMetadata } from 'oidc-provider';
import type { DataSource } from 'typeorm';
import { validate } from 'uuid';
import { asService, type Config, preparedQuery, serviceScope } from '../../platform/index.js';
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

/** The `client_id` of the interactive documentation: anybody may log in through it, as whoever they are. */
export const docsClientId = 'd0c50000-0000-7000-8000-000000000001';

/** Where Swagger UI takes up what the authorisation server has decided. */
const docsRedirectPath = '/docs/oauth2-redirect.html';

function docsClient(publicUrl: string): ClientMetadata {
  const terms: ClientTerms = { institution: serviceScope, kind: 'browser', roles: [] };
  return {
    client_id: docsClientId,
    client_name: 'Credit Recognition API',
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    redirect_uris: [`${publicUrl}${docsRedirectPath}`],
    token_endpoint_auth_method: 'none',
    ...terms,
  };
}

/** The client with an id, in the words of OAuth; a revoked one, or one of a demonstration that is off, is as good as none. */
export async function findRegisteredClient(dataSource: DataSource, config: Config, id: string): Promise<ClientMetadata | undefined> {
  if (!validate(id)) return undefined;
  if (id === docsClientId) return docsClient(config.publicUrl);
  const text = `SELECT ${clientColumns} FROM oauth_clients WHERE id = $1 AND revoked_at IS NULL AND (NOT is_demo OR $2)`;
  const values = [id, config.seedDemo];
  const [row] = await asService('authorisation server', () => preparedQuery<FoundClient>(dataSource, text, values));
  return row && metadataOf(clientOf(row));
}
