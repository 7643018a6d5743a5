package dev.polycert.vendor.aws.acm;

import dev.polycert.call.Failure;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorClass;
import dev.polycert.deliver.Deliverer;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.vendor.aws.AwsErrors;
import dev.polycert.vendor.aws.AwsJsonService;
import dev.polycert.vendor.aws.AwsRegions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.regions.Region;

/**
 * Imports certificates into ACM, a renewal under the ARN of the certificate before: what uses that
 * then uses the new one by itself. A first import is looked for before it is made, because ACM
 * takes the same certificate any number of times and counts imports against a quota of the year.
 */
@ApplicationScoped
public class AcmDeliverer implements Deliverer {
  private static final String NOT_FOUND = "ResourceNotFoundException";

  /** "Quotas": API rate quotas. */
  private static final Map<String, Double> LIMITS =
      Map.of("ImportCertificate", 1.0, "ListCertificates", 8.0, "GetCertificate", 10.0);

  private final AcmClient client;

  AcmDeliverer(AwsJsonService.Factory services) {
    client =
        new AcmClient(
            services.service(
                new AwsJsonService.Settings(
                    "acm",
                    "CertificateManager",
                    AwsErrors.common()
                        .put(ErrorClass.QUOTA, "LimitExceededException")
                        .put(ErrorClass.RETRY, "ConflictException", "RequestInProgressException")
                        .put(ErrorClass.FINAL, NOT_FOUND, "InvalidArnException")
                        .put(ErrorClass.FINAL, "InvalidArgsException", "InvalidParameterException")
                        .put(ErrorClass.FINAL, "InvalidStateException", "InvalidTagException")
                        .put(ErrorClass.FINAL, "TagPolicyException", "TooManyTagsException")
                        .build(),
                    LIMITS)));
  }

  @Override
  public String id() {
    return "aws-acm";
  }

  @Override
  public Map<String, String> options() {
    return Map.of(AwsRegions.OPTION, AwsRegions.MEANING);
  }

  /** None: a role needs no variable. Without any credentials each delivery says what to set. */
  @Override
  public List<String> missing() {
    return List.of();
  }

  @Override
  public Map<String, String> wrong(Map<String, String> options) {
    return AwsRegions.wrong(options);
  }

  @Override
  public Uni<Answer<String>> deliver(
      DomainName domain,
      CertificateBundle certificate,
      Map<String, String> options,
      @Nullable String earlier,
      CallContext context) {
    Region region = AwsRegions.of(options);
    Uni<Answer<String>> delivered =
        earlier == null
            ? first(region, certificate, context)
            : client
                .importCertificate(region, certificate, earlier, context)
                .flatMap(
                    answer ->
                        answer.isRefused(NOT_FOUND)
                            ? first(region, certificate, context)
                            : Uni.createFrom().item(answer));
    return Answer.result(delivered);
  }

  private Uni<Answer<String>> first(Region region, CertificateBundle certificate, CallContext context) {
    return client
        .find(region, certificate, context)
        .flatMap(
            answer ->
                switch (answer) {
                  case Answer.Success<Optional<String>>(Optional<String> arn, var requestId) ->
                      arn.isPresent()
                          ? Uni.createFrom().item(new Answer.Success<>(arn.get(), requestId))
                          : client.importCertificate(region, certificate, null, context);
                  case Answer.Failed<Optional<String>>(Failure failure) ->
                      Uni.createFrom().item(new Answer.Failed<>(outcome));
                });
  }
}
