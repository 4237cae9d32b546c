// How a worker's calls to AWS get out: as messages to the thread that started it. The client and the server that
// HTTP between the two takes cost as much as all the rest of a call.
import { EventEmitter } from "node:events";

/** Stands for a socket that is connected, to those who set its timeouts. */
const socket = { connecting: false, setKeepAlive() {}, setTimeout() {}, removeListener() {}, destroy() {} };

/** Sends what `http.request` is asked to send to one of these addresses through `port` instead. */
export function wireRequests(http, { bases, port }) {
  const waiting = new Map();
  let lastId = 0;

  /** As much of `http.ClientRequest` as the SDK's request handler uses. */
  class WiredRequest extends EventEmitter {
    socket = socket;
    #id = ++lastId;
    #wire;
    #options;

    constructor(wire, options, onAnswer) {
      super();
      this.#wire = wire;
      this.#options = options;
      this.once("response", onAnswer);
    }

    end(body) {
      waiting.set(this.#id, this);
      const { method, path, headers } = this.#options;
      const { "x-amz-target": target, authorization, "x-amz-date": date } = headers;
      port.postMessage({ id: this.#id, wire: this.#wire, method, path, target, authorization, date, body });
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
  http.request = (options, ...rest) => {
    const url = `http://${options.host}:${options.port}${options.path}`;
    const wire = bases.findIndex((base) => url.startsWith(base));
    return wire < 0 ? overTheNetwork(options, ...rest) : new WiredRequest(wire, options, ...rest);
  };
}
