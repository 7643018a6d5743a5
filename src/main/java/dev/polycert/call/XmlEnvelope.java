package dev.polycert.call;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answers of services that speak XML: the result, or {@code Error} with {@code Code},
 * {@code Message} and {@code RequestId}, at the top or inside of another element.
 */
public final class XmlEnvelope {
  private final ErrorTable errors;
  private final String requestIdHeader;

  public XmlEnvelope(ErrorTable errors, String requestIdHeader) {
    this.errors = errors;
    this.requestIdHeader = requestIdHeader;
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
          Optional.ofNullable(answer.header().apply(requestIdHeader))
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

  /** A gateway that fails may send any body or none; its status says enough. */
  private static XmlElement root(HttpAnswer answer) throws IOException {
    if (answer.body().length == 0) {
      return new XmlElement("HTTP." + answer.status(), "", List.of());
    }
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
