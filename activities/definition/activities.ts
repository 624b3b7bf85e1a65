import { ApplicationFailure } from '@temporalio/activity';
import type { StoredVersion } from '../../schemas/definition/run';
import type { Ref } from '../../schemas/refs';
import type { DefinitionStore } from '../../src/documents/definitions';
import type { Documents } from '../../src/documents/content';
import { withStore } from '../engine/values';

export interface DefinitionActivityParts {
  documents: Pick<Documents, 'getValue'>;
  definitions: Pick<DefinitionStore, 'writeVersion'>;
}

/** Activities of changes of workflow definitions. */
export function createDefinitionActivities({ documents, definitions }: DefinitionActivityParts) {
  return {
    /** Writes a version, unless somebody else has written one under its number. */
    async writeVersion({ stored }: { stored: Ref<StoredVersion> }): Promise<true> {
      const outcome = await withStore(async () => await definitions.writeVersion(await documents.getValue(stored)));
      if (outcome === 'created') return true;
      throw ApplicationFailure.nonRetryable('somebody else has just changed the definition', 'definition.conflict');
    },
  };
}
