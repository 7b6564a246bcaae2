import type { HttpLimits } from './http/http-limits.js';

/** Where the systems that we stand in for disagree, whose answers to give (contract meta-service, section 13). */
export type CompatProfile = 'seed' | 'upstream';

/** The user that every instance is shown with (contract meta-service, section 5.3); `ak` and `sk` are in clear. */
export interface IamUser {
  readonly userId: string;
  readonly ak: string;
  readonly sk: string;
}

export interface ApiConfiguration {
  readonly metaServiceToken: string;
  readonly compatProfile: CompatProfile;
  /** Suffix the HDFS prefix of a new vault, so that no two instances share a directory (section 16). */
  readonly distinguishHdfsPath: boolean;
  readonly iamUser: IamUser;
  readonly limits: HttpLimits;
}
