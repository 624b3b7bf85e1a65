import type { Redis } from 'ioredis';
import type { PlatformEvent } from '../schemas/envelope';
import type { ArtifactRef, Ref } from '../schemas/refs';
import type { Prover } from '../src/access/proof';
import type { Sealer } from '../src/access/seal';
import type { Config } from '../src/config';
import type { Documents } from '../src/documents/content';
import type { DocumentStore } from '../src/documents/port';
import type { RecordStore } from '../src/documents/records';
import type { Effects } from '../src/effects/effects';
import type { Prompts } from '../src/llm/prompt';
import type { Logger } from '../src/logging';
import type { VectorStore } from '../src/meaning/port';
import type { PastRuns } from '../src/past-runs/past-runs';
import type { Recordings } from '../src/recordings/recordings';
import type { Keys } from '../src/redis/keys';
import type { Mirror, Validate } from '../src/streams/mirror';
import type { ThreadPool } from '../src/threads/pool';
import type { WorkMeter } from '../src/telemetry/work';
import type { TemporalPort } from '../src/temporal/client';
import type { Slice } from './engine/segment';
import type { Judges } from './llm/tools';
import type { LiveCatalogue } from './mcp/registry';
import type { McpTools } from './mcp/tools';
import type { ToolRuntime } from './tools/runtime';
import type { Tool } from './tools/tool';

/** Parts of a worker that tools and agents are made of. */
export interface ToolParts {
  config: Config;
  /** the prompts of all processes */
  prompts: Prompts;
  /** the judges of all processes */
  judges: Judges;
  threads: ThreadPool;
  /** the tools of MCP servers */
  mcp: Pick<McpTools, 'specs' | 'refresh'>;
  /** has something closed when the worker goes down */
  onClose(close: () => Promise<void>): void;
}

/** Parts of a worker that activities are made of, once the tools of all processes are known. */
export interface ActivityParts {
  config: Config;
  log: Logger;
  store: DocumentStore;
  documents: Documents;
  records: RecordStore;
  /** texts that are found by their meaning */
  vectors: VectorStore;
  /** what runs have changed outside */
  effects: Effects;
  /** what runs have exchanged with the world, as far as it is kept */
  recordings: Recordings;
  /** what past runs have taken */
  pastRuns: PastRuns;
  /** events that a run has put into the document store, as a JSON array */
  readEvents(ref: Ref): Promise<PlatformEvent[]>;
  redis: Redis;
  keys: Keys;
  temporal: TemporalPort;
  mirror: Mirror;
  prover: Prover;
  sealer: Sealer;
  validate: Validate;
  meter: WorkMeter;
  runtime: ToolRuntime;
  threads: ThreadPool;
  catalogue: LiveCatalogue;
  mcp: McpTools;
  /** the bounds of each segment, unless the engine's own */
  slice?: () => Slice;
  /** has something closed when the worker goes down */
  onClose(close: () => Promise<void>): void;
  /** called for every file that is put; must not throw */
  onArtifact(artifact: ArtifactRef, run: string): void;
}

/** Contribution of a process to the workers: it takes the parts that it needs. */
export interface Process {
  /** by the names that its workflows ask for; no two processes have the same */
  activities(parts: ActivityParts): object;
  tools(parts: ToolParts): Tool[];
  /** rules for models' answers to its questions, by task */
  judges: Judges;
  /** names of the prompts that it asks models with */
  prompts: readonly string[];
}
