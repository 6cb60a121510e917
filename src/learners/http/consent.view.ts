import { ApiProperty } from '@nestjs/swagger';
import { asView, PageOf } from '../../platform/index.js';
import type { Consent } from '../domain/index.js';

const states = ['active', 'withdrawn', 'expired'] as const;

/** A consent as it was given, and whether it still holds. */
export class ConsentView {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** Id of the institution that may read. */
  @ApiProperty({ format: 'uuid' })
  institution!: string;

  /** Ids of the transcripts; absent: all of them, those handed in later, too. */
  @ApiProperty({ type: 'array', items: { type: 'string', format: 'uuid' } })
  transcripts?: readonly string[];

  purpose?: string;

  /** The last day on which it holds, in UTC. */
  @ApiProperty({ format: 'date' })
  until?: string;

  @ApiProperty({ format: 'date-time' })
  givenAt!: string;

  @ApiProperty({ enum: states })
  state!: (typeof states)[number];

  /** Since when it holds no more. */
  @ApiProperty({ format: 'date-time' })
  endedAt?: string;
}

export function consentView({ end, ...consent }: Consent): ConsentView {
  if (end === undefined) return asView(ConsentView, { ...consent, state: 'active' });
  return asView(ConsentView, { ...consent, state: end.by === 'withdrawal' ? 'withdrawn' : 'expired', endedAt: end.at });
}

export class ConsentPage extends PageOf(ConsentView) {}
