import { planned, refusals } from './support';

const USERS = 'Fetch https://a.example.com/users';

it('what carries nothing is skipped and told: statements, questions, brackets, names beside a greeting', () => {
  const { plan, notes } = planned(
    `Which boats are late? ${USERS} (the list of the club) for the board, the chairman wants them on paper, and save it to x.json. Thanks, Ingrid`,
  );
  expect(plan.steps.map(({ uses }) => uses)).toEqual(['http.request', 'file.write']);
  const said = notes.join(' ');
  for (const part of ['Which boats are late', 'the list of the club', 'the chairman wants them on paper', 'Ingrid'])
    expect(said).toContain(part);
});

it.each([
  ['and laminate it for the wall', 'laminate it for the wall'],
  ['and phone the members', 'phone the members'],
  ['. The rows must not leave the house', 'The rows must not leave the house'],
  ['. The letters are printed', 'The letters are printed'],
])('what asks for something is no remark: "%s"', (more, part) => {
  expect(refusals(`${USERS} and save it to x.json ${more}`).map((one) => one.part)).toContain(part);
});

it('a place may be described before it is named', () => {
  const { plan } = planned(
    'Fetch https://a.example.com/users and post them to the register of the town, https://b.example.com/r',
  );
  expect(plan.steps.at(-1)?.with).toMatchObject({ url: 'https://b.example.com/r', method: 'POST' });
});

it('a query orders rows and chooses columns itself, where nothing else reads them', () => {
  const { plan } = planned('export of table stock to s.csv, sorted by rack, keeping only the columns rack and sku');
  expect(plan.steps[0]?.with?.['sql']).toMatch(/ORDER BY rack$/);
});

it('rows of a table get another value by words', () => {
  const { plan } = planned("set status to 'closed' for all rows of the table tickets where note is 5");
  expect(plan.steps[0]?.with?.['sql']).toBe("UPDATE tickets SET status = 'closed' WHERE note = 5");
});
