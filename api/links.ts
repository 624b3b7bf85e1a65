/** Addresses of the API, made in one place. */
const part = encodeURIComponent;

export const links = {
  project: (id: string) => `/projects/${part(id)}`,
  projectEvents: (id: string) => `/projects/${part(id)}/events`,
  items: (id: string) => `/projects/${part(id)}/items`,
  deliverables: (id: string) => `/projects/${part(id)}/deliverables`,
  clarifications: (id: string) => `/projects/${part(id)}/clarifications`,
  clarification: (id: string, question: string) => `/projects/${part(id)}/clarifications/${part(question)}`,
  run: (id: string) => `/runs/${part(id)}`,
  runEvents: (id: string) => `/runs/${part(id)}/events`,
  steps: (id: string) => `/runs/${part(id)}/steps`,
  decide: (id: string) => `/runs/${part(id)}/decide`,
  order: (id: string) => `/orders/${part(id)}`,
  orderHistory: (id: string) => `/orders/${part(id)}/history`,
  orderEvents: (id: string) => `/orders/${part(id)}/events`,
  orderDecision: (id: string, how: 'validate' | 'correct' | 'reject') => `/orders/${part(id)}/${how}`,
  deadLetters: '/dlq',
  deadLetter: (id: string) => `/dlq/${part(id)}`,
  operation: (id: string) => `/operations/${part(id)}`,
  artifact: (path: string) => `/artifacts/download?path=${part(path)}`,
};
