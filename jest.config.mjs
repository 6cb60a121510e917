/** Sources are ESM TypeScript, transpiled by the project's own tsconfig; types are checked by the build, not here. */
const base = {
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '\\.ts$': ['ts-jest', { useESM: true }] },
  // Starting the app and copying a database take a second, and ten where other work keeps both cores busy.
  // Decorators leave branches in compiled classes that no test can reach, so what has none is measured: the kernel and the domains.
  collectCoverageFrom: ['src/kernel/**/*.ts', 'src/*/domain/**/*.ts', '!**/*.spec.ts'],
};

export default {
  // Hooks start an app on a database of its own, which takes seconds on a loaded machine. Jest reads this for all projects, and only here.
  testTimeout: 60_000,
  // Jest would leave one of two cores to itself. Modules of finished files stay in a worker's memory, so one that has grown is replaced.
  maxWorkers: 2,
  workerIdleMemoryLimit: '1.5GB',
  coverageDirectory: 'coverage',
  coverageReporters: ['text-summary', 'json-summary', 'lcovonly'],
  // An element that is there is read by `at` of the kernel: a fallback for it would be a branch that no test can reach.
  coverageThreshold: { global: { lines: 95, branches: 95 } },
  collectCoverageFrom: base.collectCoverageFrom,
  projects: [
    { ...base, displayName: 'unit', testMatch: ['<rootDir>/src/**/*.spec.ts'] },
    {
      ...base,
      displayName: 'http',
      testMatch: ['<rootDir>/test/**/*.spec.ts'],
      globalSetup: '<rootDir>/test/support/global-setup.mjs',
      globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
    },
  ],
};
