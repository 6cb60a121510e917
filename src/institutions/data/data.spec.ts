import { describe, expect, it } from '@jest/globals';
import { rankOf, toThousandths } from '../../kernel/index.js';
import { faultsOfCreditSystem, faultsOfGradingScale } from '../domain/index.js';
import { shippedCreditSystems } from './credit-systems.js';
import { shippedGradingScales } from './grading-scales.js';

const slug = /^[a-z0-9]+(-[a-z0-9]+)*$/;

describe('the shipped credit systems', () => {
  it.each(shippedCreditSystems.map((system) => [system.id, system] as const))(
    '%s is coherent and says where it comes from',
    (id, system) => {
      expect(id).toMatch(slug);
      expect(faultsOfCreditSystem(system)).toEqual([]);
      const figures = [system.creditsPerYear, system.hoursPerCredit?.minimum, system.hoursPerCredit?.maximum];
      for (const figure of figures.filter((value) => value !== undefined)) expect(toThousandths(figure)).toBeGreaterThan(0);
      expect(system.source.length).toBeGreaterThan(20);
    },
  );

  it('have ids of their own', () => {
    expect(new Set(shippedCreditSystems.map(({ id }) => id)).size).toBe(shippedCreditSystems.length);
  });
});

describe('the shipped grading scales', () => {
  it.each(shippedGradingScales.map((scale) => [scale.id, scale] as const))('%s is coherent and says where it comes from', (id, scale) => {
    expect(id).toMatch(slug);
    expect(faultsOfGradingScale(scale)).toEqual([]);
    expect(scale.source.length).toBeGreaterThan(20);
  });

  it('have ids of their own', () => {
    expect(new Set(shippedGradingScales.map(({ id }) => id)).size).toBe(shippedGradingScales.length);
  });

  it('rank named grades among marks', () => {
    const nptel = shippedGradingScales.find(({ id }) => id === 'nptel');
    expect(nptel && rankOf(nptel, 'Elite + Gold')).toEqual(nptel && rankOf(nptel, '90'));
  });
});
