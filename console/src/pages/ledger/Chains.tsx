import { Alert, Button, List, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconShieldCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useFormat } from '../../i18n/format';
import { counted, useLanguage, useWords } from '../../i18n/words';
import { Asked } from '../../parts/Asked';
import { Go, pathOf } from '../../parts/Go';
import { verificationQuery, type Verification } from './queries';
import { words } from './words';

/** Whether the chains are whole. */
export function Chains() {
  const w = useWords(words);
  const query = useQuery(verificationQuery);
  return (
    <Asked query={query}>
      {(found) => (
        <Alert
          role="status"
          color={found.whole ? 'green' : 'red'}
          icon={found.whole ? <IconShieldCheck /> : <IconAlertTriangle />}
          title={!found.whole ? w.broken : found.next_cursor === undefined ? w.whole : w.wholeSoFar}
        >
          <Stack gap="xs" align="flex-start">
            <List size="sm">
              {found.chains.map((chain) => (
                <Chain key={chain.process} chain={chain} />
              ))}
            </List>
            <Button size="xs" variant="default" loading={query.isFetching} onClick={() => void query.refetch()}>
              {w.check}
            </Button>
          </Stack>
        </Alert>
      )}
    </Asked>
  );
}

function Chain({ chain: { process, entries, from, through, faults } }: { chain: Verification['chains'][number] }) {
  const w = useWords(words);
  const format = useFormat();
  const { language } = useLanguage();
  return (
    <List.Item>
      {w.chain(
        process,
        counted(language, entries, w.one, w.other),
        format.number(Math.min(from, through)),
        format.number(through),
      )}
      {faults.slice(0, 10).map(({ n, message }) => (
        <Text key={`${n}${message}`} size="sm" className="foreign">
          <Go to={pathOf('ledger', process, String(n))}>
            {process} {n}
          </Go>
          : {message}
        </Text>
      ))}
    </List.Item>
  );
}
