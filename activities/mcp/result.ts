import type { Json, JsonObject } from '../../schemas/json';
import type { ArtifactRef } from '../../schemas/refs';
import type { ToolContext } from '../tools/tool';

/** A result of a tool, as steps have it. Whatever a server says is data: nothing of it is followed or fetched. */
export interface McpOutput {
  text: string;
  structured: Json;
  files: ArtifactRef[];
  links: { uri: string; name?: string; media_type?: string }[];
}

type Keeping = Pick<ToolContext, 'documents' | 'workflow_id' | 'step_id'>;

/** Endings of the files of common media types. */
const ENDINGS: Record<string, string> = {
  ...{ 'image/png': '.png', 'image/jpeg': '.jpg', 'image/gif': '.gif', 'image/webp': '.webp', 'image/svg+xml': '.svg' },
  ...{ 'audio/wav': '.wav', 'audio/mpeg': '.mp3', 'application/pdf': '.pdf', 'application/json': '.json' },
  ...{ 'application/gzip': '.gz', 'application/zip': '.zip', 'text/plain': '.txt', 'text/csv': '.csv' },
};

/** The result of a tool with its files in the document store. What is of no known kind is left out. */
export async function keepResult(result: JsonObject, tool: string, keeping: Keeping): Promise<McpOutput> {
  const output: McpOutput = { text: '', structured: result['structuredContent'] ?? null, files: [], links: [] };
  const texts: string[] = [];
  for (const block of blocksOf(result)) {
    const { resource } = block;
    if (isObject(resource)) await keepResource(resource);
    else if (block['type'] === 'text') texts.push(textOf(block['text']));
    else if (block['type'] === 'image' || block['type'] === 'audio') await keepFile(block['data'], block['mimeType']);
    else if (block['type'] === 'resource_link') addLink(block);
  }
  output.text = texts.join('\n');
  return output;

  async function keepResource(resource: JsonObject): Promise<void> {
    if (typeof resource['blob'] === 'string') await keepFile(resource['blob'], resource['mimeType']);
    else if (typeof resource['text'] === 'string') texts.push(resource['text']);
  }

  async function keepFile(data: Json | undefined, type: Json | undefined): Promise<void> {
    const media_type = /^[\w.+-]+\/[\w.+-]+$/.test(textOf(type)) ? textOf(type) : 'application/octet-stream';
    const bytes = Buffer.from(textOf(data), 'base64');
    const name = `${tool.replace(/[^A-Za-z0-9_-]/g, '_').slice(0, 60)}-${output.files.length + 1}${ENDINGS[media_type] ?? '.bin'}`;
    output.files.push(
      await keeping.documents.putArtifactStream({
        pathOf: (sha256) => `downloads/${keeping.workflow_id}/${keeping.step_id}/${sha256.slice(0, 12)}/${name}`,
        body: piecesOf(bytes),
        media_type,
        maxBytes: bytes.length,
      }),
    );
  }

  function addLink({ uri, name, mimeType }: JsonObject): void {
    if (typeof uri !== 'string') return;
    output.links.push({
      uri,
      ...(typeof name === 'string' ? { name } : {}),
      ...(typeof mimeType === 'string' ? { media_type: mimeType } : {}),
    });
  }
}

/** What a tool has said in words, such as why it has failed. */
export const wordsOf = (result: JsonObject): string =>
  blocksOf(result)
    .map((block) => textOf(block['text']))
    .filter((text) => text !== '')
    .join('\n');

const blocksOf = ({ content }: JsonObject): JsonObject[] => (Array.isArray(content) ? content.filter(isObject) : []);

const textOf = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

async function* piecesOf(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
