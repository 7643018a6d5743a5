package dev.polycert.notice;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.call.Descriptor;
import java.time.Instant;

/** A chat that takes a message as one JSON object. */
abstract class ChatForm implements Form {
  private final Descriptor service;
  private final int room;
  private final String url;

  /**
   * @param room the largest message, as {@link #size} measures it
   * @param url where messages go
   */
  ChatForm(Descriptor service, int room, String url) {
    this.service = service;
    this.room = room;
    this.url = url;
  }

  /** Fills the body of the request. */
  abstract void fill(ObjectNode body, Message message, Instant now);

  /** The address for a message that is sent at that time. */
  String url(Instant now) {
    return url;
  }

  @Override
  public final Descriptor service() {
    return service;
  }

  @Override
  public final int room() {
    return room;
  }

  /** The bytes of the body, unless the service counts otherwise. */
  @Override
  public int size(Message message) {
    return post(message, Instant.EPOCH).body().length;
  }

  @Override
  public final Post post(Message message, Instant now) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    fill(body, message, now);
    return Post.Json.of(url(now), body);
  }
}
