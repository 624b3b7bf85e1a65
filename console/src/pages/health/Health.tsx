import { Alert, List, Text } from '@mantine/core';
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useFormat } from '../../i18n/format';
import { useWords } from '../../i18n/words';
import { Asked } from '../../parts/Asked';
import { DependencyName } from '../../parts/DependencyName';
import { Go } from '../../parts/Go';
import { Page } from '../../parts/Page';
import { PlainTable } from '../../parts/PlainTable';
import { Status } from '../../parts/Status';
import { healthQuery, readyQuery, type Dependency } from './queries';
import { words } from './words';

export const page = createLazyRoute('/health')({ component: Health });

const RANK = ['down', 'unknown', 'up'];

/** What the platform depends on: what is away comes first, with what to do about it. */
function Health() {
  const w = useWords(words);
  const format = useFormat();
  const health = useQuery(healthQuery);
  const ready = useQuery(readyQuery);
  return (
    <Page
      title={w.title}
      about={
        <Text size="sm" c="dimmed">
          {w.about} {health.data && w.uptime(format.duration(health.data.uptime_seconds * 1_000))}
        </Text>
      }
      actions={health.data && <Status state={health.data.status} />}
    >
      <Asked query={ready}>
        {({ ready: is, reasons }) => (
          <Alert
            role="status"
            color={is ? 'green' : 'red'}
            icon={is ? <IconCheck /> : <IconAlertTriangle />}
            title={is ? w.ready : w.notReady}
          >
            {reasons.length > 0 && (
              <List size="sm" className="foreign">
                {reasons.map((reason) => (
                  <List.Item key={reason}>{reason}</List.Item>
                ))}
              </List>
            )}
          </Alert>
        )}
      </Asked>
      <Asked query={health}>
        {({ dependencies }) => (
          <PlainTable
            label={w.list}
            heads={[w.name, w.state, w.detail, w.todo]}
            rows={dependencies
              .toSorted((a, b) => RANK.indexOf(a.state) - RANK.indexOf(b.state))
              .map((one) => [
                <DependencyName key="name" name={one.name} />,
                <Status key="state" state={one.state} />,
                one.detail,
                <Remedy key="todo" dependency={one} />,
              ])}
          />
        )}
      </Asked>
    </Page>
  );
}

function Remedy({ dependency: { name, state } }: { dependency: Dependency }) {
  const { remedies, runsLink } = useWords(words);
  const kind = name.split(':')[0] as keyof typeof remedies;
  if (state === 'up') return null;
  return (
    <>
      {(state === 'unknown' ? remedies.unknown : remedies[kind]) ?? remedies.unknown}{' '}
      {kind === 'runs' && <Go to="/runs">{runsLink}</Go>}
    </>
  );
}
