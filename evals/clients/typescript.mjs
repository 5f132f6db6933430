// Tries the TypeScript SDK and prints what it did as a row, in JSON:
//   node typescript.mjs PACKAGES 1|2-legacy|2-auto|2-pinned stdio|http PROGRAM|ADDRESS
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [packages, variant, transport, target] = process.argv.slice(2);
const require = createRequire(join(packages, 'package.json'));
const modules = join(packages, 'node_modules', '@modelcontextprotocol');
const installed = (name) => JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8')).version;

const first = variant === '1';
const { Client, StreamableHTTPClientTransport, StdioClientTransport, elicitation } = first ? version1() : version2();
const modern = '2026-07-28';
const era = variant === '2-auto' || variant === '2-pinned' ? modern : '2025-11-25';

function version1() {
  const sdk = '@modelcontextprotocol/sdk/';
  return {
    ...require(sdk + 'client/index.js'), ...require(sdk + 'client/streamableHttp.js'), ...require(sdk + 'client/stdio.js'),
    elicitation: require(sdk + 'types.js').ElicitRequestSchema,
  };
}

function version2() {
  return { ...require('@modelcontextprotocol/client'), ...require('@modelcontextprotocol/client/stdio'), elicitation: 'elicitation/create' };
}

const row = {
  client: `TypeScript SDK ${installed(first ? 'sdk' : 'client')}` + (first ? '' : `, ${variant.slice(2)}`), transport, era, cells: {},
};

// attempt fills a cell: ok, or what went wrong.
async function attempt(column, work) {
  try {
    row.cells[column] = (await work()) ?? 'ok';
  } catch (e) {
    row.cells[column] = String(e.message ?? e).slice(0, 500);
  }
}

const options = { capabilities: { elicitation: {} } };
if (variant === '2-auto') options.versionNegotiation = { mode: 'auto' };
if (variant === '2-pinned') options.versionNegotiation = { mode: { pin: era } };
const client = new Client({ name: 'layer2-evals', version: '1' }, options);

let forms = 0;
client.setRequestHandler(elicitation, async (request) => {
  forms++;
  assert.equal(request.params.requestedSchema.properties.services.type, 'integer');
  return { action: 'accept', content: { services: 2 } };
});

const call = (args) => client.callTool({ name: 'evaluate_trigger', arguments: args });
const refused = async (work, code) => {
  const error = await work().then(() => assert.fail('it was answered'), (e) => e);
  assert.equal(error.code, code, error.message);
};

await attempt('connect', async () => {
  const over = transport === 'http'
    ? new StreamableHTTPClientTransport(new URL(target))
    : new StdioClientTransport({ command: target, args: ['serve'], stderr: 'ignore' });
  await client.connect(over);
  assert.equal(client.getServerVersion().name, 'layer2');
  const spoken = first ? over.protocolVersion ?? over._protocolVersion : client.getNegotiatedProtocolVersion();
  if (spoken !== undefined) assert.equal(spoken, era); // version 1 tells HTTP only
});
await attempt('list', async () => {
  const { tools } = await client.listTools();
  assert.deepEqual(tools.map((t) => t.name), ['evaluate_trigger', 'compare_tools', 'plan_layer3', 'cite']);
  assert.ok((await client.listResources()).resources.length > 10);
  assert.equal((await client.listResourceTemplates()).resourceTemplates.length, 2);
  assert.equal((await client.listPrompts()).prompts.length, 5);
});
await attempt('call', async () => {
  const result = await call({ capabilities: ['service-mesh'], facts: { services: 2 } });
  assert.ok(!result.isError, JSON.stringify(result.content));
  assert.equal(result.structuredContent.verdicts[0].verdict, 'skip');
  assert.match(result.content[0].text, /SKIP/);
});
await attempt('error', async () => {
  const result = await call({ capabilities: ['service-mesh'], facts: { servces: 2 } });
  assert.equal(result.isError, true);
  assert.match(result.content[0].text, /services/);
  await refused(() => client.callTool({ name: 'no_such_tool', arguments: {} }), -32602);
});
await attempt('read', async () => {
  const { contents } = await client.readResource({ uri: 'layer2://capabilities/service-mesh' });
  assert.match(contents[0].text, /SM-T1/);
  await refused(() => client.readResource({ uri: 'layer2://capabilities/none' }), first ? -32002 : -32602); // version 2 reads the old code as the new one
});
await attempt('complete', async () => {
  const ref = { type: 'ref/resource', uri: 'layer2://capabilities/{id}' };
  const { completion } = await client.complete({ ref, argument: { name: 'id', value: 'service' } });
  assert.deepEqual(completion.values, ['service-mesh']);
});
await attempt('prompt', async () => {
  const { messages } = await client.getPrompt({ name: 'compare-options', arguments: { capability: 'service-mesh' } });
  assert.match(JSON.stringify(messages), /service-mesh/);
  await refused(() => client.getPrompt({ name: 'compare-options', arguments: {} }), -32602);
});
await attempt('elicit', async () => {
  const result = await call({ capabilities: ['service-mesh'], ask_user: true });
  assert.ok(!result.isError, JSON.stringify(result.content));
  const { verdict } = result.structuredContent.verdicts[0];
  if (transport === 'http' && era < modern) {
    assert.deepEqual([forms, verdict], [0, 'undetermined']);
    return 'unasked';
  }
  assert.deepEqual([forms, verdict], [1, 'skip']);
});
console.log(JSON.stringify(row));
await client.close().catch(() => {});
process.exit(0);
