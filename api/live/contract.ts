import { Type } from 'typebox';
import { everybody } from '../contract';

/** Address of a stream of events: all of it but its path. */
export const eventStream = {
  method: 'get',
  tag: 'events',
  description: `Server-Sent Events. \`id\` is the event's \`seq\`, \`data\` its envelope as JSON; they come as plain messages
(\`onmessage\`), since a client cannot list the types that will exist. First what has happened, then what happens, without
gap or repeat. After the run's last event comes one named \`end\` (\`{"status": …, "seq": …}\`), and the stream closes:
close your EventSource then (one that reconnects gets 204, which ends it too). \`Last-Event-ID\` or \`?after=\` resumes,
also across restarts; the header wins. A comment every 15 s keeps the connection open. A client that does not read is
dropped at 1 MiB.`,
  roles: everybody,
  query: { after: Type.Optional(Type.Integer({ minimum: 0, description: 'events with a higher `seq` only' })) },
  headers: { 'Last-Event-ID': 'the last `id` that was received' },
  answers: [
    { status: 200, description: 'the stream', media: 'text/event-stream' },
    { status: 204, description: 'the run has ended and everything was received' },
  ],
  problems: [404],
} as const;
