/**
 * The body is not a message. `message` is the detail of the reply (contract, section 2.3). Clients and logs
 * see it, so it quotes nothing of the body but a short value of a wrong type, and never a secret.
 */
export class MalformedBody extends Error {}
