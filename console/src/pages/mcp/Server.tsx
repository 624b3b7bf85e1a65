import { Alert, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { createLazyRoute } from '@tanstack/react-router';
import { useState } from 'react';
import { useWords } from '../../i18n/words';
import { Asked } from '../../parts/Asked';
import { Facts } from '../../parts/Facts';
import { Go } from '../../parts/Go';
import { Page } from '../../parts/Page';
import { ReasonDialog } from '../../parts/ReasonDialog';
import { Section } from '../../parts/Section';
import { Status } from '../../parts/Status';
import { Time } from '../../parts/Time';
import { useAction } from '../../parts/useAction';
import { acceptTools, MCP, serverQuery, type McpTool, type Server as McpServer } from './queries';
import { ToolCard } from './ToolCard';
import { words } from './words';

export const page = createLazyRoute('/mcp/$server')({ component: Server });

/** A server, and its tools as it lists them: those that wait to be accepted come first. */
function Server() {
  const w = useWords(words);
  const { server } = page.useParams();
  const query = useQuery(serverQuery(server));
  const [asked, setAsked] = useState<McpTool>();
  const accept = useAction({
    act: ({ name, digest = '', comment }: { name: string; digest?: string; comment: string }) =>
      acceptTools({ server, tools: [{ name, digest }], comment: comment === '' ? undefined : comment }),
    done: (_, { name }) => w.done(name),
    refresh: [MCP, ['tools']],
  });
  return (
    <Page
      title={server}
      about={query.data && <Status state={query.data.server.state} />}
      actions={<Go to="/mcp">{w.title}</Go>}
    >
      <Asked query={query}>
        {({ server: about, tools }) => (
          <Stack>
            <About server={about} />
            <Section title={w.tools}>
              <Alert color="yellow">{w.stranger}</Alert>
              {tools.length === 0 && (
                <Text c="dimmed" size="sm">
                  {w.noTools}
                </Text>
              )}
              {tools
                .toSorted((a, b) => rank(a) - rank(b))
                .map((tool) => (
                  <ToolCard key={tool.name} tool={tool} onAccept={() => setAsked(tool)} />
                ))}
            </Section>
          </Stack>
        )}
      </Asked>
      {asked && (
        <ReasonDialog
          title={w.acceptOne(asked.name)}
          action={w.acceptOne(asked.name)}
          onDone={(comment) => {
            accept.mutate({ name: asked.name, digest: asked.digest, comment });
            setAsked(undefined);
          }}
          onClose={() => setAsked(undefined)}
        >
          {w.willAccept(asked.name)}
        </ReasonDialog>
      )}
    </Page>
  );
}

const rank = ({ state }: McpTool): number => ['changed', 'new', 'unusable', 'pinned', 'gone'].indexOf(state);

function About({ server }: { server: McpServer }) {
  const w = useWords(words);
  const { says, error } = server;
  return (
    <Facts
      facts={[
        [w.address, server.address],
        [w.transport, server.transport],
        [w.says, says && [says.name, says.version, says.protocol && `MCP ${says.protocol}`].filter(Boolean).join(', ')],
        [w.error, error && `${error.type}: ${error.message}`],
        [w.seen, <Time key="seen" at={server.seen_at} />],
      ]}
    />
  );
}
