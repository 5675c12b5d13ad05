import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';

const NETWORK = [
  'http',
  'https',
  'net',
  'tls',
  'dgram',
  'dns',
  'dns/promises',
  'http2',
  'inspector',
];
const networkPaths = NETWORK.flatMap((name) =>
  [name, `node:${name}`].map((module) => ({
    name: module,
    message: 'Concord opens no network connection (docs/security.md).',
  })),
);
const childProcess = ['child_process', 'node:child_process'].map((name) => ({
  name,
  message: 'Only shell/engine-host.ts starts a process.',
}));
const electron = { name: 'electron', message: 'Only main/shell imports electron.' };
const database = { name: 'better-sqlite3', message: 'Only main/vault imports the database.' };

const forbiddenSyntax = [
  {
    selector: "MemberExpression[object.name='Math'][property.name='random']",
    message: 'Use a random source of main/privacy: Math.random is predictable.',
  },
  {
    selector:
      'CallExpression[callee.property.name=/^(randomNormal|randomUniform|truncatedNormal)$/]',
    message: 'Noise and initial weights come from main/privacy, never from the tensor library.',
  },
  {
    selector: 'AssignmentExpression[left.property.name=/^(innerHTML|outerHTML)$/]',
    message: 'Markup is never assigned as a string.',
  },
  {
    selector: 'CallExpression[callee.property.name=/^(openExternal|openPath)$/]',
    message: 'Concord opens nothing outside itself.',
  },
  {
    selector: 'ExportDefaultDeclaration',
    message: 'Exports are named.',
  },
];
const networkGlobals = ['fetch', 'WebSocket', 'XMLHttpRequest', 'EventSource'].map((name) => ({
  name,
  message: 'Concord opens no network connection (docs/security.md).',
}));

const product = {
  'no-restricted-imports': [
    'error',
    { paths: [...networkPaths, ...childProcess, electron, database] },
  ],
  'no-restricted-globals': ['error', ...networkGlobals],
  'no-restricted-syntax': ['error', ...forbiddenSyntax],
  'no-eval': 'error',
  'no-implied-eval': 'error',
  'no-new-func': 'error',
};
const restrict = (...paths) => ({ 'no-restricted-imports': ['error', { paths }] });

export default ts.config(
  { ignores: ['out/', '.cache/', 'coverage/', 'node_modules/', 'test-results/'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  prettier,
  {
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/unified-signatures': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      'no-constant-condition': ['error', { checkLoops: false }],
      eqeqeq: 'error',
      // Published coefficients keep their published digits.
      'no-loss-of-precision': 'off',
      'no-irregular-whitespace': ['error', { skipStrings: true, skipTemplates: true }],
    },
  },
  { files: ['main/**', 'renderer/**', 'bench/**'], rules: product },
  {
    files: ['main/**/*.ts'],
    languageOptions: {
      globals: globals.node,
      parserOptions: { project: './tsconfig.main.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts', 'renderer/**/*.ts'],
    languageOptions: { globals: globals.browser, parserOptions: { parser: ts.parser } },
    rules: { 'svelte/no-at-html-tags': 'error' },
  },
  { files: ['main/shell/**'], rules: restrict(...networkPaths, ...childProcess, database) },
  { files: ['main/shell/engine-host.ts'], rules: restrict(...networkPaths, database) },
  { files: ['main/vault/**'], rules: restrict(...networkPaths, ...childProcess, electron) },
  { files: ['scripts/**', '*.config.*', 'test/**'], languageOptions: { globals: globals.node } },
  {
    files: ['*.config.*', '.dependency-cruiser.cjs'],
    rules: { '@typescript-eslint/no-require-imports': 'off', 'no-undef': 'off' },
  },
);
