/** ESM-only packages that jest's CommonJS runtime has to see transformed. */
const esm = ['@marcbachmann/cel-js', 'typebox', '@noble/hashes'];

const project = {
  testEnvironment: 'node',
  transform: {
    '^.+\\.(t|m?j)s$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript' }, target: 'es2023' }, module: { type: 'commonjs' } },
    ],
  },
  // imports that wait until they are needed name compiled files
  moduleNameMapper: { '^((?:\\.\\./)+(?:activities|workers|src)/.+)\\.js$': '$1' },
  transformIgnorePatterns: [`/node_modules/(?!(${esm.join('|')})/)`],
};

/** @type {import('jest').Config} */
module.exports = {
  maxWorkers: 2,
  // a worker keeps what its files have loaded: with gigabytes of that it collects more than it tests
  workerIdleMemoryLimit: '1500MB',
  // a limit for what hangs, on a machine of any speed
  testTimeout: 300_000,
  projects: [
    { ...project, displayName: 'unit', testMatch: ['<rootDir>/test/unit/**/*.test.ts'] },
    {
      ...project,
      displayName: 'integration',
      testMatch: ['<rootDir>/test/{workflow,integration,replay}/**/*.test.ts'],
      // Real servers, started once for the whole run and only when such a test runs.
      globalSetup: '<rootDir>/test/setup/global-setup.ts',
      globalTeardown: '<rootDir>/test/setup/global-teardown.ts',
    },
  ],
};
