package dev.polycert.vendor.aws.acm;

import dev.polycert.call.Answer;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorClass;
import dev.polycert.call.Service;
import dev.polycert.call.WriteContext;
import dev.polycert.deliver.Deliverer;
import dev.polycert.domain.DomainName;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.vendor.aws.AwsErrors;
import dev.polycert.vendor.aws.AwsJsonService;
import dev.polycert.vendor.aws.AwsRegions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
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

  private static final Descriptor SERVICE =
      Descriptor.of(
              "aws-acm",
              "AWS Certificate Manager; a renewal keeps the ARN, so that load balancers and"
                  + " CloudFront take it by themselves")
          .access(
              "AWS's own: `AWS_ACCESS_KEY_ID` and so on, or a role that may"
                  + " `acm:ImportCertificate`, `acm:ListCertificates` and `acm:GetCertificate`")
          .required(AwsRegions.OPTION, AwsRegions.MEANING)
          // "Quotas": API rate quotas.
          .limit("ImportCertificate", 1)
          .limit("ListCertificates", 8)
          .limit("GetCertificate", 10);

  private final AwsJsonService service;
  private final AcmClient client;

  AcmDeliverer(AwsJsonService.Factory services) {
    service =
        services.service(
            SERVICE,
            "acm",
            "CertificateManager",
            AwsErrors.common()
                .put(ErrorClass.QUOTA, "LimitExceededException")
                .put(ErrorClass.RETRY, "ConflictException", "RequestInProgressException")
                .put(ErrorClass.FINAL, NOT_FOUND, "InvalidArnException")
                .put(ErrorClass.FINAL, "InvalidArgsException", "InvalidParameterException")
                .put(ErrorClass.FINAL, "InvalidStateException", "InvalidTagException")
                .put(ErrorClass.FINAL, "TagPolicyException", "TooManyTagsException")
                .build());
    client = new AcmClient(service);
  }

  @Override
  public Service service() {
    return service.service();
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
      WriteContext context) {
    Region region = AwsRegions.of(options);
    return earlier == null
        ? first(region, certificate, context)
        : Answer.recover(
            client.importCertificate(region, certificate, earlier, context),
            failure ->
                failure.isRefused(NOT_FOUND)
                    ? first(region, certificate, context)
                    : new Answer.Failed<String>(failure).now());
  }

  private Uni<Answer<String>> first(
      Region region, CertificateBundle certificate, WriteContext context) {
    return Answer.then(
        client.find(region, certificate, context),
        found ->
            found
                .value()
                .<Uni<Answer<String>>>map(arn -> new Answer.Success<>(arn, found.requestId()).now())
                .orElseGet(() -> client.importCertificate(region, certificate, null, context)));
  }
}
