package dev.polycert.notice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.polycert.call.Decoder;
import dev.polycert.call.Descriptor;
import dev.polycert.call.WebhookSecrets;
import dev.polycert.order.Notice;
import java.time.Instant;
import java.util.List;

/**
 * A receiver of CloudEvents: one event as an object, several as an array, as the HTTP binding of
 * CloudEvents 1.0 has it, signed as Standard Webhooks define.
 */
final class EventsForm implements Form {
  private static final Descriptor SERVICE = Descriptor.of("notice-webhook", "CloudEvents");

  /** Bytes; bodies should be below 20 KB ("Payload size", Standard Webhooks 1.0.0). */
  private static final int ROOM = 20_000;

  private final String url;
  private final WebhookSecrets secrets;
  private final ObjectMapper mapper;

  EventsForm(String url, WebhookSecrets secrets, ObjectMapper mapper) {
    this.url = url;
    this.secrets = secrets;
    this.mapper = mapper;
  }

  @Override
  public Descriptor service() {
    return SERVICE;
  }

  @Override
  public int room() {
    return ROOM;
  }

  @Override
  public int size(Message message) {
    return body(message.notices()).length;
  }

  @Override
  public Post post(Message message, Instant now) {
    byte[] body = body(message.notices());
    long seconds = now.getEpochSecond();
    return new Post.Events(
        url,
        body,
        message.notices().size() > 1,
        message.id(),
        seconds,
        secrets.sign(message.id(), seconds, body));
  }

  private byte[] body(List<Notice> notices) {
    try {
      return mapper.writeValueAsBytes(notices.size() == 1 ? notices.getFirst() : notices);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a notice is no JSON", e);
    }
  }

  /** "Delivery success", Standard Webhooks 1.0.0. */
  @Override
  public Decoder<Boolean> decoder() {
    return secrets.hiding(Answers::byStatus);
  }
}
