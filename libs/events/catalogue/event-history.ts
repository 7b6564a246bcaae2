import type * as z from 'zod';

type Schema<Data> = z.ZodType<Data>;
type Upcast = (data: unknown) => unknown;

/**
 * The versions that the data of one event type has had: a schema for each, and the upcasters between them. Data is
 * stored as it was written and brought up to date on the way in, so the fold knows the current version only.
 *
 * @example
 * const renamed = EventHistory.startsWith(z.strictObject({ to: z.string() }))
 *   .revised(z.strictObject({ name: z.string() }), ({ to }) => ({ name: to }));
 * renamed.upcast({ to: 'lake' }, 1); // { name: 'lake' }
 */
export class EventHistory<Data> {
  private constructor(
    /** Version 1 first; the last one is current. */
    readonly schemas: readonly Schema<unknown>[],
    private readonly upcasters: readonly Upcast[],
  ) {}

  static startsWith<Data>(schema: Schema<Data>): EventHistory<Data> {
    return new EventHistory<Data>([schema], []);
  }

  /** The next version. `upcast` is pure, and total on the version before. */
  revised<Next>(schema: Schema<Next>, upcast: (data: Data) => Next): EventHistory<Next> {
    return new EventHistory<Next>([...this.schemas, schema], [...this.upcasters, upcast as Upcast]);
  }

  get version(): number {
    return this.schemas.length;
  }

  knows(version: number): boolean {
    return Number.isInteger(version) && version >= 1 && version <= this.version;
  }

  /** Data of version `from`, as the current version has it; not validated (that is for audits, not for the fold). */
  upcast(data: unknown, from: number): Data {
    let current = data;
    for (let version = from; version < this.version; version += 1) current = this.upcasters[version - 1]?.(current);
    return current as Data;
  }
}
