import { expect, vi } from 'vitest';
import type { Environment } from '#configuration/setting.js';
import { instanceAggregate } from '#events/catalogue/instance.aggregate.js';
import { encodeEvent } from '#events/catalogue/event-codec.js';
import type { Ledger, StreamRef } from '#events/ledger/ledger.js';
import { PostgresLedger } from '#events/ledger/postgres-ledger.js';
import { uuidV7 } from '#events/uuid-v7.js';
import { startTestLakeledger, type TestLakeledger } from '#test/support/lakeledger.js';
import { ask, send, type MetaServiceCall } from '#test/support/meta-service-client.js';
import { OK, okWith, type Reply } from '#test/support/meta-service-replies.js';
import { timeOf, type Case, type ClusterAdded, type Given } from './case.js';
import { IAM_USER } from './instance.js';

const ID = '<id>';

/** A running server that cases are played on, each with an instance of its own. */
export class Stage {
  #instances = 0;

  private constructor(
    private readonly lakeledger: TestLakeledger,
    private readonly ledger: PostgresLedger,
  ) {}

  static async open(environment: Environment): Promise<Stage> {
    const lakeledger = await startTestLakeledger({ ...IAM_USER, ...environment });
    const ledger = await PostgresLedger.open({ connectionString: lakeledger.connectionString });
    // The server shares this process, so it can be told the time; its timers run as ever.
    vi.useFakeTimers({ toFake: ['Date'] });
    return new Stage(lakeledger, ledger);
  }

  async close(): Promise<void> {
    vi.useRealTimers();
    await this.ledger.close();
    await this.lakeledger.stop();
  }

  async play({ given = [], call, reply, shows, records }: Case): Promise<void> {
    const instance = this.newInstance();
    for (const step of given) await instance.goThrough(step);
    const before = await instance.version();
    expect(await instance.send(call)).toEqual(reply);
    if (reply.status !== 200) expect(await instance.version(), 'events of the instance').toBe(before);
    if (records) expect(await instance.lastEvent()).toMatchObject(records);
    if (shows) expect(await instance.send(ask('get_instance', { instance_id: ID }))).toEqual(okWith(shows));
  }

  /** Its id is as long as `<id>`, so that a body keeps its length. */
  newInstance(): StagedInstance {
    this.#instances += 1;
    return new StagedInstance(`i${String(this.#instances).padStart(3, '0')}`, this.lakeledger.url, this.ledger);
  }
}

/** What `<id>` of a case stands for. */
export class StagedInstance {
  readonly #stream: StreamRef;
  #calls = 0;

  constructor(
    readonly id: string,
    private readonly url: string,
    private readonly ledger: Ledger,
  ) {
    this.#stream = { log: 'instances', name: instanceAggregate.streamName(id) };
  }

  async goThrough(step: Given): Promise<void> {
    if ('clusterOf' in step) await this.#addCluster(step);
    else expect(await this.send(step), `given ${step.op}`).toEqual(OK);
  }

  /** The reply has `<id>` where the instance's own id came back. */
  async send(call: MetaServiceCall): Promise<Reply> {
    this.#calls += 1;
    vi.setSystemTime(timeOf(this.#calls));
    const { status, body } = await send(this.url, this.#cast(call));
    return { status, body: body.replaceAll(this.id, ID) };
  }

  async version(): Promise<number> {
    return (await this.ledger.streamHead(this.#stream)).version;
  }

  async lastEvent(): Promise<unknown> {
    const [event] = (await this.ledger.readStream(this.#stream, 0)).slice(-1);
    return event && JSON.parse(event.data);
  }

  /** The same with this instance's id for every `<id>`. */
  #cast<T extends object>(written: T): T {
    return JSON.parse(JSON.stringify(written).replaceAll(ID, this.id)) as T;
  }

  async #addCluster(added: ClusterAdded): Promise<void> {
    const { clusterOf: ids } = this.#cast(added);
    const time = { ctime: 0, mtime: 0 };
    const cluster = {
      clusterId: 'c1',
      clusterName: 'compute',
      type: 'COMPUTE',
      mysqlUserNames: [],
      ...time,
      nodes: ids.map((cloudUniqueId, index) => ({ nodeId: index + 1, cloudUniqueId, ...time })),
    } as const;
    const appended = await this.ledger.append({
      stream: this.#stream,
      expectedVersion: await this.version(),
      events: [{ id: uuidV7(), ...encodeEvent({ type: 'ClusterAdded', data: { instanceId: this.id, cluster, at: 0 } }) }],
      claims: ids.map((key) => ({ action: 'take', kind: 'cloud_unique_id', key, owner: this.#stream.name })),
      metadata: { principal: 'conformance' },
    });
    expect(appended.kind).toBe('appended');
  }
}
