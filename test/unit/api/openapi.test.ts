import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProjectRoot } from '../../../src/config';
import { OPENAPI_FILE, renderOpenApi } from '../../../api/write-openapi';

it('the committed description of the API is what the contracts say: `npm run schemas` writes it', () => {
  expect(readFileSync(join(findProjectRoot(), OPENAPI_FILE), 'utf8') === renderOpenApi()).toBe(true);
});
