import js from '@eslint/js';
import prettier from 'eslint-config-prettier';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const nodeGlobals = Object.fromEntries(
  ['URL', 'URLSearchParams', 'TextDecoder', 'Buffer', 'console', 'fetch', 'performance', 'process', 'setTimeout'].map((name) => [
    name,
    'readonly',
  ]),
);

export default defineConfig(
  { ignores: ['dist', 'coverage', '.credit-recognition'] },
  js.configs.recommended,
  { files: ['**/*.{mjs,cjs}'], languageOptions: { globals: { ...nodeGlobals, module: 'writable', require: 'readonly' } } },
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      // The strict set forbids `any` too; said here so that nobody loosens it unseen.
      '@typescript-eslint/no-explicit-any': 'error',
      // Leaving a field out of a copy is what rest properties are for.
      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true }],
      // Nest's modules are classes that hold only a decorator, or a factory.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      // process.env['NAME'] is what noPropertyAccessFromIndexSignature asks for.
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
      // Spreading a text into its code points is meant where it is written.
      '@typescript-eslint/no-misused-spread': ['error', { allow: ['string'] }],
      // Its authors call it deprecated so that it stands out; plain HTTP is for identity providers on a developer's own machine.
      '@typescript-eslint/no-deprecated': [
        'error',
        { allow: [{ from: 'package', name: 'allowInsecureRequests', package: 'openid-client' }] },
      ],
      // The caller of a prepared query knows the type of its rows; nothing else could.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
    },
  },
  {
    // A row or domain object must not pass for a view; elsewhere Nest's own option classes trip this rule.
    files: ['**/*.ts'],
    ignores: ['src/*/http/**'],
    rules: { '@typescript-eslint/no-unsafe-class-instance-assignment': 'off' },
  },
  prettier,
);
