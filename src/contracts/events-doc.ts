import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProjectRoot } from '../config';
import type { Envelope } from '../../schemas/envelope';
import { eventCatalogue, type EventDefinition } from '../../schemas/catalogue';
import { PUBLISHED } from './snapshot';
import type { JsonSchema } from '../../schemas/tool';
import { toStandalone } from './standalone';

/** The page about events; the part between the marks is made from the schemas. */
export const EVENTS_PAGE = join('docs', 'events.md');

const BEGIN = '<!-- catalogue: made from schemas/events by `npm run docs:events`; changes in here are lost -->';
const END = '<!-- end of the catalogue -->';

/** Replaces the catalogue in the page by the current one. */
export function withCatalogue(page: string, catalogue: readonly EventDefinition[] = eventCatalogue): string {
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined)
    throw new Error(`${EVENTS_PAGE} lacks its marks: ${BEGIN} and ${END}`);
  return `${before}${BEGIN}\n\n${renderCatalogue(catalogue)}\n${END}${after}`;
}

/** Renders every event type: its meaning, its payload, and an example of a whole event. */
export function renderCatalogue(catalogue: readonly EventDefinition[] = eventCatalogue): string {
  const families = new Map<string, EventDefinition[]>();
  for (const definition of catalogue) {
    const family = definition.type.split('.')[0] ?? '';
    families.set(family, [...(families.get(family) ?? []), definition]);
  }
  const index = catalogue.map(({ type, summary }) => `| [\`${type}\`](#${anchor(type)}) | ${cell(summary)} |`);
  const sections = [...families.values()].flat().map(section);
  return ['| event | what it says |', '| --- | --- |', ...index, '', ...sections].join('\n');
}

function section(definition: EventDefinition): string {
  const { type, version, summary, payload } = definition;
  const schema = toStandalone(payload);
  const file = `${type}.v${version}.schema.json`;
  return [
    `### ${type}`,
    '',
    `${summary} Version ${version}, [schema](../${PUBLISHED.replaceAll('\\', '/')}/${file}).`,
    '',
    '| payload | type | |',
    '| --- | --- | --- |',
    ...rows(schema),
    '',
    '```json',
    JSON.stringify(exampleOf(definition), null, 2),
    '```',
    '',
  ].join('\n');
}

/** An example of an event in the stream. Ids and times are made up. */
export function exampleOf({ type, version, example }: EventDefinition): Envelope {
  const payload = example as unknown as Envelope['payload'] & { project_id?: string; run?: string; operation?: string };
  const { project_id: project, run, operation } = payload;
  return {
    event_id: '5b1f3c0e-8f0a-5d54-9c1e-2f6d3a7b9c10',
    event_type: type,
    schema_version: version,
    source: 'awe',
    occurred_at: '2026-01-05T08:00:00.000Z',
    correlation_id: project ?? run ?? operation ?? 'c-1',
    causation_id: 'c0a1f6d2-3b7e-5c48-8d15-90e4b2a7f361',
    subject:
      project !== undefined
        ? { kind: 'project', id: project }
        : operation !== undefined
          ? { kind: 'operation', id: operation }
          : { kind: 'run', id: run ?? 'audit.run.1f0a' },
    seq: 7,
    payload,
  };
}

/** A row for each member of a payload; members of inner objects follow their parent. */
function rows(schema: JsonSchema, path = '', depth = 0): string[] {
  const properties = (schema.properties ?? {}) as Record<string, JsonSchema>;
  const required = (schema.required ?? []) as string[];
  return Object.entries(properties).flatMap(([name, member]) => {
    const inner = (member.items as JsonSchema | undefined) ?? member;
    const place = `${path}${name}`;
    const words = [required.includes(name) ? '' : 'optional', wordOf(member.description)].filter(Boolean).join('; ');
    const below = depth < 2 ? rows(inner, `${place}${member.items ? '[].' : '.'}`, depth + 1) : [];
    return [`| \`${place}\` | ${cell(typeOf(member))} | ${cell(words)} |`, ...below];
  });
}

function typeOf(schema: JsonSchema): string {
  if ('const' in schema) return `\`${JSON.stringify(schema.const)}\``;
  const values = schema.enum as unknown[] | undefined;
  if (values) return values.map((value) => `\`${JSON.stringify(value)}\``).join(', ');
  const choices = (schema.anyOf ?? schema.oneOf) as JsonSchema[] | undefined;
  if (choices) return [...new Set(choices.map(typeOf))].join(', ');
  if (schema.type === 'array') return `array of ${typeOf((schema.items ?? {}) as JsonSchema)}`;
  const type = Array.isArray(schema.type) ? schema.type.join(' or ') : wordOf(schema.type, 'any');
  return typeof schema.format === 'string' ? `${type}, ${schema.format}` : type;
}

const wordOf = (value: unknown, otherwise = ''): string => (typeof value === 'string' ? value : otherwise);

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** The anchor that Markdown readers give to a heading. */
const anchor = (heading: string): string => heading.toLowerCase().replaceAll(/[^a-z0-9 _-]/g, '');

/** `npm run docs:events` */
function main(): void {
  const file = join(process.argv[2] ?? findProjectRoot(), EVENTS_PAGE);
  const page = readFileSync(file, 'utf8');
  const made = withCatalogue(page);
  if (made !== page) writeFileSync(file, made);
  console.log(made === page ? `${file} is up to date` : `${file} written`);
}

if (require.main === module) main();
