package dev.polycert.vendor.aws;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.Credentials;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.JsonEnvelope;
import dev.polycert.call.HttpAnswer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answers of AWS services that speak JSON: with 200 the result, else {@code __type}, with
 * or without a namespace before a {@code #}, and {@code message}, which some services capitalise.
 */
final class AwsJsonEnvelope extends JsonEnvelope {

  AwsJsonEnvelope(ErrorTable errors, Credentials credentials) {
    super(errors, credentials);
  }

  @Override
  protected Optional<Told> error(JsonNode root, boolean failed) {
    String type = failed ? first(root, "__type") : null;
    return Optional.ofNullable(type)
        .map(
            present ->
                new Told(
                    present.substring(present.indexOf('#') + 1),
                    first(root, "message", "Message")));
  }

  @Override
  protected @Nullable String requestId(JsonNode root, HttpAnswer answer) {
    return answer.header().apply("x-amzn-RequestId");
  }
}
