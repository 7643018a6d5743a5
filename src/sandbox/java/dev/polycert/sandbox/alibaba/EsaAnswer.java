package dev.polycert.sandbox.alibaba;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What an operation came to, before the envelope. */
sealed interface EsaAnswer {

  /** The fields of a success; the request id and, where it applies, nothing else is added. */
  record Success(ObjectNode fields) implements EsaAnswer {}

  /**
   * A refusal as the vendor words it.
   *
   * @param status of HTTP
   */
  record Refusal(int status, String code, String message) implements EsaAnswer {}
}
