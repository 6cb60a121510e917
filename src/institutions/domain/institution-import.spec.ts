import { describe, expect, it } from '@jest/globals';
import type { Institution } from './institution.js';
import { type InstitutionImport, type InstitutionPlan, planInstitutions } from './institution-import.js';

const recorded: Institution = {
  id: 'thu',
  kind: 'university',
  names: { en: 'Tsinghua University' },
  country: 'CN',
  identifiers: [{ scheme: 'ror', value: '03cve4549' }],
  members: [],
  version: 3,
  modifiedAt: '2026-01-01T00:00:00.000Z',
};

const row = (fields: Partial<InstitutionImport> = {}): InstitutionImport => ({
  kind: 'university',
  names: { en: 'Tsinghua University' },
  country: 'CN',
  identifiers: [{ scheme: 'ror', value: '03cve4549' }],
  ...fields,
});

const plan = (rows: readonly InstitutionImport[], existing: readonly Institution[] = [recorded]): InstitutionPlan =>
  planInstitutions(
    rows,
    existing,
    [],
    rows.map((_row, index) => `new-${String(index)}`),
  );

describe('an import of institutions', () => {
  it('leaves alone what says nothing new, whatever the row leaves out', () => {
    const { names, identifiers } = recorded;
    const bare = { kind: 'university', names, identifiers } as const;
    expect(plan([row(), bare])).toMatchObject({
      outcomes: [
        { kind: 'unchanged', id: 'thu' },
        { kind: 'unchanged', id: 'thu' },
      ],
      created: [],
      changed: [],
    });
  });

  it('adds names and identifiers, and replaces the rest', () => {
    const more = row({
      names: { zh: '清华大学' },
      identifiers: [...recorded.identifiers, { scheme: 'cn-moe', value: '4111010003' }],
      country: 'TW',
      homeCreditSystem: 'china-credit',
      homeGradingScale: 'percentage-60',
      website: 'https://www.tsinghua.edu.cn',
    });
    const { outcomes, changed } = plan([more]);
    expect(outcomes).toEqual([{ kind: 'changed', id: 'thu' }]);
    expect(changed).toEqual([{ id: 'thu', details: { ...more, names: { en: 'Tsinghua University', zh: '清华大学' }, members: [] } }]);
    expect(changed[0]?.details).not.toHaveProperty('version');
  });

  it('knows an institution by any of its identifiers, those of rows before included', () => {
    const first = row({
      identifiers: [
        { scheme: 'ror', value: 'x' },
        { scheme: 'schac', value: 'x.edu' },
      ],
    });
    const second = row({ names: { fr: 'Université X' }, identifiers: [{ scheme: 'schac', value: 'x.edu' }] });
    const { outcomes, created } = plan([first, second], []);
    expect(outcomes).toEqual([
      { kind: 'created', id: 'new-0' },
      { kind: 'created', id: 'new-0' },
    ]);
    expect(created).toHaveLength(1);
    expect(created[0]?.details.names).toEqual({ en: 'Tsinghua University', fr: 'Université X' });
  });

  it('refuses what names no institution, or several, or another kind', () => {
    const other = { ...recorded, id: 'pku', identifiers: [{ scheme: 'ror', value: 'pku' }] };
    const { outcomes } = plan(
      [
        row({ identifiers: [] }),
        row({ identifiers: [...recorded.identifiers, ...other.identifiers] }),
        row({ kind: 'platform' }),
        { kind: 'university', names: { en: 'Nowhere' }, identifiers: [{ scheme: 'ror', value: 'new' }] },
      ],
      [recorded, other],
    );
    expect(outcomes.map((outcome) => (outcome.kind === 'refused' ? outcome.errors.map(({ pointer }) => pointer) : outcome.kind))).toEqual([
      ['/identifiers'],
      ['/identifiers'],
      ['/kind'],
      ['/country'],
    ]);
  });

  it('refuses a row that names what does not exist', () => {
    const errors = [{ pointer: '/homeCreditSystem', detail: 'is not a known credit system' }];
    const { outcomes, created } = planInstitutions([row(), row()], [], [errors], ['a', 'b']);
    expect(outcomes).toEqual([
      { kind: 'refused', errors },
      { kind: 'created', id: 'b' },
    ]);
    expect(created).toHaveLength(1);
  });
});
