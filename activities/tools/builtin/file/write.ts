import { Type, type Static } from 'typebox';
import { JsonValue } from '../../../../schemas/json';
import type { ArtifactRef } from '../../../../schemas/refs';
import { sha256 } from '../../../../src/documents/json';
import { defineTool } from '../../define';
import type { ToolContext } from '../../tool';
import { fileError } from './error';
import { Artifact, common, INLINE_BYTES, Path, strict, Written } from './schema';

export const WriteInput = Type.Object(
  {
    path: Path,
    text: Type.Optional(Type.String({ description: 'the content, in UTF-8' })),
    json: Type.Optional(
      Type.Unsafe<Static<typeof JsonValue>>({
        ...JsonValue,
        description: 'the content, indented; on one line in `.jsonl`',
      }),
    ),
    artifact: Type.Optional(Artifact),
    mode: Type.Optional(
      Type.Unsafe<'replace' | 'create' | 'append'>({
        enum: ['replace', 'create', 'append'],
        default: 'replace',
        description: 'create: other bytes that are there already are an error · append: adds to the end',
      }),
    ),
  },
  strict,
);
export type WriteInput = Static<typeof WriteInput>;

/** Writes a file of the workspace: a text, JSON, or a file of an earlier step. */
export const fileWrite = defineTool({
  ...common,
  name: 'file.write',
  description:
    'Writes a file in the workspace of the run from one of `text`, `json` and `artifact` (a file of an earlier step). `mode`: replace, create or append.',
  input: WriteInput,
  output: Written,
  effect: 'idempotent',
  async run(input, { workspace, documents, key }) {
    const { path, mode = 'replace' } = input;
    const content = contentOf(input);
    if (mode === 'append') return await workspace.append(path, await bytesOf(content, documents), key);
    const replace = mode === 'replace';
    if (Buffer.isBuffer(content)) return await workspace.write(path, content, { replace });
    const found = await documents.streamArtifact(content.artifact_id);
    if (!found) throw lost(content);
    const body = found.body as AsyncIterable<Uint8Array>;
    return await workspace.write(path, body, { replace, media_type: content.media_type });
  },
  async simulate(input, { workspace, documents }) {
    const { path, mode = 'replace' } = input;
    const content = contentOf(input);
    if (mode === 'append') {
      const before = (await workspace.stat(path)) ? await workspace.read(path) : Buffer.alloc(0);
      return await workspace.preview(path, known(Buffer.concat([before, await bytesOf(content, documents)])));
    }
    const facts = Buffer.isBuffer(content) ? known(content) : { bytes: content.bytes, sha256: content.artifact_id };
    return await workspace.preview(path, facts, { replace: mode === 'replace' });
  },
});

const known = (bytes: Buffer) => ({ bytes: bytes.length, sha256: sha256(bytes) });

function contentOf({ path, text, json, artifact }: WriteInput): Buffer | ArtifactRef {
  const given = [text, json, artifact].filter((one) => one !== undefined);
  if (given.length !== 1)
    throw fileError('file.bad_request', `give one of text, json and artifact, not ${given.length || 'none'} of them`);
  if (artifact) return artifact;
  const indent = /\.(jsonl|ndjson)$/i.test(path) ? undefined : 2;
  return Buffer.from(text ?? `${JSON.stringify(json, null, indent)}\n`);
}

async function bytesOf(content: Buffer | ArtifactRef, documents: ToolContext['documents']): Promise<Buffer> {
  if (Buffer.isBuffer(content)) return content;
  if (content.bytes > INLINE_BYTES)
    throw fileError('file.too_large', `${content.bytes} bytes cannot be appended at once; at most ${INLINE_BYTES} are`);
  const bytes = await documents.readArtifact(content.artifact_id, { maxBytes: INLINE_BYTES });
  if (!bytes) throw lost(content);
  return bytes;
}

const lost = ({ artifact_id, path }: ArtifactRef) =>
  fileError('file.not_found', `there is no artifact ${artifact_id} (${path})`);
