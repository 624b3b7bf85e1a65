import { readQueues } from '../../cli/commands/serve';
import { loadConfig } from '../../src/config';
import { queueClasses } from '../../schemas/queues';
import { queues } from '../../workers/queues';
import { versioningOptions } from '../../workers/versioning';

describe('the queues that a worker serves', () => {
  it('are named with commas, each once', () => {
    expect(readQueues('tools,agents,tools')).toEqual(['tools', 'agents']);
    expect(readQueues(' mirror , workflows ')).toEqual(['mirror', 'workflows']);
  });

  it('are refused with the names that there are', () => {
    expect(() => readQueues('tools,tolls')).toThrow(/"tolls" is not a queue.*workflows,tools,agents,orders,mirror/);
    expect(() => readQueues('')).toThrow(/is not a queue/);
  });

  it('have a row each, and one of them runs workflows', () => {
    expect(Object.keys(queues).sort()).toEqual([...queueClasses].sort());
    expect(Object.values(queues).filter(({ workflows }) => workflows)).toHaveLength(1);
  });
});

describe('the release of a worker', () => {
  it('is none unless it is named, and then holds its runs', () => {
    expect(versioningOptions(loadConfig({ AWE_ENV: 'test' }))).toEqual({});
    expect(
      versioningOptions(loadConfig({ AWE_ENV: 'test', NAMESPACE: 'orders', AWE_WORKER_BUILD_ID: '2026-03-01' })),
    ).toEqual({
      workerDeploymentOptions: {
        version: { deploymentName: 'awe-orders', buildId: '2026-03-01' },
        useWorkerVersioning: true,
        defaultVersioningBehavior: 'PINNED',
      },
    });
  });
});
