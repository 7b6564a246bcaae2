export type ComponentHealth =
  | { readonly status: 'up' }
  /** `reason` is for people and holds no secret. */
  | { readonly status: 'down'; readonly reason: string };

export interface HealthCheck {
  readonly component: string;
  /** Whether requests fail without it. Without the others they are only dearer: reads fold when the projector is away. */
  readonly required: boolean;
  check(): ComponentHealth | Promise<ComponentHealth>;
}

export interface Readiness {
  readonly status: 'ready' | 'degraded' | 'not ready';
  readonly components: Readonly<Record<string, ComponentHealth>>;
}

export const up: ComponentHealth = { status: 'up' };
export const down = (reason: string): ComponentHealth => ({ status: 'down', reason });

/** A component that says nothing for this long (ms) is no use to a request either. */
const ANSWER_WITHIN_MS = 1_000;

/** Asks every component at once. */
export async function readiness(checks: readonly HealthCheck[]): Promise<Readiness> {
  const answers = await Promise.all(checks.map(async (check) => ({ check, health: await answerOf(check) })));
  const down = answers.filter(({ health }) => health.status === 'down');
  const components = Object.fromEntries(answers.map(({ check, health }) => [check.component, health]));
  if (down.length === 0) return { status: 'ready', components };
  return { status: down.some(({ check }) => check.required) ? 'not ready' : 'degraded', components };
}

async function answerOf(check: HealthCheck): Promise<ComponentHealth> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<ComponentHealth>((resolve) => {
    timer = setTimeout(() => resolve(down('does not answer')), ANSWER_WITHIN_MS);
  });
  try {
    return await Promise.race([check.check(), late]);
  } catch (error) {
    return down(error instanceof Error ? error.message : String(error));
  } finally {
    clearTimeout(timer);
  }
}
