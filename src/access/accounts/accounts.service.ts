import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { Problem } from '../../kernel/index.js';
import {
  asService,
  Clock,
  type Config,
  CONFIG,
  currentCaller,
  type ExpectedVersion,
  newId,
  notFound,
  type Page,
  type PageQuery,
  record,
  recordAll,
  transaction,
} from '../../platform/index.js';
import { accountCommand, type AccountDeed } from './account-commands.js';
import { ClaimsOfAccounts } from './account-claims.js';
import { Directory } from './directory.js';
import {
  type Account,
  type AccountClaims,
  type AccountState,
  type Admission,
  admit,
  type Arrival,
  claimsOfAccount,
  type StaffAccount,
  type StaffRole,
  type StudentAccount,
  type UnassignedAccount,
} from './domain/index.js';
import { isPassword } from './passwords.js';
import {
  type AccountFilter,
  accountsOfLogIn,
  deleteDemoAccounts,
  insertAccount,
  listAccounts,
  listDemoAccounts,
  lockAccount,
  lockLogIn,
  readAccount,
  readDemoAccount,
  updateAccount,
} from './storage/account.store.js';
import { issuerIsKnown } from './storage/identity-provider.store.js';

/** Somebody who is to log in at an institution's identity provider. */
export interface AccountDetails {
  readonly issuer: string;
  readonly subject: string;
  readonly displayName: string;
  readonly roles: readonly StaffRole[];
}

/** What an administrator says of somebody: their name here and the roles granted to them. */
export type AccountChange = Pick<AccountDetails, 'displayName' | 'roles'>;

/** An account of an institution's own people, students included. */
export type InstitutionAccount = UnassignedAccount | StaffAccount | StudentAccount;

const part = 'accounts';

@Injectable()
export class AccountsService extends ClaimsOfAccounts implements OnModuleInit {
  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
    private readonly directory: Directory,
    @Inject(CONFIG) private readonly config: Config,
  ) {
    super();
  }

  /** A database that once held the demonstration is rid of its people, whose password everybody knows. */
  async onModuleInit(): Promise<void> {
    if (this.config.seedDemo) return;
    await this.own(async (manager) => {
      const removed = await deleteDemoAccounts(manager);
      await recordAll(
        manager,
        removed.map((account) => accountCommand('removed', account, undefined)),
      );
    });
  }

  override async claimsOf(accountId: string): Promise<AccountClaims | undefined> {
    const account = await asService(part, () => readAccount(this.dataSource, accountId));
    return account === undefined || !this.mayExist(account) ? undefined : claimsOfAccount(account);
  }

  /** What accounts are called, for a page that offers them; those that may log in, in the order asked. */
  async usable(ids: readonly string[]): Promise<readonly Account[]> {
    const accounts: Account[] = [];
    for (const id of ids) {
      const account = await asService(part, () => readAccount(this.dataSource, id));
      if (account !== undefined && this.mayExist(account) && claimsOfAccount(account) !== undefined) accounts.push(account);
    }
    return accounts;
  }

  list(institution: string, query: AccountFilter & PageQuery): Promise<Page<Account>> {
    return transaction(this.dataSource, (manager) => listAccounts(manager, institution, query, query));
  }

  async read(institution: string, id: string): Promise<InstitutionAccount> {
    const account = ofInstitution(await readAccount(this.dataSource, id));
    if (account.institution !== institution) throw notFound();
    return account;
  }

  /** Lets somebody log in who has not come by yet. */
  create(institution: string, { issuer, subject, displayName, roles }: AccountDetails): Promise<InstitutionAccount> {
    return transaction(this.dataSource, async (manager) => {
      if (!(await issuerIsKnown(manager, institution, issuer))) {
        throw new Problem('ruleViolated', 'People log in at an identity provider of their institution.', [
          { pointer: '/issuer', detail: 'is not the issuer of an identity provider of this institution' },
        ]);
      }
      await lockLogIn(manager, [institution, issuer, subject]);
      const logIn = { kind: 'identityProvider' as const, issuer, subject };
      const base = { id: newId(), institution, displayName, logIn, state: 'active' as const, version: 1, modifiedAt: this.now() };
      const account: InstitutionAccount =
        roles.length === 0 ? { ...base, kind: 'unassigned' } : { ...base, kind: 'staff', grantedRoles: roles, claimedRoles: [] };
      await insertAccount(manager, account, null);
      await record(manager, accountCommand('created', undefined, account));
      return account;
    });
  }

  /** Replaces the name and the granted roles; what the identity provider claims is its own business. */
  change(institution: string, id: string, { displayName, roles }: AccountChange, expected: ExpectedVersion): Promise<InstitutionAccount> {
    return this.changed(institution, id, expected, 'changed', (account) => {
      if (account.kind === 'student') {
        if (roles.length === 0) return { ...account, displayName };
        throw new Problem('conflict', 'This account is a student’s. Somebody who also works here has a second account for that.');
      }
      const claimedRoles = account.kind === 'staff' ? account.claimedRoles : [];
      if (account.kind === 'unassigned' && roles.length === 0) return { ...account, displayName };
      const next: StaffAccount = { ...account, kind: 'staff', displayName, grantedRoles: roles, claimedRoles };
      refuseLockingOut(account, next);
      return next;
    });
  }

  /** From now on the person may not log in, or may again; what tokens they hold end within ten minutes. */
  setState(institution: string, id: string, state: AccountState, expected: ExpectedVersion): Promise<InstitutionAccount> {
    const done = state === 'active' ? 'reactivated' : 'deactivated';
    return this.changed(institution, id, expected, done, (account) => {
      if (account.state === state) throw new Problem('conflict', `The account is ${state} already.`);
      const next = { ...account, state };
      refuseLockingOut(account, next);
      return next;
    });
  }

  /** A registrar of the institution says which learner somebody is. */
  bind(institution: string, id: string, learner: string, expected: ExpectedVersion): Promise<InstitutionAccount> {
    return this.changed(institution, id, expected, 'bound', async (account) => {
      if (account.kind === 'staff') {
        throw new Problem(
          'conflict',
          'This account is of somebody who works here. Somebody who also studies has a second account for that.',
        );
      }
      if (!(await this.directory.isLinked(learner, institution))) {
        throw new Problem('ruleViolated', 'A student is bound to a learner whom the institution knows.', [
          { pointer: '/learner', detail: 'is not a learner with an identifier of this institution' },
        ]);
      }
      return { ...account, kind: 'student', learner };
    });
  }

  /** Somebody has logged in at an institution's identity provider: which accounts they have, and which they may go on with. */
  arrive(
    arrival: Omit<Arrival, 'learner'>,
    identifiers: readonly { readonly scheme: string; readonly value: string }[],
  ): Promise<Admission> {
    const { institution, issuer, subject } = arrival;
    return this.own(async (manager) => {
      await lockLogIn(manager, [institution, issuer, subject]);
      const known = await accountsOfLogIn(manager, institution, { issuer, subject });
      const learner = await this.learnerOf(manager, institution, identifiers);
      const admission = admit({ ...arrival, learner }, known, { newId, now: this.now() });
      for (const account of admission.changed) await this.store(manager, account, known);
      return admission;
    });
  }

  /** The person of the demonstration with this name and password. */
  async demoLogIn(userName: string, password: string): Promise<Account | undefined> {
    const found = await this.own((manager) => readDemoAccount(manager, userName));
    const isRight = await isPassword(password, found?.passwordHash);
    return isRight && found !== undefined && this.mayExist(found.account) && claimsOfAccount(found.account) !== undefined
      ? found.account
      : undefined;
  }

  /** The people of the demonstration; none unless it is on. */
  async demoPeople(): Promise<readonly Account[]> {
    return this.config.seedDemo ? this.own(listDemoAccounts) : [];
  }

  private mayExist(account: Account): boolean {
    return account.logIn.kind !== 'demo' || this.config.seedDemo;
  }

  /** Two identifiers that lead to two people lead to nobody. */
  private async learnerOf(
    manager: EntityManager,
    institution: string,
    identifiers: readonly { readonly scheme: string; readonly value: string }[],
  ): Promise<string | undefined> {
    const learners = new Set<string>();
    for (const identifier of identifiers) {
      const learner = await this.directory.learnerWith(manager, { institution, ...identifier });
      if (learner !== undefined) learners.add(learner);
    }
    const [learner, another] = [...learners];
    return another === undefined ? learner : undefined;
  }

  private async store(manager: EntityManager, account: Account, known: readonly Account[]): Promise<void> {
    const before = known.find(({ id }) => id === account.id);
    const after = before === undefined ? account : { ...account, version: account.version + 1, modifiedAt: this.now() };
    if (before === undefined) await insertAccount(manager, after, null);
    else await updateAccount(manager, after);
    await record(manager, accountCommand('admitted', before, after));
  }

  private changed(
    institution: string,
    id: string,
    expected: ExpectedVersion,
    done: AccountDeed,
    decide: (account: InstitutionAccount) => InstitutionAccount | Promise<InstitutionAccount>,
  ): Promise<InstitutionAccount> {
    return transaction(this.dataSource, async (manager) => {
      const account = ofInstitution(await lockAccount(manager, institution, id));
      expected.check(account.version);
      const next = { ...(await decide(account)), version: account.version + 1, modifiedAt: this.now() };
      await updateAccount(manager, next);
      await record(manager, accountCommand(done, account, next));
      return next;
    });
  }

  private own<Result>(work: (manager: EntityManager) => Promise<Result>): Promise<Result> {
    return asService(part, () => transaction(this.dataSource, work));
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}

function ofInstitution(account: Account | undefined): InstitutionAccount {
  if (account === undefined || account.kind === 'operator') throw notFound();
  return account;
}

/** An institution whose last administrator takes the role from themselves could not undo it. */
function refuseLockingOut(before: InstitutionAccount, after: InstitutionAccount): void {
  if (before.id !== currentCaller()?.subject) return;
  const isAdministrator = claimsOfAccount(after)?.roles.includes('administrator') === true;
  if (!isAdministrator)
    throw new Problem('ruleViolated', 'This would take the administration from yourself. Ask another administrator to do it.');
}
