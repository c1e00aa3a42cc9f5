// What ESLint looks for; formatting is Prettier's.
import eslint from '@eslint/js';
import globals from 'globals';
import typescript from 'typescript-eslint';

const unusedVariables = ['error', {argsIgnorePattern: '^_', varsIgnorePattern: '^_'}];

export default typescript.config(
  {ignores: ['build/', 'target/', 'pkg/', 'node_modules/']},
  eslint.configs.recommended,
  {
    rules: {'no-empty': ['error', {allowEmptyCatch: true}], 'no-unused-vars': unusedVariables},
  },
  {
    // Scripts and tests run in Node and hand functions to pages, so both worlds' globals are known there.
    files: ['**/*.mjs', '**/*.js'],
    languageOptions: {globals: {...globals.browser, ...globals.node}},
  },
  {
    files: ['src/**/*.ts'],
    extends: [typescript.configs.recommendedTypeChecked],
    languageOptions: {parserOptions: {projectService: true, tsconfigRootDir: import.meta.dirname}},
    rules: {
      'no-unused-vars': 'off',
      '@typescript-eslint/no-unused-vars': unusedVariables,
      // The methods of all objects are functions that do not use `this`.
      '@typescript-eslint/unbound-method': 'off',
    },
  },
);
