import type { Plan } from '../../schemas/plan';
import {
  ParameterError,
  planApiOrchestration,
  planDataPipeline,
  planJobExecution,
  type ApiOrchestration,
  type DataPipeline,
  type JobExecution,
} from '../../src/job/examples';
import { readJsonFile } from '../json-file';
import { UsageError } from '../usage';

export const exampleNames = ['data_pipeline', 'api_orchestration', 'job_execution'] as const;
export type ExampleName = (typeof exampleNames)[number];

/** Parameters of pre-built workflows, as a command line gives them. */
export interface ExampleOptions {
  source?: string;
  transformations?: string;
  destination?: string;
  calls?: string;
  strategy?: string;
  jobConfig?: string;
  interval?: string;
}

/** The plan of a pre-built workflow. @throws UsageError */
export async function planOfExample(name: ExampleName, options: ExampleOptions): Promise<Plan> {
  try {
    return await makers[name](options);
  } catch (error) {
    if (error instanceof ParameterError) throw new UsageError(`--example ${name}: ${error.message}`);
    throw error;
  }
}

const makers: Record<ExampleName, (options: ExampleOptions) => Promise<Plan>> = {
  async data_pipeline({ source, transformations, destination }) {
    return planDataPipeline({
      source: wordOf(needed('--source', source)) as DataPipeline['source'],
      transformations: transformations === undefined ? [] : await readJsonFile(transformations),
      destination: wordOf(needed('--destination', destination)) as DataPipeline['destination'],
    });
  },
  async api_orchestration({ calls, strategy }) {
    return planApiOrchestration({
      api_calls: await readJsonFile(needed('--calls', calls)),
      orchestration_strategy: strategy as ApiOrchestration['orchestration_strategy'],
    });
  },
  async job_execution({ jobConfig, interval }) {
    const job_config = await readJsonFile<JobExecution['job_config']>(needed('--job-config', jobConfig));
    return planJobExecution({ job_config, monitor_interval: interval });
  },
};

function needed(option: string, value: string | undefined): string {
  if (value === undefined) throw new ParameterError(`it needs ${option}; awe run --help says what that is.`);
  return value;
}

/** A word, or the JSON of an object. */
function wordOf(text: string): unknown {
  if (!text.startsWith('{')) return text;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new ParameterError(`${text.slice(0, 60)} is not JSON: ${(error as Error).message}`);
  }
}
