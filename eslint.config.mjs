// @ts-check
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * The folders of DESIGN.md, and what each may import of ours. Everything has its one place; see "Folders" there.
 * A folder that is listed under `types` may be imported with `import type` alone.
 */
const OURS = ['schemas', 'workflows', 'activities', 'workers', 'api', 'src'];
const FOLDERS = {
  schemas: { values: [], packages: ['typebox'] },
  workflows: {
    values: ['schemas'],
    types: ['activities'],
    // The sandbox has no Node; what is pure and deterministic is named here, one by one.
    packages: ['@temporalio/workflow', '@temporalio/common', '@marcbachmann/cel-js', '@noble/hashes'],
  },
  activities: { values: ['schemas', 'src'], types: ['workflows'] },
  workers: { values: ['schemas', 'activities', 'src'], types: ['workflows'] },
  api: { values: ['schemas', 'src'], types: ['workflows', 'activities', 'workers'] },
  src: { values: ['schemas'], types: ['workflows', 'activities', 'api', 'workers'] },
};

/**
 * Modules of the workflows' sandbox that are pure and shared: the rules that decide a run are the rules that check it
 * before. Anyone may import their values. Written as the import's end: 'workflows/engine/expressions'.
 * @type {string[]}
 */
const PURE = ['workflows/engine/expressions', 'workflows/engine/identity', 'workflows/engine/duration'];

/** One rule per folder: what is not allowed is refused by the text of the import. */
function boundary(/** @type {keyof typeof FOLDERS} */ folder) {
  const { values, types = [], packages } = { types: undefined, packages: undefined, ...FOLDERS[folder] };
  const closed = OURS.filter((name) => name !== folder && !values.includes(name) && !types.includes(name));
  const pure = PURE.length > 0 ? `(?!(${PURE.join('|')})(/|$))` : '';
  const path = (/** @type {string[]} */ names) => `^(\\.\\./)+${pure}(${names.join('|')})(/|$)`;
  const patterns = [
    closed.length > 0 && { regex: path(closed), message: `${folder}/ does not import ${closed.join('/, ')}/.` },
    types.length > 0 && {
      regex: path(types),
      allowTypeImports: true,
      message: `${folder}/ takes types alone from ${types.join('/, ')}/: write \`import type\`.`,
    },
    packages && {
      regex: `^(?!\\.|(${packages.map((name) => name.replaceAll(/[/.]/g, '\\$&')).join('|')})(/|$))`,
      message: `${folder}/ imports ${packages.join(', ')} and no other package.`,
    },
  ];
  return {
    files: [`${folder}/**/*.ts`],
    ...(folder === 'src' ? { ignores: ['cli/**', 'src/local/**'] } : {}),
    rules: { '@typescript-eslint/no-restricted-imports': ['error', { patterns: patterns.filter(Boolean) }] },
  };
}

export default defineConfig(
  { ignores: ['dist/', 'coverage/', 'node_modules/', '.awe/', 'storage/', 'console/'] },
  {
    files: ['**/*.ts'],
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
  ...Object.keys(FOLDERS).map((folder) => boundary(/** @type {keyof typeof FOLDERS} */ (folder))),
  {
    // Modules are loaded once for all runs of a worker: what one run changed there, another would see.
    files: ['workflows/**/*.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: ':matches(Program, ExportNamedDeclaration) > VariableDeclaration[kind="let"]',
          message: 'A module of the workflows keeps nothing: all runs of a worker share it.',
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
