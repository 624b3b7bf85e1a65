import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Static, TSchema } from 'typebox';
import type { Json, JsonObject } from '../../../schemas/json';
import { sampleOf } from '../../../src/contracts/sample';
import { SpreadsheetError } from '../../../src/spreadsheets/errors';
import { TransformError } from '../../../src/transform/errors';
import { plainSpec, type TypedSpec } from '../define';
import { ToolError } from '../errors';
import { Kept, type Tool, type ToolContext } from '../tool';
import type { Children, Order, Saving, Source } from './apart';

/** Surroundings of pure work. */
export interface WorkParts {
  /** the file that `source` names, on this machine */
  file: string | undefined;
  children: Children;
  signal: AbortSignal | undefined;
}

/** Result of pure work: the output, and the file that belongs into the workspace. */
export interface Made<Output> {
  output: Output;
  save?: Saving;
}

/** A tool whose output is a function of its input, and of one file. */
export interface PureDefinition<Input extends TSchema, Output extends TSchema> extends TypedSpec<Input, Output> {
  /** the file that it reads */
  source?: (input: Static<Input>) => Source | undefined;
  work(input: Static<Input>, parts: WorkParts): Promise<Made<Static<Output>>> | Made<Static<Output>>;
}

/** A tool that can compute in a thread, as {@link definePure} makes it. */
export interface PureTool extends Tool {
  source: (input: Json) => Source | undefined;
  work(input: Json, parts: WorkParts): Promise<Made<JsonObject>>;
}

/**
 * Makes a tool whose work needs nothing of the platform. Small work is done where the tool is called; what has large
 * arguments or a large file is done in a thread, which reads and writes the values itself. A file that the work has made
 * is saved by the caller, and `path`, `bytes` and `file` of the output are its own.
 */
export function definePure<Input extends TSchema, Output extends TSchema>(
  definition: PureDefinition<Input, Output>,
): PureTool {
  const { source = () => undefined, work, ...typed } = definition;
  const spec = plainSpec(typed);
  const plain = {
    source: (input: Json) => {
      try {
        return source(input as Static<Input>);
      } catch (error) {
        throw toolErrorOf(error);
      }
    },
    work: async (input: Json, parts: WorkParts) => {
      try {
        return (await work(input as Static<Input>, parts)) as Made<JsonObject>;
      } catch (error) {
        throw toolErrorOf(error);
      }
    },
  };
  const workHere = (input: Json, { apart: { children }, signal }: ToolContext) =>
    plain.work(input, { file: undefined, children, signal });
  return {
    ...plain,
    spec,
    async run(input, context) {
      const named = plain.source(input);
      if (!named) return await finish(await workHere(input, context), context);
      return await withFile(named, context, (file) =>
        inThread({ tool: spec.name, given: inline(input), file }, context),
      );
    },
    apart: (given, context) => inThread({ tool: spec.name, given }, context),
    // nothing is saved, and a file that a step before would have made is not there
    simulate: async (input, context) => {
      if (plain.source(input)) return sampleOf(spec.output);
      const made = await workHere(input, context);
      return made.save ? { ...made.output, path: made.save.path, bytes: made.save.bytes.length } : made.output;
    },
  };
}

const inline = (value: Json): Order['given'] => ({ value: { inline: value } });

/** Saves the file that work has made, and completes its output with it. */
async function finish({ output, save }: Made<JsonObject>, { workspace }: ToolContext): Promise<JsonObject> {
  if (!save) return output;
  const { path, bytes, file } = await workspace.write(save.path, save.bytes);
  return { ...output, path, bytes, file };
}

/** Has work done in a thread, which says which file it wants where it was given none. @throws ToolError `transform.too_large` where it takes too much memory */
async function inThread(order: Order, context: ToolContext): Promise<Json | Kept> {
  const { documents, signal } = context;
  const made = await context.apart.threads.run('compute', order, { documents, signal }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_WORKER_OUT_OF_MEMORY') throw error;
    throw toolErrorOf(new TransformError('too_large', `${order.tool} took too much memory: give it less at a time`));
  });
  if ('source' in made) return await withFile(made.source, context, (file) => inThread({ ...order, file }, context));
  if ('fault' in made) throw new ToolError(made.fault);
  return 'kept' in made ? new Kept(made.kept) : await finish(made, context);
}

/** Does something with a file of the workspace, or an artifact, that lies on this machine meanwhile. */
async function withFile<T>(source: Source, context: ToolContext, use: (file: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'awe-tool-'));
  try {
    const file = join(folder, 'file');
    await writeFile(file, await bytesOf(source, context), { mode: 0o600 });
    return await use(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function bytesOf(source: Source, { workspace, documents }: ToolContext): Promise<Uint8Array> {
  if ('path' in source) return await workspace.read(source.path);
  const { artifact_id, path } = source.artifact;
  const bytes = await documents.readArtifact(artifact_id);
  if (bytes) return bytes;
  throw new ToolError({ class: 'input', type: 'transform.no_file', message: `there is no artifact ${path}` });
}

/** Errors of pure code as the runtime knows them. */
function toolErrorOf(error: unknown): unknown {
  if (error instanceof TransformError) {
    const { code, message, details } = error;
    const known = code === 'timeout' || code === 'too_large' ? 'permanent' : 'input';
    return new ToolError({ class: known, type: `transform.${code}`, message, details });
  }
  if (!(error instanceof SpreadsheetError)) return error;
  const { code, message, where } = error;
  const large = ['too_large', 'too_many_rows', 'too_many_parts', 'too_slow'].includes(code);
  return new ToolError({
    class: 'input',
    type: large ? 'transform.too_large' : 'transform.bad_file',
    message: where === undefined ? message : `${message} (${where})`,
    details: { reason: code },
  });
}
