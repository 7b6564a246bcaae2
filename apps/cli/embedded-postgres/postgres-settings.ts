/** The settings of the embedded server; given on its command line, where the next start can see what a survivor runs with. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  // The path of a socket may be longer than a socket's name can be.
  unix_socket_directories: '',
  max_connections: '100',
  // Acknowledged means durable (design, guarantee 1): these two are never anything else.
  fsync: 'on',
  synchronous_commit: 'on',
  shared_buffers: '256MB',
  // Checkpoints write whole pages to the log anew: few of them, well apart.
  max_wal_size: '4GB',
  checkpoint_timeout: '15min',
  // No statement of ours runs long enough to earn back a compilation.
  jit: 'off',
  // Its own log, not a pipe to us: a pipe breaks when we are killed.
  logging_collector: 'on',
  log_directory: 'log',
  // One file a weekday: a week of logs, bounded.
  log_filename: 'postgresql-%a.log',
  log_truncate_on_rotation: 'on',
  log_rotation_age: '1d',
  log_rotation_size: '0',
  // DETAIL lines can repeat values of rows.
  log_error_verbosity: 'terse',
  log_checkpoints: 'off',
};

/** `identity` marks the process as the server of one cluster, for whoever finds it alive later. */
export const settingArguments = (identity: string): readonly string[] =>
  Object.entries({ ...SETTINGS, cluster_name: identity }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);

/** At most 63 bytes, or PostgreSQL cuts it. */
export const clusterIdentity = (folderId: string): string => `lakeledger-${folderId}`;
