// @ts-check
import { defineConfig } from 'eslint/config';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/**
 * The walls of the house: what a folder may import of ours, and where that is said, which packages. A folder that is
 * listed under `types` may be imported with `import type` alone. Nothing is let through by name.
 * @typedef {{ values: string[], types?: string[], packages?: string[] }} Wall
 */
const OURS = ['schemas', 'core', 'workflows', 'activities', 'workers', 'api', 'src', 'cli', 'sdk'];

/** @type {Record<string, Wall>} */
const WALLS = {
  schemas: { values: [], packages: ['typebox'] },
  // Pure code for both sides of the workflows' sandbox: no Node, no clock, no chance.
  core: { values: ['schemas'], packages: ['@marcbachmann/cel-js', '@noble/hashes'] },
  workflows: {
    values: ['schemas', 'core'],
    types: ['activities'],
    packages: ['@temporalio/workflow', '@temporalio/common'],
  },
  activities: { values: ['schemas', 'core', 'src'] },
  workers: { values: ['schemas', 'core', 'activities', 'src'], types: ['workflows'] },
  api: { values: ['schemas', 'core', 'src'] },
  src: { values: ['schemas', 'core'] },
  sdk: { values: ['schemas', 'core', 'activities', 'src'] },
};

/**
 * Pure logic of a process or of tools, one folder each: no Temporal, no Redis, no document store, no configuration, no Node.
 */
const PROCESSES = ['audit', 'order', 'job', 'definition', 'transform', 'render', 'report', 'agents'];
const PURE_SRC = ['contracts', 'llm', 'plans', 'spreadsheets', 'redact', 'transform', 'words'];

const escaped = (/** @type {string[]} */ names) => names.map((name) => name.replaceAll(/[/.]/g, '\\$&')).join('|');

/** Files of a folder that lie `depth` folders below it. */
const filesAt = (/** @type {string} */ folder, /** @type {number} */ depth) => `${folder}/${'*/'.repeat(depth)}*.ts`;
/** The beginning of an import that leads out of a folder, from `depth` folders below it. */
const outOf = (/** @type {number} */ depth) => `^${'\\.\\./'.repeat(depth + 1)}`;
const DEPTHS = [0, 1, 2, 3, 4];

const restricted = (/** @type {string} */ files, /** @type {object[]} */ patterns) => ({
  files: [files],
  rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns }] },
});

/** What a folder may not import, from `depth` folders below it: refused by the text of the import. */
function wall(/** @type {string} */ folder, /** @type {number} */ depth) {
  const { values, types = [], packages } = WALLS[folder];
  const closed = OURS.filter((name) => name !== folder && !values.includes(name) && !types.includes(name));
  const path = (/** @type {string[]} */ names) => `${outOf(depth)}(${names.join('|')})(/|$)`;
  return [
    { regex: path(closed), message: `${folder}/ does not import ${closed.join('/, ')}/.` },
    types.length > 0 && {
      regex: path(types),
      allowTypeImports: true,
      message: `${folder}/ takes types alone from ${types.join('/, ')}/: write \`import type\`.`,
    },
    packages && {
      regex: `^(?!\\.|(${escaped(packages)})(/|$))`,
      message: `${folder}/ imports ${packages.join(', ')} and no other package.`,
    },
  ].filter((pattern) => typeof pattern === 'object');
}

const walls = Object.keys(WALLS).flatMap((folder) =>
  DEPTHS.map((depth) => restricted(filesAt(folder, depth), wall(folder, depth))),
);

const pureProcesses = PROCESSES.flatMap((process) =>
  DEPTHS.slice(0, 4).map((depth) =>
    restricted(filesAt(`src/${process}`, depth), [
      ...wall('src', depth + 1),
      {
        regex: `${outOf(depth)}(?!\\.\\./|(${PURE_SRC.join('|')})(/|$))`,
        message: `src/${process}/ is pure: of src/ it takes ${PURE_SRC.join('/, ')}/ alone.`,
      },
      { regex: '^(node:|@temporalio/|ioredis|express|multer|openai)', message: `src/${process}/ is pure.` },
    ]),
  ),
);

export default defineConfig(
  { ignores: ['dist/', '.builds/', 'coverage/', 'node_modules/', '.awe/', 'storage/', 'console/src/api/openapi.d.ts'] },
  {
    files: ['**/*.ts'],
    ignores: ['console/**'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // An async function without await is how a synchronous thing fits an asynchronous port.
      '@typescript-eslint/require-await': 'off',
      // Objects here are made by factories and hold closures: their functions need no `this`.
      '@typescript-eslint/unbound-method': 'off',
      'no-control-regex': 'error',
      'no-useless-escape': 'error',
      'prefer-const': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Configuration is read in src/config and passed in.' },
      ],
    },
  },
  {
    // Without rules that ask for types: those of the API's client take minutes, and tsc holds the pages against them.
    files: ['console/**/*.{ts,tsx}'],
    extends: [tseslint.configs.recommended, reactHooks.configs.flat['recommended-latest']],
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'prefer-const': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  ...walls,
  ...pureProcesses,
  {
    // Modules are loaded once for all runs of a worker: what one run changed there, another would see.
    files: ['workflows/**/*.ts', 'core/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: ':matches(Program, ExportNamedDeclaration) > VariableDeclaration[kind="let"]',
          message: 'A module of the workflows keeps nothing: all runs of a worker share it.',
        },
        {
          selector: 'Identifier[name=/^(scheduleLocalActivity|proxyLocalActivities)$/]',
          message: 'No local activities in workflows: docs/decisions/003-one-interpreter-in-two-places.md.',
        },
      ],
    },
  },
  {
    files: ['src/config/**/*.ts', 'test/**/*.ts'],
    rules: { 'no-restricted-properties': 'off' },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // jest's matchers are typed with any, and so is what a test reads back from outside.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-base-to-string': 'off',
    },
  },
);
