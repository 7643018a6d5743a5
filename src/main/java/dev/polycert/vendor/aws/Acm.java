package dev.polycert.vendor.aws;

import static dev.polycert.call.ErrorClass.FINAL;
import static dev.polycert.call.ErrorClass.QUOTA;
import static dev.polycert.call.ErrorClass.RETRY;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.ServiceSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** AWS Certificate Manager, API 2015-12-08: the parts that requests and imports share. */
public final class Acm {
  public static final String ID = "aws-acm";
  public static final String NOT_FOUND = "ResourceNotFoundException";

  /** The most certificates that a page of a list has. */
  private static final int A_PAGE = 1000;

  /** Without this filter, ACM lists only certificates with RSA keys of at most 2048 bits. */
  private static final List<String> ALL_KEYS =
      List.of(
          "RSA_1024",
          "RSA_2048",
          "RSA_3072",
          "RSA_4096",
          "EC_prime256v1",
          "EC_secp384r1",
          "EC_secp521r1");

  private Acm() {}

  /** Makes the service of an account. */
  public static AwsJsonService service(
      AwsJsonService.Factory services, Descriptor service, ServiceSettings settings) {
    return services.service(service, settings, "acm", "CertificateManager", errors());
  }

  /** The codes that the API reference lists for the operations that are called. */
  public static ErrorTable errors() {
    return AwsErrors.common()
        .put(QUOTA, "LimitExceededException")
        .put(RETRY, "ConflictException", "RequestInProgressException")
        .put(FINAL, NOT_FOUND, "InvalidArnException", "ResourceInUseException")
        .put(FINAL, "InvalidArgsException", "InvalidParameterException")
        .put(FINAL, "InvalidStateException", "InvalidTagException")
        .put(FINAL, "InvalidDomainValidationOptionsException")
        .put(FINAL, "TagPolicyException", "TooManyTagsException")
        .build();
  }

  /**
   * Asks for a page of the certificates with keys of any kind.
   *
   * @param token {@code NextToken} of the page before; null for the first
   */
  public static ObjectNode page(@Nullable String token) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("MaxItems", A_PAGE);
    ArrayNode keyTypes = body.putObject("Includes").putArray("keyTypes");
    ALL_KEYS.forEach(keyTypes::add);
    if (token != null) {
      body.put("NextToken", token);
    }
    return body;
  }
}
