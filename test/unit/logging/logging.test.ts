import { loadConfig } from '../../../src/config';
import { createLogger } from '../../../src/logging';
import { atPlace, withLogFields } from '../../../src/telemetry/scope';

function logged(env: Record<string, string> = {}) {
  const lines: Record<string, unknown>[] = [];
  const config = loadConfig({ AWE_ENV: 'test', ...env });
  const log = createLogger(config, 'test', { write: (line: string) => void lines.push(JSON.parse(line)) });
  return { log, lines };
}

describe('a log line', () => {
  it('says whose it is, whoever writes it', async () => {
    const { log, lines } = logged();
    const place = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', spanId: '00f067aa0ba902b7', flags: '01' };
    await withLogFields({ request_id: 'r-1' }, async () => {
      await atPlace(place, () =>
        withLogFields({ workflow_id: 'w-1', activity: 'runTool', attempt: 2 }, async () => {
          await Promise.resolve();
          withLogFields({ step_id: 's-1' }, () => log.child({ more: 1 }).info('inside'));
        }),
      );
      log.info('outside');
    });
    log.info('nowhere');
    expect(lines[0]).toMatchObject({
      ...{ request_id: 'r-1', workflow_id: 'w-1', activity: 'runTool', attempt: 2, step_id: 's-1', more: 1 },
      trace_id: place.traceId,
    });
    expect(lines[1]).toMatchObject({ request_id: 'r-1', msg: 'outside' });
    expect(lines[1]).not.toHaveProperty('workflow_id');
    expect(lines[2]).not.toHaveProperty('request_id');
  });

  it('keeps what it says itself of a run', () => {
    const { log, lines } = logged();
    withLogFields({ workflow_id: 'here' }, () => log.info({ workflow_id: 'there' }, 'about another'));
    expect(lines[0]).toMatchObject({ workflow_id: 'there' });
  });
});

describe('a secret', () => {
  const planted: [string, (log: ReturnType<typeof logged>['log']) => void][] = [
    ['in a field, however deep', (log) => log.info({ a: { b: { c: [{ apiKey: 'hunter2!!' }] } } }, 'x')],
    ['in a header', (log) => log.info({ headers: { Authorization: 'hunter2!!', 'set-cookie': ['a=hunter2!!'] } }, 'x')],
    ['in an environment', (log) => log.info({ env: { DB_PASSWORD: 'hunter2!!', X_TOKEN: 'hunter2!!' } }, 'x')],
    ['in an address', (log) => log.info({ at: 'redis://:hunter2!!@db:6379/0' }, 'x')],
    ['in the words of a line', (log) => log.warn('no connection to postgres://me:hunter2!!@db')],
    ['in an error', (log) => log.error({ err: new Error('401 for Bearer hunter2hunter2') }, 'x')],
    ['in an error that is logged alone', (log) => log.error(new Error('password=hunter2!!'))],
    ['in the cause of an error', (log) => log.error(new Error('x', { cause: new Error('token: "hunter2!!"') }))],
    ['in a bound field', (log) => log.child({ password: 'hunter2!!' }).info('x')],
    [
      'of the configuration',
      (log) => log.info({ said: 'AUTH pa55-hunter2 refused, key gate-hunter2' }, 'got pa55-hunter2'),
    ],
  ];

  it.each(planted)('%s is not in the log', (_, write) => {
    const { log, lines } = logged({
      REDIS_URL: 'redis://:pa55-hunter2@127.0.0.1:1',
      LLM_GATEWAY_KEY: 'gate-hunter2',
    });
    write(log);
    expect(lines).toHaveLength(1);
    expect(JSON.stringify(lines)).toContain('[secret]');
    expect(JSON.stringify(lines)).not.toContain('hunter2');
  });

  it('is not seen in counts, switches and words', () => {
    const { log, lines } = logged();
    log.info({ tokens: 12, keys: true, password: null, reason: 'no token' }, 'the token budget is used up');
    expect(lines[0]).toMatchObject({
      ...{ tokens: 12, keys: true, password: null, reason: 'no token', msg: 'the token budget is used up' },
    });
  });
});
