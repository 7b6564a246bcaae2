/** A reply as it comes, byte for byte. */
export interface Reply {
  readonly status: number;
  readonly body: string;
}

/** Contract meta-service, section 1.4: four blanks, `code`, `msg`, `result`, and one newline after the document. */
const envelope = (status: number, code: string, msg: string, result?: object): Reply => ({
  status,
  body: `${JSON.stringify({ code, msg, result }, null, 4)}\n`,
});

export const OK = envelope(200, 'OK', '');
export const okWith = (result: object): Reply => envelope(200, 'OK', '', result);
export const invalid = (msg: string): Reply => envelope(400, 'INVALID_ARGUMENT', msg);
export const notFound = (msg: string): Reply => envelope(404, 'NOT_FOUND', msg);
export const existed = (msg: string): Reply => envelope(409, 'ALREADY_EXISTED', msg);
export const tooLarge = (msg: string): Reply => envelope(413, 'INVALID_ARGUMENT', msg);
export const keyReused = (msg: string): Reply => envelope(422, 'INVALID_ARGUMENT', msg);
export const internal = (msg: string): Reply => envelope(500, 'INTERNAL_ERROR', msg);
export const forbidden = (body: string): Reply => ({ status: 403, body });
