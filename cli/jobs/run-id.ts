import type { Job } from '../../schemas/job/api';
import { ApiRefusal, type ApiClient } from '../../src/http/api-client';

/** The workflow id of a run that somebody names by it, or by the id of its job or agent run. */
export async function runIdOf(client: ApiClient, given: string): Promise<string> {
  try {
    return (await client.get<Job>(`/jobs/${encodeURIComponent(given)}`)).workflow_id;
  } catch (error) {
    if (error instanceof ApiRefusal) return given;
    throw error;
  }
}
