/** What the api tells about itself; bound to metrics by the process that runs it. */
export interface ApiObserver {
  /**
   * @param name the operation, e.g. `create_instance`; `unknown` for one that there is none of
   * @param outcome the envelope's code, e.g. `OK`, `NOT_FOUND`
   */
  commandAnswered(name: string, outcome: string, seconds: number): void;
}
