import type { DefinitionContent } from '../../../schemas/definition/definition';
import type { Change, StoredVersion } from '../../../schemas/definition/run';
import type { Plan } from '../../../schemas/plan';
import type { DefinitionStore } from '../../documents/definitions';
import { canonicalJson } from '../../documents/json';
import type { ValueStore } from '../../documents/values';
import { notFound, RunError } from '../errors';
import { newId } from '../new-id';

/** The parts of the outside that definitions need. */
export interface LibraryParts {
  definitions: DefinitionStore;
  values: Pick<ValueStore, 'putValue'>;
  runs: {
    /** has a version written and told */
    commitVersion(stored: StoredVersion, name: string): Promise<void>;
    /** ids of executions under way */
    openExecutions(id: string, most: number): Promise<string[]>;
  };
}

/** A definition that was checked, and its plan. */
export interface Checked {
  content: DefinitionContent;
  plan: Plan;
}

/** A change that somebody wants; `expected`: the version that they have seen. */
export interface WantedRevision {
  id: string;
  by: string;
  expected?: number;
}

/** A version with content: one that is no deletion. */
export type Content = StoredVersion & Required<Pick<StoredVersion, 'content' | 'plan' | 'steps'>>;

/** Executions that a refusal names. */
const NAMED = 10;

/** Tries of a change that nobody has bound to a version, while others change the definition too. */
const TRIES = 3;

/** Workflow definitions and their versions, which only ever get more. */
export function createLibrary({ definitions, values, runs }: LibraryParts) {
  async function read(id: string): Promise<Content> {
    const latest = await definitions.readLatest(id);
    if (!latest || !hasContent(latest)) throw notFound(`There is no workflow ${id}.`);
    return latest;
  }

  async function readVersion(id: string, version: number): Promise<Content> {
    const stored = await definitions.readVersion(id, version);
    if (!stored || !hasContent(stored)) throw notFound(`Workflow ${id} has no version ${version} to look at.`);
    return stored;
  }

  /** The next version, by what the newest says; tried again where somebody was faster and nothing was expected. */
  async function revise<More extends Partial<StoredVersion>>(
    { id, by, expected }: WantedRevision,
    change: Exclude<Change, 'created'>,
    next: (latest: Content) => Promise<More | undefined>,
  ) {
    for (let tries = 1; ; tries++) {
      const latest = await read(id);
      if (expected !== undefined && latest.version !== expected) throw changed(latest.version);
      const more = await next(latest);
      if (!more) return latest;
      const stored = { id, by, change, version: latest.version + 1, at: new Date().toISOString(), ...more };
      try {
        await runs.commitVersion(stored, (stored.content ?? latest.content).name);
        return stored;
      } catch (error) {
        if (!(error instanceof RunError && error.fault === 'conflict')) throw error;
        if (expected !== undefined) throw changed();
        if (tries >= TRIES) throw error;
      }
    }
  }

  const stored = async ({ content, plan }: Checked) => ({
    content,
    plan: await values.putValue(plan),
    steps: plan.steps.length,
  });

  return {
    read,
    readVersion,

    /** A new definition. Throws `conflict` where there is one of its id. */
    async create({ id, by }: WantedRevision, checked: Checked): Promise<Content> {
      const latest = await definitions.readLatest(id);
      if (latest && hasContent(latest))
        throw new RunError('conflict', `There is a workflow ${id}. Change it by PUT, or choose another id.`);
      const about = { id, by, change: 'created' as const, version: (latest?.version ?? 0) + 1 };
      const version = { ...about, at: new Date().toISOString(), ...(await stored(checked)) };
      await runs.commitVersion(version, checked.content.name);
      return version;
    },

    /** The next version; the newest where it says the same. */
    async change(wanted: WantedRevision, checked: Checked): Promise<Content> {
      return await revise(wanted, 'changed', async (latest) =>
        canonicalJson(latest.content) === canonicalJson(checked.content) ? undefined : await stored(checked),
      );
    },

    /** A new version that says what an earlier one said. */
    async rollBack(wanted: WantedRevision, from: number): Promise<Content> {
      const { content, plan, steps } = await readVersion(wanted.id, from);
      return await revise(wanted, 'rolled_back', async () => ({ content, plan, steps, from }));
    },

    /** A version without content. Throws `conflict` while executions run. */
    async remove(wanted: WantedRevision): Promise<void> {
      await revise(wanted, 'deleted', async () => {
        const open = await runs.openExecutions(wanted.id, NAMED + 1);
        if (open.length === 0) return {};
        const more = open.length > NAMED ? ', and more' : '';
        const names = open.slice(0, NAMED);
        throw new RunError('conflict', `Executions are under way: ${names.join(', ')}${more}. Cancel them first.`, {
          facts: { executions: names },
        });
      });
    },

    /** All versions, deletions too, the newest first, and those of a page of them. */
    async versions(id: string, from: number, limit: number): Promise<{ page: StoredVersion[]; next?: number }> {
      const numbers = (await definitions.listVersions(id)).reverse();
      if (numbers.length === 0) throw notFound(`There is no workflow ${id}.`);
      const page = await Promise.all(numbers.slice(from, from + limit).map((n) => definitions.readVersion(id, n)));
      const next = from + limit < numbers.length ? from + limit : undefined;
      return { page: page.filter((one) => one !== undefined), next };
    },

    /** A page of definitions by their ids; it may hold fewer than asked for, since deleted ones are passed over. */
    async list(after: string | undefined, limit: number): Promise<{ page: Content[]; next?: string }> {
      const { ids, next } = await definitions.listIds({ after, limit });
      const page = await Promise.all(ids.map((id) => definitions.readLatest(id)));
      return { page: page.filter((one): one is Content => one !== undefined && hasContent(one)), next };
    },
  };
}

export const newDefinitionId = (): string => newId('W');

const hasContent = (version: StoredVersion): version is Content => version.content !== undefined;

const changed = (version?: number): RunError =>
  new RunError(
    'digest_mismatch',
    `Somebody has changed the workflow${version === undefined ? '' : `: it is at version ${version}`}. Read it, and try again.`,
  );
