package dev.polycert.vendor.aws.secretsmanager;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.call.Answer;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.JsonEnvelope;
import dev.polycert.call.Service;
import dev.polycert.call.Signing;
import dev.polycert.call.WriteContext;
import dev.polycert.deliver.Deliverer;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.vendor.aws.AwsErrors;
import dev.polycert.vendor.aws.AwsJsonService;
import dev.polycert.vendor.aws.AwsRegions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;

/**
 * Makes a certificate the current version of a secret, a JSON object with {@code certificate},
 * {@code chain} and {@code privateKey}. A renewal is a new version; who reads {@code AWSCURRENT}
 * gets the old one or the new one as a whole.
 */
@ApplicationScoped
public class SecretsManagerDeliverer implements Deliverer {
  private static final String NAME = "secretName";

  private static final String NOT_FOUND = "ResourceNotFoundException";

  private static final Descriptor SERVICE =
      Descriptor.of(
              "aws-secrets-manager",
              "a secret of AWS Secrets Manager, JSON with `certificate`, `chain` and `privateKey`;"
                  + " a renewal is its next version")
          .access(
              "AWS's own, or a role that may `secretsmanager:PutSecretValue` and"
                  + " `secretsmanager:CreateSecret`")
          .required(NAME, "the secret's name; made where there is none")
          .required(AwsRegions.OPTION, AwsRegions.MEANING)
          // "Quotas": 50 requests per second for each of the two.
          .limit("*", 50);

  private final AwsJsonService service;

  SecretsManagerDeliverer(AwsJsonService.Factory services) {
    service =
        services.service(
            SERVICE,
            "secretsmanager",
            "secretsmanager",
            AwsErrors.common()
                .put(ErrorClass.RETRY, "InternalServiceErrorException")
                .put(ErrorClass.QUOTA, "LimitExceededException")
                .put(ErrorClass.CREDENTIALS, "DecryptionFailure", "EncryptionFailure")
                .put(ErrorClass.FINAL, NOT_FOUND, "ResourceExistsException")
                .put(ErrorClass.FINAL, "InvalidParameterException", "InvalidRequestException")
                .put(ErrorClass.FINAL, "MalformedPolicyDocumentException")
                .put(ErrorClass.FINAL, "PreconditionNotMetException")
                .build());
  }

  @Override
  public Service service() {
    return service.service();
  }

  @Override
  public Optional<String> place() {
    return Optional.of(NAME);
  }

  @Override
  public Map<String, String> wrong(Map<String, String> options) {
    Map<String, String> wrong = new HashMap<>(AwsRegions.wrong(options));
    if (!options.getOrDefault(NAME, "").matches("[A-Za-z0-9/_+=.@-]{1,512}")) {
      wrong.put(NAME, "must be 1 to 512 letters, digits and /_+=.@-");
    }
    return wrong;
  }

  @Override
  public Uni<Answer<String>> deliver(
      DomainName domain,
      CertificateBundle certificate,
      Map<String, String> options,
      @Nullable String earlier,
      WriteContext context) {
    Region region = AwsRegions.of(options);
    String name = Objects.requireNonNull(options.get(NAME));
    String secret = secret(certificate);
    return Answer.recover(
        write("PutSecretValue", region, "SecretId", name, secret, context),
        failure ->
            failure.isRefused(NOT_FOUND)
                ? write("CreateSecret", region, "Name", name, secret, context)
                : new Answer.Failed<String>(failure).now());
  }

  private Uni<Answer<String>> write(
      String operation,
      Region region,
      String nameMember,
      String name,
      String secret,
      WriteContext context) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put(nameMember, name)
            .put("ClientRequestToken", token(secret))
            .put("SecretString", secret);
    return service.write(
        operation,
        region,
        context,
        body,
        root -> Optional.ofNullable(JsonEnvelope.first(root, "ARN")).filter(arn -> !arn.isEmpty()));
  }

  /**
   * The same for the same content: repeating a call with it makes no second version, and is refused
   * with any other content.
   */
  private static String token(String secret) {
    return Signing.sha256Hex(secret.getBytes(UTF_8));
  }

  private static String secret(CertificateBundle certificate) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("certificate", certificate.certificate())
        .put("chain", certificate.chain())
        .put("privateKey", Objects.requireNonNull(certificate.privateKey()).reveal())
        .toString();
  }
}
