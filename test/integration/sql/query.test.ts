import { makeShop, sqlBench, type SqlBench } from './support';

let bench: SqlBench;
beforeAll(async () => {
  bench = await sqlBench();
  await makeShop(bench);
});
afterAll(() => bench.close());

const query = (sql: string, more: object = {}) => bench.run('sql.query', { sql, ...more });
const fail = (sql: string, more: object = {}) => bench.fail('sql.query', { sql, ...more });

it('gives rows as objects, with parameters and the types of columns', async () => {
  expect(await query('SELECT id, name FROM customer WHERE city = $1 ORDER BY id', { params: ['Lyon'] })).toEqual({
    rows: [
      { id: 1, name: 'Ann' },
      { id: 3, name: 'Zoë' },
    ],
    row_count: 2,
    columns: [
      { name: 'id', type: 'bigint' },
      { name: 'name', type: 'text' },
    ],
    complete: true,
  });
  expect(await query('TABLE customer LIMIT 0')).toMatchObject({ rows: [], row_count: 0, complete: true });
  expect((await query('-- all\nSELECT 1 AS a, 2 AS a; ')).rows).toEqual([{ a: 1, a_2: 2 }]);
});

it('gives values that JSON can hold, and none that has lost a digit', async () => {
  const { rows, columns } = await query(`
    SELECT 9007199254740991::bigint AS safe, 9007199254740993::bigint AS large, 12.50::numeric AS price,
      0.1234567890123456789::numeric AS exact, 'NaN'::float8 AS nan, 1.5::real AS half, true AS yes, NULL AS nothing,
      '2026-01-31'::date AS day, '2026-01-31 08:00:00.5+02'::timestamptz AS moment, '2026-01-31 08:00'::timestamp AS local,
      interval '1 day 2 hours' AS span, '\\x00ff'::bytea AS bytes, '{"a": [1]}'::jsonb AS doc,
      ARRAY[1, NULL, 3] AS list, ARRAY[ARRAY['a "b"', 'c,d'], ARRAY['', 'NULL']] AS texts, 'x'::char(3) AS padded`);
  expect(rows).toEqual([
    {
      safe: 9007199254740991,
      large: '9007199254740993',
      price: 12.5,
      exact: '0.1234567890123456789',
      nan: 'NaN',
      half: 1.5,
      yes: true,
      nothing: null,
      day: '2026-01-31',
      moment: '2026-01-31T06:00:00.5Z',
      local: '2026-01-31T08:00:00',
      span: 'P1DT2H',
      bytes: 'AP8=',
      doc: { a: [1] },
      list: [1, null, 3],
      texts: [
        ['a "b"', 'c,d'],
        ['', 'NULL'],
      ],
      padded: 'x  ',
    },
  ]);
  expect(columns).toEqual(
    expect.arrayContaining([
      { name: 'moment', type: 'timestamp with time zone' },
      { name: 'list', type: 'integer[]' },
    ]),
  );
});

it('takes lists and objects as parameters', async () => {
  const params = [[1, 3], { a: [1] }, null];
  const sql = `SELECT count(*) AS n, $2::jsonb -> 'a' AS a, $3::text AS t FROM customer WHERE id = ANY($1)`;
  expect((await query(sql, { params })).rows).toEqual([{ n: 2, a: [1], t: null }]);
});

it('stops at max_rows, and says that there are more', async () => {
  const sql = 'SELECT n FROM generate_series(1, 2000) AS n';
  expect(await query(sql)).toMatchObject({ row_count: 1000, complete: false });
  expect(await query(sql, { max_rows: 2000 })).toMatchObject({ row_count: 2000, complete: true });
  expect((await query(sql, { max_rows: 3 })).rows).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  const large = `SELECT repeat('x', 1000000) AS x FROM generate_series(1, 20)`;
  expect(await fail(large)).toMatchObject({ type: 'sql.too_large', nonRetryable: true });
});

it('saves all rows as a CSV file of the workspace', async () => {
  const sql = `SELECT n, CASE WHEN n = 2 THEN 'a "b", c' WHEN n = 3 THEN '' END AS t FROM generate_series(1, 2500) AS n`;
  const { rows, row_count, complete, file } = await query(sql, { save_as: 'out/rows.csv' });
  expect([rows.length, row_count, complete]).toEqual([100, 2500, true]);
  const text = (await bench.workspace.read('out/rows.csv')).toString();
  expect(text.slice(0, 39)).toBe('n,t\r\n1,\r\n2,"a ""b"", c"\r\n3,""\r\n4,\r\n5,\r\n');
  expect(text.split('\r\n')).toHaveLength(2502);
  expect(file.bytes).toBe(Buffer.byteLength(text));
});

it.each([
  ['SELECT 1; DROP TABLE customer', 'sql.several_statements'],
  ["SELECT 'a'; --'\nDROP TABLE customer", 'sql.several_statements'],
  ["SELECT 1 /* ; */ ; /* ' */ DELETE FROM customer", 'sql.several_statements'],
  ["SELECT $a$;$a$, E'\\';', \"id\" FROM customer; COMMIT", 'sql.several_statements'],
  ['DELETE FROM customer RETURNING id', 'sql.read_only'],
  ['COPY customer TO STDOUT', 'sql.read_only'],
  ['/* SELECT */ COMMIT', 'sql.read_only'],
  ['SET TRANSACTION READ WRITE', 'sql.read_only'],
  ['EXPLAIN ANALYZE DELETE FROM customer', 'sql.read_only'],
  ['WITH gone AS (DELETE FROM customer RETURNING id) SELECT * FROM gone', 'sql.read_only'],
  ['SELECT * INTO other FROM customer', 'sql.syntax'],
  ["SELECT set_config('transaction_read_only', 'off', false)", 'sql.failed'],
  ["SELECT pg_read_file('/etc/passwd')", 'sql.denied'],
  ['SELECT 1\0; DROP TABLE customer', 'sql.syntax'],
  ['SELECT id FROM customer FOR UPDATE', 'sql.read_only'],
])('lets %j change nothing', async (sql, type) => {
  expect(await fail(sql)).toMatchObject({ type, nonRetryable: true });
  expect(await bench.query('SELECT count(*) AS n FROM customer')).toEqual([{ n: 3 }]);
});

it('takes a parameter for what it is', async () => {
  const params = ["Ann' OR '1'='1"];
  expect((await query('SELECT id FROM customer WHERE name = $1', { params })).rows).toEqual([]);
});

it.each([
  [
    'SELECT * FROM custmer',
    'sql.unknown_table',
    'relation "custmer" does not exist (line 1, column 15): did you mean customer?',
  ],
  ['SELECT nme FROM customer', 'sql.unknown_column', 'Perhaps you meant to reference the column "customer.name"'],
  ['SELECT id\nFORM customer x', 'sql.syntax', '(line 2, column 6)'],
  ['SELECT nix(1)', 'sql.unknown_function', 'nix'],
  ['SELECT $1::int + $2', 'sql.parameters', 'requires 2'],
  ["SELECT 'x'::int", 'sql.value', 'invalid input syntax for type integer'],
])('names what is wrong with %j', async (sql, type, words) => {
  const { message, ...failure } = await fail(sql, sql.includes('$1') ? { params: [1] } : {});
  expect(failure).toMatchObject({ type, nonRetryable: true });
  expect(message).toContain(words);
});

it('gives up when the time is up, and the server does too', async () => {
  const failure = await fail('SELECT pg_sleep(60)', { timeout: '200ms' });
  expect(failure).toMatchObject({ type: 'sql.timeout', nonRetryable: false });
  expect(await sleeping()).toBe(0);
});

it('cancels the query in the server when the step is cancelled', async () => {
  const controller = new AbortController();
  const running = bench.run('sql.query', { sql: 'SELECT pg_sleep(60)' }, {}, { signal: controller.signal });
  running.catch(() => undefined);
  while ((await sleeping()) === 0);
  controller.abort(new Error('cancelled'));
  await expect(running).rejects.toThrow('cancelled');
  while ((await sleeping()) > 0);
});

const sleeping = async (): Promise<number> => {
  const sql = `SELECT count(*) AS n FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%awe_rows%' AND wait_event = 'PgSleep'`;
  return (await bench.query(sql))[0]?.n;
};

it('knows only the databases that the operator has named', async () => {
  expect(await fail('SELECT 1', { database: 'shop' })).toMatchObject({
    type: 'sql.no_database',
    message: 'no database is called shop (there are: default, whole): the operator sets DATABASE_SHOP_URL',
  });
});

it('reads in a simulation, and gives no rows where something was not made', async () => {
  const simulate = (sql: string, more: object = {}) => bench.run('sql.query', { sql, ...more }, { mode: 'simulate' });
  expect((await simulate('SELECT id FROM customer WHERE id = 1', { save_as: 'none.csv' })).rows).toEqual([{ id: 1 }]);
  expect(await bench.workspace.stat('none.csv')).toBeUndefined();
  expect(await simulate('SELECT * FROM made_by_another_step')).toMatchObject({ rows: [], complete: true });
});

it('leaves nothing behind on a connection', async () => {
  await query("SELECT set_config('search_path', 'nowhere', false), pg_advisory_lock(7)");
  expect(await bench.query("SELECT count(*) AS n FROM pg_locks WHERE locktype = 'advisory'")).toEqual([{ n: 0 }]);
  expect(await bench.query('SELECT count(*) AS n FROM customer')).toEqual([{ n: 3 }]);
});
