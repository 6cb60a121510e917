import { ApiProperty } from '@nestjs/swagger';
import { asView, PageOf, type Versioned } from '../../../platform/index.js';
import { staffRoles } from '../../domain/index.js';
import { type Account, type AccountKind, accountKinds, type AccountState, type StaffRole } from '../domain/index.js';

/** A person of an institution who may log in. */
export class AccountView implements Versioned {
  @ApiProperty({ format: 'uuid' })
  id!: string;

  /**
   * `staff` works at the institution, `student` studies; `unassigned` has logged in, but has no role and is no learner that the institution knows.
   */
  @ApiProperty({ enum: accountKinds })
  kind!: AccountKind;

  displayName!: string;

  /** The issuer of the identity provider where the person logs in; none of people of the demonstration. */
  issuer?: string;

  /** What that identity provider calls the person. */
  subject?: string;

  /** What a person of the demonstration logs in with. */
  userName?: string;

  /** The roles granted by administrators. */
  @ApiProperty({ enum: staffRoles, isArray: true })
  roles!: readonly StaffRole[];

  /** The roles that the identity provider claimed at the last log-in. */
  @ApiProperty({ enum: staffRoles, isArray: true })
  claimedRoles!: readonly StaffRole[];

  /** Id of the learner that a student is. */
  @ApiProperty({ format: 'uuid' })
  learner?: string;

  @ApiProperty({ enum: ['active', 'deactivated'] })
  state!: AccountState;

  /** Counts the changes. */
  version!: number;

  @ApiProperty({ format: 'date-time' })
  modifiedAt!: string;
}

export function accountView(account: Account): AccountView {
  const { id, kind, displayName, logIn, state, version, modifiedAt } = account;
  return asView(AccountView, {
    id,
    kind,
    displayName,
    ...(logIn.kind === 'demo' ? { userName: logIn.userName } : { issuer: logIn.issuer, subject: logIn.subject }),
    roles: kind === 'staff' ? account.grantedRoles : [],
    claimedRoles: kind === 'staff' ? account.claimedRoles : [],
    ...(kind === 'student' ? { learner: account.learner } : {}),
    state,
    version,
    modifiedAt,
  });
}

export class AccountPage extends PageOf(AccountView) {}
