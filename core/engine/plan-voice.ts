import type { Voice } from './voice';

/** Voice of a run of a plan, under the names that every plan's events have. */
export function planVoice(run: string): Voice {
  return (moment) => {
    switch (moment.at) {
      case 'step.ready':
        return [{ type: 'TASK.READY', payload: { run, step: moment.step.id, uses: moment.step.uses } }];
      case 'step.started': {
        const { step, round } = moment;
        return [{ type: 'TASK.STARTED', payload: { run, step: step.id, uses: step.uses, round } }];
      }
      case 'step.retried': {
        const reason = moment.findings.map(({ code, message }) => `${code}: ${message}`).join('; ');
        return [{ type: 'TASK.RETRIED', payload: { run, step: moment.step.id, round: moment.round, reason } }];
      }
      case 'step.completed': {
        const { started, ended, rounds } = moment.state;
        const milliseconds = Math.max(0, (ended ?? 0) - (started ?? ended ?? 0));
        return [{ type: 'TASK.COMPLETED', payload: { run, step: moment.step.id, round: rounds, milliseconds } }];
      }
      case 'step.failed':
        return [{ type: 'TASK.FAILED', payload: { run, step: moment.step.id, error: moment.error } }];
      case 'step.recovered':
        return [{ type: 'TASK.RECOVERED', payload: { run, step: moment.step.id, by: moment.by } }];
      case 'step.skipped':
        return [{ type: 'TASK.SKIPPED', payload: { run, step: moment.step.id, reason: moment.reason } }];
      case 'approval.requested': {
        const { approval_id, question, choices, digest, assignee, expires_at } = moment.approval;
        return [
          {
            type: 'APPROVAL.REQUESTED',
            payload: { run, approval_id, question, choices, digest, assignee, expires_at },
          },
        ];
      }
      case 'approval.overdue': {
        const { approval_id, expires_at } = moment.approval;
        return [{ type: 'APPROVAL.OVERDUE', payload: { run, approval_id, level: moment.level, expires_at } }];
      }
      case 'approval.expired':
        return [{ type: 'APPROVAL.EXPIRED', payload: { run, approval_id: moment.approval.approval_id } }];
      case 'approval.decided': {
        const { decided_at: _, ...decision } = moment.decision;
        return [{ type: 'APPROVAL.DECIDED', payload: { run, approval_id: moment.approval.approval_id, ...decision } }];
      }
      case 'approval.refused': {
        const { approvalId, by, reason } = moment;
        return [{ type: 'DECISION.REFUSED', payload: { run, approval_id: approvalId, by, channel: 'signal', reason } }];
      }
      case 'run.paused':
        return [{ type: 'RUN.PAUSED', payload: { run, by: moment.by } }];
      case 'run.resumed':
        return [{ type: 'RUN.RESUMED', payload: { run, by: moment.by } }];
      case 'request.refused': {
        const { request, by, reason } = moment;
        return [{ type: 'RUN.REQUEST_REFUSED', payload: { run, request, by, reason } }];
      }
    }
  };
}
