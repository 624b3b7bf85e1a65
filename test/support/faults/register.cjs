/**
 * Lets a process of its own run our TypeScript as it lies here, as jest does: `node -r <this> file.ts`. A test that kills
 * workers then needs no build, and no build that somebody makes meanwhile takes the code from under it.
 */
const { readFileSync } = require('node:fs');
const { transformSync } = require('@swc/core');

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    filename,
    sourceMaps: 'inline',
    jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
    module: { type: 'commonjs' },
  });
  module._compile(code, filename);
};
