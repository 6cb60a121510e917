import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayUnique, IsArray, IsIn } from 'class-validator';
import { IsId, IsOneLine, MayBeAbsent, PageQuery } from '../../../platform/index.js';
import { staffRoles } from '../../domain/index.js';
import { type AccountKind, accountKinds, type StaffRole } from '../domain/index.js';

const rolesMessage = { each: true, message: `must be one of ${staffRoles.join(', ')}` };

/** What an administrator says of a person. */
export class AccountChangeForm {
  /** What the person is called; their identity provider overwrites it when they log in. */
  @IsOneLine(200)
  displayName!: string;

  /** The roles granted to the person at this institution, beside those that its identity provider claims. */
  @ApiProperty({ enum: staffRoles, isArray: true, uniqueItems: true, maxItems: staffRoles.length })
  @IsArray()
  @ArrayUnique({ message: 'must not name a role twice' })
  @ArrayMaxSize(staffRoles.length)
  @IsIn(staffRoles, rolesMessage)
  roles!: StaffRole[];
}

/** Somebody who is to log in at an identity provider of the institution. */
export class AccountForm extends AccountChangeForm {
  /**
   * The issuer of that identity provider.
   * @example "https://login.example.edu"
   */
  @IsOneLine(500)
  issuer!: string;

  /** What that identity provider calls the person: the claim `sub` of its ID tokens (OpenID Connect Core 1.0, section 2). */
  @IsOneLine(255)
  subject!: string;
}

/** Which learner a person is. */
export class AccountLearnerForm {
  /** Id of a learner with an identifier of this institution. */
  @IsId()
  learner!: string;
}

/** Which accounts. */
export class AccountListQuery extends PageQuery {
  /** Only accounts of this kind. */
  @MayBeAbsent()
  @ApiProperty({ enum: accountKinds })
  @IsIn(accountKinds, { message: `must be one of ${accountKinds.join(', ')}` })
  kind?: AccountKind;
}
