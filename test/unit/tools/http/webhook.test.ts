/** `notify.webhook`, held against the rules of Standard Webhooks. */
import { createHmac } from 'node:crypto';
import { startWeb } from '../../../support/web';
import { failureOf } from '../support';
import { networkBench } from './support';

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const key = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');

it('is signed, and keeps its id when it is sent again', async () => {
  const bench = await networkBench();
  let refusals = 1;
  const web = await startWeb((_, response) => response.writeHead(refusals-- > 0 ? 500 : 204).end());
  const message = { url: `${web.url}/hook`, type: 'report.ready', data: { sum: 12.5 }, secret };
  expect(await failureOf(bench.run('notify.webhook', message))).toMatchObject({
    ...{ type: 'http.status_500', nonRetryable: false },
  });
  const { webhook_id } = await bench.run('notify.webhook', message);
  expect(web.requests).toHaveLength(2);
  for (const { method, headers, body } of web.requests) {
    const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signature } = headers;
    expect([method, id, headers['content-type']]).toEqual(['POST', webhook_id, 'application/json']);
    expect(Math.abs(Number(time) - Date.now() / 1_000)).toBeLessThan(60);
    expect(signature).toBe(
      `v1,${createHmac('sha256', key)
        .update(`${String(id)}.${String(time)}.${body}`)
        .digest('base64')}`,
    );
    expect(JSON.parse(body)).toMatchObject({ type: 'report.ready', data: { sum: 12.5 } });
  }
});

it('is one message a step: another step has another id, and a simulation sends none', async () => {
  const bench = await networkBench();
  const web = await startWeb((_, response) => response.writeHead(204).end());
  const message = { url: web.url, type: 'x', data: null, secret: 'any text will do' };
  const ids = await Promise.all(
    ['a', 'b'].map(async (name) => (await bench.run('notify.webhook', message, { key: name })).webhook_id as string),
  );
  expect(new Set(ids).size).toBe(2);
  await bench.run('notify.webhook', message, { mode: 'simulate' });
  expect(web.requests).toHaveLength(2);
});

it('is not taken elsewhere by a redirect', async () => {
  const bench = await networkBench();
  const web = await startWeb((_, response) => response.writeHead(307, { location: '/other' }).end());
  expect(await failureOf(bench.run('notify.webhook', { url: web.url, type: 'x', data: 1, secret }))).toMatchObject({
    ...{ type: 'http.status_307', nonRetryable: true },
  });
  expect(web.requests).toHaveLength(1);
});
