import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, Matches } from 'class-validator';
import { IsId, IsOneLine, MayBeAbsent, NestedList, PageQuery } from '../../platform/index.js';
import { type Proof, proofs } from '../domain/index.js';

const schemePattern = /^[a-z][a-z0-9-]{0,39}$/;
const schemeMessage = { message: 'must be a short name in lower case such as student-number or esi' };
const proofMessage = { message: `must be one of ${proofs.join(', ')}` };

/** An identifier to link to a person. */
export class IdentifierForm {
  /**
   * What kind of identifier it is.
   * @example "student-number"
   */
  @ApiProperty({ pattern: schemePattern.source })
  @Matches(schemePattern, schemeMessage)
  scheme!: string;

  /**
   * The identifier as its issuer writes it.
   * @example "2024310001"
   */
  @IsOneLine(200)
  value!: string;

  /** Id of the institution or platform that gave it. */
  @IsId()
  institution!: string;

  /** How the link between person and identifier was established. */
  @ApiProperty({ enum: proofs })
  @IsIn(proofs, proofMessage)
  proof!: Proof;
}

/** What is said of a learner; everything may be left out. */
export class LearnerChangeForm {
  /** How the person wants to be called. It identifies nobody. */
  @MayBeAbsent()
  @IsOneLine(200)
  displayName?: string;
}

/** A learner to record. */
export class LearnerForm extends LearnerChangeForm {
  /** What identifies the person, at one institution each. */
  @ApiPropertyOptional()
  @MayBeAbsent()
  @NestedList(() => IdentifierForm, 50)
  identifiers: IdentifierForm[] = [];
}

/** Which learners; the filters speak of one and the same identifier. */
export class LearnerListQuery extends PageQuery {
  /** The value of an identifier. */
  @MayBeAbsent()
  @IsOneLine(200)
  identifier?: string;

  /** The scheme of the identifier. */
  @MayBeAbsent()
  @ApiProperty({ pattern: schemePattern.source })
  @Matches(schemePattern, schemeMessage)
  identifierScheme?: string;

  /** Id of the institution that gave the identifier. */
  @MayBeAbsent()
  @IsId()
  identifierInstitution?: string;
}
