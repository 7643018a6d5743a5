package dev.polycert.vendor.alibaba.cas;

import static dev.polycert.call.ErrorClass.ALREADY_APPLIED;
import static dev.polycert.call.ErrorClass.FINAL;
import static dev.polycert.call.ErrorClass.QUOTA;
import static dev.polycert.call.JsonEnvelope.first;

import com.fasterxml.jackson.databind.JsonNode;
import dev.polycert.call.Answer;
import dev.polycert.call.CallContext;
import dev.polycert.call.Descriptor;
import dev.polycert.call.ErrorTable;
import dev.polycert.call.Paging;
import dev.polycert.call.PerAccount;
import dev.polycert.call.Service;
import dev.polycert.call.WriteContext;
import dev.polycert.provider.CertificateBundle;
import dev.polycert.provider.ProviderConfig;
import dev.polycert.vendor.alibaba.AlibabaEnvelope;
import dev.polycert.vendor.alibaba.CertificateStore;
import dev.polycert.vendor.alibaba.RpcProduct;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The account's certificates in CAS, API 2020-04-07, as far as they were uploaded. */
@PerAccount
public class Cas implements CertificateStore {
  static final Descriptor SERVICE =
      RpcProduct.described(
              "alibaba-cas",
              "Alibaba Cloud's Certificate Management Service (CAS), where its products find"
                  + " certificates; a renewal is another certificate there")
          // "API quotas", for each operation.
          .limit("*", 10)
          .operations(
              "ApplyCertificate",
              "CancelPendingCertificate",
              "DeleteUserCertificate",
              "GetInstanceDetail",
              "GetTaskAttribute",
              "GetUserCertificateDetail",
              "ListCloudResources",
              "ListCompanies",
              "ListContact",
              "ListInstances",
              "ListUserCertificateOrder",
              "RevokeCertificate",
              "UpdateInstance",
              "UploadUserCertificate");

  static final ErrorTable ERRORS =
      AlibabaEnvelope.commonErrors()
          .put(FINAL, "NotFound*", "NameRepeat", "ResourceNotSupportCert")
          .put(QUOTA, "InsufficientQuota")
          // The instance is applied for already, or cannot be; its status shows which.
          .put(ALREADY_APPLIED, "OperationDenied.StatusNotSupport")
          .put(FINAL, "OperationDenied*", "DomainAndProductNotMatch", "CouldNotRefund*")
          .build();

  static final String VERSION = "2020-04-07";

  private static final int ALL_PAGES = Integer.MAX_VALUE;
  private static final int PAGE = 50;

  private final RpcProduct product;
  private final RpcProduct.Regional cas;
  private final String region;

  /** Calls under the settings of the provider, because CAS limits an account, whatever it does. */
  Cas(RpcProduct.Factory products, CasConfig config, ProviderConfig providers) {
    region = config.region().id();
    product = products.product(SERVICE, VERSION, ERRORS, any -> config.region().endpoint());
    cas = product.in(region, providers.service(SERVICE.id()));
  }

  Service service() {
    return product.service();
  }

  /** Without a status only certificates that are valid are listed. */
  @Override
  public Uni<Answer<List<Upload>>> list(boolean expired, CallContext context) {
    return Answer.then(
        list(null, context),
        valid ->
            expired
                ? list("EXPIRED", context)
                    .map(
                        more ->
                            more.map(
                                old ->
                                    Stream.concat(valid.value().stream(), old.stream()).toList()))
                : valid.now());
  }

  private Uni<Answer<List<Upload>>> list(@Nullable String status, CallContext context) {
    return Paging.<Upload>all(
            ALL_PAGES,
            index -> {
              Map<String, String> parameters = page(index);
              parameters.put("OrderType", "UPLOAD");
              if (status != null) {
                parameters.put("Status", status);
              }
              return cas.read(
                  "ListUserCertificateOrder",
                  parameters,
                  context,
                  root ->
                      items(root, "CertificateOrderList", "TotalCount")
                          .map(
                              page ->
                                  new Paging.Page<>(
                                      page.items().stream().flatMap(this::upload).toList(),
                                      page.total())),
                  "a CertificateOrderList");
            })
        .map(answer -> answer.map(Paging.Page::items));
  }

  private static Map<String, String> page(int index) {
    return page(index, PAGE);
  }

  /** The parameters that ask for a page; the index begins at 0. */
  static Map<String, String> page(int index, int size) {
    Map<String, String> parameters = new TreeMap<>();
    parameters.put("CurrentPage", String.valueOf(index + 1));
    parameters.put("ShowSize", String.valueOf(size));
    return parameters;
  }

  /** An answer without items counts as a listing only if it says that there are none. */
  static Optional<Paging.Page<JsonNode>> items(JsonNode root, String list, String total) {
    JsonNode items = root.path(list);
    long count = root.path(total).asLong(-1);
    return items.isArray()
        ? Optional.of(
            new Paging.Page<>(items.valueStream().toList(), Math.max(count, items.size())))
        : count == 0 ? Optional.of(new Paging.Page<>(List.of(), 0)) : Optional.empty();
  }

  private Stream<Upload> upload(JsonNode item) {
    String id = first(item, "CertificateId");
    return id == null
        ? Stream.empty()
        : Stream.of(
            new Upload(
                identifier(id),
                Objects.requireNonNullElse(first(item, "Name"), ""),
                Objects.requireNonNullElse(first(item, "Sha2"), "")));
  }

  /** As products name a certificate ({@code CertIdentifier}). */
  private String identifier(String id) {
    return id + "-" + region;
  }

  private static String number(Upload upload) {
    return number(upload.id());
  }

  /** The number of a certificate out of its identifier. */
  public static String number(String identifier) {
    return identifier.replaceFirst("-.*", "");
  }

  /** The region of a certificate out of its identifier. */
  public static String region(String identifier) {
    return identifier.replaceFirst("[^-]*-", "");
  }

  @Override
  public Uni<Answer<String>> upload(
      String name, CertificateBundle certificate, WriteContext context) {
    return cas.write(
        "UploadUserCertificate",
        Map.of(
            "Name",
            name,
            "Cert",
            certificate.fullChain(),
            "Key",
            Objects.requireNonNull(certificate.privateKey()).reveal()),
        context,
        root -> Optional.ofNullable(first(root, "CertId")).map(this::identifier),
        "a CertId");
  }

  /** By CAS' own list of what its certificates are used for, in all clouds that it knows. */
  @Override
  public Uni<Answer<List<Upload>>> unused(List<Upload> uploads, CallContext context) {
    String ids = uploads.stream().map(Cas::number).collect(Collectors.joining(",", "[", "]"));
    return Paging.<JsonNode>all(
            ALL_PAGES,
            index -> {
              Map<String, String> parameters = page(index);
              parameters.put("CertIds", ids);
              return cas.read(
                  "ListCloudResources",
                  parameters,
                  context,
                  root -> items(root, "Data", "Total"),
                  "Data");
            })
        .map(answer -> answer.map(page -> unused(uploads, page.items())));
  }

  /** A use that names no certificate may be a use of any certificate. */
  private static List<Upload> unused(List<Upload> uploads, List<JsonNode> uses) {
    Set<String> used =
        uses.stream()
            .map(use -> Objects.requireNonNullElse(first(use, "CertId"), ""))
            .collect(Collectors.toSet());
    return used.contains("")
        ? List.of()
        : uploads.stream().filter(upload -> !used.contains(number(upload))).toList();
  }

  @Override
  public Uni<Answer<Boolean>> delete(Upload upload, WriteContext context) {
    return cas.write("DeleteUserCertificate", Map.of("CertId", number(upload)), context);
  }
}
