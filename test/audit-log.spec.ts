import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { DataSource } from 'typeorm';
import { digestBytes, type Hash, leafHash, provesConsistency, provesInclusion } from '../src/events/domain/index.js';
import { AuditExport } from '../src/events/audit-export.js';
import { Sealer } from '../src/events/index.js';
import { sealerLock } from '../src/events/storage/log.store.js';
import { canonicalJson, digestOf } from '../src/kernel/index.js';
import { type Caller, destroyLearnerKey, newId, record, requestContext, serviceScope, transaction } from '../src/platform/index.js';
import type { AuditEntryView, AuditHeadView, ConsistencyProofView, InclusionProofView } from '../src/events/http/audit.view.js';
import { startTestApp, type TestApp } from './support/app.js';
import { checked, exported, newLog, publishedKeys } from './support/audit-log.js';
import { itemsOf, pointersOf } from './support/catalogue.js';
import { carryOut, carryOutMany, courseChange, memberOf, queryAs, requestId } from './support/journal.js';

let test: TestApp;
/** The service's own connections. */
let dataSource: DataSource;
let sealer: Sealer;
beforeAll(async () => {
  test = await startTestApp();
  dataSource = test.app.get(DataSource);
  sealer = test.app.get(Sealer);
});
afterAll(() => test.close());

const service: Caller = { scope: serviceScope, subject: 'test' };

describe('the journal', () => {
  it('says who did what, when, through which client, and keeps digests of what it was about', async () => {
    const institution = newId();
    const command = courseChange();
    const [id = ''] = await carryOut(dataSource, memberOf(institution), [command]);
    const [entry] = itemsOf<AuditEntryView>(await test.request.get(`/v1/institutions/${institution}/audit/entries`).expect(200));
    expect(entry).toEqual({
      entry: {
        id,
        partition: institution,
        institution,
        at: new Date(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toISOString(),
        subject: 'registrar@account',
        client: 'registry',
        request: requestId,
        action: 'course.changed',
        resource: command.resource,
        before: digestOf({ credits: 3 }),
        after: digestOf({ credits: 4 }),
      },
      digest: digestOf(entry?.entry),
      index: null,
    });
    expect(Math.abs(Date.parse(entry?.entry.at ?? '') - Date.now())).toBeLessThan(60_000);
  });

  it('keeps no id of a request that might say something about somebody', async () => {
    const [institution, command] = [newId(), courseChange()];
    const caller = memberOf(institution);
    const context = { requestId: 'student-20231234', caller };
    await requestContext.run(context, () => transaction(dataSource, (manager) => record(manager, command)));
    const read = 'SELECT request_id FROM journal_entries WHERE institution_id = $1';
    expect(await queryAs(dataSource, caller, read, [institution])).toEqual([{ request_id: null }]);
  });

  it('digests what a learner owns with a key of the learner, without which the digests say nothing', async () => {
    const [institution, learner] = [newId(), newId()];
    const state = { grade: 'B' };
    await carryOut(dataSource, memberOf(institution), [
      { action: 'transcript.recorded', resource: { kind: 'transcript', id: newId() }, learner, after: state },
      { action: 'transcript.verified', resource: { kind: 'transcript', id: newId() }, learner, before: state, after: state },
    ]);
    const read = `SELECT partition_id, before_digest, after_digest FROM journal_entries WHERE institution_id = $1 ORDER BY id`;
    const rows = await queryAs<Record<string, string>>(dataSource, memberOf(institution), read, [institution]);
    const [{ key } = { key: Buffer.alloc(0) }] = await queryAs<{ key: Buffer }>(
      dataSource,
      service,
      'SELECT key FROM learner_keys WHERE learner_id = $1',
      [learner],
    );
    const digest = `hmac-sha-256:${bytesToHex(hmac(sha256, key, utf8ToBytes(canonicalJson(state))))}`;
    expect(key).toHaveLength(32);
    expect(rows).toEqual([
      { partition_id: learner, before_digest: null, after_digest: digest },
      { partition_id: learner, before_digest: digest, after_digest: digest },
    ]);
    await sealer.seal();
    await requestContext.run({ caller: service }, () => transaction(dataSource, (manager) => destroyLearnerKey(manager, learner)));
    expect(await queryAs(dataSource, service, 'SELECT FROM learner_keys WHERE learner_id = $1', [learner])).toEqual([]);
    expect((await checked(await exported(test, `/v1/institutions/${institution}/audit`))).findings).toEqual([]);
  });

  it('makes one key where two commands about a learner come at the same time', async () => {
    const [institution, learner] = [newId(), newId()];
    const command = { action: 'learner.changed', resource: { kind: 'learner', id: learner }, learner, after: { name: 'x' } };
    await Promise.all([1, 2, 3].map(() => carryOut(dataSource, memberOf(institution), [command])));
    const digests = await queryAs(
      dataSource,
      memberOf(institution),
      'SELECT DISTINCT after_digest FROM journal_entries WHERE institution_id = $1',
      [institution],
    );
    expect(digests).toHaveLength(1);
  });

  it('files a command of nobody’s institution where it belongs', async () => {
    const [learner, institution] = [newId(), newId()];
    const student: Caller = { scope: learner, subject: 'student' };
    const resource = { kind: 'consent', id: newId() };
    await carryOut(dataSource, student, [
      { action: 'consent.given', resource, learner, institution },
      { action: 'learner.exported', resource, learner },
    ]);
    await carryOut(dataSource, { ...service, subject: 'operator' }, [{ action: 'institution.registered', resource, institution }]);
    const read = 'SELECT partition_id, institution_id, subject FROM journal_entries WHERE resource_id = $1 ORDER BY id';
    expect(await queryAs(dataSource, service, read, [resource.id])).toEqual([
      { partition_id: learner, institution_id: institution, subject: 'student' },
      { partition_id: learner, institution_id: serviceScope, subject: 'student' },
      { partition_id: institution, institution_id: institution, subject: 'operator' },
    ]);
    await expect(transaction(dataSource, (manager) => record(manager, courseChange()))).rejects.toThrow('on behalf of nobody');
  });

  it('is kept with the command, or not at all', async () => {
    const institution = newId();
    const failing = requestContext.run({ caller: memberOf(institution) }, () =>
      transaction(dataSource, async (manager) => {
        await record(manager, courseChange());
        throw new Error('the command fails');
      }),
    );
    await expect(failing).rejects.toThrow('the command fails');
    for (const table of ['journal_entries', 'unsealed_entries']) {
      expect(await queryAs(dataSource, service, `SELECT FROM ${table} WHERE institution_id = $1`, [institution])).toEqual([]);
    }
  });
});

describe('row by row', () => {
  it.each([
    ...['UPDATE journal_entries SET subject = subject', 'DELETE FROM journal_entries', 'TRUNCATE journal_entries'],
    ...['UPDATE unsealed_entries SET id = id', 'UPDATE learner_keys SET key = key'],
    ...['log_leaves', 'log_nodes', 'log_heads', 'log_keys'].flatMap((table) => [`DELETE FROM ${table}`, `TRUNCATE ${table}`]),
    ...['kid', 'public_jwk', 'is_sealed', 'made_at'].map((column) => `UPDATE log_keys SET ${column} = ${column}`),
    ...['UPDATE log_heads SET root = root', 'UPDATE log_nodes SET hash = hash', 'UPDATE log_leaves SET entry_id = entry_id'],
  ])('the service itself may not: %s', async (sql) => {
    await expect(queryAs(dataSource, service, sql)).rejects.toMatchObject({ driverError: { code: '42501' } });
  });

  it('the service itself may forget the private part of a key, and not replace it', async () => {
    await newLog(test, 1);
    const replacing = queryAs(dataSource, service, 'UPDATE log_keys SET secret = secret');
    await expect(replacing).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('nobody sees or extends the log of another institution, and a learner sees what was done with their own', async () => {
    const [own, foreign, learner] = [newId(), newId(), newId()];
    await carryOut(dataSource, memberOf(own), [courseChange({ learner }), courseChange()]);
    await sealer.seal();
    await carryOut(dataSource, memberOf(own), [courseChange({ learner }), courseChange()]);
    const counts = async (caller: Caller): Promise<readonly number[]> => {
      const tables = ['journal_entries', 'unsealed_entries', 'log_leaves', 'log_nodes', 'log_heads', 'log_keys'];
      const read = (table: string) => queryAs<{ count: number }>(dataSource, caller, `SELECT count(*)::int AS count FROM ${table}`);
      return Promise.all(tables.map(async (table) => (await read(table))[0]?.count ?? -1));
    };
    // Two leaves and the node above them; the keys are the service's alone.
    expect(await counts(memberOf(own))).toEqual([4, 2, 2, 3, 1, 0]);
    expect(await counts(memberOf(foreign))).toEqual([0, 0, 0, 0, 0, 0]);
    expect(await counts({ scope: learner, subject: 'student' })).toEqual([2, 1, 0, 0, 0, 0]);
    const intruding = carryOut(dataSource, { ...memberOf(foreign), institution: own }, [courseChange()]);
    await expect(intruding).rejects.toMatchObject({ code: 'forbidden' });
    const sealing = `INSERT INTO log_heads (institution_id, size, root, at, signature) VALUES ($1, 9, $2, now(), 'x')`;
    await expect(queryAs(dataSource, memberOf(own), sealing, [own, digestOf(1)])).rejects.toMatchObject({ code: 'forbidden' });
    await queryAs(dataSource, memberOf(own), 'DELETE FROM unsealed_entries');
    expect((await counts(memberOf(own)))[1]).toBe(2);
    await sealer.seal();
  });
});

describe('the sealed log', () => {
  const bytes = (digest: string): Hash => digestBytes(digest) ?? new Uint8Array();
  const stateOf = ({ size, root }: AuditHeadView) => ({ size, root: bytes(root) });

  it('has a signed head after each batch, and a proof for every entry in every later head', async () => {
    const { ids, path, institution } = await newLog(test, 3, 1, 4);
    const heads = itemsOf<AuditHeadView>(await test.request.get(`${path}/heads`).expect(200));
    expect(heads.map(({ size }) => size)).toEqual([8, 4, 3]);
    expect((await test.request.get(`${path}/heads/latest`).expect(200)).body).toEqual(heads[0]);
    expect(heads.every((head) => head.institution === institution)).toBe(true);
    const first = await test.request.get(`${path}/heads?limit=2`).expect(200);
    const { nextCursor } = first.body as { nextCursor: string };
    expect(itemsOf(await test.request.get(`${path}/heads?limit=2&cursor=${nextCursor}`).expect(200))).toEqual(heads.slice(2));

    for (const [index, id] of ids.entries()) {
      for (const head of heads.filter(({ size }) => size > index)) {
        const answer = await test.request.get(`${path}/entries/${id}/inclusion-proof?size=${String(head.size)}`).expect(200);
        const proof = answer.body as InclusionProofView;
        expect(proof).toMatchObject({ index, head, entry: { id } });
        expect(digestOf(proof.entry)).toBe(proof.digest);
        const shown = { leaf: leafHash(bytes(proof.digest)), index: proof.index, size: head.size, path: proof.path.map(bytes) };
        expect(provesInclusion(shown, bytes(head.root))).toBe(true);
      }
    }
    for (const from of heads) {
      for (const to of heads.filter(({ size }) => size >= from.size)) {
        const query = `from=${String(from.size)}&to=${String(to.size)}`;
        const proof = (await test.request.get(`${path}/consistency-proof?${query}`).expect(200)).body as ConsistencyProofView;
        expect(proof).toMatchObject({ from, to });
        expect(provesConsistency(stateOf(from), stateOf(to), proof.path.map(bytes))).toBe(true);
      }
    }
  });

  it('refuses a proof that there is not', async () => {
    const { institution, ids, path } = await newLog(test, 2, 2);
    const last = ids.at(-1) ?? '';
    const [waiting = ''] = await carryOut(dataSource, memberOf(institution), [courseChange()]);
    await test.request.get(`${path}/entries/${waiting}/inclusion-proof`).expect(422);
    await test.request.get(`${path}/entries/${newId()}/inclusion-proof`).expect(404);
    const refused = async (rest: string) => pointersOf(await test.request.get(`${path}/${rest}`).expect(422));
    expect(await refused(`entries/${last}/inclusion-proof?size=3`)).toEqual(['size']);
    expect(await refused(`entries/${last}/inclusion-proof?size=2`)).toEqual(['size']);
    expect(await refused('consistency-proof?from=1')).toEqual(['from']);
    expect(await refused('consistency-proof?from=4&to=2')).toEqual(['from']);
    expect(new Set(await refused('consistency-proof'))).toEqual(new Set(['from']));
    expect(await refused('entries?from=today&until=tomorrow')).toEqual(['from', 'until']);
    await test.request.get(`/v1/institutions/${newId()}/audit/heads/latest`).expect(404);
    await sealer.seal();
  });

  it('lists entries by resource and by time', async () => {
    const institution = newId();
    const resource = { kind: 'course', id: newId() };
    const ids = [...(await carryOut(dataSource, memberOf(institution), [courseChange({ resource }), courseChange()]))];
    await sleep(5);
    const between = new Date().toISOString();
    await sleep(5);
    ids.push(...(await carryOut(dataSource, memberOf(institution), [courseChange({ resource }), courseChange()])));
    const listed = async (query: string) =>
      itemsOf<AuditEntryView>(await test.request.get(`/v1/institutions/${institution}/audit/entries?${query}`).expect(200)).map(
        ({ entry }) => ids.indexOf(entry.id),
      );
    expect(await listed('')).toEqual([0, 1, 2, 3]);
    expect(await listed(`resource=${resource.id}`)).toEqual([0, 2]);
    expect(await listed(`from=${between}`)).toEqual([2, 3]);
    expect(await listed(`until=${between}`)).toEqual([0, 1]);
    await sealer.seal();
  });

  it('keeps no writer waiting, and seals an entry that is committed late after younger ones', async () => {
    const institution = newId();
    let commit: () => void = () => undefined;
    const committed = new Promise<void>((resolve) => (commit = resolve));
    let early = '';
    const slow = requestContext.run({ caller: memberOf(institution) }, () =>
      transaction(dataSource, async (manager) => {
        early = await record(manager, courseChange());
        await committed;
      }),
    );
    const [late = ''] = await carryOut(dataSource, memberOf(institution), [courseChange()]);
    await sealer.seal();
    commit();
    await slow;
    await sealer.seal();
    const path = `/v1/institutions/${institution}/audit`;
    const placeOf = async (id: string) =>
      ((await test.request.get(`${path}/entries/${id}/inclusion-proof`).expect(200)).body as InclusionProofView).index;
    expect([await placeOf(late), await placeOf(early)]).toEqual([0, 1]);
    expect((await checked(await exported(test, path), await publishedKeys(test, path))).findings).toEqual([]);
  });

  it('holds every entry once, however many write while several sealers are at it', async () => {
    const { institution, path } = await newLog(test);
    const writers = Array.from({ length: 8 }, () =>
      carryOut(
        dataSource,
        memberOf(institution),
        Array.from({ length: 25 }, () => courseChange()),
      ),
    );
    const writing = Promise.all(writers);
    let isWriting = true;
    void writing.finally(() => (isWriting = false));
    const sealing = async (): Promise<void> => {
      while (isWriting) await sealer.seal();
    };
    const exporting = async (): Promise<void> => {
      while (isWriting) expect((await checked(await exported(test, path), await publishedKeys(test, path))).findings).toEqual([]);
    };
    await Promise.all([writing, sealing(), sealing(), exporting()]);
    await sealer.seal();
    const { summary, findings } = await checked(await exported(test, path), await publishedKeys(test, path));
    expect(findings).toEqual([]);
    expect(summary).toMatchObject({ institution, sealed: 200, unsealed: 0 });
    expect(summary?.heads).toBeGreaterThan(1);
  });

  it('exports to its own institution alone, whoever reads the stream', async () => {
    const { institution } = await newLog(test, 2);
    const streamFor = (caller: Caller) => requestContext.run({ caller }, () => test.app.get(AuditExport).export(institution));
    const [own, foreign] = [await streamFor(memberOf(institution)), await streamFor(memberOf(newId()))];
    expect((await checked(await buffer(own))).summary).toMatchObject({ sealed: 2, heads: 1 });
    expect((await checked(await buffer(foreign))).summary).toMatchObject({ sealed: 0, heads: 0, unsealed: 0 });
  });

  it('names in its export what is not sealed while another process should seal', async () => {
    const { institution, path } = await newLog(test, 2);
    const ids = await test.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [sealerLock]);
      const waiting = await carryOut(dataSource, memberOf(institution), [courseChange(), courseChange(), courseChange()]);
      await sealer.seal();
      return waiting;
    });
    const text = await exported(test, path);
    const { summary, findings } = await checked(text, await publishedKeys(test, path));
    expect(findings).toEqual([]);
    expect(summary).toMatchObject({ sealed: 2, heads: 1, unsealed: 3 });
    const kinds = text
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { kind: string; entry?: { id: string } });
    expect(kinds.map(({ kind }) => kind)).toEqual(['log', 'leaf', 'leaf', 'head', 'unsealed', 'unsealed', 'unsealed', 'end']);
    expect(kinds.filter(({ kind }) => kind === 'unsealed').map(({ entry }) => entry?.id)).toEqual(ids);
    await sealer.seal();
    expect((await checked(await exported(test, path), await publishedKeys(test, path))).summary).toMatchObject({
      sealed: 5,
      heads: 2,
      unsealed: 0,
    });
  });

  it('goes on after a sealer that was killed between batches', async () => {
    const { institution, path } = await newLog(test);
    await carryOutMany(dataSource, memberOf(institution), 2500);
    const size = async () =>
      Number(
        (
          await queryAs<{ size: string | null }>(dataSource, service, 'SELECT max(size) AS size FROM log_heads WHERE institution_id = $1', [
            institution,
          ])
        )[0]?.size,
      );
    const sealing = expect(sealer.seal()).rejects.toBeDefined();
    while ((await size()) === 0) await sleep(1);
    // The second batch is under way, or about to begin: whoever holds the lock is killed.
    const kill = `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND granted AND pid <> pg_backend_pid()
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
    const killed = async () => (await test.dataSource.query<unknown[]>(kill)).length;
    while ((await killed()) === 0) await sleep(1);
    await sealing;
    const left = await size();
    expect([1000, 2000]).toContain(left);
    await sealer.seal();
    const { summary, findings } = await checked(await exported(test, path), await publishedKeys(test, path));
    expect(findings).toEqual([]);
    expect(summary).toMatchObject({ sealed: 2500, heads: 3, unsealed: 0 });
  });

  it('is sealed within about a second when nobody asks for it, until the app is closed', async () => {
    const other = await startTestApp();
    try {
      other.app.get(Sealer).start();
      const institution = newId();
      await carryOut(other.app.get(DataSource), memberOf(institution), [courseChange()]);
      const path = `/v1/institutions/${institution}/audit/heads/latest`;
      const until = Date.now() + 20_000;
      let { status } = await other.request.get(path);
      while (status === 404 && Date.now() < until) {
        await sleep(50);
        ({ status } = await other.request.get(path));
      }
      expect(status).toBe(200);
    } finally {
      await other.close();
    }
  });
});
