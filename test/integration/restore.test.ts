/** A backup, what a careless restore would do, and a restore as it should be: on a stack of its own. */
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createCheckout, type Checkout } from '../support/checkout';

let checkout: Checkout;
beforeAll(async () => {
  checkout = await createCheckout();
});
afterAll(() => checkout.remove());

it('stores of two moments are refused with the newer one named, and a backup brings back one moment', async () => {
  const { dir, shell } = checkout;
  const submitted = await shell(`make up; bin/awe orders submit sample_order.xlsx --from a@example.com --subject S \\
    --address '1 Rd' --date 2030-01-02 | grep -o 'O-[0-9a-f-]*' | head -1 > id
    until bin/awe orders show "$(cat id)" | grep -q pending_validation; do sleep 0.3; done
    bin/awe backup kept; make down; bin/awe backup kept; bin/awe backup kept; cat id`);
  expect(submitted).toMatch(/The stack is running \(.*\): run `awe down`|its stores change: run `awe down` first/);
  expect(submitted).toMatch(/\d+ files of generation 1 saved in .*kept/);
  expect(submitted).toMatch(/kept is not empty/);

  const decided = await shell(
    `make up; bin/awe orders approve "$(cat id)"
    until bin/awe orders show "$(cat id)" | grep exported; do sleep 0.3; done; make down`,
  );
  expect(decided).toContain('exported');

  // the old database of Temporal under newer documents: the order would wait again
  for (const end of ['', '-wal', '-shm']) rmSync(join(dir, '.awe', `temporal.db${end}`), { force: true });
  cpSync(join(dir, 'kept', 'temporal'), join(dir, '.awe'), { recursive: true });
  const mixed = await shell('make up; bin/awe serve worker; make down');
  expect(
    mixed.match(/document store has generation 2 .*Temporal has generation 1 .*document store is newer/g),
  ).toHaveLength(2);
  expect(mixed).not.toContain('Ready after');

  const restored = await shell(`bin/awe restore kept; bin/awe restore kept --replace; make up
    bin/awe orders show "$(cat id)"; bin/awe orders reject "$(cat id)" --reason 'ordered twice'; bin/awe audit verify`);
  expect(restored).toMatch(/not empty. With --replace they are moved aside/);
  expect(restored).toMatch(/moved aside: .*storage\.before-/);
  expect(restored).toContain('pending_validation');
  expect(restored).toMatch(/order: 1 entry, all as written/);
});

it('a damaged backup is refused before anything is moved', async () => {
  const { shell } = checkout;
  const out = await shell(`make down; echo x >> kept/documents/generations/audit/000000001.whole.json
    bin/awe restore kept --replace; ls -d storage`);
  expect(out).toMatch(/not as it was saved: documents\/generations\/.*has changed. Nothing was restored.\nstorage/);
});
