package dev.polycert.notice;

import dev.polycert.call.JsonBody;

/** One request with a message. */
sealed interface Post {
  /** The address, with its secrets. */
  String url();

  byte[] body();

  /** Plain JSON. */
  record Json(String url, byte[] body) implements Post {
    static Json of(String url, Object body) {
      return new Json(url, JsonBody.of(body));
    }
  }

  /**
   * Events that are signed as Standard Webhooks define.
   *
   * @param batch whether the body is an array of events
   */
  record Events(String url, byte[] body, boolean batch, String id, long seconds, String signature)
      implements Post {}
}
