import type { Catalog, Learner, Profile, Rule, Segment } from '../../../src/core.js';
import { peer } from './load.js';

interface Engine {
  addRule(rule: { readonly conditions: unknown; readonly event: { readonly type: string } }): unknown;
  addOperator(name: string, holds: (fact: string, asked: string) => boolean): unknown;
  run(facts: Profile): Promise<{ readonly events: readonly { readonly type: string }[] }>;
}
interface Module {
  readonly Engine: new () => Engine;
}

/** json-rules-engine with one rule per segment; returns the indexes of a learner's links. Values have to be folded already. */
export async function jsonRules(catalog: Catalog): Promise<(learner: Learner) => Promise<number[]>> {
  const { Engine } = await peer<Module>('json-rules-engine');
  const engine = new Engine();
  engine.addOperator('containsText', (fact, asked) => fact.includes(asked));
  engine.addOperator('startsWith', (fact, asked) => fact.startsWith(asked));
  engine.addOperator('before', (fact, asked) => fact < asked);
  engine.addOperator('notBefore', (fact, asked) => fact >= asked);
  const segments = new Map(catalog.segments.map((segment) => [segment.id, segment]));
  for (const { id, rule } of catalog.segments) {
    const conditions = conditionsOf(rule!, segments);
    engine.addRule({ conditions: 'fact' in conditions ? { all: [conditions] } : conditions, event: { type: id } });
  }
  const linksOf = new Map<string, number[]>(catalog.segments.map(({ id }) => [id, []]));
  for (const [link, { segmentId }] of catalog.links.entries()) linksOf.get(segmentId)!.push(link);
  return async ({ profile }) => (await engine.run(profile)).events.flatMap(({ type }) => linksOf.get(type)!);
}

function conditionsOf(rule: Rule, segments: ReadonlyMap<string, Segment>): object {
  const inner = (one: Rule): object => conditionsOf(one, segments);
  if ('all' in rule) return { all: rule.all.map(inner) };
  if ('any' in rule) return { any: rule.any.map(inner) };
  if ('not' in rule) return { not: inner(rule.not) };
  if ('segment' in rule) return inner(segments.get(rule.segment)!.rule!);
  if ('everyone' in rule || rule.op === 'blank') throw new Error('The workload has no such rule.');
  return { fact: rule.field, operator: operatorOf(rule.field, rule.op), value: rule.value };
}

function operatorOf(field: string, op: string): string {
  switch (op) {
    case 'equals':
      return field === 'skills' ? 'contains' : 'equal';
    case 'contains':
      return 'containsText';
    case 'lt':
      return field === 'hired' ? 'before' : 'lessThan';
    case 'gte':
      return field === 'hired' ? 'notBefore' : 'greaterThanInclusive';
    default:
      return op;
  }
}
