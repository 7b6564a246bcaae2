import { MetaServiceClient } from '#api/meta-service/meta-service-client.testing.js';
import { SeededRandom } from '../seeded-random.js';
import type { Change, ChangeOutcome, PlannedChange } from './change.js';
import { Gate } from './gate.js';
import { createInstance, instanceLife, renameInstance } from './instance-life.js';

export interface InstanceLoadOptions {
  readonly seed: number;
  readonly token: string;
  readonly clients: number;
}

/** All clients change this one as well, at the same time. */
const SHARED = 'shared';

/**
 * Clients that create, change and drop instances as fast as they are answered, and remember what they were told. Each
 * has its own instances, one call at a time, so that it knows what must be answered; one instance belongs to all.
 */
export class InstanceLoad {
  /** In the order in which they were first sent. */
  readonly changes: Change[] = [];
  /** Answers that no failure explains, e.g. that an acknowledged instance is not there. */
  readonly surprises: string[] = [];
  readonly #gate = new Gate<MetaServiceClient>();
  readonly #watchers = new Set<(outcome: ChangeOutcome) => void>();
  readonly #clients: readonly Promise<void>[];
  #isSharedThere = false;

  constructor(private readonly options: InstanceLoadOptions) {
    const random = new SeededRandom(options.seed);
    this.#clients = Array.from({ length: options.clients }, (_, client) => this.#run(client, random.fork()));
  }

  /** From now on against this server; repeatable calls that are unsettled go to it too. */
  resume(url: string): void {
    this.#gate.open(new MetaServiceClient(url, this.options.token));
  }

  /** Sends nothing more, at once; resolves when nothing is on its way. */
  pause(): Promise<void> {
    return this.#gate.close();
  }

  async stop(): Promise<void> {
    this.#gate.end();
    await Promise.all(this.#clients);
  }

  /** Resolves in the very moment of the `count`th such outcome from now. */
  next(count: number, outcome: ChangeOutcome): Promise<void> {
    return new Promise((resolve) => {
      let left = count;
      const watch = (each: ChangeOutcome): void => {
        if (each !== outcome || --left > 0) return;
        this.#watchers.delete(watch);
        resolve();
      };
      this.#watchers.add(watch);
    });
  }

  async #run(client: number, random: SeededRandom): Promise<void> {
    let isServed = client !== 0 || (await this.#send(createInstance(random, SHARED), true)) !== 'ended';
    for (let life = 0; isServed; life += 1) isServed = await this.#live(`i-${client}-${life}`, random);
  }

  /** False when the load has ended. After a change that may or may not be stored the instance is left alone. */
  async #live(instanceId: string, random: SeededRandom): Promise<boolean> {
    for (const change of instanceLife(random, instanceId)) {
      if (this.#isSharedThere && random.once(6)) {
        const name = `${SHARED}_${this.changes.length}`;
        if ((await this.#send(renameInstance(SHARED, name), random.once(2))) === 'ended') return false;
      }
      const outcome = await this.#send(change, random.once(2));
      if (outcome !== 'acknowledged') return outcome !== 'ended';
    }
    return true;
  }

  async #send(planned: PlannedChange, isRepeatable: boolean): Promise<ChangeOutcome | 'ended'> {
    const requestId = `load-${this.changes.length}`;
    const change: Change = { ...planned, requestId, isRepeatable, outcome: 'unsettled' };
    this.changes.push(change);
    do {
      const outcome = await this.#gate.pass((metaService) => this.#call(metaService, change));
      if (outcome === undefined) return 'ended';
      change.outcome = outcome;
      if (outcome === 'acknowledged' && change.instanceId === SHARED) this.#isSharedThere = true;
      for (const watch of this.#watchers) watch(outcome);
    } while (isRepeatable && change.outcome === 'unsettled');
    return change.outcome;
  }

  async #call(metaService: MetaServiceClient, { op, body, requestId, isRepeatable }: Change): Promise<ChangeOutcome> {
    const headers = { 'x-request-id': requestId, ...(isRepeatable ? { 'idempotency-key': requestId } : {}) };
    try {
      const { code, status, text } = await metaService.call(op, body, headers);
      if (code === 'OK' && status === 200) return 'acknowledged';
      const isFailure = code === 'INTERNAL_ERROR' && status === 500;
      if (!isFailure) this.surprises.push(`${requestId} ${op} ${JSON.stringify(body)}: ${status} ${text}`);
    } catch (error) {
      // What `fetch` throws when a connection is refused or breaks.
      if (!(error instanceof TypeError)) this.surprises.push(`${requestId} ${op}: ${String(error)}`);
    }
    return 'unsettled';
  }
}
