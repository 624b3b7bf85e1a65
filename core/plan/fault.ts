/** A fault that keeps a plan from running: its place (JSON Pointer into the plan) and how to mend it. */
export interface PlanFault {
  pointer: string;
  code: string;
  message: string;
}

export const fault = (pointer: string, code: string, message: string): PlanFault => ({ pointer, code, message });
