/** What a key may do. `admin` does everything but decide: who runs the platform is not therefore an approver. */
export const roles = ['requester', 'approver', 'operator', 'admin', 'auditor'] as const;
export type Role = (typeof roles)[number];
