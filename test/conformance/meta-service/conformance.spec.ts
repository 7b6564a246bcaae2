import { afterAll, beforeAll, describe, it } from 'vitest';
import { createdInstances } from './created-instance.cases.js';
import { createInstanceChecks, createInstanceOrder } from './create-instance.cases.js';
import { dropInstance } from './drop-instance.cases.js';
import { cloudUniqueIds, getInstance } from './get-instance.cases.js';
import { disableInstanceSse, enableInstanceSse } from './instance-sse.cases.js';
import { absentInstance, deletedInstance, repeatedCalls } from './lifecycle.cases.js';
import { renameInstance } from './rename-instance.cases.js';
import { bodies, transport } from './request-forms.cases.js';
import { seedSamples } from './seed-samples.cases.js';
import { setInstanceStatus } from './set-instance-status.cases.js';
import { Stage } from './stage.js';

const tables = [
  transport,
  bodies,
  cloudUniqueIds,
  deletedInstance,
  absentInstance,
  repeatedCalls,
  createInstanceChecks,
  createInstanceOrder,
  createdInstances,
  dropInstance,
  getInstance,
  setInstanceStatus,
  enableInstanceSse,
  disableInstanceSse,
  renameInstance,
  seedSamples,
];

const servers = [
  { server: 'under COMPAT_PROFILE=seed', environment: { COMPAT_PROFILE: 'seed' } },
  { server: 'under COMPAT_PROFILE=upstream', environment: { COMPAT_PROFILE: 'upstream' } },
  { server: 'without a projector, so that reads fold the stream', environment: { PROJECTOR: 'off', FENCE_TIMEOUT_MS: '0' } },
];

/**
 * The rows of the contract for the calls on an instance, over HTTP, with everything behind it. None of them is a row of
 * section 13 that the profile flips, so both profiles give the same answers; and so do both ways to read.
 */
for (const { server, environment } of servers) {
  describe(`contract meta-service ${server}`, () => {
    let stage: Stage;
    beforeAll(async () => {
      stage = await Stage.open(environment);
    });
    afterAll(() => stage.close());

    for (const { title, cases } of tables) {
      describe(title, () => {
        for (const played of cases) it(played.row, () => stage.play(played));
      });
    }
  });
}
