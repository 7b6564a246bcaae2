/** The start cannot go on; the message is one sentence for whoever started it, and names what to change. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
}
