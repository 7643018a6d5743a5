package dev.polycert.notice;

import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Caller;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Exchange;
import dev.polycert.call.HiddenKeys;
import dev.polycert.call.VendorError;
import io.smallrye.mutiny.Uni;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.ext.mail.MailClient;
import io.vertx.ext.mail.MailMessage;
import io.vertx.ext.mail.MailResult;
import io.vertx.ext.mail.SMTPException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Sends messages as mails in plain text (RFC 5321). */
final class MailSender implements Sender {
  static final Descriptor SERVICE = Descriptor.of("notice-smtp", "SMTP").limit(Form.SEND, 1);

  /** Notices in one mail, so that it stays readable. */
  private static final int MOST = 200;

  private static final int AUTHENTICATION_FAILED = 535;

  private final String from;
  private final List<String> to;
  private final Caller caller;
  private final Supplier<MailClient> client;

  /** On a worker thread, the client may miss the server's greeting, and then waits for it. */
  private final Executor eventLoop;

  private final HiddenKeys keys;

  MailSender(
      String from,
      List<String> to,
      Caller caller,
      Supplier<MailClient> client,
      Executor eventLoop,
      HiddenKeys keys) {
    this.from = from;
    this.to = List.copyOf(to);
    this.caller = caller;
    this.client = client;
    this.eventLoop = eventLoop;
    this.keys = keys;
  }

  @Override
  public boolean fits(Message message) {
    return message.lines().size() <= MOST;
  }

  @Override
  public Uni<Answer<Boolean>> send(Message message, Instant deadline) {
    return caller.read(
        Form.SEND, new CallContext(deadline, message.id()), () -> exchange(mail(message)));
  }

  private MailMessage mail(Message message) {
    return new MailMessage()
        .setFrom(from)
        .setTo(to)
        .setSubject(message.title())
        .setText(String.join("\n", message.lines()) + "\n")
        // RFC 3834, section 5.2: no machine answers this.
        .addHeader("Auto-Submitted", "auto-generated");
  }

  private Uni<Exchange<Boolean>> exchange(MailMessage mail) {
    return Uni.createFrom()
        .<MailResult>emitter(
            sent ->
                eventLoop.execute(
                    () -> {
                      try {
                        client.get().sendMail(mail).onSuccess(sent::complete).onFailure(sent::fail);
                      } catch (RuntimeException failure) {
                        sent.fail(failure);
                      }
                    }))
        .map(sent -> Exchange.of(Answer.of(true)))
        .onFailure(NoStackTraceThrowable.class)
        .recoverWithItem(failure -> Exchange.of(Answer.refused(error(failure))));
  }

  /** The server's reply; without one, the library's message, which names no secret. */
  private VendorError error(Throwable failure) {
    String text = keys.in(Objects.requireNonNullElse(failure.getMessage(), ""));
    if (!(failure instanceof SMTPException reply)) {
      return new VendorError(ErrorClass.FINAL, "Smtp.Unusable", text);
    }
    int code = reply.getReplyCode();
    return new VendorError(errorClass(code), "Smtp." + code, text);
  }

  /** "Theory of Reply Codes" (RFC 5321, section 4.2.1). */
  private static ErrorClass errorClass(int code) {
    if (code == AUTHENTICATION_FAILED) {
      return ErrorClass.CREDENTIALS;
    }
    return code / 100 == 4 ? ErrorClass.RETRY : ErrorClass.FINAL;
  }
}
