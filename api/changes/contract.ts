import { define, everybody } from '../contract';

/** The form of a hint's `id`: that of the entry of the stream that it comes from. */
export const CHANGE_ID = '^\\d{1,15}-\\d{1,15}$';

/** The address of hints for pages that refresh what they show. */
export const changeContracts = define({
  getChanges: {
    method: 'get',
    path: '/changes',
    tag: 'events',
    summary: 'That something has happened to a run, of all runs in one stream',
    description: `Server-Sent Events. A plain message is a hint, \`{workflow_id, subject, process, event_type, seq, at}\`: a reason to ask
the run or a list again, never data to show, since the stream that it comes from may be written by others. \`live\`
(\`{"live": true}\`) comes first, and whenever it changes: while it is false no hints come, so poll. \`missed\` says that
hints were lost: ask for everything again. \`Last-Event-ID\` resumes within what the stream still holds. A \`beat\`
every 10 s says that the connection holds; it closes when the key may no longer go on.`,
    roles: everybody,
    entrance: 'changes',
    headers: { 'Last-Event-ID': { says: 'the last `id` that was received', form: CHANGE_ID } },
    answers: [{ status: 200, description: 'the stream', media: 'text/event-stream' }],
  },
});
