/** Roles of keys. `admin` may do everything except decide: running the platform makes nobody an approver. */
export const roles = ['requester', 'approver', 'operator', 'admin', 'auditor'] as const;
export type Role = (typeof roles)[number];
