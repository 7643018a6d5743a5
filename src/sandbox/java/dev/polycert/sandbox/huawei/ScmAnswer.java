package dev.polycert.sandbox.huawei;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** The result of a call, before the envelope. */
sealed interface ScmAnswer {

  /** HTTP 200 with the fields, or 204 when there are none. */
  record Success(@Nullable ObjectNode fields) implements ScmAnswer {
    static final Success EMPTY = new Success(null);

    static Success of(String name, String value) {
      return new Success(JsonNodeFactory.instance.objectNode().put(name, value));
    }
  }

  /**
   * A refusal as the vendor words it; those of the gateway carry the request id in the body too.
   *
   * @param status of HTTP
   */
  record Refusal(int status, String code, String message) implements ScmAnswer {
    boolean ofGateway() {
      return code.startsWith("APIGW.");
    }
  }
}
