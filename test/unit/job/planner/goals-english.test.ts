import { itPlans, type GoalCase } from './support';

const goals: GoalCase[] = [
  [
    'Generate an implementation checklist and artifact summary',
    {
      implementation_checklist: [
        'report.checklist',
        { title: 'Implementation checklist', subject: 'implementation', context: '${{ input }}' },
      ],
      artifact_summary: ['report.summary', { title: 'Artifact summary', context: '${{ input }}' }],
    },
  ],
  [
    'Fetch data from https://api.example.com/users and save to output/users.json',
    {
      fetch_users: ['http.request', { url: 'https://api.example.com/users' }],
      save_users: ['file.write', { path: 'output/users.json', json: '${{ steps.fetch_users.output.body }}' }],
    },
  ],
  [
    'fetch https://jsonplaceholder.typicode.com/todos, keep those whose userId is 1, group by city, save as CSV and insert them into table todos, then post the total to https://hooks.example.com/total',
    {
      fetch_todos: ['http.request', { url: 'https://jsonplaceholder.typicode.com/todos' }],
      filter_todos: [
        'transform.filter',
        { items: '${{ steps.fetch_todos.output.body }}', where: [{ field: 'userId', op: 'eq', value: 1 }] },
      ],
      group_todos: ['transform.group', { items: '${{ steps.filter_todos.output.items }}', by: ['city'] }],
      save_todos: ['transform.to_csv', { items: '${{ steps.group_todos.output.items }}', save_as: 'todos.csv' }],
      insert_todos: ['sql.insert', { table: 'todos', items: '${{ steps.group_todos.output.items }}' }],
      total_count: [
        'transform.aggregate',
        { items: '${{ steps.group_todos.output.items }}', aggregates: { total_count: { op: 'sum', field: 'count' } } },
      ],
      post_total: [
        'http.request',
        {
          url: 'https://hooks.example.com/total',
          method: 'POST',
          json: { total: '${{ steps.total_count.output.values.total_count }}' },
        },
        { depends_on: ['save_todos', 'insert_todos'] },
      ],
    },
  ],
  [
    'Please download the users from https://api.example.com/users?active=true&limit=50, sort them by name and save the result as output/users.csv.',
    {
      fetch_users: ['http.request', { url: 'https://api.example.com/users?active=true&limit=50' }],
      sort_users: ['transform.sort', { items: '${{ steps.fetch_users.output.body }}', by: [{ field: 'name' }] }],
      save_users: ['transform.to_csv', { items: '${{ steps.sort_users.output.items }}', save_as: 'output/users.csv' }],
    },
  ],
  [
    'The users should be fetched from https://api.example.com/users and saved to users.json',
    {
      fetch_users: ['http.request', { url: 'https://api.example.com/users' }],
      save_users: ['file.write', { path: 'users.json', json: '${{ steps.fetch_users.output.body }}' }],
    },
  ],
  [
    'Récupère les utilisateurs depuis https://api.example.com/users, garde ceux dont age est supérieur à 30, puis enregistre-les dans sortie/users.csv',
    {
      fetch_utilisateurs: ['http.request', { url: 'https://api.example.com/users' }],
      filter_utilisateurs: [
        'transform.filter',
        { items: '${{ steps.fetch_utilisateurs.output.body }}', where: [{ field: 'age', op: 'gt', value: 30 }] },
      ],
      save_utilisateurs: [
        'transform.to_csv',
        { items: '${{ steps.filter_utilisateurs.output.items }}', save_as: 'sortie/users.csv' },
      ],
    },
  ],
  [
    'Récupération des clients de la table customer, tri par nom, export en CSV vers clients.csv',
    {
      query_customer: ['sql.query', { sql: 'SELECT * FROM customer ORDER BY nom', max_rows: 100000 }],
      save_clients: ['transform.to_csv', { items: '${{ steps.query_customer.output.rows }}', save_as: 'clients.csv' }],
    },
  ],
  [
    'fetch users from https://a.example.com/users and orders from https://a.example.com/orders, join them on id = user_id and save as joined.json',
    {
      fetch_users: ['http.request', { url: 'https://a.example.com/users' }],
      fetch_orders: ['http.request', { url: 'https://a.example.com/orders' }],
      join_users_orders: [
        'transform.join',
        {
          left: '${{ steps.fetch_users.output.body }}',
          right: '${{ steps.fetch_orders.output.body }}',
          on: [{ left: 'id', right: 'user_id' }],
        },
      ],
      save_joined: ['file.write', { path: 'joined.json', json: '${{ steps.join_users_orders.output.items }}' }],
    },
  ],
  [
    'Get all pages of https://api.example.com/orders following the Link header with the token in API_TOKEN and save as orders.json',
    {
      fetch_orders: [
        'http.request',
        {
          url: 'https://api.example.com/orders',
          headers: { authorization: 'Bearer ${{ secrets.API_TOKEN }}' },
          paging: { by: 'link' },
        },
      ],
      save_orders: ['file.write', { path: 'orders.json', json: '${{ steps.fetch_orders.output.body }}' }],
    },
  ],
  [
    'for each of the users in the context, fetch https://api.example.com/users/{id} and save it to users/{id}.json',
    {
      fetch: [
        'http.request',
        { url: 'https://api.example.com/users/${{ item.id }}', save_as: 'users/${{ item.id }}.json' },
        { for_each: '${{ input.users }}' },
      ],
    },
  ],
  [
    'log in at https://api.example.com/login as admin with the password in ADMIN_PASSWORD, then fetch https://api.example.com/me with the token and save it to me.json',
    {
      login: [
        'http.request',
        {
          url: 'https://api.example.com/login',
          method: 'POST',
          json: { username: 'admin', password: '${{ secrets.ADMIN_PASSWORD }}' },
        },
      ],
      fetch_me: [
        'http.request',
        {
          url: 'https://api.example.com/me',
          headers: { authorization: 'Bearer ${{ steps.login.output.body.token }}' },
        },
      ],
      save_me: ['file.write', { path: 'me.json', json: '${{ steps.fetch_me.output.body }}' }],
    },
  ],
  [
    'fetch https://api.example.com/todos and, if there are more than 10, post them to https://api.example.com/alerts',
    {
      fetch_todos: ['http.request', { url: 'https://api.example.com/todos' }],
      post_todos: [
        'http.request',
        { url: 'https://api.example.com/alerts', method: 'POST', json: '${{ steps.fetch_todos.output.body }}' },
        { when: 'size(steps.fetch_todos.output.body) > 10' },
      ],
    },
  ],
  [
    'fetch https://api.example.com/todos and post them to https://api.example.com/alerts if there are more than 10',
    {
      fetch_todos: ['http.request', { url: 'https://api.example.com/todos' }],
      post_todos: [
        'http.request',
        { url: 'https://api.example.com/alerts', method: 'POST', json: '${{ steps.fetch_todos.output.body }}' },
        { when: 'size(steps.fetch_todos.output.body) > 10' },
      ],
    },
  ],
  [
    'run "select * from customer where country = \'France\'" and save the result to france.csv',
    {
      query_database: ['sql.query', { sql: "select * from customer where country = 'France'", max_rows: 100000 }],
      save_result: ['transform.to_csv', { items: '${{ steps.query_database.output.rows }}', save_as: 'france.csv' }],
    },
  ],
  [
    'load data/users.csv into table users, skipping duplicates',
    { insert_users: ['sql.insert', { table: 'users', path: 'data/users.csv', on_conflict: 'skip' }] },
  ],
  [
    'read table invoice and post it to https://api.example.com/import',
    {
      query_invoice: ['sql.query', { sql: 'SELECT * FROM invoice', max_rows: 100000 }],
      post_invoice: [
        'http.request',
        { url: 'https://api.example.com/import', method: 'POST', json: '${{ steps.query_invoice.output.rows }}' },
      ],
    },
  ],
  [
    'poll https://api.example.com/jobs/7 every 10 seconds until status is done, at most 5 times',
    {
      fetch: [
        'http.request',
        { url: 'https://api.example.com/jobs/7' },
        {
          until: {
            check: 'check.that',
            with: { ok: '${{ steps.fetch.output.body.status == "done" }}' },
            every: '10s',
            rounds: 5,
            otherwise: 'fail',
          },
        },
      ],
    },
  ],
  [
    'delete the files older than 30 days in tmp/',
    { delete_files: ['file.delete', { path: 'tmp', older_than: '30d' }] },
  ],
  ['move report.csv to archive/', { move_file: ['file.move', { from: 'report.csv', to: 'archive/report.csv' }] }],
  ['copy data.json to backup/data.json', { copy_file: ['file.copy', { from: 'data.json', to: 'backup/data.json' }] }],
  ['list the files in output', { list_files: ['file.list', { path: 'output' }] }],
  ['search for "TODO" in src/', { search_files: ['file.search', { text: 'TODO', path: 'src' }] }],
  [
    'wait 10 minutes then fetch https://api.example.com/x',
    {
      wait: ['wait', { for: '10m' }],
      fetch_x: ['http.request', { url: 'https://api.example.com/x' }, { depends_on: ['wait'] }],
    },
  ],
  [
    'after Anna has approved, post the context to https://api.example.com/x',
    {
      approve: ['approval', { approval: { question: 'GOAL', expire_after: '7d', assignee: 'Anna' } }],
      post_context: [
        'http.request',
        { url: 'https://api.example.com/x', method: 'POST', json: '${{ input }}' },
        { depends_on: ['approve'] },
      ],
    },
  ],
  [
    'fetch https://api.example.com/x and post it to https://b.example.com/y, but ask me before',
    {
      fetch_x: ['http.request', { url: 'https://api.example.com/x' }],
      approve: ['approval', { approval: { question: 'GOAL', expire_after: '7d' }, depends_on: ['fetch_x'] }],
      post_x: [
        'http.request',
        { url: 'https://b.example.com/y', method: 'POST', json: '${{ steps.fetch_x.output.body }}' },
        { depends_on: ['approve'] },
      ],
    },
  ],
  [
    'ask me before posting https://api.example.com/x to https://b.example.com/y',
    {
      approve: ['approval', { approval: { question: 'GOAL', expire_after: '7d' } }],
      fetch_x: ['http.request', { url: 'https://api.example.com/x' }, { depends_on: ['approve'] }],
      post_x: [
        'http.request',
        { url: 'https://b.example.com/y', method: 'POST', json: '${{ steps.fetch_x.output.body }}' },
      ],
    },
  ],
  [
    'notify https://hooks.example.com/done with the secret HOOK_SECRET',
    {
      notify: [
        'notify.webhook',
        {
          url: 'https://hooks.example.com/done',
          type: 'job.notification',
          data: {},
          secret: '${{ secrets.HOOK_SECRET }}',
        },
      ],
    },
  ],
  [
    'render the template "Hello {{ name }}" with the context and save it to hello.txt',
    {
      render: ['render.template', { template: 'Hello {{ name }}', values: '${{ input }}' }],
      save_text: ['file.write', { path: 'hello.txt', text: '${{ steps.render.output.text }}' }],
    },
  ],
  [
    'fetch https://api.example.com/orders, compute the total of amount per customer, keep the top 5 by total_amount and save as top.csv',
    {
      fetch_orders: ['http.request', { url: 'https://api.example.com/orders' }],
      group_orders: [
        'transform.group',
        {
          items: '${{ steps.fetch_orders.output.body }}',
          by: ['customer'],
          aggregates: { total_amount: { op: 'sum', field: 'amount' } },
        },
      ],
      sort_orders: [
        'transform.sort',
        { items: '${{ steps.group_orders.output.items }}', by: [{ field: 'total_amount', order: 'desc' }], limit: 5 },
      ],
      save_orders: ['transform.to_csv', { items: '${{ steps.sort_orders.output.items }}', save_as: 'top.csv' }],
    },
  ],
  [
    'fecth data from https://api.example.com/users and save it to users.json',
    {
      fetch_users: ['http.request', { url: 'https://api.example.com/users' }],
      save_users: ['file.write', { path: 'users.json', json: '${{ steps.fetch_users.output.body }}' }],
    },
  ],
  ['list the files in output', { list_files: ['file.list', { path: 'output' }] }],
  [
    'Download the sales data from https://example.com/sales.csv, group it by region with the sum of amount and the average of price, and save as report.xlsx',
    {
      fetch_sales_data: ['http.request', { url: 'https://example.com/sales.csv', response: 'file' }],
      read_sales_data: ['transform.from_csv', { artifact: '${{ steps.fetch_sales_data.output.file }}' }],
      group_sales_data: [
        'transform.group',
        {
          items: '${{ steps.read_sales_data.output.items }}',
          by: ['region'],
          aggregates: { total_amount: { op: 'sum', field: 'amount' }, average_price: { op: 'avg', field: 'price' } },
        },
      ],
      save_sales_data: [
        'transform.to_xlsx',
        { items: '${{ steps.group_sales_data.output.items }}', save_as: 'report.xlsx' },
      ],
    },
  ],
  [
    'Read orders.xlsx, remove duplicates by email, keep only the columns name and email, rename name to full_name and write the result to clean.csv',
    {
      read_orders: ['transform.from_xlsx', { path: 'orders.xlsx' }],
      distinct_orders: ['transform.distinct', { items: '${{ steps.read_orders.output.items }}', by: ['email'] }],
      select_orders: [
        'transform.select',
        {
          items: '${{ steps.distinct_orders.output.items }}',
          fields: ['name', 'email'],
          rename: { name: 'full_name' },
        },
      ],
      save_orders: ['transform.to_csv', { items: '${{ steps.select_orders.output.items }}', save_as: 'clean.csv' }],
    },
  ],
  [
    'Take the top 10 from https://api.example.com/products sorted by price, highest first',
    {
      fetch_products: ['http.request', { url: 'https://api.example.com/products' }],
      sort_products: [
        'transform.sort',
        { items: '${{ steps.fetch_products.output.body }}', by: [{ field: 'price', order: 'desc' }], limit: 10 },
      ],
    },
  ],
  [
    'Import data/customers.csv into the customers table, creating it if needed',
    { insert_customers: ['sql.insert', { table: 'customers', path: 'data/customers.csv', create: true }] },
  ],
  [
    "Export the invoices from the table invoice where billing_country is 'Germany' to germany.csv",
    {
      query_invoice: [
        'sql.query',
        { sql: "SELECT * FROM invoice WHERE billing_country = 'Germany'", max_rows: 100000 },
      ],
      save_invoices: ['transform.to_csv', { items: '${{ steps.query_invoice.output.rows }}', save_as: 'germany.csv' }],
    },
  ],
  [
    'Query the database with "select genre_id, count(*) from track group by genre_id" and send the rows to https://api.example.com/stats as JSON',
    {
      query_database: [
        'sql.query',
        { sql: 'select genre_id, count(*) from track group by genre_id', max_rows: 100000 },
      ],
      post: [
        'http.request',
        { url: 'https://api.example.com/stats', method: 'POST', json: '${{ steps.query_database.output.rows }}' },
      ],
    },
  ],
  [
    'Every user in the context should be sent to https://api.example.com/users',
    {
      post_item: [
        'http.request',
        { url: 'https://api.example.com/users', method: 'POST', json: '${{ item }}' },
        { for_each: '${{ input.users }}' },
      ],
    },
  ],
  [
    'For each order from https://api.example.com/orders, call https://api.example.com/orders/{id}/items',
    {
      fetch_order: ['http.request', { url: 'https://api.example.com/orders' }],
      fetch_items: [
        'http.request',
        { url: 'https://api.example.com/orders/${{ item.id }}/items' },
        { for_each: '${{ steps.fetch_order.output.body }}' },
      ],
    },
  ],
  [
    'Check https://api.example.com/status every 30s until the status is "ready"; then download https://api.example.com/result.csv to result.csv',
    {
      fetch_status: [
        'http.request',
        { url: 'https://api.example.com/status' },
        {
          until: {
            check: 'check.that',
            with: { ok: '${{ steps.fetch_status.output.body.status == "ready" }}' },
            every: '30s',
            rounds: 1000,
            otherwise: 'fail',
          },
        },
      ],
      fetch_result: [
        'http.request',
        { url: 'https://api.example.com/result.csv', save_as: 'result.csv' },
        { depends_on: ['fetch_status'] },
      ],
    },
  ],
  [
    'Create a summary of the orders in the context and save it as summary.md',
    {
      summary: ['report.summary', { title: 'Summary', context: '${{ input.orders }}' }],
      save_summary: ['file.write', { path: 'summary.md', text: '${{ steps.summary.output.markdown }}' }],
    },
  ],
  [
    'Write a checklist for the release from the context to checklist.md',
    {
      checklist: [
        'report.checklist',
        { title: 'Checklist', subject: 'release', context: '${{ input }}', save_as: 'checklist.md' },
      ],
    },
  ],
  [
    'fetch https://api.example.com/orders. If the total of amount exceeds 1000, notify https://hooks.example.com/alert, otherwise save them to small.json',
    {
      fetch_orders: ['http.request', { url: 'https://api.example.com/orders' }],
      total_amount: [
        'transform.aggregate',
        {
          items: '${{ steps.fetch_orders.output.body }}',
          aggregates: { total_amount: { op: 'sum', field: 'amount' } },
        },
      ],
      notify: [
        'notify.webhook',
        {
          url: 'https://hooks.example.com/alert',
          type: 'job.notification',
          data: {},
          secret: '${{ secrets.WEBHOOK_SECRET }}',
        },
        { when: 'steps.total_amount.output.values.total_amount > 1000' },
      ],
      save_orders: [
        'file.write',
        { path: 'small.json', json: '${{ steps.fetch_orders.output.body }}' },
        { when: '!(steps.total_amount.output.values.total_amount > 1000)' },
      ],
    },
  ],
  [
    'fetch https://api.example.com/orders and if the sum of amount is over 1000 then post them to https://b.example.com/big',
    {
      fetch_orders: ['http.request', { url: 'https://api.example.com/orders' }],
      total_amount: [
        'transform.aggregate',
        {
          items: '${{ steps.fetch_orders.output.body }}',
          aggregates: { total_amount: { op: 'sum', field: 'amount' } },
        },
      ],
      post_orders: [
        'http.request',
        { url: 'https://b.example.com/big', method: 'POST', json: '${{ steps.fetch_orders.output.body }}' },
        { when: 'steps.total_amount.output.values.total_amount > 1000' },
      ],
    },
  ],
  ['delete all *.tmp files in cache/', { delete_files: ['file.delete', { pattern: 'cache/*.tmp' }] }],
  ['remove files in logs/ older than 7 days', { delete_files: ['file.delete', { path: 'logs', older_than: '7d' }] }],
  [
    'copy report.csv into the folder archive',
    { copy_file: ['file.copy', { from: 'report.csv', to: 'archive/report.csv' }] },
  ],
  [
    'post the email in the context to https://api.example.com/subscribe',
    {
      post_email: [
        'http.request',
        { url: 'https://api.example.com/subscribe', method: 'POST', json: '${{ input.email }}' },
      ],
    },
  ],
  [
    'send a PUT request to https://api.example.com/users/7 with the user in the context',
    {
      put_user: ['http.request', { url: 'https://api.example.com/users/7', method: 'PUT', json: '${{ input.user }}' }],
    },
  ],
  [
    'call https://api.example.com/refresh with POST',
    { post: ['http.request', { url: 'https://api.example.com/refresh', method: 'POST' }] },
  ],
  [
    'send a DELETE request to https://api.example.com/users/7',
    { delete: ['http.request', { url: 'https://api.example.com/users/7', method: 'DELETE' }] },
  ],
  [
    "wait for Anna's approval, then insert data.csv into table payments",
    {
      approve: ['approval', { approval: { question: 'GOAL', expire_after: '7d', assignee: 'Anna' } }],
      insert_payments: ['sql.insert', { table: 'payments', path: 'data.csv' }, { depends_on: ['approve'] }],
    },
  ],
  [
    'get approval from Paul before deleting the files in tmp/',
    {
      approve: ['approval', { approval: { question: 'GOAL', expire_after: '7d', assignee: 'Paul' } }],
      delete_files: ['file.delete', { path: 'tmp' }, { depends_on: ['approve'] }],
    },
  ],
  [
    'fetch https://api.example.com/items?page=1 page by page until empty, 100 per page, and save to items.json',
    {
      fetch_items: [
        'http.request',
        { url: 'https://api.example.com/items?page=1', paging: { by: 'page', param: 'page', size: 100 } },
      ],
      save_items: ['file.write', { path: 'items.json', json: '${{ steps.fetch_items.output.body }}' }],
    },
  ],
  [
    'fetch https://api.example.com/users with the API key in CRM_KEY as header X-Api-Key and save them',
    {
      fetch_users: [
        'http.request',
        { url: 'https://api.example.com/users', headers: { 'x-api-key': '${{ secrets.CRM_KEY }}' } },
      ],
      save_users: ['file.write', { path: 'users.json', json: '${{ steps.fetch_users.output.body }}' }],
    },
  ],
  [
    'count the todos from https://jsonplaceholder.typicode.com/todos per userId',
    {
      fetch_todos: ['http.request', { url: 'https://jsonplaceholder.typicode.com/todos' }],
      group_todos: [
        'transform.group',
        { items: '${{ steps.fetch_todos.output.body }}', by: ['userId'], aggregates: { count: { op: 'count' } } },
      ],
    },
  ],
  [
    'how many todos per user from https://x.example.com/todos',
    {
      fetch_todos: ['http.request', { url: 'https://x.example.com/todos' }],
      group_todos: [
        'transform.group',
        { items: '${{ steps.fetch_todos.output.body }}', by: ['user'], aggregates: { count: { op: 'count' } } },
      ],
    },
  ],
  [
    'deduplicate https://x.example.com/a.json by id, then save it as b.json',
    {
      fetch_a: ['http.request', { url: 'https://x.example.com/a.json' }],
      distinct_a: ['transform.distinct', { items: '${{ steps.fetch_a.output.body }}', by: ['id'] }],
      save_a: ['file.write', { path: 'b.json', json: '${{ steps.distinct_a.output.items }}' }],
    },
  ],
  [
    'convert data.csv to JSON',
    {
      read_data: ['transform.from_csv', { path: 'data.csv' }],
      save_data: ['file.write', { path: 'data.json', json: '${{ steps.read_data.output.items }}' }],
    },
  ],
  [
    'convert prices.xlsx into prices.csv',
    {
      read_prices: ['transform.from_xlsx', { path: 'prices.xlsx' }],
      save_prices: ['transform.to_csv', { items: '${{ steps.read_prices.output.items }}', save_as: 'prices.csv' }],
    },
  ],
  [
    'compute the average price from products.csv',
    {
      read_products: ['transform.from_csv', { path: 'products.csv' }],
      average_price: [
        'transform.aggregate',
        {
          items: '${{ steps.read_products.output.items }}',
          aggregates: { average_price: { op: 'avg', field: 'price' } },
        },
      ],
    },
  ],
  ['drop the table temp_users', { execute_sql: ['sql.execute', { sql: 'DROP TABLE temp_users' }] }],
  ['save "hello world" to hello.txt', { write_text: ['file.write', { path: 'hello.txt', text: 'hello world' }] }],
  [
    'remember the total of amount from orders.csv as grand_total',
    {
      read_orders: ['transform.from_csv', { path: 'orders.csv' }],
      total_amount: [
        'transform.aggregate',
        {
          items: '${{ steps.read_orders.output.items }}',
          aggregates: { total_amount: { op: 'sum', field: 'amount' } },
        },
      ],
      remember_grand_total: [
        'memory.set',
        { name: 'grand_total', value: '${{ steps.total_amount.output.values.total_amount }}' },
      ],
    },
  ],
];

itPlans(goals);
