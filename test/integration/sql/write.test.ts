import { makeShop, sqlBench, type SqlBench } from './support';

let bench: SqlBench;
beforeAll(async () => {
  bench = await sqlBench();
  await makeShop(bench);
});
afterAll(() => bench.close());

const execute = (sql: string, more: object = {}, change = {}) => bench.run('sql.execute', { sql, ...more }, change);
const count = async (table: string) => (await bench.query(`SELECT count(*) AS n FROM ${table}`))[0]?.n;

describe('sql.execute', () => {
  it('changes rows, and gives back those that it is asked for', async () => {
    await execute('CREATE TABLE note (id int PRIMARY KEY, text text NOT NULL)');
    expect(await execute("INSERT INTO note VALUES (1, 'a'), (2, 'b') RETURNING id, text")).toEqual({
      row_count: 2,
      rows: [
        { id: 1, text: 'a' },
        { id: 2, text: 'b' },
      ],
    });
    const params = [2, "'; DROP TABLE note; --"];
    expect(await execute('UPDATE note SET text = $2 WHERE id = $1', { params })).toEqual({ row_count: 1, rows: [] });
    expect(await bench.query('SELECT text FROM note WHERE id = 2')).toEqual([{ text: params[1] }]);
  });

  it('does nothing twice under one key, and gives the first result', async () => {
    await execute('CREATE TABLE tally (n serial)');
    const add = () => execute('INSERT INTO tally DEFAULT VALUES RETURNING n', {}, { key: 'awe.run.2/add/1' });
    // as if the worker had died between the commit and its answer
    const [first, ...others] = [await add(), await add()];
    expect(others).toEqual([first]);
    // two workers that believe to be the only one
    const both = ['a', 'b', 'c'].map(() => execute('INSERT INTO tally DEFAULT VALUES', {}, { key: 'awe.run.2/all/1' }));
    await Promise.all(both);
    expect(await count('tally')).toBe(2);
    expect(await bench.query("SELECT run, step FROM awe_effects WHERE key = 'awe.run.2/all/1'")).toEqual([
      { run: 'awe.run.1', step: 'step' },
    ]);
  });

  it('leaves no key behind where it failed', async () => {
    const change = { key: 'awe.run.2/later/1' };
    await expect(execute('INSERT INTO later VALUES (1)', {}, change)).rejects.toThrow('later');
    await execute('CREATE TABLE later (n int)');
    expect(await execute('INSERT INTO later VALUES (1)', {}, change)).toMatchObject({ row_count: 1 });
  });

  it.each([
    ['DELETE FROM customer', 'delete'],
    ['DELETE FROM customer -- WHERE id = 1', 'delete'],
    ["DELETE FROM customer WHERE true OR 1 = 1 RETURNING 'where id'", 'delete'],
    ["DELETE FROM customer WHERE 'a'::text = 'a' AND lower('A') = 'a' AND date '2026-01-01' < now()", 'delete'],
    ['WITH gone AS (DELETE FROM customer RETURNING id) SELECT * FROM gone WHERE id = 1', 'delete'],
    ['UPDATE customer SET city = (SELECT city FROM customer WHERE id = 1)', 'update'],
    ['UPDATE customer SET city = $x$ WHERE id = 1 $x$', 'update'],
    ['/* SELECT /* */ */ DROP TABLE customer', 'drop'],
    ['TRUNCATE customer', 'truncate'],
    ['ALTER TABLE customer DROP COLUMN city', 'alter'],
    ['GRANT ALL ON customer TO PUBLIC', 'grant'],
  ])('refuses %j unless it is allowed', async (sql, allowance) => {
    expect(await bench.fail('sql.execute', { sql })).toMatchObject({
      type: 'sql.refused',
      nonRetryable: true,
      message: expect.stringContaining(`"allow": ["${allowance}"]`),
    });
    expect(await count('customer')).toBe(3);
  });

  it('does what is allowed, and deletes what a condition names', async () => {
    await execute('CREATE TABLE gone AS SELECT * FROM customer');
    await expect(execute('DELETE FROM gone WHERE "id" = 1')).resolves.toMatchObject({ row_count: 1 });
    await expect(execute('DELETE FROM gone', { allow: ['delete'] })).resolves.toMatchObject({ row_count: 2 });
    await execute('DROP TABLE gone', { allow: ['drop'] });
    expect(await bench.query("SELECT to_regclass('gone') AS t")).toEqual([{ t: null }]);
  });

  it.each([
    ['COMMIT', 'sql.refused'],
    ["COPY customer TO PROGRAM 'id'", 'sql.refused'],
    ["DO $$ BEGIN EXECUTE 'DROP TABLE customer'; END $$", 'sql.refused'],
    ["SET search_path = 'x'", 'sql.refused'],
    ["CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'", 'sql.refused'],
    ['INSERT INTO customer (id) VALUES (9); DROP TABLE customer', 'sql.several_statements'],
    ['-- nothing', 'sql.syntax'],
  ])('refuses %j', async (sql, type) => {
    const allow = ['drop', 'call', 'delete'];
    expect(await bench.fail('sql.execute', { sql, allow })).toMatchObject({ type, nonRetryable: true });
    expect(await count('customer')).toBe(3);
  });

  it('writes nothing in a simulation', async () => {
    await execute("INSERT INTO customer (id, name) VALUES (9, 'x')", {}, { mode: 'simulate' });
    await bench.run('sql.insert', { table: 'customer', items: [{ id: 9 }] }, { mode: 'simulate' });
    expect(await count('customer')).toBe(3);
  });
});

describe('sql.insert', () => {
  const insert = (input: object, change = {}) => bench.run('sql.insert', input, change);
  const fail = (input: object) => bench.fail('sql.insert', input);

  it('makes a table with types by what the items hold', async () => {
    const items = [
      { id: 1, price: 1, on: true, day: '2026-01-31', at: '2026-01-31T08:00:00Z', tags: ['a'], mixed: 1 },
      { id: 2, price: 2.5, on: null, day: null, at: null, tags: { b: 1 }, mixed: 'x', late: 'y' },
    ];
    expect(await insert({ table: 'made', items, create: true, key: ['id'] })).toEqual({
      table: 'made',
      inserted: 2,
      skipped: 0,
    });
    const { rows, columns } = await bench.run('sql.query', { sql: 'TABLE made' });
    expect(rows[1]).toEqual({ ...items[1], mixed: 'x' });
    expect(rows[0]).toEqual({ ...items[0], mixed: '1', late: null });
    expect(columns.map(({ type }: { type: string }) => type)).toEqual([
      'bigint',
      'numeric',
      'boolean',
      'date',
      'timestamp with time zone',
      'jsonb',
      'text',
      'text',
    ]);
  });

  it('writes values of every kind as they are', async () => {
    await execute('CREATE TABLE kinds (t text, j jsonb, a text[], b bytea, n numeric, d timestamptz)');
    const item = {
      t: 'tab\t, line\n, \\N and "marks"',
      j: 'a text',
      a: ['x', 'a "b", {c}', null, 'NULL'],
      b: 'AP8=',
      n: '0.1234567890123456789',
      d: '2026-01-31T06:00:00Z',
    };
    await insert({ table: 'kinds', items: [item, {}] });
    const [first, second] = await bench.query('TABLE kinds');
    expect(first).toEqual(item);
    expect(Object.values(second ?? {})).toEqual([null, null, null, null, null, null]);
  });

  it('names the row of a key that is there already, and inserts none', async () => {
    const items = [
      { id: 10, name: 'x' },
      { id: 2, name: 'y' },
    ];
    const failure = await fail({ table: 'customer', items });
    expect(failure).toMatchObject({ type: 'sql.unique', nonRetryable: true });
    expect(failure.message).toContain('row 2: duplicate key value');
    expect(failure.message).toContain('Key (id)=(2) already exists');
    expect(await count('customer')).toBe(3);
  });

  it('names the row and the column of a value that does not fit', async () => {
    const failure = await fail({ table: 'customer', items: [{ id: 11 }, { id: 'eleven' }] });
    expect(failure).toMatchObject({ type: 'sql.value' });
    expect(failure.message).toContain('row 2, column id: invalid input syntax for type bigint: "eleven"');
  });

  it('skips or updates rows that are there', async () => {
    await execute('CREATE TABLE stock (sku text PRIMARY KEY, left_over int)');
    const rows = (...pairs: [string, number][]) => pairs.map(([sku, left_over]) => ({ sku, left_over }));
    const into = { table: 'stock', key: ['sku'] };
    await insert({ ...into, items: rows(['a', 1], ['b', 2]) });
    const skipped = await insert({ ...into, items: rows(['b', 9], ['c', 3]), on_conflict: 'skip' });
    expect(skipped).toEqual({ table: 'stock', inserted: 1, skipped: 1 });
    const updated = await insert({ ...into, items: rows(['a', 5], ['d', 4]), on_conflict: 'update' });
    expect(updated).toEqual({ table: 'stock', inserted: 1, updated: 1, skipped: 0 });
    expect(await bench.query('SELECT sku, left_over FROM stock ORDER BY sku')).toEqual(
      rows(['a', 5], ['b', 2], ['c', 3], ['d', 4]),
    );
    const twice = { ...into, items: rows(['e', 1], ['e', 2]), on_conflict: 'update' };
    expect(await fail(twice)).toMatchObject({ type: 'sql.repeated_key' });
    expect(await fail({ ...twice, key: ['left_over'] })).toMatchObject({ type: 'sql.no_key' });
    expect(await fail({ table: 'stock', items: rows(['f', 1]), on_conflict: 'update' })).toMatchObject({
      type: 'sql.no_key',
    });
  });

  it('takes any name for a name', async () => {
    const table = 'a"; DROP TABLE customer; --';
    const column = 'x") VALUES (1); --';
    await insert({ table, items: [{ [column]: 1 }], create: true });
    expect(await bench.query(`SELECT count(*) AS n FROM "a""; DROP TABLE customer; --"`)).toEqual([{ n: 1 }]);
    expect(await count('customer')).toBe(3);
    expect(await fail({ table: 'é'.repeat(40), items: [{ a: 1 }], create: true })).toMatchObject({
      type: 'sql.syntax',
    });
  });

  it('names tables and columns that may have been meant', async () => {
    expect(await fail({ table: 'Custommer', items: [{ id: 1 }] })).toMatchObject({
      type: 'sql.unknown_table',
      message: expect.stringContaining('did you mean customer?'),
    });
    expect(await fail({ table: 'customer', items: [{ id: 1, Name: 'x' }] })).toMatchObject({
      type: 'sql.unknown_column',
      message: 'there is no column Name in the table customer: did you mean name?',
    });
  });

  it('inserts once under one key', async () => {
    const input = { table: 'lines', items: [{ n: 1 }, { n: 2 }], create: true };
    const results = [await insert(input, { key: 'k1' }), await insert(input, { key: 'k1' })];
    expect(results).toEqual([results[0], results[0]]);
    expect(await count('lines')).toBe(2);
  });

  it('puts 100,000 rows of a CSV file into a new table, and back into a file', async () => {
    const lines = Array.from({ length: 100_000 }, (_, i) => `${i};"a ""b"" ${i}";${i % 2 ? '' : i / 4};2026-01-31`);
    await bench.workspace.write('in.csv', `﻿id;text;share;day\r\n${lines.join('\r\n')}\r\n`);
    expect(await insert({ table: 'large', path: 'in.csv', create: true, key: ['id'] })).toMatchObject({
      inserted: 100_000,
      skipped: 0,
    });
    expect(await bench.query('SELECT * FROM large WHERE id IN (1, 2) ORDER BY id')).toEqual([
      { id: 1, text: 'a "b" 1', share: null, day: '2026-01-31' },
      { id: 2, text: 'a "b" 2', share: 0.5, day: '2026-01-31' },
    ]);
    const saved = await bench.run('sql.query', { sql: 'SELECT * FROM large ORDER BY id', save_as: 'out.csv' });
    expect(saved).toMatchObject({ row_count: 100_000, complete: true });
    const again = { table: 'large', path: 'out.csv', columns: ['id', 'text'], on_conflict: 'skip', key: ['id'] };
    expect(await insert(again)).toMatchObject({ inserted: 0, skipped: 100_000 });
    await bench.workspace.write('bad.csv', 'id,share\n100000,1\n100001,much\n');
    expect((await fail({ table: 'large', path: 'bad.csv' })).message).toContain('line 3 of bad.csv, column share:');
  });

  it('goes by a table of its own where the rows of a table are guarded', async () => {
    await execute('CREATE TABLE guarded (id int PRIMARY KEY)');
    await execute('ALTER TABLE guarded ENABLE ROW LEVEL SECURITY', { allow: ['alter'] });
    await execute('CREATE VIEW seen AS SELECT id FROM guarded');
    await execute('CREATE TABLE parted (id int PRIMARY KEY, t text) PARTITION BY RANGE (id)');
    await execute('CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (10)');
    expect(await insert({ table: 'guarded', items: [{ id: 1 }] })).toMatchObject({ inserted: 1 });
    expect(await insert({ table: 'seen', items: [{ id: 2 }] })).toMatchObject({ inserted: 1 });
    for (const t of ['a', 'b']) {
      const input = { table: `${bench.schema}.parted`, items: [{ id: 1, t }], key: ['id'], on_conflict: 'update' };
      expect(await insert(input)).toMatchObject(t === 'a' ? { inserted: 1, updated: 0 } : { inserted: 0, updated: 1 });
    }
  });
});
