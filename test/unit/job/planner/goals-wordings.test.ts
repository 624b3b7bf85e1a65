import { itPlans, type GoalCase } from './support';

const goals: GoalCase[] = [
  [
    'Could you please grab the list of products from https://shop.example.com:8080/api/products?category=books and store it as products.json? Thanks!',
    {
      fetch_products: ['http.request', { url: 'https://shop.example.com:8080/api/products?category=books' }],
      save_products: ['file.write', { path: 'products.json', json: '${{ steps.fetch_products.output.body }}' }],
    },
  ],
  [
    'I need the users from https://api.example.com/users as CSV in users.csv',
    {
      fetch_users: ['http.request', { url: 'https://api.example.com/users' }],
      save_users: ['transform.to_csv', { items: '${{ steps.fetch_users.output.body }}', save_as: 'users.csv' }],
    },
  ],
  [
    'Load the posts at https://jsonplaceholder.typicode.com/posts and the users at https://jsonplaceholder.typicode.com/users, merge them by userId = id, then write the merged rows into merged.csv',
    {
      fetch_posts: ['http.request', { url: 'https://jsonplaceholder.typicode.com/posts' }],
      fetch_users: ['http.request', { url: 'https://jsonplaceholder.typicode.com/users' }],
      join_posts_users: [
        'transform.join',
        {
          left: '${{ steps.fetch_posts.output.body }}',
          right: '${{ steps.fetch_users.output.body }}',
          on: [{ left: 'userId', right: 'id' }],
        },
      ],
      save_joined: ['transform.to_csv', { items: '${{ steps.join_posts_users.output.items }}', save_as: 'merged.csv' }],
    },
  ],
  [
    'Fetch https://api.example.com/orders, drop those with status "cancelled", sort by total descending and keep only id, customer and total; finally export to orders.xlsx',
    {
      fetch_orders: ['http.request', { url: 'https://api.example.com/orders' }],
      filter_orders: [
        'transform.filter',
        { items: '${{ steps.fetch_orders.output.body }}', where: [{ field: 'status', op: 'ne', value: 'cancelled' }] },
      ],
      sort_orders: [
        'transform.sort',
        { items: '${{ steps.filter_orders.output.items }}', by: [{ field: 'total', order: 'desc' }] },
      ],
      select_orders: [
        'transform.select',
        { items: '${{ steps.sort_orders.output.items }}', fields: ['id', 'customer', 'total'] },
      ],
      save_orders: ['transform.to_xlsx', { items: '${{ steps.select_orders.output.items }}', save_as: 'orders.xlsx' }],
    },
  ],
  [
    'From https://api.example.com/orders take the orders with an amount of at least 100 and insert them into the table big_orders',
    {
      fetch_orders: ['http.request', { url: 'https://api.example.com/orders' }],
      filter_orders: [
        'transform.filter',
        { items: '${{ steps.fetch_orders.output.body }}', where: [{ field: 'amount', op: 'ge', value: 100 }] },
      ],
      insert_big_orders: ['sql.insert', { table: 'big_orders', items: '${{ steps.filter_orders.output.items }}' }],
    },
  ],
  [
    'Read customers from the customer table, then POST each of them to https://crm.example.com/contacts with the token in CRM_TOKEN',
    {
      query_customer: ['sql.query', { sql: 'SELECT * FROM customer', max_rows: 100000 }],
      post_item: [
        'http.request',
        {
          url: 'https://crm.example.com/contacts',
          method: 'POST',
          json: '${{ item }}',
          headers: { authorization: 'Bearer ${{ secrets.CRM_TOKEN }}' },
        },
        { for_each: '${{ steps.query_customer.output.rows }}' },
      ],
    },
  ],
  [
    'Sum the amounts in payments.csv by month and save the sums to totals.json',
    {
      read_payments: ['transform.from_csv', { path: 'payments.csv' }],
      group_payments: [
        'transform.group',
        {
          items: '${{ steps.read_payments.output.items }}',
          by: ['month'],
          aggregates: { total_amounts: { op: 'sum', field: 'amounts' } },
        },
      ],
      save_payments: ['file.write', { path: 'totals.json', json: '${{ steps.group_payments.output.items }}' }],
    },
  ],
  [
    'Compute the average, minimum and maximum of price in products.json',
    {
      read_products: ['file.read', { path: 'products.json' }],
      average_price: [
        'transform.aggregate',
        {
          items: '${{ steps.read_products.output.content }}',
          aggregates: {
            average_price: { op: 'avg', field: 'price' },
            min_price: { op: 'min', field: 'price' },
            max_price: { op: 'max', field: 'price' },
          },
        },
      ],
    },
  ],
  [
    'What is the number of todos at https://jsonplaceholder.typicode.com/todos?',
    {
      fetch_todos: ['http.request', { url: 'https://jsonplaceholder.typicode.com/todos' }],
      count_todos: [
        'transform.aggregate',
        { items: '${{ steps.fetch_todos.output.body }}', aggregates: { count: { op: 'count' } } },
      ],
    },
  ],
  [
    'Once Marie confirms, delete old.csv',
    {
      approve: ['approval', { approval: { question: 'GOAL', expire_after: '7d', assignee: 'Marie' } }],
      delete_files: ['file.delete', { path: 'old.csv' }, { depends_on: ['approve'] }],
    },
  ],
  [
    'Ask Paul for approval, then post report.json to https://x.example.com',
    {
      approve: ['approval', { approval: { question: 'GOAL', expire_after: '7d', assignee: 'Paul' } }],
      read_report: ['file.read', { path: 'report.json' }, { depends_on: ['approve'] }],
      post_report: [
        'http.request',
        { url: 'https://x.example.com', method: 'POST', json: '${{ steps.read_report.output.content }}' },
      ],
    },
  ],
  [
    'Save https://example.com/logo.png as logo.png',
    {
      fetch_logo: ['http.request', { url: 'https://example.com/logo.png', save_as: 'logo.png' }],
    },
  ],
  [
    'Send the contents of report.md to https://api.example.com/docs',
    {
      read_contents: ['file.read', { path: 'report.md' }],
      post_contents: [
        'http.request',
        {
          url: 'https://api.example.com/docs',
          method: 'POST',
          text: '${{ steps.read_contents.output.content }}',
          headers: { 'content-type': 'text/plain' },
        },
      ],
    },
  ],
  [
    'Upload report.csv to https://api.example.com/files',
    {
      read_report: ['file.read', { path: 'report.csv', as: 'artifact' }],
      post_report: [
        'http.request',
        {
          url: 'https://api.example.com/files',
          method: 'POST',
          multipart: { files: [{ name: 'file', artifact: '${{ steps.read_report.output.file }}' }] },
        },
      ],
    },
  ],
  [
    'Get https://api.example.com/items using cursor paging with the cursor in meta.next and the parameter after',
    {
      fetch_items: [
        'http.request',
        { url: 'https://api.example.com/items', paging: { by: 'cursor', param: 'after', cursor: '/meta/next' } },
      ],
    },
  ],
  [
    'fetch https://api.example.com/users and keep the completed ones',
    {
      fetch_users: ['http.request', { url: 'https://api.example.com/users' }],
      filter_users: [
        'transform.filter',
        { items: '${{ steps.fetch_users.output.body }}', where: [{ field: 'completed', op: 'eq', value: true }] },
      ],
    },
  ],
  [
    'fetch https://api.example.com/users, keep only those that are active',
    {
      fetch_users: ['http.request', { url: 'https://api.example.com/users' }],
      filter_users: [
        'transform.filter',
        { items: '${{ steps.fetch_users.output.body }}', where: [{ field: 'active', op: 'eq', value: true }] },
      ],
    },
  ],
  [
    'fetch https://api.example.com/users, group by country, count and sum of amount',
    {
      fetch_users: ['http.request', { url: 'https://api.example.com/users' }],
      group_users: [
        'transform.group',
        {
          items: '${{ steps.fetch_users.output.body }}',
          by: ['country'],
          aggregates: { count: { op: 'count' }, total_amount: { op: 'sum', field: 'amount' } },
        },
      ],
    },
  ],
  [
    'insert the todos from https://x.example.com/todos into table todos without duplicates',
    {
      fetch_todos: ['http.request', { url: 'https://x.example.com/todos' }],
      distinct_todos: ['transform.distinct', { items: '${{ steps.fetch_todos.output.body }}' }],
      insert_todos: ['sql.insert', { table: 'todos', items: '${{ steps.distinct_todos.output.items }}' }],
    },
  ],
  [
    'count the lines of data.csv and post the count to https://x.example.com/c',
    {
      read_lines: ['transform.from_csv', { path: 'data.csv' }],
      count_lines: [
        'transform.aggregate',
        { items: '${{ steps.read_lines.output.items }}', aggregates: { count: { op: 'count' } } },
      ],
      post_count: [
        'http.request',
        {
          url: 'https://x.example.com/c',
          method: 'POST',
          json: { count: '${{ steps.count_lines.output.values.count }}' },
        },
      ],
    },
  ],
  [
    'fetch data from https://api.example.com/users and save to users.json and users.csv',
    {
      fetch_users: ['http.request', { url: 'https://api.example.com/users' }],
      save_users: ['file.write', { path: 'users.json', json: '${{ steps.fetch_users.output.body }}' }],
      save_users_2: ['transform.to_csv', { items: '${{ steps.fetch_users.output.body }}', save_as: 'users.csv' }],
    },
  ],
  [
    'fetch https://api.example.com/users, save them as users.csv, and also post them to https://x.example.com/u',
    {
      fetch_users: ['http.request', { url: 'https://api.example.com/users' }],
      save_users: ['transform.to_csv', { items: '${{ steps.fetch_users.output.body }}', save_as: 'users.csv' }],
      post_users: [
        'http.request',
        { url: 'https://x.example.com/u', method: 'POST', json: '${{ steps.fetch_users.output.body }}' },
      ],
    },
  ],
  [
    'First fetch https://api.example.com/a. Then save it to a.json. Finally notify https://hooks.example.com/done with secret HOOK.',
    {
      fetch_a: ['http.request', { url: 'https://api.example.com/a' }],
      save_a: ['file.write', { path: 'a.json', json: '${{ steps.fetch_a.output.body }}' }],
      notify: [
        'notify.webhook',
        { url: 'https://hooks.example.com/done', type: 'job.notification', data: {}, secret: '${{ secrets.HOOK }}' },
        { depends_on: ['save_a'] },
      ],
    },
  ],
  [
    '1. fetch https://api.example.com/a 2. save it to a.json',
    {
      fetch_a: ['http.request', { url: 'https://api.example.com/a' }],
      save_a: ['file.write', { path: 'a.json', json: '${{ steps.fetch_a.output.body }}' }],
    },
  ],
  [
    'Query `select * from track where unit_price > 0.99` in the database chinook and save it to tracks.xlsx',
    {
      query_database: [
        'sql.query',
        { sql: 'select * from track where unit_price > 0.99', database: 'chinook', max_rows: 100000 },
      ],
      save_result: ['transform.to_xlsx', { items: '${{ steps.query_database.output.rows }}', save_as: 'tracks.xlsx' }],
    },
  ],
  [
    'Execute "delete from todo where done = true"',
    { execute_sql: ['sql.execute', { sql: 'delete from todo where done = true' }] },
  ],
  [
    'summarise orders.csv into summary.md',
    {
      read_orders: ['transform.from_csv', { path: 'orders.csv' }],
      summary: [
        'report.summary',
        { title: 'Summary', context: '${{ steps.read_orders.output.items }}', save_as: 'summary.md' },
      ],
    },
  ],
  [
    'Save https://api.example.com/users to users.json and upload users.json to https://x.example.com/files',
    {
      fetch_users: ['http.request', { url: 'https://api.example.com/users' }],
      save_users: ['file.write', { path: 'users.json', json: '${{ steps.fetch_users.output.body }}' }],
      read_json: ['file.read', { path: 'users.json' }, { depends_on: ['save_users'] }],
      post_json: [
        'http.request',
        { url: 'https://x.example.com/files', method: 'POST', json: '${{ steps.read_json.output.content }}' },
      ],
    },
  ],
  [
    'Insert data.csv into table t1, then export table t1 to t1.csv',
    {
      insert_t1: ['sql.insert', { table: 't1', path: 'data.csv' }],
      query_t1: ['sql.query', { sql: 'SELECT * FROM t1', max_rows: 100000 }, { depends_on: ['insert_t1'] }],
      save_t1: ['transform.to_csv', { items: '${{ steps.query_t1.output.rows }}', save_as: 't1.csv' }],
    },
  ],
  [
    'read a.csv, save it as b.json and delete a.csv',
    {
      read_a: ['transform.from_csv', { path: 'a.csv' }],
      save_a: ['file.write', { path: 'b.json', json: '${{ steps.read_a.output.items }}' }],
      delete_files: ['file.delete', { path: 'a.csv' }, { depends_on: ['read_a', 'save_a'] }],
    },
  ],
  [
    'move a.csv to b.csv and insert b.csv into table t',
    {
      move_file: ['file.move', { from: 'a.csv', to: 'b.csv' }],
      read_b: ['transform.from_csv', { path: 'b.csv' }, { depends_on: ['move_file'] }],
      insert_t: ['sql.insert', { table: 't', items: '${{ steps.read_b.output.items }}' }],
    },
  ],
  [
    'write a summary of the context to s.md, then send s.md to https://x.example.com/f',
    {
      summary: ['report.summary', { title: 'Summary', context: '${{ input }}', save_as: 's.md' }],
      read_file: ['file.read', { path: 's.md', as: 'artifact' }, { depends_on: ['summary'] }],
      post_file: [
        'http.request',
        {
          url: 'https://x.example.com/f',
          method: 'POST',
          multipart: { files: [{ name: 'file', artifact: '${{ steps.read_file.output.file }}' }] },
        },
      ],
    },
  ],
  [
    'Post the context to https://a.example.com/x, then fetch https://a.example.com/y',
    {
      post_context: ['http.request', { url: 'https://a.example.com/x', method: 'POST', json: '${{ input }}' }],
      fetch_y: ['http.request', { url: 'https://a.example.com/y' }, { depends_on: ['post_context'] }],
    },
  ],
  [
    'poll https://a.example.com/x until state is ready; fetch https://a.example.com/y and save it to y.json',
    {
      fetch_x: [
        'http.request',
        { url: 'https://a.example.com/x' },
        {
          until: {
            check: 'check.that',
            with: { ok: '${{ steps.fetch_x.output.body.state == "ready" }}' },
            every: '10s',
            rounds: 1000,
            otherwise: 'fail',
          },
        },
      ],
      fetch_y: ['http.request', { url: 'https://a.example.com/y' }, { depends_on: ['fetch_x'] }],
      save_y: ['file.write', { path: 'y.json', json: '${{ steps.fetch_y.output.body }}' }],
    },
  ],
];

itPlans(goals);
