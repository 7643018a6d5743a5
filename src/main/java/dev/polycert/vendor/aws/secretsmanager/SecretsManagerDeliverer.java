package dev.polycert.vendor.aws.secretsmanager;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Failure;
import dev.polycert.call.JsonEnvelope;
import dev.polycert.call.Service;
import dev.polycert.call.Signing;
import dev.polycert.call.VendorError;
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
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;

/**
 * Makes a certificate the current version of a secret, a JSON object with {@code certificate},
 * {@code chain} and {@code privateKey}. A renewal is a new version; a reader of {@code AWSCURRENT}
 * gets the old one or the new one as a whole.
 */
@ApplicationScoped
public class SecretsManagerDeliverer implements Deliverer {
  private static final String NAME = "secretName";

  private static final String FORCE = "force";
  private static final String CURRENT = "AWSCURRENT";
  private static final String FOREIGN = "Secret.Foreign";

  /**
   * The id of a version is the token of the request that made it; Polycert's tokens are SHA-256.
   */
  private static final Pattern OURS = Pattern.compile("[0-9a-f]{64}");

  private static final String NOT_FOUND = "ResourceNotFoundException";

  private static final Descriptor SERVICE =
      Descriptor.of(
              "aws-secrets-manager",
              "a secret of AWS Secrets Manager, JSON with `certificate`, `chain` and `privateKey`;"
                  + " a renewal is its next version")
          .access(
              "AWS's own, or a role that may `secretsmanager:DescribeSecret`,"
                  + " `secretsmanager:PutSecretValue`, `secretsmanager:UpdateSecretVersionStage`"
                  + " and `secretsmanager:CreateSecret`")
          .required(NAME, "the secret's name; made where there is none")
          .option(
              FORCE,
              "true: take the place of a value that something else has stored there; false"
                  + " (default): report it")
          .required(AwsRegions.OPTION, AwsRegions.MEANING)
          // "Quotas": 50 requests per second for each of the writes.
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
    if (!options.getOrDefault(FORCE, "false").matches("true|false")) {
      wrong.put(FORCE, "must be true or false");
    }
    return wrong;
  }

  @Override
  public boolean refusesForGood(VendorError error) {
    return error.code().equals(FOREIGN);
  }

  /**
   * Looks first, without reading a value: the secret may have one that is not ours, or have this
   * certificate already, as its current version or as one that was current before. Of the latter,
   * PutSecretValue ignores the repetition, and it has to be made the current one again.
   */
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
    boolean force = Boolean.parseBoolean(options.get(FORCE));
    return describe(region, name, context)
        .flatMap(
            answer ->
                switch (answer) {
                  case Answer.Success<There>(There there, var requestId) when there.has(secret) ->
                      new Answer.Success<>(there.arn(), requestId).now();
                  case Answer.Success<There>(There there, var requestId)
                      when there.isForeign() && !force ->
                      Answer.<String>refused(foreign(name, requestId)).now();
                  case Answer.Success<There>(There there, _) when there.had(secret) ->
                      makeCurrent(region, name, secret, there, context);
                  case Answer.Success<There>(There there, _) ->
                      put(region, name, secret, there, context);
                  case Answer.Failed<There>(Failure failure) when failure.isRefused(NOT_FOUND) ->
                      service.write(
                          "CreateSecret",
                          region,
                          context,
                          body("Name", name, secret),
                          SecretsManagerDeliverer::arn);
                  case Answer.Failed<There> failed -> failed.<String>of().now();
                });
  }

  /**
   * A secret that is there.
   *
   * @param current the id of its current version; empty when it has none
   * @param versions the ids of all versions that have a stage
   */
  private record There(String arn, String current, Set<String> versions) {

    boolean has(String secret) {
      return current.equals(token(secret));
    }

    boolean had(String secret) {
      return versions.contains(token(secret));
    }

    boolean isForeign() {
      return !current.isEmpty() && !OURS.matcher(current).matches();
    }
  }

  private Uni<Answer<There>> describe(Region region, String name, CallContext context) {
    return service.read(
        "DescribeSecret",
        region,
        context,
        JsonNodeFactory.instance.objectNode().put("SecretId", name),
        root ->
            arn(root)
                .map(
                    arn ->
                        new There(
                            arn,
                            root.path("VersionIdsToStages")
                                .propertyStream()
                                .filter(SecretsManagerDeliverer::isCurrent)
                                .map(Map.Entry::getKey)
                                .findFirst()
                                .orElse(""),
                            root.path("VersionIdsToStages")
                                .propertyStream()
                                .map(Map.Entry::getKey)
                                .collect(Collectors.toSet()))));
  }

  private static boolean isCurrent(Map.Entry<String, JsonNode> version) {
    return isCurrent(version.getValue());
  }

  private static boolean isCurrent(JsonNode stages) {
    return stages.valueStream().anyMatch(stage -> stage.asText().equals(CURRENT));
  }

  private static Optional<String> arn(JsonNode root) {
    return Optional.ofNullable(JsonEnvelope.first(root, "ARN")).filter(arn -> !arn.isEmpty());
  }

  private static VendorError foreign(String name, @Nullable String requestId) {
    return new VendorError(
        ErrorClass.FINAL,
        FOREIGN,
        "the current value of the secret %s is not one that Polycert stored; name another secret, or set %s to true to have it replaced"
            .formatted(name, FORCE),
        requestId,
        null);
  }

  /** The version may have been there without a stage, which DescribeSecret does not show. */
  private Uni<Answer<String>> put(
      Region region, String name, String secret, There there, WriteContext context) {
    return Answer.then(
        service.write(
            "PutSecretValue",
            region,
            context,
            body("SecretId", name, secret),
            root -> arn(root).map(arn -> root)),
        stored -> {
          JsonNode stages = stored.value().path("VersionStages");
          return stages.isArray() && !isCurrent(stages)
              ? makeCurrent(region, name, secret, there, context)
              : new Answer.Success<>(there.arn, stored.requestId()).now();
        });
  }

  private Uni<Answer<String>> makeCurrent(
      Region region, String name, String secret, There there, WriteContext context) {
    ObjectNode body =
        JsonNodeFactory.instance
            .objectNode()
            .put("SecretId", name)
            .put("VersionStage", CURRENT)
            .put("MoveToVersionId", token(secret));
    if (!there.current.isEmpty()) {
      body.put("RemoveFromVersionId", there.current);
    }
    return service.write(
        "UpdateSecretVersionStage", region, context, body, SecretsManagerDeliverer::arn);
  }

  private static ObjectNode body(String nameMember, String name, String secret) {
    return JsonNodeFactory.instance
        .objectNode()
        .put(nameMember, name)
        .put("ClientRequestToken", token(secret))
        .put("SecretString", secret);
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
