import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventCatalogue } from '../../../schemas/catalogue';
import { findProjectRoot } from '../../../src/config';
import { EVENTS_PAGE, exampleOf, withCatalogue } from '../../../src/contracts/events-doc';
import { createEventValidator } from '../../../src/contracts/validators';

describe('docs/events.md', () => {
  const page = readFileSync(join(findProjectRoot(), EVENTS_PAGE), 'utf8');

  it('holds the catalogue as the schemas are now (else: npm run docs:events)', () => {
    expect(withCatalogue(page)).toBe(page);
  });

  it('tells every event type with an example that keeps its contract', () => {
    const { parseEvent } = createEventValidator();
    for (const definition of eventCatalogue) {
      expect(page).toContain(`### ${definition.type}\n`);
      expect(parseEvent(JSON.stringify(exampleOf(definition)))).toMatchObject({ ok: true });
    }
  });
});
