import type { DefinitionStep } from '../../schemas/definition/definition';
import type { StoredVersion } from '../../schemas/definition/run';
import { Identifier } from '../../schemas/json';
import type { JsonSchema } from '../../schemas/tool';
import { validatorFor } from '../contracts/validators';

/** A version of a definition that another one executes, and what it takes. */
export interface KnownWorkflow {
  version: number;
  input_schema?: JsonSchema;
}

/** Definitions that the steps of another name, as `id` for the newest, or `id@version`. */
export type KnownWorkflows = ReadonlyMap<string, KnownWorkflow>;

/** Definitions that one may name, so that a check reads no more. */
const MOST_NAMED = 100;

/** Reads the definitions that the steps of one name, whatever else is wrong with it. Those that there are not are left out. */
export async function readNamed(
  definition: unknown,
  read: (id: string, version: number | undefined) => Promise<StoredVersion | undefined>,
): Promise<KnownWorkflows> {
  const named = new Map(namedIn(definition).map((one) => [keyOf(one), one]));
  const found = await Promise.all(
    [...named].slice(0, MOST_NAMED).map(async ([key, { id, version }]) => ({ key, stored: await read(id, version) })),
  );
  return new Map(
    found.flatMap(({ key, stored }) =>
      stored?.content ? [[key, { version: stored.version, input_schema: stored.content.input_schema }]] : [],
    ),
  );
}

const isIdentifier = validatorFor(Identifier);

interface Named {
  id: string;
  version?: number;
}

/** The name of a definition among those that are known. */
export const keyOf = ({ id, version }: Named): string => (version === undefined ? id : `${id}@${version}`);

function namedIn(value: unknown): Named[] {
  const steps = (value as { steps?: unknown } | null | undefined)?.steps;
  if (!Array.isArray(steps)) return [];
  return steps.flatMap((step: Partial<DefinitionStep> | null) => {
    const { workflow, version } = step ?? {};
    const isNamed = isIdentifier(workflow).ok;
    const number = Number.isSafeInteger(version) ? version : undefined;
    return [...(isNamed ? [{ id: workflow ?? '', version: number }] : []), ...namedIn(step)];
  });
}
