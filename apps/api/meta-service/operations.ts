import type { Command, CommandBus, Query, QueryBus } from '@nestjs/cqrs';
import type { EventMetadata } from '#events/ledger/ledger.js';
import type { CommandContext } from '#events/runner/runner.types.js';
import type { QueryParameters } from '../http/query-string.js';
import { failure, type Answer } from './answer.js';
import { answerOutcome } from './command-answers.js';
import { CreateInstanceCommand } from './create-instance/create-instance.command.js';
import { DisableInstanceSseCommand } from './disable-instance-sse/disable-instance-sse.command.js';
import { DropInstanceCommand } from './drop-instance/drop-instance.command.js';
import { EnableInstanceSseCommand } from './enable-instance-sse/enable-instance-sse.command.js';
import { answerGetInstance } from './get-instance/answer-get-instance.js';
import { GetInstanceQuery } from './get-instance/get-instance.query.js';
import { idempotencyOf } from './idempotency.js';
import type { InstanceOutcome } from './instance-commands.js';
import { RenameInstanceCommand } from './rename-instance/rename-instance.command.js';
import { SetInstanceStatusCommand } from './set-instance-status/set-instance-status.command.js';
import { parseErrorText } from './wire/envelope.js';
import type { MessageDescriptor, MessageOf } from './wire/message-descriptor.js';
import { readMessage } from './wire/message-reader.js';
import { alterInstanceRequest, createInstanceRequest, instanceOperationEnum } from './wire/requests.js';

/** A call that passed the token check, without its input. */
export interface Call {
  /** As the client gave it, with `v1/` if it was given: error texts repeat it (contract, section 2.3). */
  readonly path: string;
  /** Without `v1/`. */
  readonly op: string;
  readonly idempotencyKey: string | undefined;
  readonly metadata: EventMetadata;
}

/** Where the input comes from is fixed per op, not per method (section 1.1). */
export type Operation =
  | { readonly input: 'body'; readonly run: (body: Buffer, call: Call, bus: CommandBus) => Promise<Answer> }
  | { readonly input: 'query'; readonly run: (parameters: QueryParameters, bus: QueryBus) => Promise<Answer> };

const statusOperations: ReadonlyMap<string, number> = new Map(Object.entries(instanceOperationEnum.numbers));

export const operations: ReadonlyMap<string, Operation> = new Map([
  ['create_instance', changing(createInstanceRequest, (it, context) => new CreateInstanceCommand(it, context))],
  ['drop_instance', changing(alterInstanceRequest, (it, context) => new DropInstanceCommand(it.instance_id, context))],
  [
    'set_instance_status',
    changing(alterInstanceRequest, (it, context) => {
      const op = statusOperations.get(it.op ?? 'UNKNOWN') ?? 0;
      return new SetInstanceStatusCommand(it.instance_id, op, context);
    }),
  ],
  [
    'enable_instance_sse',
    changing(alterInstanceRequest, (it, context) => new EnableInstanceSseCommand(it.instance_id, context)),
  ],
  [
    'disable_instance_sse',
    changing(alterInstanceRequest, (it, context) => new DisableInstanceSseCommand(it.instance_id, context)),
  ],
  [
    'rename_instance',
    changing(alterInstanceRequest, (it, context) => new RenameInstanceCommand(it.instance_id, it.name, context)),
  ],
  [
    'get_instance',
    asking(
      ({ instance_id = '', cloud_unique_id = '' }) => new GetInstanceQuery(instance_id, cloud_unique_id),
      answerGetInstance,
    ),
  ],
]);

/** A call that changes something: the JSON of one message in, a command out. */
function changing<D extends MessageDescriptor>(
  descriptor: D,
  toCommand: (message: MessageOf<D>, context: CommandContext) => Command<InstanceOutcome>,
): Operation {
  return {
    input: 'body',
    run: async (body, { path, op, idempotencyKey, metadata }, bus) => {
      const read = readMessage(descriptor, body);
      if (read.kind === 'malformed') return failure('INVALID_ARGUMENT', parseErrorText(path, read.detail));
      const key = idempotencyOf(idempotencyKey, op, body);
      if (key.kind === 'unusable') return failure('INVALID_ARGUMENT', UNUSABLE_KEY);
      const context = key.kind === 'given' ? { metadata, idempotency: key.idempotency } : { metadata };
      return answerOutcome(await bus.execute(toCommand(read.message, context)));
    },
  };
}

const UNUSABLE_KEY = 'invalid Idempotency-Key: expected 1 to 255 bytes without control characters';

/** A getter whose input is the query string; a body, if any, is not looked at (section 1.1). */
function asking<T>(toQuery: (parameters: QueryParameters) => Query<T>, answer: (outcome: T) => Answer): Operation {
  return { input: 'query', run: async (parameters, bus) => answer(await bus.execute(toQuery(parameters))) };
}
