/** Who may import whom. The order is the architecture: a module reaches only modules before it. */
const order = [
  'access',
  'events',
  'operations',
  'institutions',
  'learners',
  'courses',
  'programmes',
  'transcripts',
  'redemptions',
  'rules',
  'agreements',
  'evaluation',
  'recognition',
  'insights',
  'imports',
];
const shared = ['kernel', 'formats', 'platform'];
/** Packages without clock, randomness or I/O that a domain may use. */
const purePackages = ['canonicalize', '@noble/hashes'];

const anyOf = (names) => `(${names.join('|')})`;

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'kernel-is-pure',
      comment: 'The kernel knows nothing but itself.',
      severity: 'error',
      from: { path: '^src/kernel/', pathNot: '\\.spec\\.ts$' },
      to: { pathNot: ['^src/kernel/', `^node_modules/${anyOf(purePackages)}/`] },
    },
    {
      name: 'domain-is-pure',
      comment: 'A domain knows itself, the kernel and the pure doors of other domains: no Nest, no TypeORM, no Node, no clock.',
      severity: 'error',
      from: { path: '^src/([^/]+)/domain/', pathNot: ['^src/imports/', '\\.spec\\.ts$'] },
      to: {
        pathNot: ['^src/$1/domain/', '^src/kernel/', '^src/[^/]+/domain/index\\.ts$', `^node_modules/${anyOf(purePackages)}/`],
      },
    },
    {
      name: 'domain-of-imports-is-pure',
      comment: 'What an import decides is about documents in outside formats, so its domain knows their doors too.',
      severity: 'error',
      from: { path: '^src/imports/domain/', pathNot: '\\.spec\\.ts$' },
      to: {
        pathNot: [
          '^src/imports/domain/',
          '^src/kernel/',
          '^src/[^/]+/domain/index\\.ts$',
          '^src/formats/[^/]+/index\\.ts$',
          `^node_modules/${anyOf(purePackages)}/`,
        ],
      },
    },
    {
      name: 'formats-know-no-module',
      severity: 'error',
      from: { path: '^src/formats/' },
      to: { path: ['^src/', '^node_modules/(@nestjs|typeorm)/'], pathNot: '^src/(formats|kernel)/' },
    },
    {
      name: 'platform-knows-no-module',
      severity: 'error',
      from: { path: '^src/platform/' },
      to: { path: '^src/', pathNot: '^src/(platform|kernel)/' },
    },
    {
      name: 'only-by-a-door',
      comment: 'A module is reached from outside only through its index.ts or its domain/index.ts.',
      severity: 'error',
      // The composition root (the files of src/ itself) puts everything together.
      from: { path: '^src/([^/]+)/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^src/[^/]+/', pathNot: ['^src/$1/', `^src/${anyOf(shared)}/`, '^src/[^/]+/(domain/)?index\\.ts$'] },
    },
    {
      name: 'http-does-not-touch-storage',
      comment: 'A controller speaks to the service; rows never leave the module.',
      severity: 'error',
      from: { path: '^src/[^/]+/http/' },
      to: { path: ['/storage/', '^node_modules/typeorm/'] },
    },
    {
      name: 'storage-knows-no-http',
      comment: 'A store maps rows to the domain; what goes out over HTTP is decided above it.',
      severity: 'error',
      from: { path: '^src/[^/]+/storage/' },
      to: { path: ['/http/', '^node_modules/(@nestjs|fastify)/'] },
    },
    {
      name: 'nothing-rests-on-the-demonstration',
      comment: 'The demonstration data are composed of the modules, as src/app.ts is; no module knows them.',
      severity: 'error',
      from: { path: '^src/[^/]+/', pathNot: '^src/demo/' },
      to: { path: '^src/demo/' },
    },
    ...order.map((module, index) => ({
      name: `reach-of-${module}`,
      severity: 'error',
      from: { path: `^src/${module}/`, pathNot: '\\.spec\\.ts$' },
      to: { path: '^src/[^/]+/', pathNot: `^src/${anyOf([...shared, ...order.slice(0, index + 1)])}/` },
    })),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
  },
};
