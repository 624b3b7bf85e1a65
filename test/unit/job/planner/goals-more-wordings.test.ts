import { itPlans, type GoalCase } from './support';

const context = {
  users: [{ id: 1, name: 'x' }],
  email: 'a@b.c',
  user: { id: 1 },
  orders: [{ id: 1 }],
  order: { id: 1 },
  ids: [1, 2],
};

const goals: GoalCase[] = [
  [
    'Take https://api.example.com/orders, group them by status and count them, save the result as status.json',
    {
      fetch_orders: ['http.request', { url: 'https://api.example.com/orders' }],
      group_orders: [
        'transform.group',
        { items: '${{ steps.fetch_orders.output.body }}', by: ['status'], aggregates: { count: { op: 'count' } } },
      ],
      save_orders: ['file.write', { path: 'status.json', json: '${{ steps.group_orders.output.items }}' }],
    },
  ],
  [
    'Download https://example.com/data.xlsx, convert it to CSV and save it as data.csv',
    {
      fetch_data: ['http.request', { url: 'https://example.com/data.xlsx', response: 'file' }],
      read_data: ['transform.from_xlsx', { artifact: '${{ steps.fetch_data.output.file }}' }],
      to_csv: ['transform.to_csv', { items: '${{ steps.read_data.output.items }}' }],
      save_data: ['file.write', { path: 'data.csv', text: '${{ steps.to_csv.output.text }}' }],
    },
  ],
  [
    'Read the file input.json and write it as input.csv',
    {
      read_input: ['file.read', { path: 'input.json' }],
      save_input: ['transform.to_csv', { items: '${{ steps.read_input.output.content }}', save_as: 'input.csv' }],
    },
  ],
  [
    'Copy all rows of table artist to artists.csv',
    {
      query_artist: ['sql.query', { sql: 'SELECT * FROM artist', max_rows: 100000 }],
      save_rows: ['transform.to_csv', { items: '${{ steps.query_artist.output.rows }}', save_as: 'artists.csv' }],
    },
  ],
  [
    'Export the result of "select * from album" as JSON to albums.json',
    {
      query_database: ['sql.query', { sql: 'select * from album', max_rows: 100000 }],
      save_result: ['file.write', { path: 'albums.json', json: '${{ steps.query_database.output.rows }}' }],
    },
  ],
  [
    'Send the rows of table invoice where total is over 10 to https://api.example.com/import as JSON',
    {
      query_invoice: ['sql.query', { sql: 'SELECT * FROM invoice WHERE total > 10', max_rows: 100000 }],
      post_invoice: [
        'http.request',
        { url: 'https://api.example.com/import', method: 'POST', json: '${{ steps.query_invoice.output.rows }}' },
      ],
    },
  ],
  [
    'For every row in customers.csv, post it to https://crm.example.com/contacts with the API key in CRM_KEY',
    {
      read_row: ['transform.from_csv', { path: 'customers.csv' }],
      post_item: [
        'http.request',
        {
          url: 'https://crm.example.com/contacts',
          method: 'POST',
          json: '${{ item }}',
          headers: { 'x-api-key': '${{ secrets.CRM_KEY }}' },
        },
        { for_each: '${{ steps.read_row.output.items }}' },
      ],
    },
  ],
  [
    'for each id in the context, call https://api.example.com/items/{id}',
    { fetch: ['http.request', { url: 'https://api.example.com/items/${{ item }}' }, { for_each: '${{ input.ids }}' }] },
  ],
  [
    'Call https://api.example.com/health until the status code is 200, every 5 seconds',
    {
      fetch_health: [
        'http.request',
        { url: 'https://api.example.com/health' },
        {
          until: {
            check: 'check.that',
            with: { ok: '${{ steps.fetch_health.output.status == 200 }}' },
            every: '5s',
            rounds: 1000,
            otherwise: 'fail',
          },
        },
      ],
    },
  ],
  [
    'fetch https://api.example.com/health; if the status is not 200, notify https://hooks.example.com/down with the secret HOOK',
    {
      fetch_health: ['http.request', { url: 'https://api.example.com/health', expect: ['2xx', '3xx', '4xx', '5xx'] }],
      notify: [
        'notify.webhook',
        { url: 'https://hooks.example.com/down', type: 'job.notification', data: {}, secret: '${{ secrets.HOOK }}' },
        { when: 'steps.fetch_health.output.status != 200' },
      ],
    },
  ],
  [
    'Fetch https://api.example.com/items. If it is empty, notify https://hooks.example.com/empty using secret HOOK.',
    {
      fetch_items: ['http.request', { url: 'https://api.example.com/items' }],
      notify: [
        'notify.webhook',
        { url: 'https://hooks.example.com/empty', type: 'job.notification', data: {}, secret: '${{ secrets.HOOK }}' },
        { when: 'size(steps.fetch_items.output.body) == 0' },
      ],
    },
  ],
  [
    'Wait for 2 hours, then send the context to https://x.example.com/late',
    {
      wait: ['wait', { for: '2h' }],
      post_context: [
        'http.request',
        { url: 'https://x.example.com/late', method: 'POST', json: '${{ input }}' },
        { depends_on: ['wait'] },
      ],
    },
  ],
  [
    'Before inserting users.csv into table users, ask me for approval',
    {
      approve: ['approval', { approval: { question: 'GOAL', expire_after: '7d' } }],
      insert_users: ['sql.insert', { table: 'users', path: 'users.csv' }, { depends_on: ['approve'] }],
    },
  ],
  [
    'fetch https://api.example.com/payments and insert them into table payments once the finance team has approved',
    {
      fetch_payments: ['http.request', { url: 'https://api.example.com/payments' }],
      approve: [
        'approval',
        {
          approval: { question: 'GOAL', expire_after: '7d', assignee: 'finance team' },
          depends_on: ['fetch_payments'],
        },
      ],
      insert_payments: [
        'sql.insert',
        { table: 'payments', items: '${{ steps.fetch_payments.output.body }}' },
        { depends_on: ['approve'] },
      ],
    },
  ],
  [
    'Ask for approval and then delete the files in archive/',
    {
      approve: ['approval', { approval: { question: 'GOAL', expire_after: '7d' } }],
      delete_files: ['file.delete', { path: 'archive' }, { depends_on: ['approve'] }],
    },
  ],
  [
    'Create a report of the rows in data.csv and save it to report.md',
    {
      read_rows: ['transform.from_csv', { path: 'data.csv' }],
      table: ['report.table', { title: 'Report', items: '${{ steps.read_rows.output.items }}' }],
      save_table: ['file.write', { path: 'report.md', text: '${{ steps.table.output.markdown }}' }],
    },
  ],
  [
    'Make a markdown table of https://api.example.com/users with the columns name and email, save as users.md',
    {
      fetch_users: ['http.request', { url: 'https://api.example.com/users' }],
      table: [
        'report.table',
        { title: 'Markdown table', items: '${{ steps.fetch_users.output.body }}', columns: ['name', 'email'] },
      ],
      save_table: ['file.write', { path: 'users.md', text: '${{ steps.table.output.markdown }}' }],
    },
  ],
  [
    'Produce a summary of data.csv in French',
    {
      read_data: ['transform.from_csv', { path: 'data.csv' }],
      summary: ['report.summary', { title: 'Summary', context: '${{ steps.read_data.output.items }}', language: 'fr' }],
    },
  ],
  [
    'delete logs/*.log older than two weeks',
    { delete_files: ['file.delete', { pattern: 'logs/*.log', older_than: '14d' }] },
  ],
  ['rename a.txt to b.txt', { move_file: ['file.move', { from: 'a.txt', to: 'b.txt' }] }],
  [
    'find all files containing "invoice" in docs/',
    { search_files: ['file.search', { text: 'invoice', path: 'docs' }] },
  ],
  [
    'list all csv files in data/ and save the list to files.json',
    {
      list_files: ['file.list', { path: 'data', pattern: '*.csv' }],
      save_files: ['file.write', { path: 'files.json', json: '${{ steps.list_files.output.files }}' }],
    },
  ],
  [
    'Fill the template invoice.tpl with the order in the context and save it to invoice.html',
    {
      read_template: ['file.read', { path: 'invoice.tpl', as: 'text' }],
      render: [
        'render.template',
        { template: '${{ steps.read_template.output.content }}', values: '${{ input.order }}' },
      ],
      save_text: ['file.write', { path: 'invoice.html', text: '${{ steps.render.output.text }}' }],
    },
  ],
  [
    'join orders.csv and customers.csv on customer_id and save to full.csv',
    {
      read_orders: ['transform.from_csv', { path: 'orders.csv' }],
      read_customers: ['transform.from_csv', { path: 'customers.csv' }],
      join_orders_customers: [
        'transform.join',
        {
          left: '${{ steps.read_orders.output.items }}',
          right: '${{ steps.read_customers.output.items }}',
          on: [{ left: 'customer_id', right: 'customer_id' }],
        },
      ],
      save_joined: [
        'transform.to_csv',
        { items: '${{ steps.join_orders_customers.output.items }}', save_as: 'full.csv' },
      ],
    },
  ],
  [
    'fetch https://a.example.com/x with header "X-Env: test"',
    { fetch_x: ['http.request', { url: 'https://a.example.com/x', headers: { 'x-env': 'test' } }] },
  ],
  [
    'fetch https://a.example.com/search?q=shoes&page=2 with a timeout of 10 seconds',
    { fetch_search: ['http.request', { url: 'https://a.example.com/search?q=shoes&page=2', timeout: '10s' }] },
  ],
  [
    'calculate total = price * quantity for the items in items.csv and save as items2.csv',
    {
      read_items: ['transform.from_csv', { path: 'items.csv' }],
      select_items: [
        'transform.select',
        { items: '${{ steps.read_items.output.items }}', set: { total: 'price * quantity' } },
      ],
      save_items: ['transform.to_csv', { items: '${{ steps.select_items.output.items }}', save_as: 'items2.csv' }],
    },
  ],
  [
    'compute the total of price from products.csv and post it to https://x.example.com/t',
    {
      read_products: ['transform.from_csv', { path: 'products.csv' }],
      total_price: [
        'transform.aggregate',
        {
          items: '${{ steps.read_products.output.items }}',
          aggregates: { total_price: { op: 'sum', field: 'price' } },
        },
      ],
      post_total: [
        'http.request',
        {
          url: 'https://x.example.com/t',
          method: 'POST',
          json: { total: '${{ steps.total_price.output.values.total_price }}' },
        },
      ],
    },
  ],
  [
    'How many orders are there in orders.csv?',
    {
      read_orders: ['transform.from_csv', { path: 'orders.csv' }],
      count_orders: [
        'transform.aggregate',
        { items: '${{ steps.read_orders.output.items }}', aggregates: { count: { op: 'count' } } },
      ],
    },
  ],
  [
    'get the 5 products with the highest price from https://shop.example.com/products',
    {
      fetch_products: ['http.request', { url: 'https://shop.example.com/products' }],
      sort_products: [
        'transform.sort',
        { items: '${{ steps.fetch_products.output.body }}', by: [{ field: 'price', order: 'desc' }], limit: 5 },
      ],
    },
  ],
  [
    'average rating per movie from ratings.csv, sorted by average_rating descending',
    {
      read_ratings: ['transform.from_csv', { path: 'ratings.csv' }],
      group_ratings: [
        'transform.group',
        {
          items: '${{ steps.read_ratings.output.items }}',
          by: ['movie'],
          aggregates: { average_rating: { op: 'avg', field: 'rating' } },
        },
      ],
      sort_ratings: [
        'transform.sort',
        { items: '${{ steps.group_ratings.output.items }}', by: [{ field: 'average_rating', order: 'desc' }] },
      ],
    },
  ],
  [
    'fetch https://api.example.com/users, select name, email, and city, and sort by city then by name',
    {
      fetch_users: ['http.request', { url: 'https://api.example.com/users' }],
      select_users: [
        'transform.select',
        { items: '${{ steps.fetch_users.output.body }}', fields: ['name', 'email', 'city'] },
      ],
      sort_users: [
        'transform.sort',
        { items: '${{ steps.select_users.output.items }}', by: [{ field: 'city' }, { field: 'name' }] },
      ],
    },
  ],
  [
    'https://api.example.com/users -> keep active is true -> save users.csv',
    {
      fetch_users: ['http.request', { url: 'https://api.example.com/users' }],
      filter_users: [
        'transform.filter',
        { items: '${{ steps.fetch_users.output.body }}', where: [{ field: 'active', op: 'eq', value: true }] },
      ],
      save_users: ['transform.to_csv', { items: '${{ steps.filter_users.output.items }}', save_as: 'users.csv' }],
    },
  ],
  [
    'Would you mind fetching https://api.example.com/users and saving it as users.json?',
    {
      fetch_users: ['http.request', { url: 'https://api.example.com/users' }],
      save_users: ['file.write', { path: 'users.json', json: '${{ steps.fetch_users.output.body }}' }],
    },
  ],
  [
    'pls fetch https://api.example.com/users & save it as users.json',
    {
      fetch_users: ['http.request', { url: 'https://api.example.com/users' }],
      save_users: ['file.write', { path: 'users.json', json: '${{ steps.fetch_users.output.body }}' }],
    },
  ],
  [
    "I'd like you to fetch https://api.example.com/users and then to save them in users.json",
    {
      fetch_users: ['http.request', { url: 'https://api.example.com/users' }],
      save_users: ['file.write', { path: 'users.json', json: '${{ steps.fetch_users.output.body }}' }],
    },
  ],
  [
    'The orders in orders.csv should be grouped by country and saved as countries.csv',
    {
      read_orders: ['transform.from_csv', { path: 'orders.csv' }],
      group_orders: ['transform.group', { items: '${{ steps.read_orders.output.items }}', by: ['country'] }],
      save_orders: ['transform.to_csv', { items: '${{ steps.group_orders.output.items }}', save_as: 'countries.csv' }],
    },
  ],
  [
    'Data is to be fetched from https://api.example.com/d and stored in table raw_data',
    {
      fetch_d: ['http.request', { url: 'https://api.example.com/d' }],
      insert_raw_data: ['sql.insert', { table: 'raw_data', items: '${{ steps.fetch_d.output.body }}' }],
    },
  ],
  [
    'upsert users.csv into table users by id',
    { insert_users: ['sql.insert', { table: 'users', path: 'users.csv', on_conflict: 'update', key: ['id'] }] },
  ],
  [
    'post "hello" to https://x.example.com',
    {
      post: [
        'http.request',
        { url: 'https://x.example.com', method: 'POST', text: 'hello', headers: { 'content-type': 'text/plain' } },
      ],
    },
  ],
  [
    'send an alert to https://hooks.example.com/x saying "done" signed with HOOK',
    {
      notify: [
        'notify.webhook',
        {
          url: 'https://hooks.example.com/x',
          type: 'job.notification',
          data: { message: 'done' },
          secret: '${{ secrets.HOOK }}',
        },
      ],
    },
  ],
  [
    'fetch https://api.example.com/users where name contains "Ann" and age is between 20 and 30',
    {
      fetch_users: ['http.request', { url: 'https://api.example.com/users' }],
      filter_users: [
        'transform.filter',
        {
          items: '${{ steps.fetch_users.output.body }}',
          where: [
            { field: 'name', op: 'contains', value: 'Ann' },
            { field: 'age', op: 'ge', value: 20 },
            { field: 'age', op: 'le', value: 30 },
          ],
        },
      ],
    },
  ],
  [
    'fetch https://api.example.com/users whose name starts with A',
    {
      fetch_users: ['http.request', { url: 'https://api.example.com/users' }],
      filter_users: [
        'transform.filter',
        { items: '${{ steps.fetch_users.output.body }}', where: [{ field: 'name', op: 'starts_with', value: 'A' }] },
      ],
    },
  ],
  [
    'fetch https://api.example.com/users and remove the column password',
    {
      fetch_users: ['http.request', { url: 'https://api.example.com/users' }],
      select_users: ['transform.select', { items: '${{ steps.fetch_users.output.body }}', drop: ['password'] }],
    },
  ],
];

itPlans(goals, context);
