/** `npm run histories`: the integration project of the tests, with the writer of histories as its only file. */
const { projects, ...config } = require('../../jest.config');
const integration = projects.find(({ displayName }) => displayName === 'integration');

/** @type {import('jest').Config} */
module.exports = {
  ...config,
  rootDir: '../..',
  projects: undefined,
  ...integration,
  testMatch: ['<rootDir>/test/replay/write-histories.ts'],
};
