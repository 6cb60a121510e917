import { ApiProperty } from '@nestjs/swagger';
import { asView } from '../../../platform/index.js';
import type { SigningKey } from '../key-ring.js';

/** A key that access tokens are signed with; its public part is at `/oauth/jwks`. */
export class SigningKeyView {
  /** The `kid` in the header of the tokens that it has signed. */
  id!: string;

  @ApiProperty({ format: 'date-time' })
  createdAt!: string;

  /** From when on it verifies nothing any more; absent for the key that signs. */
  @ApiProperty({ format: 'date-time' })
  expiresAt?: string;
}

/** The keys whose tokens are valid, the one that signs first. */
export class SigningKeysView {
  @ApiProperty({ type: SigningKeyView, isArray: true })
  items!: readonly SigningKeyView[];
}

function signingKeyView({ id, createdAt, expiresAt }: SigningKey): SigningKeyView {
  const end = expiresAt === null ? {} : { expiresAt: expiresAt.toISOString() };
  return asView(SigningKeyView, { id, createdAt: createdAt.toISOString(), ...end });
}

export function signingKeysView(keys: readonly SigningKey[]): SigningKeysView {
  return asView(SigningKeysView, { items: keys.map(signingKeyView) });
}
