/** Lets a child process of a test run TypeScript directly: `node -r test/support/ts-hook.cjs file.ts`. */
const { existsSync, readFileSync } = require('node:fs');
const Module = require('node:module');
const { dirname, resolve } = require('node:path');
const { transformSync } = require('@swc/core');

// import() names the file that the compiler makes
const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, parent, ...more) {
  const source = request.replace(/\.js$/, '.ts');
  const isOurs = request !== source && request.startsWith('.') && existsSync(resolve(dirname(parent.filename), source));
  return resolveFilename.call(this, isOurs ? source : request, parent, ...more);
};

require.extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), {
    filename,
    jsc: { parser: { syntax: 'typescript' }, target: 'es2023' },
    module: { type: 'commonjs' },
  });
  module._compile(code, filename);
};
