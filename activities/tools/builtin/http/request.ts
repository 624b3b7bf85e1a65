import { defineTool } from '../../define';
import type { ToolContext } from '../../tool';
import { fileErrors } from '../file/schema';
import { readBody, type Body } from './answer';
import { prepareRequest, type Prepared } from './ask';
import { httpError, httpErrors } from './errors';
import { exchange } from './exchange';
import { collectPages } from './paging';
import { HttpInput, HttpOutput, INLINE_BYTES } from './schema';

const RETRY = { attempts: 4, initialMs: 500, backoff: 3, maxMs: 30_000 };
/** Tries within an attempt: of a request that Temporal does not repeat, and of each page among many. */
const TRIES = 3;

/** Headers of an answer that steps may read; cookies are credentials. */
const KEPT_BACK = ['set-cookie', 'set-cookie2'];

/** Asks a server by HTTP: reads, writes, downloads, pages. */
export const httpRequest = defineTool({
  name: 'http.request',
  aliases: ['api_call'],
  version: '1',
  description:
    'Sends an HTTP request (GET, HEAD, POST, PUT, PATCH, DELETE) to a public address and gives its status, headers and body, as JSON or text, or as a file. Follows redirects and pages.',
  input: HttpInput,
  output: HttpOutput,
  effect: 'once',
  effects: [
    { when: { method: [null, 'GET', 'HEAD'] }, effect: 'none', retry: RETRY },
    { when: { method: ['PUT', 'DELETE'] }, effect: 'idempotent', retry: RETRY },
    { when: { idempotent: [true] }, effect: 'idempotent', retry: RETRY },
  ],
  risk: 'medium',
  approval: false,
  timeout: 600_000,
  egress: ['*'],
  secrets: true,
  errors: { ...httpErrors, ...fileErrors },
  async run(input, context) {
    await checkPath(input, context);
    const request = await prepareRequest(input, context);
    return input.paging ? await askPages(input, request, context) : await ask(input, request, context);
  },
  async simulate(input, context) {
    await checkPath(input, context);
    const [status] = input.expect ?? [200];
    return { status: typeof status === 'number' ? status : 200, url: input.url, headers: {}, body: null };
  },
});

/** A path that cannot be written to is refused before anything is sent. */
async function checkPath({ save_as }: HttpInput, { workspace }: ToolContext<HttpOutput>): Promise<void> {
  if (save_as !== undefined) await workspace.preview(save_as, { bytes: 0, sha256: '' });
}

async function ask(input: HttpInput, request: Prepared, context: ToolContext<HttpOutput>): Promise<HttpOutput> {
  const once = (request.method === 'POST' || request.method === 'PATCH') && input.idempotent !== true;
  const response = await exchange(request, { expect: input.expect, once, tries: once ? TRIES : 1 }, context);
  const { body, file } = await readBody(response, input, context);
  return { ...headOf(response), body, ...(file ? { file } : {}) };
}

async function askPages(input: HttpInput, request: Prepared, context: ToolContext<HttpOutput>): Promise<HttpOutput> {
  const { paging } = input;
  if (!paging || request.method !== 'GET') throw httpError('input', 'http.bad_request', 'only a GET has pages');
  let last: HttpOutput | undefined;
  let bytes = 0;
  const read = async (url: URL) => {
    const response = await exchange({ ...request, url }, { expect: input.expect, once: false, tries: TRIES }, context);
    const { body, bytes: more }: Body = await readBody(response, { ...input, response: 'json' }, context);
    bytes += more;
    if (bytes > INLINE_BYTES)
      throw httpError('permanent', 'http.too_large', `the pages have over ${INLINE_BYTES} bytes: say max_items`);
    last = { ...headOf(response), body: null };
    return { url, body, link: response.headers.get('link') };
  };
  const { items, pages, complete } = await collectPages(paging, request.url, read);
  const head = { ...(last ?? { status: 200, url: request.url.href, headers: {} }), pages, complete };
  if (input.save_as === undefined) return { ...head, body: items };
  const { file } = await context.workspace.write(input.save_as, `${JSON.stringify(items, null, 2)}\n`);
  return { ...head, body: null, file };
}

function headOf(response: Response): Pick<HttpOutput, 'status' | 'url' | 'headers'> {
  const headers = Object.fromEntries([...response.headers].filter(([name]) => !KEPT_BACK.includes(name)));
  return { status: response.status, url: response.url, headers };
}
