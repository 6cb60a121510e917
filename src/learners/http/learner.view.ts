import { ApiProperty } from '@nestjs/swagger';
import { asView, PageOf, type Versioned } from '../../platform/index.js';
import { type Learner, type LinkedIdentifier, type Proof, proofs } from '../domain/index.js';

/** An identifier that is linked to a person. */
export class IdentifierView implements LinkedIdentifier {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /** What kind of identifier it is. */
  scheme!: string;

  value!: string;

  /** Id of the institution or platform that gave it. */
  @ApiProperty({ format: 'uuid' })
  institution!: string;

  /** How the link between person and identifier was established. */
  @ApiProperty({ enum: proofs })
  proof!: Proof;
}

/** One person. */
export class LearnerView implements Learner, Versioned {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  displayName?: string;

  @ApiProperty({ type: IdentifierView, isArray: true })
  identifiers!: readonly IdentifierView[];

  /** Counts the changes. */
  version!: number;

  @ApiProperty({ format: 'date-time' })
  modifiedAt!: string;
}

export function learnerView(learner: Learner): LearnerView {
  return asView(LearnerView, learner);
}

export class LearnerPage extends PageOf(LearnerView) {}
