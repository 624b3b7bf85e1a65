import { outline, refusals } from './support';

/** Plain goals about requests and tables: keys of rows, pages, tokens, conditions on any row, calls that carry nothing. */
const goals: [goal: string, steps: string[]][] = [
  [
    'Upsert the rows of prices.csv into the table products using sku as the key.',
    ['sql.insert table=products path=prices.csv on_conflict=update key=["sku"]'],
  ],
  [
    'Load the CSV file imports/products.csv into the table products of the database catalog; update rows that already exist with the same sku.',
    ['sql.insert table=products path=imports/products.csv on_conflict=update key=["sku"] database=catalog'],
  ],
  [
    'Remove all rows of the table staging_prices in the database catalog whose source is "supplier-a". Then insert the rows of supplier-a.csv into the same table.',
    [
      "sql.execute sql=DELETE FROM staging_prices WHERE source = 'supplier-a' database=catalog",
      'sql.insert table=staging_prices path=supplier-a.csv database=catalog',
    ],
  ],
  [
    'Load the JSON list at https://geo.example.org/cities into a new table cities in the database atlas, with id as its primary key.',
    [
      'http.request url=https://geo.example.org/cities',
      'sql.insert table=cities items=… key=["id"] create=true database=atlas',
    ],
  ],
  [
    'Read the rows of staging_orders where valid is true and insert them into the table orders.',
    ['sql.query sql=SELECT * FROM staging_orders WHERE valid = true', 'sql.insert table=orders items=…'],
  ],
  [
    'Call https://sensor.example.com/latest. When its temperature is above 40, insert a row with the temperature into the table heat_alerts of the database facility.',
    [
      'http.request url=https://sensor.example.com/latest',
      'sql.insert table=heat_alerts items=[{"temperature":"…"}] database=facility if body.temperature > 40',
    ],
  ],
  [
    'In the database shop, set status to "archived" for all orders in the table orders that were created before 2023-07-01 (column created_at).',
    ["sql.execute sql=UPDATE orders SET status = 'archived' WHERE created_at < '2023-07-01' database=shop"],
  ],
  [
    'In the table tickets, set status to closed for all tickets with status resolved whose updated_at is more than 30 days ago.',
    [
      "sql.execute sql=UPDATE tickets SET status = 'closed' WHERE status = 'resolved' AND updated_at < now() - interval '30 days'",
    ],
  ],
  [
    "Update the table items: price = 10 for sku = 'A-1'.",
    ["sql.execute sql=UPDATE items SET price = 10 WHERE sku = 'A-1'"],
  ],
  [
    'Parcours toutes les pages de https://api.example.com/items avec les paramètres limit et offset (100 par page) et écris-les dans items.csv.',
    [
      'http.request url=https://api.example.com/items query={"limit":100} paging={"by":"offset","param":"offset","size":100}',
      'transform.to_csv items=… save_as=items.csv',
    ],
  ],
  [
    'Read every page of https://desk.example.com/api/tickets. The items are in the field data, the next cursor is in next_cursor and is sent as the parameter cursor. Keep the tickets with priority = urgent and write them to urgent.json.',
    [
      'http.request url=https://desk.example.com/api/tickets paging={"by":"cursor","param":"cursor","cursor":"/next_cursor","items":"/data"}',
      'transform.filter items=… where=[{"field":"priority","op":"eq","value":"urgent"}]',
      'file.write path=urgent.json json=…',
    ],
  ],
  [
    'Send each row of readings.csv in its own POST request to https://telemetry.example.com/readings.',
    [
      'transform.from_csv path=readings.csv',
      'http.request url=https://telemetry.example.com/readings method=POST json=… each',
    ],
  ],
  [
    'Send a POST to https://cache.example.com/refresh, wait 10 minutes, and after that fetch https://cache.example.com/stats and save it as stats.json.',
    [
      'http.request url=https://cache.example.com/refresh method=POST',
      'wait for=10m',
      'http.request url=https://cache.example.com/stats',
      'file.write path=stats.json json=…',
    ],
  ],
  [
    'Log in at https://auth.example.com/login with the username ops and the password from the secret OPS_PASSWORD, then use the returned token to fetch https://auth.example.com/reports and save them to reports.json.',
    [
      'http.request url=https://auth.example.com/login method=POST json={"username":"ops","password":"${{ secrets.OPS_PASSWORD }}"}',
      'http.request url=https://auth.example.com/reports headers={"authorization":"Bearer …"}',
      'file.write path=reports.json json=…',
    ],
  ],
  [
    'POST {"user": "sync", "password": <the secret SYNC_PASSWORD>} to https://crm.example.com/session. With the field token of the answer in the header X-Session, read all pages of https://crm.example.com/contacts (the parameter is page) and save the contacts as contacts.csv.',
    [
      'http.request url=https://crm.example.com/session method=POST json={"user":"sync","password":"${{ secrets.SYNC_PASSWORD }}"}',
      'http.request url=https://crm.example.com/contacts headers={"x-session":"…"} paging={"by":"page","param":"page"}',
      'transform.to_csv items=… save_as=contacts.csv',
    ],
  ],
  [
    'Fetch https://api.example.com/stock. If any item has quantity below 5, send those items to https://hooks.example.com/low-stock.',
    [
      'http.request url=https://api.example.com/stock',
      'transform.filter items=… where=[{"field":"quantity","op":"lt","value":5}]',
      'http.request url=https://hooks.example.com/low-stock method=POST json=… if size(items) > 0',
    ],
  ],
  [
    'If at least one row of errors.csv has level fatal, notify https://hooks.example.com/ops.',
    [
      'transform.from_csv path=errors.csv',
      'transform.filter items=… where=[{"field":"level","op":"eq","value":"fatal"}]',
      'notify.webhook url=https://hooks.example.com/ops type=job.notification data={} if size(items) > 0',
    ],
  ],
  [
    'Call https://feature.example.com/flags/new-checkout. Only if its field enabled is true, fetch https://feature.example.com/rollout and save it as rollout.json.',
    [
      'http.request url=https://feature.example.com/flags/new-checkout',
      'http.request url=https://feature.example.com/rollout if body.enabled == true',
      'file.write path=rollout.json json=… if body.enabled == true',
    ],
  ],
  [
    'Fetch https://certs.example.com/api/certificates and keep those with days_left below 14. Write them to expiring.csv, then send the webhook certs.expiring to https://hooks.example.com/certs, signed with the secret CERT_HOOK.',
    [
      'http.request url=https://certs.example.com/api/certificates',
      'transform.filter items=… where=[{"field":"days_left","op":"lt","value":14}]',
      'transform.to_csv items=… save_as=expiring.csv',
      'notify.webhook url=https://hooks.example.com/certs type=certs.expiring data={}',
    ],
  ],
  [
    'Read the total number of rows in the table signups of the database marketing and send it as JSON in a POST to https://metrics.example.com/signups.',
    [
      'sql.query sql=SELECT * FROM signups database=marketing',
      'http.request url=https://metrics.example.com/signups method=POST json={"count":"…"}',
    ],
  ],
  [
    'Fetch https://status.example.com/today, render the template "Uptime: {{ uptime }} %" with the value uptime of the answer, and save the text in status-today.txt.',
    [
      'http.request url=https://status.example.com/today',
      'render.template template=Uptime: {{ uptime }} % values=…',
      'file.write path=status-today.txt text=…',
    ],
  ],
  [
    'Select the rows of the table closed_accounts in the database crm where purge is true. After approval, send a DELETE to https://accounts.example.com/accounts/<account_id> for each row.',
    [
      'sql.query sql=SELECT * FROM closed_accounts WHERE purge = true database=crm',
      'approval',
      'http.request url=https://accounts.example.com/accounts/… method=DELETE each',
    ],
  ],
];

it.each(goals)('%s', (goal, steps) => {
  expect(outline(goal)).toEqual(steps);
});

it('asks what rows are compared by, and compares no list', () => {
  const goal = 'Read a.csv. If the rows have level = fatal, notify https://hooks.example.com/ops';
  expect(refusals(goal)[0]?.message).toMatch(/any of them/);
});
