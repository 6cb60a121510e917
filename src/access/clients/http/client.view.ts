import { ApiProperty } from '@nestjs/swagger';
import { asView, PageOf, Shaped, type Versioned } from '../../../platform/index.js';
import { machineRoles, type Role } from '../../domain/index.js';
import type { ClientWithSecret } from '../clients.service.js';
import {
  type Client,
  type ClientAuthentication,
  clientAuthentications,
  type ClientKey,
  type ClientKind,
  clientKinds,
} from '../domain/index.js';

/** A client of an institution. */
export class ClientView implements Versioned {
  /** The `client_id`. */
  @ApiProperty({ format: 'uuid' })
  id!: string;

  name!: string;

  @ApiProperty({ enum: clientKinds })
  kind!: ClientKind;

  /** `operator` is for machines of the service itself. */
  @ApiProperty({ enum: [...machineRoles, 'operator'], isArray: true })
  roles!: readonly Role[];

  @ApiProperty({ type: 'string', isArray: true })
  redirectUris!: readonly string[];

  @ApiProperty({ enum: clientAuthentications })
  authentication!: ClientAuthentication;

  @Shaped('ClientKeys')
  keys?: readonly ClientKey[];

  /** A revoked client gets no token any more. */
  @ApiProperty({ format: 'date-time' })
  revokedAt?: string;

  version!: number;

  @ApiProperty({ format: 'date-time' })
  modifiedAt!: string;
}

/** A client together with the secret that it has just been given. */
export class ClientWithSecretView extends ClientView {
  /** With `clientSecret`. It is shown this once: only a digest of it is kept. */
  secret?: string;
}

function fieldsOf({ id, name, kind, roles, redirectUris, authentication, keys, revokedAt, version, modifiedAt }: Client) {
  return {
    id,
    name,
    kind,
    roles,
    redirectUris,
    authentication,
    ...(keys === undefined ? {} : { keys }),
    ...(revokedAt === undefined ? {} : { revokedAt }),
    version,
    modifiedAt,
  };
}

export function clientView(client: Client): ClientView {
  return asView(ClientView, fieldsOf(client));
}

export function clientWithSecretView({ client, secret }: ClientWithSecret): ClientWithSecretView {
  return asView(ClientWithSecretView, { ...fieldsOf(client), ...(secret === undefined ? {} : { secret }) });
}

export class ClientPage extends PageOf(ClientView) {}
