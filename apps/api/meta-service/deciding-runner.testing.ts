import { decide, type AggregateTypes } from '#domain/decider.js';
import type { EventSourced } from '#events/runner/event-sourced.js';
import type { CommandContext, CommandRunner, ExecuteOutcome, LoadedState } from '#events/runner/runner.types.js';

/** Decides every command on one given state, stores nothing, and keeps what it was asked. */
export class DecidingRunner implements CommandRunner {
  readonly asked: { readonly id: string; readonly command: object; readonly context: CommandContext }[] = [];

  /** Without a state it decides on the initial one. */
  constructor(private readonly state?: unknown) {}

  async execute<A extends AggregateTypes>(
    aggregate: EventSourced<A>,
    id: string,
    command: A['command'],
    context: CommandContext,
  ): Promise<ExecuteOutcome<A>> {
    this.asked.push({ id, command, context });
    const { state } = await this.load(aggregate);
    const decision = decide(aggregate.decider, command, state);
    return decision.kind === 'accepted' ? { kind: 'accepted', version: 1 } : decision;
  }

  async load<A extends AggregateTypes>({ decider }: EventSourced<A>): Promise<LoadedState<A>> {
    return { state: this.state ?? decider.initial, version: 0 };
  }
}
