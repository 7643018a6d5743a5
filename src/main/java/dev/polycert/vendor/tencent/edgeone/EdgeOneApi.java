package dev.polycert.vendor.tencent.edgeone;

import dev.polycert.call.Failure;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.Paging;
import dev.polycert.call.Paging.Page;
import dev.polycert.vendor.tencent.TencentClient;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** The operations of EdgeOne that an order needs. */
final class EdgeOneApi {
  private static final int PAGE = 100;
  private static final int MOST_PAGES = 100;

  private final TencentClient client;
  private final ErrorTable checkErrors = EdgeOneErrors.ofCheck();

  EdgeOneApi(TencentClient client) {
    this.client = client;
  }

  /** Finds all sites with one of the names; sites of the same name differ in their alias. */
  Uni<Answer<Page<Zone>>> zones(List<String> names, CallContext context) {
    return Paging.all(MOST_PAGES, index -> page(names, index, context));
  }

  private Uni<Answer<Page<Zone>>> page(List<String> names, int index, CallContext context) {
    DescribeZonesRequest.Filter filter = new DescribeZonesRequest.Filter("zone-name", names);
    DescribeZonesRequest request = new DescribeZonesRequest(index * PAGE, PAGE, List.of(filter));
    return client
        .read("DescribeZones", context, request, DescribeZonesAnswer.class)
        .map(
            answer ->
                switch (answer) {
                  case Answer.Success<DescribeZonesAnswer>(var page, var requestId) ->
                      new Answer.Success<>(new Page<>(page.zones(), page.totalCount()), requestId);
                  case Answer.Failed<DescribeZonesAnswer>(Failure failure) ->
                      new Answer.Failed<>(outcome);
                });
  }

  Uni<Answer<ApplyFreeCertificateAnswer>> apply(
      ApplyFreeCertificateRequest request, CallContext context) {
    return client.write("ApplyFreeCertificate", context, request, ApplyFreeCertificateAnswer.class);
  }

  /** Lets the vendor validate now and tells the result: a trigger that may be repeated at will. */
  Uni<Answer<FreeCertificate>> check(String zoneId, String domain, CallContext context) {
    return client.read(
        "CheckFreeCertificateVerification",
        context,
        new CheckFreeCertificateRequest(zoneId, domain),
        FreeCertificate.class,
        checkErrors);
  }
}
