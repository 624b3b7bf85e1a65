/** Recorded jobs are replayed without the world: the same, and nobody is asked. */
import { startWeb, type Web } from '../../support/web';
import { startRecorded, type Recorded } from './support';

let recorded: Recorded;
let web: Web;
let answers = 0;
beforeAll(async () => {
  web = await startWeb((request, response) => {
    answers += 1;
    response.setHeader('content-type', 'application/json').setHeader('set-cookie', 'session=1');
    response.end(JSON.stringify({ n: answers, asked: request.url, at: new Date().toISOString() }));
  });
  recorded = await startRecorded({
    AWE_SECRET_TOKEN: 'swordfish-123',
    AWE_SECRET_TOKEN_HOSTS: `http://127.0.0.1:${web.port}`,
  });
}, 60_000);
afterAll(() => recorded.stop());

it('a job is replayed byte for byte with its server gone, and its secret is in no file of the recording', async () => {
  const run = await recorded.record('thin', [
    {
      id: 'get',
      kind: 'tool',
      uses: 'http.request',
      with: { url: `${web.url}/a?k=\${{ secrets.TOKEN }}`, headers: { authorization: 'Bearer ${{ secrets.TOKEN }}' } },
    },
    {
      ...{ id: 'post', kind: 'tool', uses: 'http.request' },
      with: {
        url: `${web.url}/b?q=\${{ steps.get.output.body.n }}`,
        method: 'POST',
        json: { got: '${{ steps.get.output.body }}' },
      },
    },
    { id: 'keep', kind: 'tool', uses: 'file.write', with: { path: 'a.json', json: '${{ steps.post.output.body }}' } },
  ]);
  const { status, error } = await recorded.ended(run);
  expect({ status, error }).toEqual({ status: 'completed' });
  const asked = web.connections.made;
  await web.close();
  const replayed = await recorded.replay(run);
  expect(replayed).toMatchObject({ identical: true, differences: [], job: { status: 'completed', replay_of: run } });
  expect([web.connections.made, web.requests.length]).toEqual([asked, 2]);
  const { bytes } = await recorded.client.file(`/runs/${run}/recording`);
  expect(bytes.toString()).toContain('[secret TOKEN]');
  expect(bytes.toString()).not.toMatch(/swordfish|session=1/);
});
