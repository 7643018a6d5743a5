package dev.polycert.function.invocation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * The event that the process is at work on. Lambda hands an instance one at a time, so there is
 * one; what is still done for an event that was given up counts for the next. A server has none.
 */
@Singleton // The log needs it when the container has gone, and its proxies with it.
public class CurrentEvent {
  private volatile @Nullable String id;

  /** Takes note of an event. */
  void begins(@Nullable JsonNode event) {
    JsonNode json = event == null ? MissingNode.getInstance() : event;
    JsonNode request = json.at("/requestContext/requestId");
    id = (request.isTextual() ? request : json.path("id")).textValue();
  }

  /**
   * The sender's id of the event: API Gateway's of the request, EventBridge's or a CloudEvent's of
   * the event. Null for a batch and for plain JSON, which have none.
   */
  public @Nullable String id() {
    return id;
  }
}
