import type { ExecutionMemo, ExecutionView } from '../../schemas/definition/run';
import { Identifier } from '../../schemas/json';
import { validatorFor } from '../contracts/validators';
import type { DefinitionStore } from '../documents/definitions';
import type { RecordStore } from '../documents/records';
import { RunError } from '../runs/errors';
import type { RunDependencies } from '../runs/ports';
import { readMemo } from '../runs/start-run';
import { parseWorkflowId } from '../temporal/ids';
import type { KeptMemoryParts } from './kept';

export interface OwnerParts {
  temporal: RunDependencies['temporal'];
  records: Pick<RecordStore, 'readRecord'>;
  definitions: Pick<DefinitionStore, 'readLatest'>;
  namespace: string;
}

const isIdentifier = validatorFor(Identifier);

/** The workflow definitions that memories belong to: of an execution its memo says so, and later its record. */
export function createOwners(parts: OwnerParts): Pick<KeptMemoryParts, 'definitionOf' | 'isDefinition'> {
  const { temporal, records, definitions, namespace } = parts;
  return {
    async definitionOf(workflowId) {
      if (parseWorkflowId(namespace, workflowId)?.process !== 'definition') return undefined;
      const memo: Partial<ExecutionMemo> = await readMemo<ExecutionMemo>(temporal, workflowId).catch(forgotten);
      const { definition_id } = memo;
      if (definition_id !== undefined) return definition_id;
      const record = await records.readRecord(workflowId);
      return (record?.view as Partial<ExecutionView> | undefined)?.definition?.id;
    },
    isDefinition: async (id) => isIdentifier(id).ok && (await definitions.readLatest(id)) !== undefined,
  };
}

/** Temporal does not know the run any more; then its record does. */
function forgotten(error: unknown): Partial<ExecutionMemo> {
  if (error instanceof RunError && error.fault === 'not_found') return {};
  throw error;
}
