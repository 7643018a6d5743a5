package dev.polycert.sandbox.aws;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.sandbox.ControlBody;
import dev.polycert.sandbox.ControlException;
import dev.polycert.sandbox.VendorEmulator;
import dev.polycert.sandbox.World;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * AWS Certificate Manager in any region, AWS JSON 1.1. In the control API {@code POST use} makes a
 * resource ({@code by}) use a certificate ({@code arn}), {@code POST revoke} revokes one ({@code
 * arn}), and {@code POST fail} lets the pending ones of a {@code domain} fail, with a {@code
 * reason}.
 */
@ApplicationScoped
public class AcmEmulator implements VendorEmulator {
  static final String PROVIDER = "aws-acm";
  private static final String PREFIX = "CertificateManager.";

  /** "Quotas": calls per second by operation. */
  private static final Map<String, Double> RATES =
      Map.of(
          "RequestCertificate", 5.0,
          "DescribeCertificate", 10.0,
          "ListCertificates", 8.0,
          "GetCertificate", 10.0,
          "DeleteCertificate", 10.0,
          "ExportCertificate", 5.0,
          "ImportCertificate", 1.0,
          "ListTagsForCertificate", 10.0,
          "AddTagsToCertificate", 5.0,
          "RemoveTagsFromCertificate", 5.0);

  /** "The service sends back an HTTP 200 response with an empty HTTP body." */
  private static final Set<String> SILENT =
      Set.of("DeleteCertificate", "AddTagsToCertificate", "RemoveTagsFromCertificate");

  private final ObjectMapper mapper = new ObjectMapper();
  private final World world;
  private final SigV4Verifier verifier;
  private final AcmCertificates certificates;

  public AcmEmulator(World world) {
    this.world = world;
    verifier = new SigV4Verifier(world, PROVIDER, "acm");
    certificates = new AcmCertificates(world);
  }

  @Override
  public String provider() {
    return PROVIDER;
  }

  @Override
  public CredentialNames credentialNames() {
    return new CredentialNames("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN");
  }

  @Override
  public boolean accepts(Request request) {
    return request.headerText("x-amz-target").startsWith(PREFIX);
  }

  @Override
  public String operation(Request request) {
    return request.headerText("x-amz-target").replace(PREFIX, "");
  }

  @Override
  public Reply handle(Request request) {
    try {
      String operation = operation(request);
      String region = verifier.region(request);
      Double rate = RATES.get(operation);
      if (rate == null) {
        throw new Refused("UnknownOperationException", "Unknown operation " + operation);
      }
      if (!world.permit(PROVIDER, operation, rate)) {
        throw new Refused("ThrottlingException", "Rate exceeded");
      }
      ObjectNode answer = certificates.call(operation, region, body(request));
      return SILENT.contains(operation) ? reply(200, "") : json(200, answer);
    } catch (Refused refused) {
      return refusal(request, 400, refused.type(), String.valueOf(refused.getMessage()));
    }
  }

  private ObjectNode body(Request request) {
    try {
      if (mapper.readTree(request.body()) instanceof ObjectNode object) {
        return object;
      }
    } catch (IOException broken) {
      // Refused below, without an echo of the body.
    }
    throw new Refused("SerializationException", "The body is no JSON object.");
  }

  @Override
  public Reply internalError(Request request) {
    return refusal(request, 500, "InternalFailure", "The request processing has failed.");
  }

  @Override
  public Reply refusal(Request request, int status, String code, String message) {
    return json(
        status, JsonNodeFactory.instance.objectNode().put("__type", code).put("message", message));
  }

  private Reply json(int status, ObjectNode fields) {
    return reply(status, fields.toString());
  }

  private Reply reply(int status, String body) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Content-Type", "application/x-amz-json-1.1");
    headers.put("x-amzn-RequestId", world.requestId());
    return Reply.json(status, headers, body);
  }

  @Override
  public Reply control(String method, String path, ControlBody body) {
    switch (method + " " + path) {
      case "POST use" -> known(certificates.use(body.text("arn"), body.text("by")), "arn");
      case "POST revoke" -> known(certificates.revoke(body.text("arn")), "arn");
      case "POST fail" ->
          known(
              certificates.fail(body.text("domain"), body.optionalText("reason").orElse("OTHER"))
                  > 0,
              "domain");
      default ->
          throw new ControlException(
              404, "path", "must be POST use, POST revoke or POST fail, not " + path);
    }
    return Reply.json(200, "{}");
  }

  private static void known(boolean known, String field) {
    if (!known) {
      throw new ControlException(404, field, "is none of ACM's");
    }
  }
}
