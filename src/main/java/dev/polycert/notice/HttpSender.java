package dev.polycert.notice;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Caller;
import dev.polycert.call.HiddenKeys;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.function.Supplier;

/** Sends messages over HTTPS, in the form of the channel's service. */
final class HttpSender implements Sender {
  private final Form form;
  private final Caller caller;
  private final Supplier<NoticeApi> api;
  private final HiddenKeys keys;

  HttpSender(Form form, Caller caller, Supplier<NoticeApi> api, HiddenKeys keys) {
    this.form = form;
    this.caller = caller;
    this.api = api;
    this.keys = keys;
  }

  @Override
  public boolean fits(Message message) {
    return form.size(message) <= form.room();
  }

  @Override
  public Uni<Answer<Boolean>> send(Message message, Instant deadline) {
    // Repeated as a read is: a notice that arrives twice is better than a lost one.
    return caller.read(
        Form.SEND,
        new CallContext(deadline, message.id()),
        () -> send(form.post(message, caller.clock().instant())),
        keys.hiding(form.decoder()));
  }

  private Uni<Response> send(Post post) {
    return switch (post) {
      case Post.Json json -> api.get().post(json.url(), json.body());
      case Post.Events it when it.batch() ->
          api.get().events(it.url(), it.id(), it.seconds(), it.signature(), it.body());
      case Post.Events it ->
          api.get().event(it.url(), it.id(), it.seconds(), it.signature(), it.body());
    };
  }
}
