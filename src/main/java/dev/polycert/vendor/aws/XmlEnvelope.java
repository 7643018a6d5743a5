package dev.polycert.vendor.aws;

import dev.polycert.call.Answer;
import dev.polycert.call.Decoder;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.HttpAnswer;
import dev.polycert.call.StatusCodes;
import dev.polycert.call.VendorError;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answers of AWS services that speak XML: the result, or {@code ErrorResponse} with
 * {@code Error/Code}, {@code Error/Message} and {@code RequestId}.
 */
public final class XmlEnvelope {
  private final ErrorTable errors;

  public XmlEnvelope(ErrorTable errors) {
    this.errors = errors;
  }

  /**
   * Decodes one operation's answer.
   *
   * @param wanted picks what was asked for out of a successful answer
   * @param what names that for the error that an answer without it becomes
   */
  public <T> Decoder<T> decoder(Function<XmlElement, Optional<T>> wanted, String what) {
    return answer -> {
      XmlElement root = root(answer);
      String requestId =
          Optional.ofNullable(answer.header().apply("x-amzn-RequestId"))
              .or(() -> root.textOf("RequestId"))
              .orElse(null);
      if (answer.status() / 100 != 2) {
        return Answer.refused(error(answer, root, requestId));
      }
      Optional<T> value = wanted.apply(root);
      return value.isPresent()
          ? new Answer.Success<>(value.get(), requestId)
          : Answer.refused(
              new VendorError(
                  ErrorClass.RETRY,
                  "Answer.Incomplete",
                  "success without " + what,
                  requestId,
                  null));
    };
  }

  /** A gateway may fail with any body; its status then says enough. */
  private static XmlElement root(HttpAnswer answer) throws IOException {
    try {
      return XmlElement.parse(answer.body());
    } catch (IOException noXml) {
      if (answer.status() / 100 == 2) {
        throw noXml;
      }
      return new XmlElement("HTTP." + answer.status(), "", List.of());
    }
  }

  private VendorError error(HttpAnswer answer, XmlElement root, @Nullable String requestId) {
    XmlElement error = root.child("Error").orElse(root);
    String code = error.textOf("Code").orElse(root.name());
    String message =
        error
            .textOf("Message")
            .orElseGet(
                () ->
                    // Route 53 lists what is wrong with a change.
                    root.child("Messages").stream()
                        .flatMap(messages -> messages.children().stream())
                        .map(XmlElement::text)
                        .collect(Collectors.joining(" ")));
    return new VendorError(
        StatusCodes.classify(errors, code, answer.status()),
        code,
        message,
        requestId,
        answer.retryAfter());
  }
}
