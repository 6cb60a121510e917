import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn, IsString, MaxLength } from 'class-validator';
import { JsonShape, IsOneLine, MayBeAbsent, registerSchemas } from '../../../platform/index.js';
import { machineRoles, type Role } from '../../domain/index.js';
import { type ClientAuthentication, clientAuthentications, type ClientKey, type ClientKind, clientKinds } from '../domain/index.js';

/** A coordinate on a curve: 32 bytes as base64url. */
const coordinate = { type: 'string', pattern: '^[A-Za-z0-9_-]{43}$' };
const kid = { type: 'string', description: 'Names the key in the header of a signature.', minLength: 1, maxLength: 100 };
const use = { type: 'string', const: 'sig' };

registerSchemas({
  Ed25519Key: {
    type: 'object',
    description: 'A public key for EdDSA (RFC 8037).',
    properties: {
      kty: { type: 'string', const: 'OKP' },
      crv: { type: 'string', const: 'Ed25519' },
      x: coordinate,
      kid,
      use,
      alg: { type: 'string', enum: ['EdDSA', 'Ed25519'] },
    },
    required: ['kty', 'crv', 'x'],
    additionalProperties: false,
  },
  P256Key: {
    type: 'object',
    description: 'A public key for ES256 (RFC 7518, section 6.2).',
    properties: {
      kty: { type: 'string', const: 'EC' },
      crv: { type: 'string', const: 'P-256' },
      x: coordinate,
      y: coordinate,
      kid,
      use,
      alg: { type: 'string', const: 'ES256' },
    },
    required: ['kty', 'crv', 'x', 'y'],
    additionalProperties: false,
  },
  ClientKey: {
    type: 'object',
    description: 'A public key as a JSON Web Key (RFC 7517). The private key never leaves the client.',
    discriminator: { propertyName: 'kty' },
    oneOf: [{ $ref: '#/components/schemas/Ed25519Key' }, { $ref: '#/components/schemas/P256Key' }],
  },
  ClientKeys: {
    type: 'array',
    description: 'The keys that a client may sign with; two while one replaces the other.',
    items: { $ref: '#/components/schemas/ClientKey' },
    minItems: 1,
    maxItems: 10,
  },
});

/** What may change of a client. */
export class ClientChangeForm {
  /**
   * Shown to people when they log in.
   * @example "Registry of METU"
   */
  @IsOneLine(100)
  name!: string;

  /** Of a machine, and only there: what it may be. */
  @ApiProperty({ enum: machineRoles, isArray: true, required: false, uniqueItems: true })
  @MayBeAbsent()
  @IsArray()
  @ArrayUnique()
  @IsIn(machineRoles, { each: true, message: `must be among ${machineRoles.join(', ')}` })
  roles: readonly Role[] = [];

  /**
   * Of any other client: where people return to after the log-in. Compared letter by letter; only the port of an address on the own machine may differ.
   * @example ["https://registry.metu.edu.tr/callback"]
   */
  @ApiProperty({ type: 'string', isArray: true, required: false, maxItems: 20, uniqueItems: true })
  @MayBeAbsent()
  @IsArray()
  @ArrayMaxSize(20)
  @ArrayUnique()
  @IsString({ each: true })
  @MaxLength(500, { each: true })
  redirectUris: readonly string[] = [];
}

/** A client to be registered. */
export class ClientForm extends ClientChangeForm {
  /** It stays for ever: a `machine` acts for the institution; through the others people act for themselves, in `web` on a server, in `browser`, in a `native` app. */
  @ApiProperty({ enum: clientKinds })
  @IsIn(clientKinds, { message: `must be one of ${clientKinds.join(', ')}` })
  kind!: ClientKind;

  /** It stays for ever: `privateKeyJwt` (RFC 7523) is better than a secret; `none` is for `browser` and `native`. */
  @ApiProperty({ enum: clientAuthentications })
  @IsIn(clientAuthentications, { message: `must be one of ${clientAuthentications.join(', ')}` })
  authentication!: ClientAuthentication;

  /** With `privateKeyJwt`. */
  @MayBeAbsent()
  @JsonShape('ClientKeys')
  keys?: readonly ClientKey[];
}

/** The keys that a client signs with from now on. */
export class ClientKeysForm {
  @JsonShape('ClientKeys')
  keys!: readonly ClientKey[];
}
