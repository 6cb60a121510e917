import type { DataSource, EntityManager } from 'typeorm';
import { byId, Conditions, explainConstraints, type Page, type PageQuery, preparedQuery, rowsToRead } from '../../../platform/index.js';
import type { Account, AccountKind, LogIn } from '../domain/index.js';
import { AccountRow } from './account.rows.js';

explainConstraints({
  accounts_institution_id_fkey: 'There is no such institution.',
  accounts_institution_id_issuer_subject_kind_key: 'There is an account of this kind for this log-in already.',
  accounts_user_name_key: 'This user name is taken.',
});

/** What a list of accounts may be held to. */
export interface AccountFilter {
  readonly kind?: AccountKind;
}

function logInOf({ userName, issuer, subject }: AccountRow): LogIn {
  return userName === null ? { kind: 'identityProvider', issuer: issuer ?? '', subject: subject ?? '' } : { kind: 'demo', userName };
}

function accountOf(row: AccountRow): Account {
  const { id, displayName, state, version, kind, institutionId, learnerId, grantedRoles, claimedRoles } = row;
  const base = { id, displayName, logIn: logInOf(row), state, version, modifiedAt: row.modifiedAt.toISOString() };
  // The checks of the table say which columns a kind has.
  const institution = institutionId ?? '';
  switch (kind) {
    case 'unassigned':
      return { ...base, kind, institution };
    case 'staff':
      return { ...base, kind, institution, grantedRoles, claimedRoles };
    case 'student':
      return { ...base, kind, ...(institutionId === null ? {} : { institution: institutionId }), learner: learnerId ?? '' };
    case 'operator':
      return { ...base, kind };
  }
}

/** The columns of an account but for its password. */
function columnsOf(account: Account): Omit<AccountRow, 'passwordHash'> {
  const { id, kind, displayName, logIn, state, version } = account;
  const isStaff = kind === 'staff';
  return {
    id,
    kind,
    institutionId: kind === 'operator' ? null : (account.institution ?? null),
    learnerId: kind === 'student' ? account.learner : null,
    grantedRoles: isStaff ? account.grantedRoles : [],
    claimedRoles: isStaff ? account.claimedRoles : [],
    displayName,
    issuer: logIn.kind === 'demo' ? null : logIn.issuer,
    subject: logIn.kind === 'demo' ? null : logIn.subject,
    userName: logIn.kind === 'demo' ? logIn.userName : null,
    state,
    version,
    modifiedAt: new Date(account.modifiedAt),
  };
}

const columns = `
  id, institution_id AS "institutionId", kind, learner_id AS "learnerId", granted_roles AS "grantedRoles", claimed_roles AS "claimedRoles",
  display_name AS "displayName", issuer, subject, user_name AS "userName", password_hash AS "passwordHash", state, version,
  modified_at AS "modifiedAt"`;

/** One account, whosever it is; asked at every token, so it is prepared. */
export async function readAccount(dataSource: DataSource, id: string): Promise<Account | undefined> {
  const rows = await preparedQuery<AccountRow>(dataSource, `SELECT ${columns} FROM accounts WHERE id = $1`, [id]);
  return rows.map(accountOf)[0];
}

/** An account of an institution, locked until the transaction ends. */
export async function lockAccount(manager: EntityManager, institution: string, id: string): Promise<Account | undefined> {
  const rows = await manager.query<AccountRow[]>(
    `SELECT ${columns} FROM accounts WHERE id = $1 AND institution_id = $2 FOR NO KEY UPDATE`,
    [id, institution],
  );
  return rows.map(accountOf)[0];
}

/** The accounts of an institution in the order they were made. */
export async function listAccounts(
  manager: EntityManager,
  institution: string,
  filter: AccountFilter,
  query: PageQuery,
): Promise<Page<Account>> {
  const order = byId('accounts');
  const conditions = new Conditions();
  conditions.add(institution, (id) => `institution_id = ${id}`);
  conditions.add(filter.kind, (kind) => `kind = ${kind}`);
  conditions.add(order.after(query)?.[0], (id) => `id > ${id}`);
  const rows = await manager.query<AccountRow[]>(
    `SELECT ${columns} FROM accounts WHERE ${conditions.sql} ORDER BY id LIMIT ${conditions.parameter(rowsToRead(query))}`,
    conditions.values,
  );
  return order.page(query, rows, (row) => [row.id], accountOf);
}

/** The accounts of one log-in at one institution, locked until the transaction ends. */
export async function accountsOfLogIn(
  manager: EntityManager,
  institution: string,
  log: { readonly issuer: string; readonly subject: string },
): Promise<Account[]> {
  const rows = await manager.query<AccountRow[]>(
    `SELECT ${columns} FROM accounts WHERE institution_id = $1 AND issuer = $2 AND subject = $3 ORDER BY id FOR NO KEY UPDATE`,
    [institution, log.issuer, log.subject],
  );
  return rows.map(accountOf);
}

/** Log-ins of one person that happen at the same time follow one another, so that an account is made once. */
export async function lockLogIn(manager: EntityManager, parts: readonly string[]): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [JSON.stringify(parts)]);
}

/** A person of the demonstration with the hash of their password. */
export async function readDemoAccount(
  manager: EntityManager,
  userName: string,
): Promise<{ readonly account: Account; readonly passwordHash: string } | undefined> {
  const rows = await manager.query<AccountRow[]>(`SELECT ${columns} FROM accounts WHERE user_name = $1`, [userName]);
  return rows.map((row) => ({ account: accountOf(row), passwordHash: row.passwordHash ?? '' }))[0];
}

/** The people of the demonstration in the order they were made. */
export async function listDemoAccounts(manager: EntityManager): Promise<Account[]> {
  const rows = await manager.query<AccountRow[]>(`SELECT ${columns} FROM accounts WHERE user_name IS NOT NULL ORDER BY id`);
  return rows.map(accountOf);
}

/** Removes the people of the demonstration, and answers them. */
export async function deleteDemoAccounts(manager: EntityManager): Promise<Account[]> {
  const people = await listDemoAccounts(manager);
  if (people.length > 0) await manager.query('DELETE FROM accounts WHERE id = ANY($1)', [people.map(({ id }) => id)]);
  return people;
}

export async function insertAccount(manager: EntityManager, account: Account, passwordHash: string | null): Promise<void> {
  await manager.insert(AccountRow, { ...columnsOf(account), passwordHash });
}

export async function updateAccount(manager: EntityManager, account: Account): Promise<void> {
  const { id, ...changes } = columnsOf(account);
  await manager.update(AccountRow, { id }, changes);
}
