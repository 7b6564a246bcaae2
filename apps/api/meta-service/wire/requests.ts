import {
  bool,
  defineEnum,
  defineMessage,
  enumeration,
  message,
  string,
  stringMap,
  type MessageOf,
} from './message-descriptor.js';
import { objectStoreInfoMessage, ramUserMessage, storageVaultMessage } from './messages.js';

/** The bodies of the instance calls (contract, section 5). */

export const createInstanceRequest = defineMessage({
  instance_id: string(1),
  user_id: string(2),
  name: string(3),
  obj_info: message(4, objectStoreInfoMessage),
  ram_user: message(5, ramUserMessage),
  sse_enabled: bool(6),
  vault: message(7, storageVaultMessage),
  request_ip: string(8),
});
export type CreateInstanceRequest = MessageOf<typeof createInstanceRequest>;

/** The numbers are shown to clients: `invalid request op, op=<number>` (section 5.4). */
export const instanceOperationEnum = defineEnum({
  UNKNOWN: 0,
  DROP: 1,
  REFRESH: 2,
  RENAME: 3,
  ENABLE_SSE: 4,
  DISABLE_SSE: 5,
  SET_OVERDUE: 6,
  SET_NORMAL: 7,
  SET_SNAPSHOT_PROPERTY: 8,
});

/** One message for drop, set status, enable and disable sse, and rename. */
export const alterInstanceRequest = defineMessage({
  instance_id: string(1),
  op: enumeration(2, instanceOperationEnum),
  name: string(3),
  request_ip: string(4),
  properties: stringMap(5),
});
export type AlterInstanceRequest = MessageOf<typeof alterInstanceRequest>;
