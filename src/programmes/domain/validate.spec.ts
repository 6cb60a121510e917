import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { requirement as anyRequirement, transferPolicy } from '../../../test/support/arbitrary-terms.js';
import type { Programme, Requirement, TransferPolicy } from './programme.js';
import { validateProgramme } from './validate.js';

const free: Requirement = { kind: 'freeElectives', id: 'free', credits: 60 };
type Leaf = Extract<Requirement, { kind: 'course' }>;
const leaf = (id: string, rest: Partial<Leaf> = {}): Leaf => ({ kind: 'course', id, codes: ['CMPT 120'], credits: 3, ...rest });

const programme = (rest: Partial<Programme>): Programme => ({
  id: 'p',
  institution: 'sfu',
  code: 'BSC-CMPT',
  catalogueYear: 2025,
  title: { en: 'Computing Science' },
  creditSystem: 'us-semester',
  totalCredits: 120,
  requirements: free,
  policy: {},
  ...rest,
});

const pointers = (rest: Partial<Programme>): readonly string[] => validateProgramme(programme(rest)).map(({ pointer }) => pointer);
const inTree = (requirements: Requirement): readonly string[] =>
  pointers({ requirements }).map((pointer) => pointer.replace('/requirements', ''));
const inPolicy = (policy: TransferPolicy): readonly string[] => pointers({ policy }).map((pointer) => pointer.replace('/policy', ''));

describe('a programme', () => {
  it.each<[string, Partial<Programme>, readonly string[]]>([
    ['that is valid', {}, []],
    ['without a code', { code: ' ' }, ['/code']],
    ['without a title', { title: {} }, ['/title']],
    ['without a credit system', { creditSystem: '' }, ['/creditSystem']],
    ['of no credits', { totalCredits: 0 }, ['/totalCredits']],
    ['of credits with too many decimals', { totalCredits: 120.0001, policy: { residencyCredits: 500 } }, ['/totalCredits']],
    [
      'of which everything is wrong',
      { totalCredits: -1, requirements: leaf('', { codes: [] }), policy: { maximumAge: '?' } },
      ['/totalCredits', '/requirements/id', '/requirements/codes', '/policy/maximumAge'],
    ],
  ])('%s', (_, rest, expected) => {
    expect(pointers(rest)).toEqual(expected);
  });

  it('is told from others without ever failing', () => {
    fc.assert(
      fc.property(anyRequirement, transferPolicy, (requirements, policy) => {
        for (const { pointer } of validateProgramme(programme({ requirements, policy })))
          expect(pointer).toMatch(/^\/(requirements|policy)/);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a requirement', () => {
  it.each<[string, Requirement, readonly string[]]>([
    ['of a course of no credits', leaf('a', { credits: 0 }), []],
    ['of a cross-listed course', leaf('a', { codes: ['CMPT 120', 'MACM 120'] }), []],
    ['of a course named twice', leaf('a', { codes: ['CMPT 120', 'cmpt120'] }), ['/codes/1']],
    ['of a blank course', leaf('a', { codes: [' '], credits: 0.0001 }), ['/codes/0', '/credits']],
    ['of all of nothing', { kind: 'all', id: 'a', of: [] }, ['/of']],
    ['of n', { kind: 'atLeast', id: 'a', count: 1, of: [leaf('b'), leaf('c')] }, []],
    ['of more than there are', { kind: 'atLeast', id: 'a', count: 3, of: [leaf('b'), leaf('c')] }, ['/count']],
    ['of none', { kind: 'atLeast', id: 'a', count: 0, of: [leaf('b')] }, ['/count']],
    ['of n of nothing', { kind: 'atLeast', id: 'a', count: 1, of: [] }, ['/of', '/count']],
    ['of no credits', { kind: 'credits', id: 'a', credits: 0, from: [] }, ['/credits', '/from']],
    ['of no free electives', { kind: 'freeElectives', id: 'a', credits: 0 }, ['/credits']],
    [
      'of credits from bad matches',
      {
        kind: 'credits',
        id: 'a',
        credits: 6,
        from: [
          { kind: 'code', pattern: ' ' },
          { kind: 'subject', subject: ' ', minimumLevel: -1 },
          { kind: 'attribute', attribute: '' },
          { kind: 'subject', subject: 'CMPT', minimumLevel: 250 },
        ],
      },
      ['/from/0/pattern', '/from/1/subject', '/from/1/minimumLevel', '/from/2/attribute'],
    ],
    ['with an id twice', { kind: 'all', id: 'a', of: [leaf('b'), { kind: 'all', id: 'c', of: [leaf('b')] }] }, ['/of/1/of/0/id']],
    ['with a blank title', leaf('a', { title: { en: '' } }), ['/title/en']],
    ['with a limit of nothing', leaf('a', { transfer: {} }), ['/transfer']],
    ['with limits', leaf('a', { transfer: { maximumCourses: 0, maximumCredits: 6 } }), []],
    [
      'with bad limits',
      leaf('a', { transfer: { maximumCourses: 1.5, maximumCredits: -1 } }),
      ['/transfer/maximumCourses', '/transfer/maximumCredits'],
    ],
  ])('%s', (_, requirement, expected) => {
    expect(inTree(requirement)).toEqual(expected);
  });

  const both = (a: readonly string[], b: readonly string[]): Requirement => ({
    kind: 'all',
    id: 'root',
    of: [leaf('a', { sharesWith: a }), leaf('b', { sharesWith: b })],
  });

  it.each<[string, Requirement, readonly string[]]>([
    ['each other', both(['b'], ['a']), []],
    ['one way', both(['b'], []), ['/of/0/sharesWith/0']],
    ['themselves', both(['a'], []), ['/of/0/sharesWith/0']],
    ['strangers', both(['z'], []), ['/of/0/sharesWith/0']],
    ['a node that is no leaf', both(['root'], []), ['/of/0/sharesWith/0']],
    ['each other twice', both(['b', 'b'], ['a']), ['/of/0/sharesWith/1']],
    [
      'without being a leaf',
      { kind: 'all', id: 'root', of: [leaf('a', { sharesWith: ['root'] })], sharesWith: ['a'] },
      ['/sharesWith', '/of/0/sharesWith/0'],
    ],
  ])('share with %s', (_, requirement, expected) => {
    expect(inTree(requirement)).toEqual(expected);
  });

  it('nested too deep, or holding itself, is refused whole', () => {
    const deep = (levels: number): Requirement => (levels === 0 ? free : { kind: 'all', id: String(levels), of: [deep(levels - 1)] });
    expect(inTree(deep(15))).toEqual([]);
    expect(inTree(deep(16))).toEqual(['']);
    const of: Requirement[] = [];
    of.push({ kind: 'all', id: 'a', of });
    expect(inTree({ kind: 'all', id: 'a', of })).toEqual(['']);
  });
});

describe('a policy', () => {
  it.each<[string, TransferPolicy, readonly string[]]>([
    ['of nothing', {}, []],
    [
      'of everything',
      {
        maximumTransferredCredits: 60,
        maximumTransferredShare: '1/2',
        residencyCredits: 120,
        maximumMoocCredits: 12,
        passFail: { maximumCredits: 12, maximumHomeCourses: 3 },
        minimumGrades: [
          { scale: 'a', value: 'C' },
          { scale: 'b', value: '60' },
        ],
        maximumAge: 'P10Y',
        electivesOnly: 'mooc',
        moocWithoutGrade: true,
        surplusToElectives: true,
      },
      [],
    ],
    [
      'of bad credits',
      { maximumTransferredCredits: -1, residencyCredits: 0.0001, maximumMoocCredits: NaN },
      ['/maximumTransferredCredits', '/residencyCredits', '/maximumMoocCredits'],
    ],
    ['of more residency than the total', { residencyCredits: 120.001 }, ['/residencyCredits']],
    ['of a share that is no number', { maximumTransferredShare: 'half' }, ['/maximumTransferredShare']],
    ['of more than the whole', { maximumTransferredShare: '1.1' }, ['/maximumTransferredShare']],
    ['of the whole', { maximumTransferredShare: '1' }, []],
    ['of an empty pass/fail cap', { passFail: {} }, ['/passFail']],
    [
      'of a bad pass/fail cap',
      { passFail: { maximumCredits: -1, maximumHomeCourses: -1 } },
      ['/passFail/maximumCredits', '/passFail/maximumHomeCourses'],
    ],
    [
      'of bad grades',
      {
        minimumGrades: [
          { scale: '', value: ' ' },
          { scale: 'a', value: 'C' },
          { scale: 'a', value: 'B' },
        ],
      },
      ['/minimumGrades/0/scale', '/minimumGrades/0/value', '/minimumGrades/2/scale'],
    ],
    ['of a bad age', { maximumAge: 'ten years' }, ['/maximumAge']],
  ])('%s', (_, policy, expected) => {
    expect(inPolicy(policy)).toEqual(expected);
  });
});
