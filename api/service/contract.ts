import { Type } from 'typebox';
import { Health, Index, Readiness } from '../../schemas/api';
import { acceptLanguage, define, operators } from '../contract';

/** Addresses of the service itself. */
export const serviceContracts = define({
  index: {
    method: 'get',
    path: '/',
    tag: 'service',
    summary: 'Where to go from here',
    roles: 'public',
    answers: [{ status: 200, description: 'links', schema: Index }],
  },
  health: {
    method: 'get',
    path: '/health',
    tag: 'service',
    summary: 'Whether this process lives, with a line per dependency',
    roles: 'public',
    entrance: 'health',
    headers: acceptLanguage,
    answers: [{ status: 200, description: 'alive; `degraded` while a dependency is away', schema: Health }],
  },
  ready: {
    method: 'get',
    path: '/ready',
    tag: 'service',
    summary: 'Whether requests are accepted and worked off',
    roles: 'public',
    entrance: 'ready',
    headers: acceptLanguage,
    answers: [
      { status: 200, description: 'Temporal answers, the document store writes, workers poll', schema: Readiness },
      { status: 503, description: 'not now, with the reasons', schema: Readiness },
    ],
  },
  metrics: {
    method: 'get',
    path: '/metrics',
    tag: 'service',
    summary: 'Metrics of this process and of the streams, for Prometheus',
    roles: [...operators, 'auditor'],
    entrance: 'metrics',
    answers: [{ status: 200, description: 'the text format of Prometheus', media: 'text/plain' }],
  },
  openapi: {
    method: 'get',
    path: '/openapi.json',
    tag: 'service',
    summary: 'This description, OpenAPI 3.1',
    roles: 'public',
    entrance: 'openapi',
    answers: [{ status: 200, description: 'the description', schema: Type.Unsafe<object>({ type: 'object' }) }],
  },
});
