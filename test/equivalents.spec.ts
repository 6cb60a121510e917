import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Rule, Selector, Source } from '../src/rules/domain/index.js';
import { recordAgreement, recordRevision, termsOf } from './support/agreements.js';
import { startTestApp, type TestApp } from './support/app.js';
import { itemsOf, pointersOf, recordCourse, recordInstitution } from './support/catalogue.js';
import { all, any, code, course, credit, noCredit, rule } from './support/rule-builders.js';

let test: TestApp;
let tsinghua: string;
let xuetangx: string;
let otherPlatform: string;
let nairobi: string;
let lisbon: string;
let poverty: string;
let painting: string;
let development: string;
beforeAll(async () => {
  test = await startTestApp({ clock: { now: () => new Date('2026-03-01T12:00:00Z'), today: () => '2026-03-01' } });
  const institution = async (names: object, fields: object = {}) => (await recordInstitution(test.request, { names, ...fields })).id;
  tsinghua = await institution({ en: 'Tsinghua University', zh: '清华大学' });
  xuetangx = await institution({ en: 'XuetangX', zh: '学堂在线' }, { kind: 'platform' });
  otherPlatform = await institution({ en: 'iCourse' }, { kind: 'platform' });
  nairobi = await institution({ en: 'University of Nairobi' }, { country: 'KE' });
  lisbon = await institution({ en: 'Universidade de Lisboa' }, { country: 'PT' });
  poverty = (await recordCourse(test.request, tsinghua, { code: 'POV 101', platform: xuetangx, isced: '0311', eqfLevel: 6 })).id;
  painting = (await recordCourse(test.request, tsinghua, { code: 'ART 7', isced: '0213', eqfLevel: 5 })).id;
  development = (await recordCourse(test.request, nairobi, { code: 'DEV 100' })).id;
  await recordCourse(test.request, lisbon, { code: 'ECON 1' });
  await recordAgreements();
});
afterAll(() => test.close());

const select = (selector: Selector): Source => ({ kind: 'course', select: selector });
const toNairobi = (id: string, source: Source, rest: Partial<Rule> = {}): Rule =>
  rule(id, source, credit(course('DEV 100', 3)), { from: tsinghua, to: nairobi, ...rest });

async function recordAgreements(): Promise<void> {
  const rules = [
    toNairobi('by-code', code('pov101')),
    toNairobi('by-field', select({ kind: 'field', isced: '031', minimumEqf: 6 })),
    toNairobi('by-level', select({ kind: 'subject', subject: 'POV', level: 200 })),
    toNairobi('by-pattern', select({ kind: 'pattern', pattern: 'POV 1##' })),
    toNairobi('by-platform', code('POV 101'), { from: xuetangx }),
    toNairobi('refused', any(code('POV 101'), code('ART 7')), { outcome: noCredit('contentOrOutcomes') }),
    toNairobi('together', all(code('POV 101'), code('ART 7'))),
    toNairobi('wrong-platform', select({ kind: 'code', code: 'POV 101', platform: otherPlatform })),
  ];
  await recordAgreement(test.request, termsOf([tsinghua, xuetangx, nairobi], rules));
  const open = rule('open', select({ kind: 'subject', subject: 'POV' }), credit(course('ECON 1', 6)), {
    from: 'anyMember',
    to: 'anyMember',
  });
  await recordAgreement(test.request, termsOf([tsinghua, lisbon], [open]));
  const past = await recordAgreement(test.request, termsOf([tsinghua, lisbon], [{ ...open, id: 'past', source: code('POV 101') }]));
  await recordRevision(test.request, past.id, termsOf([tsinghua, lisbon], [], { period: { from: '2025-01-01' } }));
}

interface EquivalentBody {
  readonly rule: Rule;
  readonly alone: boolean;
  readonly receiving: readonly string[];
  readonly sendingCourses: readonly { readonly code: string; readonly title: string }[];
}

const found = async (path: string): Promise<readonly EquivalentBody[]> =>
  itemsOf<EquivalentBody>(await test.request.get(`/v1/courses/${path}`).set('accept-language', 'zh').expect(200));
const rulesOf = async (path: string): Promise<readonly string[]> => (await found(path)).map((equivalent) => equivalent.rule.id);

describe('what a course counts as', () => {
  it('is told by every rule in force that may take it, refusals included', async () => {
    expect(await rulesOf(`${poverty}/equivalents?receiving=${nairobi}`)).toEqual([
      'by-code',
      'by-field',
      'by-pattern',
      'by-platform',
      'refused',
      'together',
    ]);
    expect(await rulesOf(`${painting}/equivalents?receiving=${nairobi}`)).toEqual(['refused', 'together']);
  });

  it('tells whether it is enough alone, and the other courses that are asked for', async () => {
    const together = (await found(`${painting}/equivalents`)).find((equivalent) => equivalent.rule.id === 'together');
    expect(together).toMatchObject({
      alone: false,
      receiving: [nairobi],
      attestedBy: tsinghua,
      revision: 1,
      sendingCourses: [{ id: poverty, provider: tsinghua, code: 'POV 101', title: '中国消除贫困之路' }, { id: painting }],
    });
    const alone = (await found(`${poverty}/equivalents`)).filter((equivalent) => equivalent.alone).map((equivalent) => equivalent.rule.id);
    expect(alone).toEqual(['by-code', 'by-field', 'by-pattern', 'by-platform', 'refused', 'open']);
  });

  it('is asked of one institution, or of all', async () => {
    expect(await rulesOf(`${poverty}/equivalents?receiving=${lisbon}`)).toEqual(['open']);
    expect(await rulesOf(`${poverty}/equivalents?receiving=${xuetangx}`)).toEqual([]);
    expect(await rulesOf(`${poverty}/equivalents`)).toHaveLength(7);
  });

  it('is asked of a day', async () => {
    expect(await rulesOf(`${poverty}/equivalents?receiving=${lisbon}&on=2024-12-31`)).toEqual(['open', 'past']);
    expect(await rulesOf(`${poverty}/equivalents?on=2019-12-31`)).toEqual([]);
  });

  it('comes in pages', async () => {
    const seen: string[] = [];
    let path = `${poverty}/equivalents?limit=3`;
    for (let pages = 1; pages <= 3; pages += 1) {
      const { body } = (await test.request.get(`/v1/courses/${path}`).expect(200)) as {
        body: { items: readonly EquivalentBody[]; nextCursor: string | null };
      };
      seen.push(...body.items.map((equivalent) => equivalent.rule.id));
      if (body.nextCursor === null) break;
      path = `${poverty}/equivalents?limit=3&cursor=${body.nextCursor}`;
    }
    expect(seen).toEqual(await rulesOf(`${poverty}/equivalents`));
    const foreign = Buffer.from('["equivalents","x",1,"r"]').toString('base64url');
    expect(pointersOf(await test.request.get(`/v1/courses/${poverty}/equivalents?cursor=${foreign}`).expect(422))).toEqual(['cursor']);
  });

  it('is complete however many rules select by pattern and take other courses', async () => {
    const others = Array.from({ length: 1200 }, (_, index) =>
      toNairobi(`wide ${String(index).padStart(4, '0')}`, select({ kind: 'pattern', pattern: `${index % 600 === 599 ? 'ART' : 'LAW'} *` })),
    );
    const { id } = await recordAgreement(test.request, termsOf([tsinghua, nairobi], others));
    expect(await rulesOf(`${painting}/equivalents`)).toEqual(['refused', 'together', 'wide 0599', 'wide 1199']);
    expect(await rulesOf(`${painting}/equivalents?limit=3`)).toEqual(['refused', 'together', 'wide 0599']);
    await recordRevision(test.request, id, termsOf([tsinghua, nairobi], []));
    expect(await rulesOf(`${painting}/equivalents`)).toEqual(['refused', 'together']);
  });
});

describe('what counts as a course', () => {
  it('is told by every rule in force that awards it', async () => {
    expect(await rulesOf(`${development}/counting-as`)).toEqual([
      'by-code',
      'by-field',
      'by-level',
      'by-pattern',
      'by-platform',
      'together',
      'wrong-platform',
    ]);
    const [byCode] = await found(`${development}/counting-as?limit=1`);
    expect(byCode).toMatchObject({ alone: true, receiving: [nairobi], sendingCourses: [{ code: 'POV 101', title: '中国消除贫困之路' }] });
    const none = (await found(`${development}/counting-as`)).find((equivalent) => equivalent.rule.id === 'wrong-platform');
    expect(none?.sendingCourses).toEqual([]);
  });

  it('comes in pages, of a day', async () => {
    const first = await test.request.get(`/v1/courses/${development}/counting-as?limit=4`).expect(200);
    const { nextCursor } = first.body as { nextCursor: string };
    expect(await rulesOf(`${development}/counting-as?limit=4&cursor=${nextCursor}`)).toEqual(['by-platform', 'together', 'wrong-platform']);
    expect(await rulesOf(`${development}/counting-as?on=2019-12-31`)).toEqual([]);
  });
});

it('a course that does not exist has no equivalents, and a parameter that does not exist is refused', async () => {
  const nobody = '0190d7a0-0000-7000-8000-000000000000';
  for (const path of ['equivalents', 'counting-as']) {
    await test.request.get(`/v1/courses/${nobody}/${path}`).expect(404);
    await test.request.get(`/v1/courses/x/${path}`).expect(404);
    expect(pointersOf(await test.request.get(`/v1/courses/${poverty}/${path}?on=2024-02-30&sending=x`).expect(422))).toEqual([
      'on',
      'sending',
    ]);
  }
});
