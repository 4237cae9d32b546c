// How a worker's calls to DynamoDB get out: as messages to the thread that started it. The client and the server that
// HTTP between the two takes cost as much as all the rest of a call.
import { EventEmitter } from "node:events";

/** Stands for a socket that is connected, to those who set its timeouts. */
const socket = { connecting: false, setKeepAlive() {}, setTimeout() {}, removeListener() {}, destroy() {} };

/** Sends what `http.request` is asked to send to `endpoint` through `port` instead. */
export function wireRequests(http, { endpoint, port }) {
  const { host: address } = new URL(endpoint);
  const waiting = new Map();
  let lastId = 0;

  /** As much of `http.ClientRequest` as the SDK's request handler uses. */
  class WiredRequest extends EventEmitter {
    socket = socket;
    #id = ++lastId;
    #headers;

    constructor(headers, onAnswer) {
      super();
      this.#headers = headers;
      this.once("response", onAnswer);
    }

    end(body) {
      waiting.set(this.#id, this);
      const { "x-amz-target": target, authorization, "x-amz-date": date } = this.#headers;
      port.postMessage({ id: this.#id, target, authorization, date, body });
    }

    /** Whoever lost patience hears no more of it; it is carried out nevertheless, as by a server. */
    destroy(error) {
      if (waiting.delete(this.#id)) queueMicrotask(() => this.breakOff(error ?? new Error("socket hang up")));
    }

    breakOff(error) {
      this.emit("error", Object.assign(error, { code: error.code ?? "ECONNRESET" }));
      this.emit("close");
    }
  }

  port.on("message", ({ id, status, headers, body, error }) => {
    const request = waiting.get(id);
    if (!waiting.delete(id)) return;
    if (error !== undefined) return request.breakOff(new Error(error));
    // The SDK takes bytes for a body as well as a stream, with a good deal less work.
    request.emit("response", Object.assign(body, { statusCode: status, headers }));
    request.emit("close");
  });
  port.unref();

  const overTheNetwork = http.request;
  http.request = (options, ...rest) =>
    `${options.host}:${options.port}` === address
      ? new WiredRequest(options.headers, ...rest)
      : overTheNetwork(options, ...rest);
}
