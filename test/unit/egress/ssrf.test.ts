/** Addresses that no tool may reach unless the operator names them, in every form in which they can be written. */
import { setMaxListeners } from 'node:events';
import { kindOf } from '../../../src/egress/addresses';
import { parseEgressAllow } from '../../../src/egress/allow';
import { createConnector } from '../../../src/egress/connector';
import type { EgressError } from '../../../src/egress/errors';
import { startNameServer } from '../../support/name-server';
import { startWeb, TEST_CA } from '../../support/web';

const signal = new AbortController().signal;
setMaxListeners(0, signal);
const outcomeOf = async (request: Promise<Response>): Promise<string> =>
  await request.then(
    async (response) => `${response.status} ${await response.text()}`,
    (error: EgressError) => error.code ?? String(error),
  );

/** Names as a name server of somebody else may answer them. */
const NAMES: Record<string, string[]> = {
  'metadata.example': ['169.254.169.254'],
  'internal.example': ['10.0.0.5'],
  'both.example': ['93.184.216.34', '127.0.0.1'],
  'six.example': ['2606:2800:220:1:248:1893:25c8:1946', '::1'],
  'mapped.example': ['::ffff:127.0.0.1'],
  'nat64.example': ['64:ff9b::a00:5'],
};

describe('a request without EGRESS_ALLOW', () => {
  const refusedUrls = [
    // loopback, and every way to write it
    'http://127.0.0.1/',
    'http://127.0.0.1.:PORT/',
    'http://127.1:PORT/',
    'http://127.255.255.254/',
    'http://2130706433:PORT/',
    'http://0x7f000001:PORT/',
    'http://0x7f.0.0.1:PORT/',
    'http://0177.0.0.1:PORT/',
    'http://017700000001:PORT/',
    'http://%31%32%37.0.0.1:PORT/',
    'http://①②⑦.⓪.⓪.①:PORT/',
    'http://１２７。０。０。１:PORT/',
    'http://localhost:PORT/',
    'http://LOCALHOST.:PORT/',
    'http://[::1]:PORT/',
    'http://[0:0:0:0:0:0:0:1]:PORT/',
    'http://[::ffff:127.0.0.1]:PORT/',
    'http://[::ffff:7f00:1]:PORT/',
    'http://[::127.0.0.1]:PORT/',
    'http://[64:ff9b::7f00:1]:PORT/',
    'http://[64:ff9b:1::7f00:1]:PORT/',
    // this host, broadcast, multicast, reserved
    'http://0.0.0.0:PORT/',
    'http://0:PORT/',
    'http://[::]:PORT/',
    'http://255.255.255.255/',
    'http://224.0.0.1/',
    'http://240.0.0.1/',
    'http://[ff02::1]/',
    // private networks, carriers, documentation, measurements
    'http://10.0.0.1/',
    'http://172.16.0.1/',
    'http://172.31.255.255/',
    'http://192.168.1.1/',
    'http://100.64.0.1/',
    'http://100.127.255.255/',
    'http://192.0.0.8/',
    'http://192.0.2.1/',
    'http://198.18.0.1/',
    'http://198.51.100.7/',
    'http://203.0.113.9/',
    'http://[fc00::1]/',
    'http://[fd12:3456::1]/',
    'http://[fec0::1]/',
    'http://[2001:db8::1]/',
    // link-local, where clouds keep their credentials
    'http://169.254.169.254/latest/meta-data/',
    'http://[fe80::1]/',
    'http://[fd00:ec2::254]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://0xa9fea9fe/',
    // tunnels that hold another address
    'http://[2002:7f00:1::]/',
    'http://[2001:0:7f00:1::]/',
    // names that resolve to such addresses, alone or beside a public one
    'http://metadata.example/',
    'http://internal.example/',
    'http://both.example/',
    'http://six.example/',
    'http://mapped.example/',
    'http://nat64.example/',
    // other protocols, credentials, ports of other servers
    'file:///etc/passwd',
    'ftp://example.com/',
    'gopher://127.0.0.1:6379/_FLUSHALL',
    'http://user:word@example.com/',
    'http://example.com@127.0.0.1:PORT/',
    'http://example.com:25/',
    'not a url',
  ];

  it(`reaches none of ${refusedUrls.length} forbidden addresses`, async () => {
    const web = await startWeb((_, response) => response.end('reached'));
    const names = await startNameServer((name) => NAMES[name] ?? []);
    const connector = createConnector({ resolve: async (host) => NAMES[host] ?? ['127.0.0.1'] });
    const outcomes = await Promise.all(
      refusedUrls.map(async (url) => [
        url,
        await outcomeOf(connector(url.replace('PORT', String(web.port)), {}, { signal })),
      ]),
    );
    names.close();
    expect(outcomes.filter(([, outcome]) => outcome !== 'refused')).toEqual([]);
    expect(web.connections.made).toBe(0);
  });

  it('says which address is wrong, and what the operator would have to do', async () => {
    const connector = createConnector({ resolve: async (host) => NAMES[host] ?? [] });
    await expect(connector('http://internal.example/secret?key=1', {}, { signal })).rejects.toThrow(
      'internal.example resolves to 10.0.0.5, which is not public (private): the operator has to name it in EGRESS_ALLOW, with port 80',
    );
  });

  it.each([
    ['93.184.216.34', 'public'],
    ['172.32.0.1', 'public'],
    ['100.128.0.1', 'public'],
    ['169.253.0.1', 'public'],
    ['2606:2800:220:1:248:1893:25c8:1946', 'public'],
    ['64:ff9b::5db8:d822', 'public'],
    ['fe80::1%eth0', 'never'],
    ['nonsense', 'never'],
  ])('takes %s for %s', (address, kind) => expect(kindOf(address)).toBe(kind));
});

describe('EGRESS_ALLOW', () => {
  it.each([
    ['127.0.0.1', 'http://127.0.0.1:PORT/', true],
    ['127.0.0.0/8:PORT', 'http://127.0.0.1:PORT/', true],
    ['127.0.0.1:1-9', 'http://127.0.0.1:PORT/', false],
    ['127.0.0.2', 'http://127.0.0.1:PORT/', false],
    ['localhost', 'http://localhost:PORT/', true],
    ['localhost', 'http://127.0.0.1:PORT/', false],
    ['localhost:1', 'http://localhost:PORT/', false],
    ['*.corp.example', 'http://db.corp.example:PORT/', true],
    ['*.corp.example', 'http://corp.example:PORT/', false],
    ['*.corp.example', 'http://xcorp.example:PORT/', false],
    ['127.0.0.1', 'http://[::ffff:127.0.0.1]:PORT/', true],
    ['0.0.0.0/0', 'http://0.0.0.0:PORT/', false],
    ['[::1]:PORT, 10.0.0.0/8 127.0.0.1', 'http://127.0.0.1:PORT/', true],
  ])('%s lets %s through: %s', async (allow, url, through) => {
    const web = await startWeb((_, response) => response.end('reached'));
    const connector = createConnector({
      allow: parseEgressAllow(allow.replace('PORT', String(web.port))),
      resolve: async () => ['127.0.0.1'],
    });
    const outcome = await outcomeOf(connector(url.replace('PORT', String(web.port)), {}, { signal }));
    expect(outcome).toBe(through ? '200 reached' : 'refused');
  });

  it('opens addresses that serve credentials to whoever asks by a range alone, never by a name', async () => {
    const resolve = async () => ['169.254.169.254'];
    const connector = createConnector({ allow: parseEgressAllow('metadata.example'), resolve });
    expect(await outcomeOf(connector('http://metadata.example/', {}, { signal }))).toBe('refused');
  });

  it.each([
    '10.0.0.0/33',
    '*',
    'http://x.example',
    '10.0.0.1:0',
    '10.0.0.1:99999',
    'a b/c',
    '[::1]/64',
    'x.example:9-1',
  ])('refuses %s', (text) =>
    expect(() => parseEgressAllow(text)).toThrow(/is neither a host, nor an address, nor a range/),
  );
});

describe('a name whose answers change', () => {
  it('is asked for once, and the address that was checked is the one that is reached', async () => {
    const right = await startWeb((_, response) => response.end('right'), { host: '127.0.0.2' });
    const names = await startNameServer((name, times) => (times === 1 ? ['127.0.0.2'] : ['127.0.0.1']));
    const connector = createConnector({ allow: parseEgressAllow('127.0.0.2'), resolve: names.resolve });
    const url = `http://rebind.example:${right.port}/`;
    expect(await outcomeOf(connector(url, {}, { signal }))).toBe('200 right');
    expect(right.requests[0]?.headers.host).toBe(`rebind.example:${right.port}`);
    expect(names.asked).toEqual(['rebind.example A', 'rebind.example AAAA']);
    expect(await outcomeOf(connector(url, {}, { signal }))).toBe('refused');
    names.close();
  });

  it('is checked again at each redirect, also to itself', async () => {
    const web = await startWeb((_, response) => response.writeHead(302, { location: '/next' }).end(), {
      host: '127.0.0.2',
    });
    const names = await startNameServer((_, times) => (times === 1 ? ['127.0.0.2'] : ['127.0.0.1']));
    const connector = createConnector({ allow: parseEgressAllow('127.0.0.2'), resolve: names.resolve });
    expect(await outcomeOf(connector(`http://rebind.example:${web.port}/`, {}, { signal }))).toBe('refused');
    expect(web.requests.map(({ url }) => url)).toEqual(['/']);
    names.close();
  });

  it('gets its certificate checked for the name, not for the address', async () => {
    const web = await startWeb((_, response) => response.end('secure'), { secure: true });
    const connect = (ca: string | undefined) =>
      createConnector({ allow: parseEgressAllow('127.0.0.1'), resolve: async () => ['127.0.0.1'], ca });
    const ask = (name: string, ca?: string) => outcomeOf(connect(ca)(`https://${name}:${web.port}/`, {}, { signal }));
    expect(await ask('test.example', TEST_CA)).toBe('200 secure');
    expect(await ask('other.example', TEST_CA)).toBe('tls');
    expect(await ask('test.example')).toBe('tls');
  });
});
